// SPDX-License-Identifier: BSD-2-Clause
/* A firmware event happens: any event code, in any state */

#include "core.h"

static uint64_t value_of(const struct pmu_hart *h, unsigned int n)
{
	return fw_read(h, (struct fw_ctr){n});
}

void harness(void)
{
	unsigned int code = nondet_u32(), n = nondet_u32();
	uint64_t value;
	bool mine, counts;

	world_any_hart();
	assume(n < PMU_FW_MAX);
	mine = (hart.configured.fw >> n & 1) &&
	       hart.fw_event[n] != PMU_FW_PLATFORM_CODE;
	counts = (hart.started.fw >> n & 1) && hart.fw_event[n] == code;
	value = mine ? value_of(&hart, n) : 0;
	pmu_fw_count(&hart, code);
	prove("firmware events: exactly the counters started for it count",
	      !mine || value_of(&hart, n) == value + (counts ? 1 : 0));
	if (code < PMU_FW_EVENTS)
		hart.fw_total[code] = before.fw_total[code];
	prove("firmware events: nothing else changes",
	      world_same_hw() && world_same_fw(n) && world_same_rest() &&
		      world.hw_changes == 0 && world.fw_changes == 0);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}
