// SPDX-License-Identifier: BSD-2-Clause
/* Arguments: sound ones, those at an edge, and any. */
#include "storm.h"

static uint64_t existing; /* counters, a bit for each */

unsigned long any_value(struct dice *d)
{
	static const unsigned long edges[] = {
		0x7fffffff, 0x80000000u, 0xffffffffu,	1UL << (XLEN - 1),
		~0UL >> 1,  ~0UL,	 ~0UL / 16 + 1, 0xfffff,
		0x100000,   4096,	 PAGE_SIZE - 1, 35,
	};
	unsigned long v = (unsigned long)roll(d);

	switch (below(d, 8)) {
	case 0:
		return v & 7;
	case 1:
		return v % 70;
	case 2:
		return 1UL << (v % XLEN);
	case 3:
		return ~(1UL << (v % XLEN));
	case 4:
		return edges[v % ARRAY_SIZE(edges)];
	case 5:
		return -(v & 0xff);
	case 6:
		return v & 0xffffffffu;
	default:
		return v;
	}
}

/*
 * Hours from the overflow, but less than 2^63 counts. When a counter
 * is started 2^63 counts or more from its overflow just while QEMU 10 tells
 * another one's, QEMU may set its alarm to the past again and again and stand
 * still.
 */
uint64_t storm_far(struct dice *d)
{
	return -((1ULL << 46) + (roll(d) >> (2 + below(d, 16))));
}

unsigned long mostly(struct dice *d, unsigned long sound)
{
	return below(d, 16) ? sound : any_value(d);
}

unsigned long any_counter(struct dice *d)
{
	return mostly(d, below(d, facts.num + 1));
}

void any_set(struct dice *d, unsigned long *base, unsigned long *mask)
{
	unsigned long there;

	*base = any_counter(d);
	there = *base < 64 ? (unsigned long)(existing >> *base) : 0;
	switch (below(d, 8)) {
	case 0:
		*mask = any_value(d);
		break;
	case 1:
		*base = 0;
		*mask = (unsigned long)existing;
		break;
	case 2:
	case 3:
		*mask = there & (unsigned long)roll(d);
		break;
	case 4:
		*mask = there & (unsigned long)(roll(d) & roll(d) & roll(d));
		break;
	default:
		*mask = 1;
	}
}

/* What QEMU and boards can count, and firmware events */
static const unsigned long sound_events[] = {
	PMU_HW_CPU_CYCLES,
	PMU_HW_INSTRUCTIONS,
	PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS),
	PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_WRITE, PMU_CACHE_MISS),
	PMU_CACHE(PMU_CACHE_ITLB, PMU_CACHE_READ, PMU_CACHE_MISS),
	PMU_FW(PMU_FW_SET_TIMER),
	PMU_FW(PMU_FW_IPI_SENT),
	PMU_FW(PMU_FW_IPI_RECEIVED),
};

void any_event(struct dice *d, unsigned long *event, uint64_t *data)
{
	*data = below(d, 16) ? 0 : roll(d) >> below(d, 64);
	switch (below(d, 8)) {
	case 0:
		*event = any_value(d);
		break;
	case 1:
		*event = PMU_EVENT(below(d, 16), mostly(d, below(d, 64)));
		break;
	case 2:
		*event = below(d, 2) ? PMU_RAW_EVENT : PMU_RAW_V2_EVENT;
		*data = roll(d) >> below(d, 64);
		break;
	case 3:
	case 4:
		*event = PMU_FW(below(d, PMU_FW_EVENTS));
		break;
	default:
		*event = sound_events[below(d, ARRAY_SIZE(sound_events))];
	}
}

/* Addresses that neither memory nor a device answers */
static unsigned long holes[16];
static unsigned int hole_count;

static void add_hole(uint64_t address)
{
	unsigned long value, at = (unsigned long)address & ~0xfffUL;

	if (at != address || hole_count == ARRAY_SIZE(holes))
		return;
	if (!probe_load(at, 4, &value, NULL) &&
	    !probe_load(at + PAGE_SIZE - 4, 4, &value, NULL))
		holes[hole_count++] = at;
}

static struct range firmware;

unsigned long bad_address(struct dice *d, unsigned long size)
{
	unsigned int at = below(d, 4);

	if (at < 2 && firmware.size > size) {
		if (at == 0) /* begins in the firmware, ends behind it */
			return (unsigned long)(firmware.base + firmware.size) -
			       16;
		return (unsigned long)(firmware.base +
				       below(d, (unsigned int)(firmware.size -
							       size))) &
		       ~0xfUL;
	}
	if (hole_count)
		return holes[below(d, hole_count)] + (below(d, 2) ? 0 : 16);
	return ~0xfUL;
}

void values_init(void)
{
	struct range memory;

	for (unsigned int i = 0; i < facts.num && i < 64; i++) {
		if (facts.counter[i].exists)
			existing |= 1ULL << i;
	}
	if (!firmware_range(&firmware))
		firmware.size = 0;
	add_hole(0);
	add_hole(0x4000);
	add_hole(0x1000000);
	add_hole(1ULL << 32);
	add_hole(1ULL << 38);
	add_hole(1ULL << 47);
	add_hole(1UL << (XLEN - 1));
	add_hole(~0UL & ~0xfffUL);
	if (payload_memory(&memory)) {
		add_hole(memory.base - PAGE_SIZE);
		add_hole(memory.base + memory.size);
		add_hole(memory.base + memory.size + (1ULL << 24));
	}
}
