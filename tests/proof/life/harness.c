// SPDX-License-Identifier: BSD-2-Clause
/* Boot and stop of a hart, from any registers */

#include "world.h"
#include "fw.c"
#include "hpm.c"
#include "hart.c"

static void prove_init(void)
{
	machine = nondet_machine();
	hart = nondet_hart();
	hart.machine = &machine;
	/* What the caller fills in */
	assume(machine.num_hw >= 3 && machine.num_hw <= PMU_HW_MAX &&
	       machine.num_raw <= PMU_RAW_ROWS);
	assume(!(hart.present & 2) && (machine.num_hw == PMU_HW_MAX ||
				       hart.present >> machine.num_hw == 0));
	assume(hart.wide_events || !hart.has_sscofpmf);
	world_any_registers();
	/* Counters that the followed one is not are as wide as it is */
	pmu_hart_init(&hart);
	assume(world.k < 3 || hart.width[world.k] > 0);
	prove("boot: nothing is configured, mcycle and minstret run",
	      (hart.configured.hw | hart.configured.fw | hart.started.fw) ==
			      0 &&
		      hart.started.hw == (hart.present & PMU_FIXED) &&
		      hart.shmem == PMU_NO_SHMEM);
	prove("boot: mcountinhibit is what the state says",
	      !hart.has_inhibit || world.inhibit == hart.inhibit);
	prove("boot: no event, no value",
	      world.k < 3 ? !hart.has_smcntrpmf || world.cfg == 0
			  : world.event == 0 && world.value == 0);
}

static void prove_exit(void)
{
	world_any_hart();
	pmu_hart_exit(&hart);
	prove("hart stop: no event, filter or value is left",
	      world.value == 0 &&
		      (!world.dev_filters || world.dev_filter == 0) &&
		      (world.k < 3 ? !hart.has_smcntrpmf || world.cfg == 0
				   : world.event == 0));
	prove("hart stop: what can be stopped is stopped",
	      !world_can_inhibit(world.k) || !world_runs());
	prove("hart stop: nothing is configured or shared",
	      (hart.configured.hw | hart.configured.fw | hart.started.hw |
	       hart.started.fw) == 0 &&
		      hart.shmem == PMU_NO_SHMEM);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}

void harness(void)
{
	if (nondet_bool())
		prove_init();
	else
		prove_exit();
}
