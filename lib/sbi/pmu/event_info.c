// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: which events of a table in memory can be counted */

#include "internal.h"

#define PAGE 4096ul

/* Whether CONFIG_MATCHING would find a counter if all of them were free */
static bool is_countable(const struct pmu_hart *h, uint32_t event,
			 uint64_t data)
{
	unsigned long type = PMU_EVENT_TYPE(event);
	struct pmu_event found;

	/* event_data means nothing in entries of these types */
	if (type == PMU_TYPE_HW || type == PMU_TYPE_CACHE)
		data = 0;
	return pmu_event_find(h, event, data, &found);
}

/* Check the entry at @entry, or give its answer */
static long visit(const struct pmu_hart *h, unsigned long entry, bool answer)
{
	uint32_t event;
	uint64_t data;

	if (!env_load32(entry, &event))
		return PMU_ERR_INVALID_ADDRESS;
	/* Another hart may change the entry between check and answer */
	if (event & ~PMU_EVENT_BITS)
		return PMU_ERR_INVALID_PARAM;
	if (!answer)
		return PMU_OK;
	if (!env_load64(entry + 8, &data) ||
	    !env_store32(entry + 4, is_countable(h, event, data)))
		return PMU_ERR_INVALID_ADDRESS;
	return PMU_OK;
}

/*
 * Visit a table page by page. With Smepmp memory is opened in naturally aligned
 * blocks; one that holds a larger table could reach over the firmware itself.
 */
static long walk(const struct pmu_hart *h, unsigned long table,
		 unsigned long num, bool answer)
{
	unsigned long entry = table;
	unsigned long left = num;
	unsigned long size, done;
	long error = PMU_OK;

	while (left && !error) {
		size = PAGE - (entry & (PAGE - 1u));
		if (left < size / PMU_EVENT_INFO_SIZE)
			size = left * PMU_EVENT_INFO_SIZE;
		if (!env_shmem_open(entry, size, true))
			return PMU_ERR_INVALID_ADDRESS;
		for (done = 0; done < size && !error;
		     done += PMU_EVENT_INFO_SIZE)
			error = visit(h, entry + done, answer);
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
