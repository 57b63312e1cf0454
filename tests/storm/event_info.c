// SPDX-License-Identifier: BSD-2-Clause
/*
 * EVENT_GET_INFO: with a table that only this hart has, each byte of which is
 * judged afterwards; with one that all harts write meanwhile; with tables that
 * have to be refused.
 */
#include "storm.h"

#define ENTRIES (TABLE_PAGES * PAGE_SIZE / PMU_EVENT_INFO_SIZE)
#define SHARED_ENTRIES (SHARED_PAGES * PAGE_SIZE / PMU_EVENT_INFO_SIZE)
#define UNTOUCHED 0xdeadbeef
#define LONGEST 4096

static struct sbiret ask(unsigned long lo, unsigned long hi,
			 unsigned long entries, unsigned long flags)
{
	return storm_sbi(PMU_EID, PMU_FID_EVENT_INFO, lo, hi, entries, flags, 0,
			 0);
}

/* The same events again from the same state of the dice */
static void next_entry(struct dice *d, bool spoilt, struct pmu_event_info *e)
{
	unsigned long event;

	any_event(d, &event, &e->event_data);
	if (spoilt && below(d, 16) == 0)
		event |= 1UL << (20 + below(d, 12));
	else
		event &= PMU_EVENT_BITS;
	e->event_idx = (uint32_t)event;
	e->output = UNTOUCHED;
}

static void judge_output(struct storm_hart *s, uint32_t output, long error)
{
	if (output <= 1 && !error)
		return;
	if (output != UNTOUCHED && output > 1)
		storm_found("an output is neither 0 nor 1 but", output);
	if (!error)
		storm_odd(s, "an entry has no answer", output);
	else if (output != UNTOUCHED)
		storm_odd(s, "an answer in a table that is refused", output);
}

static void private_table(struct storm_hart *s)
{
	struct dice *d = &s->dice, first, again;
	unsigned int n = below(d, 64) ? below(d, 24) : below(d, ENTRIES);
	struct pmu_event_info e, *table = (struct pmu_event_info *)s->table +
					  below(d, ENTRIES - n + 1);
	bool spoilt = below(d, 8) == 0;
	struct sbiret ret;

	/* Not the dice of the hart, for an interrupt may roll them meanwhile */
	first = again = (struct dice){roll(d)};
	for (unsigned int i = 0; i < n; i++)
		next_entry(&first, spoilt, &table[i]);
	ret = ask((unsigned long)table, 0, n, 0);
	if (ret.error && !spoilt)
		storm_odd(s, "a table that is sound was refused", n);
	for (unsigned int i = 0; i < n; i++) {
		next_entry(&again, spoilt, &e);
		if (table[i].event_idx != e.event_idx ||
		    table[i].event_data != e.event_data)
			storm_found(
				"a word of the table that is not an answer was written, at",
				(unsigned long)&table[i]);
		judge_output(s, table[i].output, ret.error);
	}
	memory_fill(table, n * PMU_EVENT_INFO_SIZE);
	/* What borders on the table; the sweep sees the rest */
	if ((uint8_t *)table > s->table)
		memory_check(table - 1, PMU_EVENT_INFO_SIZE);
	if ((uint8_t *)(table + n) < s->table + TABLE_PAGES * PAGE_SIZE)
		memory_check(table + n, PMU_EVENT_INFO_SIZE);
}

/* The others write there at any time, so only the firmware's life is judged */
static void contested_table(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned int n = below(d, 256) ? below(d, 64) : LONGEST;
	struct pmu_event_info *table =
		(struct pmu_event_info *)shared_table +
		below(d, below(d, 2) ? 256 : SHARED_ENTRIES - n);

	for (unsigned int i = 0; i < 4; i++)
		next_entry(d, below(d, 16) == 0, &table[below(d, n + 1)]);
	ask((unsigned long)table, 0, n, 0);
}

/* Whatever is asked for, the address is no table */
static void refused_table(struct storm_hart *s)
{
	static const unsigned long sizes[] = {
		~0UL / 16 + 1, ~0UL / 16 + 2, ~0UL / 8 + 1,
		~0UL / 2 + 1,  ~0UL / 16,     ~0UL,
	};
	struct dice *d = &s->dice;
	unsigned long lo = (unsigned long)s->table + 16 * below(d, ENTRIES);
	unsigned long hi = 0, n = 1 + below(d, 3), flags = 0;
	struct sbiret ret;

	switch (below(d, 8)) {
	case 0:
		n = sizes[below(d, ARRAY_SIZE(sizes))] + below(d, 2);
		n = n ? n : ~0UL;
		break;
	case 1:
		hi = any_value(d);
		hi = hi ? hi : 1;
		break;
	case 2:
		lo += 1 + below(d, 15);
		break;
	case 3:
		flags = any_value(d);
		flags = flags ? flags : 1;
		break;
	case 4:
		lo = ~0xfUL - 16 * below(d, 4);
		n = 5 + below(d, 100);
		break;
	case 5:
		if (last_page) {
			lo = (unsigned long)last_page + PAGE_SIZE - 16;
			n = 2 + below(d, 3);
			*(struct pmu_event_info *)lo =
				(struct pmu_event_info){1, UNTOUCHED, 0};
			break;
		}
		/* fall through */
	default:
		lo = bad_address(d, n * PMU_EVENT_INFO_SIZE + 16);
		flags = mostly(d, 0);
	}
	ret = ask(lo, hi, n, flags);
	if (!ret.error)
		storm_odd(s, "a table that has to be refused was taken", 0);
	else if (ret.error == PMU_ERR_INVALID_PARAM && !(lo & 15) && !flags)
		storm_odd(s, "an address is not called one", 0);
	if (lo - (unsigned long)s->table < TABLE_PAGES * PAGE_SIZE)
		memory_check((void *)(lo & ~0xfUL), PMU_EVENT_INFO_SIZE);
}

void event_info_step(struct storm_hart *s)
{
	unsigned int what;

	if (!facts.event_info)
		return;
	what = below(&s->dice, 16);
	if (what < 6)
		private_table(s);
	else if (what < 11)
		contested_table(s);
	else
		refused_table(s);
}
