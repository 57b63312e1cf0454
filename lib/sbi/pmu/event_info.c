// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: a table of events in memory, and which of them can be counted
 */

#include "internal.h"

/*
 * Read event_idx of the entry at @entry. False when memory did not answer;
 * @reserved tells whether a reserved bit is set.
 */
static bool load_event(unsigned long entry, uint32_t *event, bool *reserved)
{
	if (!env_load32(entry, event))
		return false;
	*reserved = (*event & ~PMU_EVENT_BITS) != 0;
	return true;
}

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

/* Look at every entry before the first is written: errors change nothing */
static long check_entries(unsigned long table, unsigned long num)
{
	unsigned long i;
	uint32_t event;
	bool reserved;

	for (i = 0; i < num; i++) {
		if (!load_event(table + i * PMU_EVENT_INFO_SIZE, &event,
				&reserved))
			return PMU_ERR_INVALID_ADDRESS;
		if (reserved)
			return PMU_ERR_INVALID_PARAM;
	}
	return PMU_OK;
}

static long answer_entries(const struct pmu_hart *h, unsigned long table,
			   unsigned long num)
{
	unsigned long i, entry;
	uint32_t event;
	uint64_t data;
	bool reserved;

	for (i = 0; i < num; i++) {
		entry = table + i * PMU_EVENT_INFO_SIZE;
		if (!load_event(entry, &event, &reserved) ||
		    !env_load64(entry + 8, &data))
			return PMU_ERR_INVALID_ADDRESS;
		/* Another hart may have changed the entry since the check */
		if (reserved)
			return PMU_ERR_INVALID_PARAM;
		if (!env_store32(entry + 4, is_countable(h, event, data)))
			return PMU_ERR_INVALID_ADDRESS;
	}
	return PMU_OK;
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
	if (hi != 0 || __builtin_mul_overflow(num, PMU_EVENT_INFO_SIZE, &size))
		return pmu_error(PMU_ERR_INVALID_ADDRESS);
	if (!env_shmem_open(lo, size, true))
		return pmu_error(PMU_ERR_INVALID_ADDRESS);

	error = num > PMU_EVENT_INFO_MAX ? PMU_ERR_FAILED
					 : check_entries(lo, num);
	if (!error)
		error = answer_entries(h, lo, num);
	env_shmem_close(lo, size);
	return pmu_error(error);
}
