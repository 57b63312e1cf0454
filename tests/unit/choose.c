// SPDX-License-Identifier: BSD-2-Clause
/* Values for random calls. See choose.h. */

#include "choose.h"

uint64_t choose_value(void)
{
	uint64_t value = calls_random();

	switch (calls_random() % 4) {
	case 0:
		return value;
	case 1:
		/* Soon to overflow, at any width */
		return ~value;
	case 2:
		return value << calls_random() % 64;
	default:
		return (1ULL << calls_random() % 64) - 1 - value;
	}
}

/* Bits up to and beyond the 48 and 56 that raw events have */
static uint64_t choose_raw(void)
{
	uint64_t data = calls_random() & 0x1ffff;

	if (once_in(3))
		data |= 1ULL << calls_random() % 64;
	if (once_in(4) && model.raw_rows)
		data ^= model.raw[calls_random() % model.raw_rows].select;
	return data;
}

static unsigned long any_event(uint64_t *data)
{
	unsigned long event;

	*data = 0;
	switch (calls_random() % 8) {
	case 0:
		event = CYCLES;
		break;
	case 1:
		event = INSTRET;
		break;
	case 2:
		*data = choose_raw();
		event = once_in(2) ? RAW : RAW2;
		return event + (once_in(16) ? calls_random() : 0);
	case 3:
		*data = SIM_PLAT(calls_random() % 3);
		return PLATFORM;
	case 4:
		event = PMU_FW(calls_random() % 23);
		break;
	case 5:
		event = 0x10000 + calls_random() % 0x80;
		break;
	case 6:
		event = calls_random() % 16;
		break;
	default:
		event = calls_random();
		break;
	}
	if (once_in(16))
		*data = calls_random();
	if (once_in(16))
		event ^= 1UL << calls_random() % 64;
	return event;
}

/*
 * Where mhpmevent holds no bit of a selector the core takes every call for the
 * first one after a suspend. Such an event counts nothing there anyway.
 */
unsigned long choose_event(uint64_t *data)
{
	uint64_t missing = sim.desc->event_missing;
	unsigned long event = any_event(data);

	if (model_selector(event, *data) & missing &&
	    !(model_selector(event, *data) & ~missing)) {
		*data = 0;
		event = MISSES;
	}
	return event;
}

unsigned long choose_index(void)
{
	unsigned long idx = calls_random();

	if (once_in(2))
		idx = model.num_hw + idx % PMU_FW_MAX;
	if (once_in(16))
		idx ^= 1UL << calls_random() % 64;
	return idx;
}

/* The set before this one: what one call does another one has to go on with */
static unsigned long last_base, last_mask;

void choose_anew(void)
{
	last_base = 0;
	last_mask = 1;
}

unsigned int choose_counter(void)
{
	unsigned int n = (unsigned int)calls_random() % 128;

	if (n >= 64 && last_mask && last_base < 64)
		n = (unsigned int)last_base +
		    (unsigned int)__builtin_ctzl(last_mask);
	return n % 64;
}

void choose_set(unsigned long *base, unsigned long *mask)
{
	unsigned long all = rig_all();

	*base = 0;
	switch (calls_random() % 8) {
	case 0:
		*mask = all;
		break;
	case 1:
		*mask = 1ul << calls_random() % 64 & all;
		break;
	case 2:
		*base = calls_random() % 48;
		*mask = 1;
		break;
	case 3:
		*base = calls_random() % 48;
		*mask = all >> *base & calls_random();
		break;
	case 4:
		*mask = all & calls_random() & calls_random();
		break;
	case 5:
		*mask = all & -all << calls_random() % 48;
		break;
	default:
		*base = last_base;
		*mask = last_mask;
		break;
	}
	if (once_in(30))
		*mask = calls_random();
	if (once_in(30))
		*base = choose_value();
	last_base = *base;
	last_mask = *mask;
}

unsigned long choose_address(void)
{
	static const unsigned long edges[] = {
		0,	  SIM_FW_BASE, SIM_ROM,	 SIM_READONLY,
		SIM_HOLE, ~0UL,	       1UL << 63};
	unsigned long at = SIM_RAM;

	if (once_in(4))
		at = edges[calls_random() % (sizeof(edges) / sizeof(edges[0]))];
	if (once_in(4))
		at += 4096 * (calls_random() % 8) - 4096;
	if (once_in(8))
		at += calls_random() % 64 - 32;
	return at;
}

unsigned long choose_flags(void)
{
	return once_in(16) ? 1UL << calls_random() % 64 : 0;
}
