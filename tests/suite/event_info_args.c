// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: tables, flags and numbers of entries that it refuses */

#include "event_info.h"

/* A table of ten entries; refused calls of ours must not write any of them */
static entry_t *ten_entries(void)
{
	entry_t *table = new_table();
	unsigned int i;

	for (i = 0; i < 10; i++)
		table[i] = (entry_t){PMU_FW(PMU_FW_SET_TIMER), GARBAGE, 0};
	return table;
}

static void expect_unwritten(const entry_t *table, const char *when)
{
	unsigned int i;

	for (i = 0; ours() && i < 10; i++)
		expect_eq(table[i].output, GARBAGE, "output of entry %u, %s", i,
			  when);
}

CASE(event_info, reserved_bits,
     "EVENT_GET_INFO refuses a table with a reserved event_idx bit.")
{
	static const unsigned int places[] = {0, 1, 5, 9};
	entry_t *table = ten_entries();
	unsigned int bit, i;

	for (bit = 20; bit < 32; bit++) {
		for (i = 0; i < ARRAY_SIZE(places); i++) {
			entry_t *e = &table[places[i]];

			e->event_idx |= 1U << bit;
			expect_refused(ask(table, 10), PMU_ERR_INVALID_PARAM,
				       "bit %u of event_idx in entry %u", bit,
				       places[i]);
			expect_unwritten(table, "a reserved bit is set");
			e->event_idx &= ~(1U << bit);
		}
	}
	expect_ok(ask(table, 10), "the same table without reserved bits");
}

CASE(event_info, flags, "EVENT_GET_INFO refuses each flag bit.")
{
	entry_t *table = ten_entries();
	unsigned int bit;

	for (bit = 0; bit < XLEN; bit++)
		expect_refused(
			pmu_event_info((unsigned long)table, 0, 10, 1UL << bit),
			PMU_ERR_INVALID_PARAM, "flag bit %u", bit);
	expect_unwritten(table, "a flag is set");
}

CASE(event_info, alignment,
     "EVENT_GET_INFO refuses a table that is not aligned to 16 bytes.")
{
	entry_t *table = ten_entries();
	unsigned int offset;

	for (offset = 1; offset < 16; offset++)
		expect_refused(ask((char *)table + offset, 9),
			       PMU_ERR_INVALID_PARAM, "a table at offset %u",
			       offset);
	expect_unwritten(table, "the table is not aligned");
}

CASE(event_info, no_entries, "EVENT_GET_INFO of no entries writes nothing.")
{
	entry_t *table = ten_entries();
	unsigned int i;

	/* There is nothing to refuse, and nothing to do */
	expect_legal(ask(table, 0), PMU_OK, CODE(PMU_ERR_INVALID_PARAM),
		     "EVENT_GET_INFO of 0 entries");
	for (i = 0; i < 10; i++)
		expect_eq(table[i].output, GARBAGE, "output of entry %u", i);
}

CASE(event_info, one_entry, "EVENT_GET_INFO of one entry writes that one only.")
{
	entry_t *table = ten_entries();
	unsigned int i;

	expect_ok(ask(&table[4], 1), "EVENT_GET_INFO of 1 entry");
	for (i = 0; i < 10; i++) {
		if (i == 4)
			expect(table[i].output <= 1,
			       "output of entry %u, %#x, is 0 or 1", i,
			       table[i].output);
		else
			expect_eq(table[i].output, GARBAGE,
				  "output of entry %u", i);
	}
}
