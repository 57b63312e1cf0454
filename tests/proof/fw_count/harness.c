// SPDX-License-Identifier: BSD-2-Clause
/* A firmware event happens: any event code, in any state */

#include "core.h"

void harness(void)
{
	unsigned int code = nondet_u32(), n = nondet_u32();
	bool counts;

	world_any_hart();
	assume(n < PMU_FW_MAX);
	counts = (hart.started.fw >> n & 1) && hart.fw_event[n] == code &&
		 code != PMU_FW_PLATFORM_CODE;
	pmu_fw_count(&hart, code);
	prove("firmware events: exactly the counters started for it count",
	      hart.fw_value[n] == before.fw_value[n] + (counts ? 1 : 0));
	hart.fw_value[n] = before.fw_value[n];
	prove("firmware events: nothing else changes",
	      world_same_hw() && world_same_fw(n) && world_same_rest() &&
		      world.hw_changes == 0 && world.fw_changes == 0);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}
