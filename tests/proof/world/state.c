// SPDX-License-Identifier: BSD-2-Clause
/* Any state that pmu_hart_is_valid() takes, and the world around it */

#include "world.h"

struct pmu_machine machine;
struct pmu_hart hart, before;

void world_any_registers(void)
{
	struct world any = nondet_world();

	world = any;
#ifdef COUNTER
	/* Loops of calls on sets are proved for one counter at a time */
	world.k = COUNTER;
#endif
	assume(world.k < PMU_HW_MAX && (hart.present >> world.k & 1));
	/* A bit for time does not exist */
	world.inhibit_bits &= ~2u;
	world.inhibit &= world.inhibit_bits;
	/* The bits of Sscofpmf exist where it does, narrow registers are 32 */
	if (!hart.wide_events)
		world.event_bits &= 0xffffffffu;
	if (hart.has_sscofpmf)
		world.event_bits |= HPM_OF | HPM_MINH;
	world.event &= world.event_bits;
	world.dev_filters &= world.has_device;
	world.value_writes = world.hw_changes = world.fw_changes = 0;
	world.touched = false;
	world.refused = world.is_owned = world.is_open = world.stored = false;
	world.accesses = 0;
}

bool world_in_step(void)
{
	unsigned int k = world.k;
	uint32_t mine = hart.has_smcdeleg ? hart.configured.hw : ~0u;
	uint64_t event = hart.hw_event[k];

	if ((world.inhibit ^ hart.inhibit) & mine)
		return false;
	if (!(hart.configured.hw >> k & 1))
		return true;
	/* What is stopped gets its event when it starts at the latest */
	if (!(hart.started.hw >> k & 1))
		return k < 3 || !world_runs();
	if (world.dev_filters && world.dev_filter != hart.hw_inhibits[k])
		return false;
	if (k < 3)
		return !hart.has_smcntrpmf || world.cfg == event;
	return (world.event & ~HPM_OF) == (event & world.event_bits & ~HPM_OF);
}

/* What OpenSBI writes when a hart comes back from a suspend that lost them */
static bool is_initialised(void)
{
	return world.inhibit == (world.inhibit_bits & ~7u) && world.cfg == 0 &&
	       world.event == (hart.has_sscofpmf ? HPM_OF | HPM_MINH : 0);
}

void world_lose(void)
{
	world.inhibit = world.inhibit_bits & ~7u;
	world.cfg = 0;
	world.event = hart.has_sscofpmf ? HPM_OF | HPM_MINH : 0;
	world.dev_filter = nondet_u32();
}

void world_any_hart(void)
{
	machine = nondet_machine();
	hart = nondet_hart();
	hart.machine = &machine;
	world_any_registers();
	assume(pmu_hart_is_valid(&hart));
	world.inhibit_bits = hart.inhibitable;
	world.inhibit &= world.inhibit_bits;
	/* Where the caller tells of a suspend, nobody is left to find out */
	world.suspended &= !hart.resumes;
	assume(world.suspended ? is_initialised() : world_in_step());
	before = hart;
	/* Where hpm_sync() has nothing to do it is not called */
	synced = world;
}

bool world_same_hw(void)
{
	return hart.configured.hw == before.configured.hw &&
	       hart.started.hw == before.started.hw &&
	       hart.inhibit == before.inhibit && world_same_hw_but_inhibit();
}

/* Counter k alone */
bool world_same_hw_but_inhibit(void)
{
	uint32_t k = PMU_BIT(world.k);

	return !((hart.configured.hw ^ before.configured.hw) & k) &&
	       !((hart.started.hw ^ before.started.hw) & k) &&
	       hart.hw_event[world.k] == before.hw_event[world.k] &&
	       hart.hw_inhibits[world.k] == before.hw_inhibits[world.k];
}

bool world_same_fw(unsigned int n)
{
	unsigned int code = nondet_u32();

	assume(code < PMU_FW_EVENTS);
	return hart.configured.fw == before.configured.fw &&
	       hart.started.fw == before.started.fw &&
	       hart.fw_event[n] == before.fw_event[n] &&
	       hart.fw_data[n] == before.fw_data[n] &&
	       hart.fw_value[n] == before.fw_value[n] &&
	       hart.fw_total[code] == before.fw_total[code];
}

uint64_t world_fw_total(const struct pmu_hart *h, unsigned int n)
{
	return h->fw_event[n] < PMU_FW_EVENTS ? h->fw_total[h->fw_event[n]] : 0;
}

/* What only pmu_hart_init() may write */
bool world_same_rest(void)
{
	return hart.machine == before.machine && hart.hartid == before.hartid &&
	       hart.present == before.present &&
	       hart.inhibitable == before.inhibitable &&
	       hart.width[world.k] == before.width[world.k] &&
	       hart.has_inhibit == before.has_inhibit &&
	       hart.has_sscofpmf == before.has_sscofpmf &&
	       hart.has_interrupt == before.has_interrupt &&
	       hart.has_smcntrpmf == before.has_smcntrpmf &&
	       hart.has_h == before.has_h &&
	       hart.has_smcdeleg == before.has_smcdeleg &&
	       hart.resumes == before.resumes && hart.plain == before.plain &&
	       hart.selector_bits == before.selector_bits &&
	       hart.wide_events == before.wide_events;
}

void prove_minh(void)
{
	unsigned int k = world.k;

	if (!(hart.configured.hw & hart.started.hw & PMU_BIT(k)))
		return;
	prove("MINH is set whenever a counter that can filter is enabled",
	      !world_filters() ||
		      ((k < 3 ? world.cfg : world.event) & HPM_MINH));
	prove("MINH is given to a device that can filter",
	      !world.dev_filters || (world.dev_filter & PMU_CFG_MINH));
}

void prove_call(struct pmu_result result)
{
	unsigned int n = nondet_u32();

	assume(n < PMU_FW_MAX);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
	prove("what the hart has stays as it was", world_same_rest());
	prove("memory: nothing stays open", !world.is_open);
	prove("the value is 0 with an error",
	      result.error == PMU_OK || result.value == 0);
	if (result.error != PMU_ERR_INVALID_PARAM &&
	    result.error != PMU_ERR_NOT_SUPPORTED)
		return;
	/* A refused start of a platform event is known too late */
	if (world.refused)
		return;
	prove("a refused call changes nothing",
	      world.hw_changes == 0 && world.fw_changes == 0 && !world.stored &&
		      world_same_hw() && world_same_fw(n) &&
		      hart.shmem == before.shmem);
}
