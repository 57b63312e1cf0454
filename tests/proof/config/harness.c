// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG_MATCHING: any set, flags and event, in any state of any hart */

#include "core.h"

void harness(void)
{
	unsigned long base = nondet_ulong(), mask = nondet_ulong();
	unsigned long flags = nondet_ulong(), event = nondet_ulong();
	unsigned int num_hw, k;
	struct pmu_result got;
	bool hardware;

	world_any_hart();
	num_hw = machine.num_hw;
	k = world.k;
	got = pmu_counter_config(&hart, base, mask, flags, event, nondet_u64());
	prove_call(got);
	if (got.error)
		return;

	/* The counter is a member of the set, and only its kind has changed */
	prove("sets and indices: the result is a member of the set",
	      got.value >= base && got.value - base < 8 * sizeof(mask) &&
		      (mask >> (got.value - base) & 1));
	hardware = got.value < num_hw;
	prove("sets and indices: hardware and firmware counters never mix",
	      hardware ? world.fw_changes == 0 : world.hw_changes == 0);
	if (!hardware) {
		unsigned int n = (unsigned int)got.value - num_hw;

		prove("sets and indices: hardware and firmware counters never mix",
		      world_same_hw());
		prove("founding rule: stopped until START or AUTO_START",
		      (hart.started.fw >> n & 1) ==
			      ((flags & PMU_CFG_AUTO_START) != 0));
		prove("a configured counter is configured",
		      hart.configured.fw >> n & 1);
		return;
	}
	prove_minh();
	if (k != got.value)
		return;
	prove("a configured counter is configured",
	      hart.configured.hw >> k & 1);
	prove("founding rule: stopped until START or AUTO_START",
	      (hart.started.hw >> k & 1) ==
		      ((flags & PMU_CFG_AUTO_START) != 0));
	/* mcycle and minstret cannot be stopped on a hart without the bit */
	if (!(flags & PMU_CFG_AUTO_START) && (world_can_inhibit(k) || k >= 3))
		prove("founding rule: stopped until START or AUTO_START",
		      !world_runs());
}
