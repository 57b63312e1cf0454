// SPDX-License-Identifier: BSD-2-Clause
/* What a hostile call may answer and change; there are no cases here. */

#include "hostile.h"

/* Members of the set that a call names, of whatever width its sum is */
static bool in_set(const struct hostile *h, unsigned int index)
{
	unsigned long base = h->args[0], mask = h->args[1];

	return index >= base && index - base < XLEN &&
	       (mask >> (index - base) & 1);
}

static bool exists(unsigned long index)
{
	return index < facts.num && facts.counter[index].exists;
}

static bool set_is_good(unsigned long base, unsigned long mask)
{
	unsigned int bit;

	for (bit = 0; bit < XLEN; bit++) {
		if ((mask >> bit & 1) &&
		    (base > ~0UL - bit || !exists(base + bit)))
			return false;
	}
	return mask != 0;
}

static bool event_is_known(unsigned long event)
{
	unsigned long code = PMU_EVENT_CODE(event);

	if (event & ~PMU_EVENT_BITS)
		return false;
	switch (PMU_EVENT_TYPE(event)) {
	case PMU_TYPE_HW:
		return code >= 1 && code <= PMU_HW_EVENTS;
	case PMU_TYPE_CACHE:
		return code >> 3 < PMU_CACHE_IDS &&
		       (code >> 1 & 3) < PMU_CACHE_OPS;
	case PMU_TYPE_RAW:
	case PMU_TYPE_RAW_V2:
		return code == 0;
	case PMU_TYPE_FW:
		return code < PMU_FW_EVENTS || code > 255;
	default:
		return false;
	}
}

#define ERROR(name) (1u << -PMU_ERR_##name)

/* The error codes of the function's table; bit 0 is success */
static unsigned int errors_of(unsigned long fid)
{
	switch (fid) {
	case PMU_FID_NUM_COUNTERS:
		return 1;
	case PMU_FID_CONFIG:
		return 1 | ERROR(INVALID_PARAM) | ERROR(NOT_SUPPORTED);
	case PMU_FID_START:
		return 1 | ERROR(INVALID_PARAM) | ERROR(ALREADY_STARTED) |
		       ERROR(NO_SHMEM);
	case PMU_FID_STOP:
		return 1 | ERROR(INVALID_PARAM) | ERROR(ALREADY_STOPPED) |
		       ERROR(NO_SHMEM);
	case PMU_FID_SET_SHMEM:
	case PMU_FID_EVENT_INFO:
		return 1 | ERROR(NOT_SUPPORTED) | ERROR(INVALID_PARAM) |
		       ERROR(INVALID_ADDRESS) | ERROR(FAILED);
	default:
		return 1 | ERROR(INVALID_PARAM);
	}
}

/* With a set or flags that no firmware takes the answer is always the same */
static unsigned int errors_of_set(const struct hostile *h,
				  unsigned long defined, unsigned long snapshot)
{
	const unsigned long *a = h->args;

	if (set_is_good(a[0], a[1]) && !(a[2] & ~defined))
		return errors_of(h->fid);
	return ERROR(INVALID_PARAM) | (a[2] & snapshot ? ERROR(NO_SHMEM) : 0);
}

unsigned int hostile_allowed(const struct hostile *h)
{
	const unsigned long *a = h->args;
	unsigned int errors = errors_of(h->fid);
	bool good = true;

	switch (h->fid) {
	case PMU_FID_NUM_COUNTERS:
		return errors;
	case PMU_FID_START:
		return errors_of_set(h, PMU_START_DEFINED,
				     PMU_START_INIT_SNAPSHOT);
	case PMU_FID_STOP:
		return errors_of_set(h, PMU_STOP_DEFINED,
				     PMU_STOP_TAKE_SNAPSHOT);
	case PMU_FID_CONFIG:
		if (event_is_known(a[3]))
			return errors_of_set(h, PMU_CFG_DEFINED, 0);
		good = false;
		break;
	case PMU_FID_GET_INFO:
		good = exists(a[0]);
		break;
	case PMU_FID_FW_READ:
	case PMU_FID_FW_READ_HI:
		good = exists(a[0]) && facts.counter[a[0]].fw;
		break;
	case PMU_FID_SET_SHMEM:
		good = !(a[0] & (PMU_SNAPSHOT_SIZE - 1)) && !a[2];
		good |= a[0] == ~0UL && a[1] == ~0UL && !a[2];
		break;
	default:
		good = !(a[0] & (PMU_EVENT_INFO_SIZE - 1)) && !a[3];
	}
	return good ? errors : errors & ~1u;
}

static bool has_effect(long error)
{
	return error == PMU_OK || error == PMU_ERR_ALREADY_STARTED ||
	       error == PMU_ERR_ALREADY_STOPPED;
}

bool hostile_may_change(const struct hostile *h, struct sbiret ret,
			unsigned int index)
{
	/* Counters without event may be told of before or after the others */
	if (ret.error == PMU_ERR_INVALID_PARAM && !ours() &&
	    (hostile_allowed(h) & 1))
		return in_set(h, index);
	if (!has_effect(ret.error))
		return false;
	switch (h->fid) {
	case PMU_FID_CONFIG:
		return ret.value == index;
	case PMU_FID_START:
	case PMU_FID_STOP:
		return in_set(h, index);
	default:
		return false;
	}
}
