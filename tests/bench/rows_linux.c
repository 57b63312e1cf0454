// SPDX-License-Identifier: BSD-2-Clause
/*
 * What Linux asks for in a row, call by call as docs/linux-calls.md shows it.
 * Linux gives every counter in its masks; here counter 2 is left out, which
 * measures, and no event is one that would be counted there.
 */
#include "bench.h"

/* An initial value of Linux, which counts up to where it overflows */
#define FAR_AWAY 0x8000000000000001ULL
#define PERIOD (-100000ULL)
#define EVENTS 4

static const unsigned long events[EVENTS] = {
	CYCLES,
	PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS),
	PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_WRITE, PMU_CACHE_MISS),
	PMU_CACHE(PMU_CACHE_ITLB, PMU_CACHE_READ, PMU_CACHE_MISS),
};

static unsigned long all(void)
{
	unsigned long mask = 0;

	for (unsigned int i = 0; i < facts.num && i < XLEN; i++) {
		if (facts.counter[i].exists && i != PMU_CTR_INSTRET)
			mask |= 1UL << i;
	}
	return mask;
}

static struct call config(unsigned long event)
{
	return call_config(0, all(), PMU_CFG_SINH, event, 0);
}

static void end(unsigned long index)
{
	then(call_stop(index, 1, 0));
	then_good(call_stop(index, 1, PMU_STOP_RESET),
		  GOOD(PMU_OK) | GOOD(PMU_ERR_ALREADY_STOPPED));
}

/* Into a counted process and out of it again */
static void context_switch(unsigned int count)
{
	struct call configs[EVENTS] = {0};
	unsigned long index[EVENTS] = {0};

	for (unsigned int i = 0; i < count; i++)
		configs[i] = config(events[i]);
	would_give(configs, count, index);
	row("linux: context switch, %u event%s", count, count > 1 ? "s" : "");
	for (unsigned int i = 0; i < count; i++) {
		then_gives(configs[i], index[i]);
		then(call_start(index[i], 1, PMU_START_SET_INIT_VALUE,
				FAR_AWAY));
	}
	for (unsigned int i = 0; i < count; i++)
		end(index[i]);
	row_end();
}

/* One of the counters has overflown, the others go on where they are */
static void overflow(unsigned int count)
{
	unsigned long base = facts.hpm[0], used = bits(count) << base;

	row("linux: overflow handler, %u counter%s", count,
	    count > 1 ? "s" : "");
	claim_hw(count);
	first(call_start(base, bits(count), PMU_START_SET_INIT_VALUE,
			 FAR_AWAY));
	then(call_stop(0, used, 0));
	if (count > 1)
		then(call_start(0, used & ~(1UL << base), 0, 0));
	then(call_start(base, 1, PMU_START_SET_INIT_VALUE, PERIOD));
	row_end();
}

/* More events than counters: those that had their turn go, others come */
static void turns(void)
{
	struct call configs[MAX_GIVEN] = {0};
	unsigned long index[MAX_GIVEN] = {0};
	unsigned int count = facts.hpms < MAX_GIVEN ? facts.hpms : MAX_GIVEN;

	for (unsigned int i = 0; i < count; i++)
		configs[i] = config(events[1 + i % (EVENTS - 1)]);
	would_give(configs, count, index);
	row("linux: %u events take turns", count);
	for (unsigned int i = 0; i < count; i++) {
		first(configs[i]);
		first(call_start(index[i], 1, PMU_START_SET_INIT_VALUE,
				 FAR_AWAY));
	}
	for (unsigned int i = 0; i < count; i++)
		end(index[i]);
	for (unsigned int i = 0; i < count; i++) {
		then_gives(configs[i], index[i]);
		then(call_start(index[i], 1, PMU_START_SET_INIT_VALUE,
				FAR_AWAY));
	}
	then_good(configs[0], GOOD_ANY);
	row_end();
}

static void probe(void)
{
	then(call_pmu(PMU_FID_NUM_COUNTERS, 0));
	for (unsigned int i = 0; i < facts.num; i++)
		then_good(call_pmu(PMU_FID_GET_INFO, i), GOOD_ANY);
	then_good(call_set_shmem(page_alloc(1)), GOOD_ANY);
	then_good(call_stop(0, all(), PMU_STOP_RESET), GOOD_ANY);
}

static void boot_by_info(void)
{
	struct pmu_event_info *table = page_alloc(1);

	for (unsigned int i = 0; i < STD_EVENTS; i++)
		table[i].event_idx = (uint32_t)std_event(i);
	row("linux: boot, EVENT_GET_INFO");
	probe();
	then(call_event_info(table, STD_EVENTS));
	row_end();
}

/* Linux before 7 tries each event, and gives back what it gets */
static void boot_by_config(void)
{
	struct call call;
	unsigned long index;

	row("linux: boot, 52 times CONFIG");
	probe();
	for (unsigned int i = 0; i < STD_EVENTS; i++) {
		call = call_config(0, all(), 0, std_event(i), 0);
		if (!would_give(&call, 1, &index)) {
			then_good(call, GOOD(PMU_ERR_NOT_SUPPORTED));
			continue;
		}
		then_gives(call, index);
		then_good(call_stop(index, 1, PMU_STOP_RESET),
			  GOOD(PMU_OK) | GOOD(PMU_ERR_ALREADY_STOPPED));
	}
	row_end();
}

void rows_linux(void)
{
	if (facts.hpms < EVENTS)
		return;
	context_switch(1);
	context_switch(EVENTS);
	overflow(1);
	overflow(EVENTS);
	turns();
	row("linux: a hart comes up");
	then_good(call_stop(0, all(), PMU_STOP_RESET), GOOD_ANY);
	row_end();
	boot_by_info();
	boot_by_config();
}
