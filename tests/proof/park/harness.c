// SPDX-License-Identifier: BSD-2-Clause
/*
 * A hart changes hands: after pmu_hart_park() its registers tell nothing of the
 * state that had it, and pmu_hart_unpark() puts back all of it.
 */

#include "core.h"
#include "park.c"

/* With delegation the supervisor itself writes what is free here */
static bool is_ours(unsigned int n)
{
	return (hart.has_smcdeleg ? hart.configured.hw : hart.present) >> n & 1;
}

static void prove_parked(bool ours)
{
	prove("park: a counter of the supervisor is left alone",
	      ours || !world.touched);
	prove("park: the value is kept",
	      !ours || hart.hw_value[world.k] == synced.value);
	if (!ours)
		return;
	prove("park: no event, filter or value is left",
	      world.value == 0 && world.dev_filter == 0 &&
		      (world.k < 3 ? !hart.has_smcntrpmf || world.cfg == 0
				   : world.event == 0));
	prove("park: what can be stopped is stopped",
	      !world_can_inhibit(world.k) || !world_runs());
}

/* A narrow counter keeps the lower 32 bits at least, see env_counter_write() */
static bool is_value_back(void)
{
	return ((world.value ^ synced.value) & 0xffffffffu) == 0 &&
	       (world.value & ~synced.value) == 0;
}

static void prove_unparked(bool ours)
{
	unsigned int k = world.k;

	prove("unpark: the value is back", !ours || is_value_back());
	prove("unpark: the overflow is back",
	      !ours || k < 3 || !hart.has_sscofpmf ||
		      !((world.event ^ synced.event) & HPM_OF));
	prove("unpark: registers are in step with the state",
	      world_in_step() && world.inhibit == hart.inhibit);
	prove("unpark: nothing is kept twice",
	      hart.hw_overflow == 0 && (!ours || hart.hw_value[k] == 0));
	prove_minh();
}

static void prove_same(void)
{
	unsigned int n = nondet_u32();

	assume(n < PMU_FW_MAX);
	prove("unpark: the state is as before",
	      hart.configured.hw == before.configured.hw &&
		      hart.started.hw == before.started.hw &&
		      world_same_hw_but_inhibit() &&
		      hart.shmem == before.shmem);
	/* What a platform refuses to start again stays stopped */
	prove("unpark: firmware counters are as before",
	      hart.configured.fw == before.configured.fw &&
		      !(hart.started.fw & ~before.started.fw) &&
		      (world.refused || hart.started.fw == before.started.fw) &&
		      hart.fw_event[n] == before.fw_event[n] &&
		      hart.fw_data[n] == before.fw_data[n] &&
		      (hart.fw_event[n] == PMU_FW_PLATFORM_CODE ||
		       hart.fw_value[n] == before.fw_value[n]));
}

void harness(void)
{
	bool ours;

	world_any_hart();
	/* Only a state that is parked has these */
	assume(hart.hw_overflow == 0);
	ours = is_ours(world.k);
	pmu_hart_park(&hart);
	prove_parked(ours);
	pmu_hart_unpark(&hart);
	prove_unparked(ours);
	prove_same();
	prove("what the hart has stays as it was", world_same_rest());
	prove("the state stays valid", pmu_hart_is_valid(&hart));
	prove("park: memory is left alone", world.accesses == 0);
}
