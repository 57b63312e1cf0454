// SPDX-License-Identifier: BSD-2-Clause
/* A firmware event happens: any event code, in any state */

#include "core.h"

void harness(void)
{
	unsigned int code = nondet_u32(), other = nondet_u32();
	unsigned int n = nondet_u32();

	world_any_hart();
	assume(n < PMU_FW_MAX && other < PMU_FW_EVENTS);
	pmu_fw_count(&hart, code);
	prove("firmware events: exactly the total of the event is one more",
	      hart.fw_total[other] == (other == code
					       ? before.fw_total[other] + 1
					       : before.fw_total[other]));
	if (code < PMU_FW_EVENTS)
		hart.fw_total[code] = before.fw_total[code];
	prove("firmware events: nothing else changes",
	      world_same_hw() && world_same_fw(n) && world_same_rest() &&
		      world.hw_changes == 0 && world.fw_changes == 0);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}
