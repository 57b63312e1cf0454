// SPDX-License-Identifier: BSD-2-Clause
/*
 * EVENT_GET_INFO: any address, table and memory that changes while it is read.
 * What an event is worth is in the proof of map; here it may be anything.
 */

#include "world.h"
#include "hart.c"
#include "fw.c"
#include "hpm.c"
#include "event_info.c"

/* Entries that are walked; longer tables repeat the turns of the two loops */
#define ENTRIES 4

bool pmu_event_find(const struct pmu_hart *h, unsigned long event,
		    uint64_t data, struct pmu_event *found)
{
	(void)h;
	(void)event;
	(void)data;
	(void)found;
	return nondet_bool();
}

uint32_t pmu_std_counters(const struct pmu_hart *h, unsigned long event,
			  uint64_t *selector)
{
	(void)h;
	(void)event;
	*selector = nondet_u64();
	return nondet_u32();
}

void harness(void)
{
	unsigned long lo = nondet_ulong(), hi = nondet_ulong();
	unsigned long num = nondet_ulong(), flags = nondet_ulong();
	struct pmu_result got;
	bool inside;

	assume(num <= ENTRIES || num > PMU_EVENT_INFO_MAX);
	world_any_hart();
	got = pmu_event_get_info(&hart, lo, hi, num, flags);
	inside = world.byte - lo < 16 * num;
	prove("EVENT_GET_INFO: only the table is written, and of it the answers",
	      !world.stored || (inside && (world.byte & 12) == 4));
	prove("EVENT_GET_INFO: only the table is read",
	      world.accesses == 0 || world.owned == lo);
	prove("EVENT_GET_INFO: memory that is refused is not touched",
	      world.is_owned || world.accesses == 0);
	prove("EVENT_GET_INFO: with success every entry is answered",
	      got.error || !inside || (world.byte & 12) != 4 || world.stored);
	prove("EVENT_GET_INFO: bounded time",
	      num <= PMU_EVENT_INFO_MAX || (got.error && world.accesses == 0));
	/* An entry may change after it was found good */
	if (got.error == PMU_ERR_INVALID_PARAM && world.stored)
		return;
	prove_call(got);
	prove("EVENT_GET_INFO: counters are left alone",
	      world_same_hw() && world.hw_changes == 0 &&
		      world.fw_changes == 0);
}
