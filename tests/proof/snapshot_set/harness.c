// SPDX-License-Identifier: BSD-2-Clause
/* SNAPSHOT_SET_SHMEM: any address and flags */

#include "core.h"

void harness(void)
{
	unsigned long lo = nondet_ulong(), hi = nondet_ulong();
	unsigned long flags = nondet_ulong();
	struct pmu_result got;

	world_any_hart();
	got = pmu_snapshot_set(&hart, lo, hi, flags);
	prove_call(got);
	prove("SET_SHMEM: the page is that of the call, or as before",
	      hart.shmem == (got.error ? before.shmem : lo));
	prove("SET_SHMEM: only what the domain owns is set",
	      got.error || lo == PMU_NO_SHMEM ||
		      (world.is_owned && world.owned == lo &&
		       world.owned_size == PMU_SNAPSHOT_SIZE &&
		       world.owned_write && hi == 0));
	prove("SET_SHMEM: only the page is written",
	      !world.stored || world.byte - lo < PMU_SNAPSHOT_SIZE);
	prove("SET_SHMEM: counters are left alone",
	      world.hw_changes == 0 && world.fw_changes == 0);
}
