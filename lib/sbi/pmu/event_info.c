// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: which events of a table in memory can be counted */

#include "internal.h"

#define PAGE 4096ul

/* Types in whose entries event_data means nothing */
static bool has_no_data(unsigned long event)
{
	return PMU_EVENT_TYPE(event) <= PMU_TYPE_CACHE;
}

/* Whether CONFIG_MATCHING would find a counter if all of them were free */
static bool is_countable(const struct pmu_hart *h, unsigned long event,
			 uint64_t data)
{
	struct pmu_event found;
	uint64_t selector;

	if (has_no_data(event))
		return pmu_std_counters(h, event, &selector) != 0;
	return pmu_event_find(h, event, data, &found);
}

static long check(unsigned long entries, unsigned long size)
{
	bool fit;

	if (!env_entries_fit(entries, size, &fit))
		return PMU_ERR_INVALID_ADDRESS;
	return fit ? PMU_OK : PMU_ERR_INVALID_PARAM;
}

PMU_HOT
static long answer(const struct pmu_hart *h, unsigned long entries,
		   unsigned long size)
{
	unsigned long done, event;
	uint32_t word;
	uint64_t data;

	for (done = 0; done < size; done += PMU_EVENT_INFO_SIZE) {
		if (!env_load32(entries + done, &word))
			return PMU_ERR_INVALID_ADDRESS;
		event = word;
		/* Another hart may have changed the entry since the check */
		if (event & ~PMU_EVENT_BITS)
			return PMU_ERR_INVALID_PARAM;
		data = 0;
		if (!has_no_data(event) &&
		    !env_load64(entries + done + 8, &data))
			return PMU_ERR_INVALID_ADDRESS;
		if (!env_store32(entries + done + 4,
				 is_countable(h, event, data)))
			return PMU_ERR_INVALID_ADDRESS;
	}
	return PMU_OK;
}

/*
 * Go over a table page by page. With Smepmp memory is opened in naturally
 * aligned blocks; one that holds a larger table could reach over the firmware
 * itself.
 */
static long walk(const struct pmu_hart *h, unsigned long table,
		 unsigned long num, bool answers)
{
	unsigned long entry = table;
	unsigned long left = num;
	unsigned long size;
	long error = PMU_OK;

	while (left && !error) {
		size = PAGE - (entry & (PAGE - 1u));
		if (left < size / PMU_EVENT_INFO_SIZE)
			size = left * PMU_EVENT_INFO_SIZE;
		if (!env_shmem_open(entry, size, true))
			return PMU_ERR_INVALID_ADDRESS;
		error = answers ? answer(h, entry, size) : check(entry, size);
		env_shmem_close(entry, size);
		entry += size;
		left -= size / PMU_EVENT_INFO_SIZE;
	}
	return error;
}

struct pmu_result pmu_event_get_info(struct pmu_hart *h, unsigned long lo,
				     unsigned long hi, unsigned long num,
				     unsigned long flags)
{
	unsigned long size;
	long error;

	if (flags != 0 || lo & (PMU_EVENT_INFO_SIZE - 1u))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if (num == 0)
		return pmu_error(PMU_OK);
	if (hi != 0 ||
	    __builtin_mul_overflow(num, PMU_EVENT_INFO_SIZE, &size) ||
	    !env_shmem_owned(lo, size, true))
		return pmu_error(PMU_ERR_INVALID_ADDRESS);
	if (num > PMU_EVENT_INFO_MAX)
		return pmu_error(PMU_ERR_FAILED);

	/* Look at every entry before the first is written */
	error = walk(h, lo, num, false);
	if (!error)
		error = walk(h, lo, num, true);
	return pmu_error(error);
}
