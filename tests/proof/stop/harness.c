// SPDX-License-Identifier: BSD-2-Clause
/* STOP: any set and flags, in any state of any hart */

#include "core.h"

/* Whether the byte that is followed belongs to what STOP may write */
static bool may_be_written(unsigned long base, unsigned long mask)
{
	unsigned long offset = world.byte % PMU_SNAPSHOT_SIZE;
	unsigned long slot, idx;
	unsigned int num_hw = machine.num_hw;

	if (world.byte / PMU_SNAPSHOT_SIZE != hart.shmem / PMU_SNAPSHOT_SIZE)
		return false;
	if (offset < 8)
		return true;
	slot = (offset - 8) / 8;
	if (slot >= 8 * sizeof(mask) || !(mask >> slot & 1))
		return false;
	idx = base + slot;
	if (idx < num_hw)
		return before.started.hw >> idx & 1;
	return before.started.fw >> (idx - num_hw) & 1;
}

void harness(void)
{
	unsigned long base = nondet_ulong(), mask = nondet_ulong();
	unsigned long flags = nondet_ulong();
	unsigned int num_hw, k, n = nondet_u32();
	struct pmu_result got;
	bool in_set, done, stopped;

	world_any_hart();
	num_hw = machine.num_hw;
	k = world.k;
	assume(n < PMU_FW_MAX);
	got = pmu_counter_stop(&hart, base, mask, flags);
	prove_call(got);
	done = got.error == PMU_OK || got.error == PMU_ERR_ALREADY_STOPPED;
	prove("STOP: memory is written by TAKE_SNAPSHOT only, exactly as allowed",
	      world.stored == (done && (flags & PMU_STOP_TAKE_SNAPSHOT) &&
			       may_be_written(base, mask)));
	if (!done)
		return;

	prove_minh();
	in_set = k >= base && k - base < 8 * sizeof(mask) &&
		 (mask >> (k - base) & 1);
	prove("STOP: what it stopped is stopped",
	      !in_set || !(hart.started.hw >> k & 1));
	if (in_set && (before.configured.hw >> k & 1) &&
	    (world_can_inhibit(k) || k >= 3))
		prove("STOP: what it stopped is stopped", !world_runs());
	prove("STOP: RESET frees, and nothing else does",
	      (hart.configured.hw >> k & 1) ==
		      ((before.configured.hw >> k & 1) &&
		       !(in_set && (flags & PMU_STOP_RESET))));
	prove("sets and indices: hardware and firmware counters never mix",
	      in_set || world_same_hw_but_inhibit());
	prove("STOP: a value is not changed", world.value_writes == 0);
	in_set = num_hw + n >= base && num_hw + n - base < 8 * sizeof(mask) &&
		 (mask >> (num_hw + n - base) & 1);
	prove("sets and indices: hardware and firmware counters never mix",
	      (hart.started.fw >> n & 1) ==
		      ((before.started.fw >> n & 1) && !in_set));
	stopped = in_set && (before.started.fw >> n & 1);
	prove("STOP: a value is not changed",
	      hart.fw_value[n] ==
		      (stopped ? before.fw_value[n] + world_fw_total(&before, n)
			       : before.fw_value[n]));
}
