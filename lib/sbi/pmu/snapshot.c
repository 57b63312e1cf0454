// SPDX-License-Identifier: BSD-2-Clause
/* The snapshot page: values and overflow bits in memory of the supervisor */

#include "internal.h"

#define SLOT(h, slot) ((h)->shmem + 8u + 8ul * (slot))

struct pmu_result pmu_snapshot_set(struct pmu_hart *h, unsigned long lo,
				   unsigned long hi, unsigned long flags)
{
	const unsigned long last = PMU_SNAPSHOT_SIZE - 8u;
	uint64_t word;
	bool usable;

	if (!h->machine->snapshot)
		return pmu_error(PMU_ERR_NOT_SUPPORTED);
	if (flags != 0)
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if ((lo & hi) == ~0UL) {
		h->shmem = PMU_NO_SHMEM;
		return pmu_error(PMU_OK);
	}
	if (lo & (PMU_SNAPSHOT_SIZE - 1u))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if (hi != 0 || !env_shmem_owned(lo, PMU_SNAPSHOT_SIZE, true) ||
	    !env_shmem_open(lo, PMU_SNAPSHOT_SIZE, true))
		return pmu_error(PMU_ERR_INVALID_ADDRESS);

	/* Show that the page takes writes, and leave it as it is */
	usable = env_load64(lo, &word) && env_store64(lo, word) &&
		 env_load64(lo + last, &word) && env_store64(lo + last, word);
	env_shmem_close(lo, PMU_SNAPSHOT_SIZE);
	if (!usable)
		return pmu_error(PMU_ERR_INVALID_ADDRESS);
	h->shmem = lo;
	return pmu_error(PMU_OK);
}

bool snapshot_open(const struct pmu_hart *h, bool write)
{
	uint64_t word;

	if (h->shmem == PMU_NO_SHMEM)
		return false;
	/* The domain may have lost the page since it was set */
	if (!env_shmem_owned(h->shmem, PMU_SNAPSHOT_SIZE, write) ||
	    !env_shmem_open(h->shmem, PMU_SNAPSHOT_SIZE, write))
		return false;
	if (env_load64(h->shmem, &word))
		return true;
	snapshot_close(h);
	return false;
}

void snapshot_close(const struct pmu_hart *h)
{
	env_shmem_close(h->shmem, PMU_SNAPSHOT_SIZE);
}

bool snapshot_load(const struct pmu_hart *h, unsigned int slot, uint64_t *value)
{
	return env_load64(SLOT(h, slot), value);
}

void snapshot_save(const struct pmu_hart *h, unsigned long base,
		   struct pmu_set stopped)
{
	unsigned int num_hw = h->machine->num_hw;
	uint64_t overflow = 0;
	unsigned int n;

	/*
	 * A store that the bus refuses is lost, as if the supervisor had
	 * taken the page away right after the call.
	 */
	for_each_bit(n, stopped.hw)
		env_store64(SLOT(h, n - base), env_counter_read(n));
	for_each_bit(n, (uint16_t)stopped.fw)
		env_store64(SLOT(h, num_hw + n - base),
			    fw_read(h, (struct fw_ctr){n}));

	if (h->has_sscofpmf && base < num_hw)
		overflow = (env_overflow_read() & h->present) >> base;
	env_store64(h->shmem, overflow);
}
