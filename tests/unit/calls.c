// SPDX-License-Identifier: BSD-2-Clause
/* Random calls, each with what the model makes of it */

#include "choose.h"

uint64_t (*calls_random)(void);

void calls_machine(const char *name)
{
	choose_machine(name);
}

static const char *random_config(void)
{
	unsigned long base, mask, event, flags;
	uint64_t data;

	choose_set(&base, &mask);
	event = choose_event(&data);
	flags = calls_random() & (once_in(2) ? 0xff : 0xfe);
	if (once_in(40))
		flags |= 1ul << calls_random() % 64;
	model_config(base, mask, flags, event, data);
	return "CONFIG_MATCHING";
}

/* Few random sets have no unconfigured member */
static void drop_unconfigured(unsigned long base, unsigned long *mask)
{
	unsigned long bit;

	for (bit = 0; base < 64 && base + bit < 64; bit++) {
		if (!model.ctr[base + bit].configured && base + bit > 2)
			*mask &= ~(1ul << bit);
	}
}

/* Values for START to find in the snapshot page */
static void fill_page(void)
{
	unsigned int slot;

	for (slot = (unsigned int)calls_random() % 48; slot < 48; slot += 5)
		sim_poke64(model.page + 8 + 8 * slot, choose_value());
}

static const char *random_start(void)
{
	unsigned long base, mask, flags;

	choose_set(&base, &mask);
	if (!once_in(20))
		drop_unconfigured(base, &mask);
	flags = once_in(40) ? calls_random() % 16 : calls_random() % 3;
	if (once_in(100))
		flags |= choose_flags();
	if (flags == FROM_SNAPSHOT && model.has_page)
		fill_page();
	model_start(base, mask, flags, choose_value());
	return "START";
}

static const char *random_stop(void)
{
	unsigned long base, mask, flags;

	choose_set(&base, &mask);
	flags = once_in(40) ? calls_random() % 16 : calls_random() % 4;
	if (once_in(2))
		flags &= SNAPSHOT;
	if (once_in(100))
		flags |= choose_flags();
	if ((flags & SNAPSHOT) && model.has_page)
		sim_poke64(model.page, calls_random());
	model_stop(base, mask, flags);
	return "STOP";
}

static void random_shmem(void)
{
	unsigned long lo = choose_address(), hi = 0;

	if (once_in(8))
		lo = hi = ~0UL;
	else if (once_in(8))
		hi = calls_random();
	model_set_shmem(lo, hi, choose_flags());
}

/* RAM and ROM, as far as a test may touch them */
static bool is_there(unsigned long at, unsigned long size)
{
	return at >= SIM_ROM && at <= SIM_HOLE - size && at % 4 == 0;
}

static void random_event_info(void)
{
	unsigned long at = choose_address(), num = calls_random() % 20, i;
	uint64_t data;
	uint32_t event;

	if (once_in(8))
		num = choose_value();
	for (i = 0; i < num && i < 20 && is_there(at + 16 * i, 16); i++) {
		event = (uint32_t)choose_event(&data);
		sim_poke32(at + 16 * i, event & (once_in(64) ? ~0u : 0xfffffu));
		sim_poke64(at + 16 * i + 8, data);
	}
	/* The entries behind may have anything in them, but no reserved bits */
	for (; i < num && i < 600 && is_there(at + 16 * i, 16); i++)
		sim_poke32(at + 16 * i, (uint32_t)i);
	model_event_info(at, once_in(16) ? calls_random() : 0, num,
			 choose_flags());
}

static const char *random_query(void)
{
	unsigned long idx = choose_index();

	switch (calls_random() % 4) {
	case 0:
		random_shmem();
		return "SNAPSHOT_SET_SHMEM";
	case 1:
		random_event_info();
		return "EVENT_GET_INFO";
	case 2:
		model_num();
		model_get_info(idx);
		return "GET_INFO";
	default:
		model_fw_read(idx);
		return "FW_READ";
	}
}

void calls_step(void)
{
	static const char *(*const steps[])(void) = {
		random_config, random_config, random_start, random_start,
		random_stop,   random_query,  happen,	    happen};

	model_compare(steps[calls_random() % 8]());
}
