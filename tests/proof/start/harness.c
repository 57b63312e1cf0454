// SPDX-License-Identifier: BSD-2-Clause
/* START: any set, flags and value, in any state of any hart */

#include "core.h"

static void prove_running(void)
{
	unsigned int k = world.k;
	unsigned int n = nondet_u32();

	assume(n < PMU_FW_MAX);
	if (before.started.hw >> k & 1)
		prove("START: a running counter is not changed",
		      !world.touched && (hart.started.hw >> k & 1) &&
			      hart.hw_event[k] == before.hw_event[k] &&
			      ((world.inhibit ^ synced.inhibit) >> k & 1) == 0);
	if (before.started.fw >> n & 1)
		prove("START: a running firmware counter is not changed",
		      (hart.started.fw >> n & 1) &&
			      hart.fw_value[n] == before.fw_value[n] &&
			      hart.fw_event[n] == before.fw_event[n]);
}

void harness(void)
{
	unsigned long base = nondet_ulong(), mask = nondet_ulong();
	unsigned long flags = nondet_ulong();
	unsigned int num_hw, k, n = nondet_u32();
	struct pmu_result got;
	bool in_set;

	world_any_hart();
	num_hw = machine.num_hw;
	k = world.k;
	assume(n < PMU_FW_MAX);
	got = pmu_counter_start(&hart, base, mask, flags, nondet_u64());
	prove_call(got);
	if (got.error && got.error != PMU_ERR_ALREADY_STARTED &&
	    world.hw_changes == 0)
		return;

	prove_running();
	prove_minh();
	in_set = k >= base && k - base < 8 * sizeof(mask) &&
		 (mask >> (k - base) & 1);
	prove("sets and indices: hardware and firmware counters never mix",
	      in_set || world_same_hw_but_inhibit());
	prove("START: what it started is started",
	      !in_set || got.error == PMU_ERR_NO_SHMEM ||
		      (hart.started.hw >> k & 1));
	in_set = num_hw + n >= base && num_hw + n - base < 8 * sizeof(mask) &&
		 (mask >> (num_hw + n - base) & 1);
	prove("sets and indices: hardware and firmware counters never mix",
	      in_set ||
		      (((hart.started.fw ^ before.started.fw) >> n & 1) == 0 &&
		       hart.fw_value[n] == before.fw_value[n]));
	prove("START: memory is not written", !world.stored);
}
