// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: its table in memory, and that its answers are the truth */

#include "counters.h"

#define GARBAGE 0xdeadbee2u
#define TABLE_PAGES 2
#define MAX_ENTRIES (TABLE_PAGES * PAGE_SIZE / PMU_EVENT_INFO_SIZE)

typedef struct pmu_event_info entry_t;

static struct sbiret ask(const void *table, unsigned long entries)
{
	return pmu_event_info((unsigned long)table, 0, entries, 0);
}

static entry_t *new_table(void)
{
	entry_t *table;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	table = page_alloc(TABLE_PAGES);
	require(table != 0, "memory for a table");
	memset(table, CANARY, TABLE_PAGES * PAGE_SIZE);
	return table;
}

static void add(entry_t *table, unsigned int *n, unsigned long event,
		uint64_t data)
{
	if (*n < MAX_ENTRIES)
		table[(*n)++] = (entry_t){(uint32_t)event, GARBAGE, data};
}

static const uint64_t raw_data[] = {
	0,	    1,		2,	    0x10019,	0xabcdef,
	1ULL << 31, 1ULL << 32, 1ULL << 47, 1ULL << 48, 1ULL << 55,
	1ULL << 56, 1ULL << 63, ~0ULL,	    ~0ULL >> 8, ~0ULL >> 16};

/* Events of every type: those there are, those next to them, and nonsense */
static unsigned int add_all(entry_t *table)
{
	unsigned int n = 0, i;

	for (i = 0; i <= PMU_HW_EVENTS + 5; i++)
		add(table, &n, i, 0);
	add(table, &n, 0xffff, 0);
	for (i = 0; i <= PMU_CACHE_IDS * 8 + 8; i++)
		add(table, &n, PMU_EVENT(PMU_TYPE_CACHE, i), 0);
	add(table, &n, PMU_EVENT(PMU_TYPE_CACHE, 0xffff), 0);
	for (i = 0; i < ARRAY_SIZE(raw_data); i++) {
		add(table, &n, PMU_RAW_EVENT, raw_data[i]);
		add(table, &n, PMU_RAW_EVENT + 1, raw_data[i]);
		add(table, &n, PMU_RAW_V2_EVENT, raw_data[i]);
		add(table, &n, PMU_RAW_V2_EVENT + 1, raw_data[i]);
	}
	for (i = PMU_TYPE_RAW_V2 + 1; i < PMU_TYPE_FW; i++)
		add(table, &n, PMU_EVENT(i, 1), 0);
	for (i = 0; i <= PMU_FW_EVENTS + 3; i++) {
		add(table, &n, PMU_FW(i), 0);
		add(table, &n, PMU_FW(i), 1);
		add(table, &n, PMU_FW(i), 1ULL << 32);
	}
	add(table, &n, PMU_FW(255), 0);
	add(table, &n, PMU_FW(256), 0);
	add(table, &n, PMU_FW(0x1234), 0);
	add(table, &n, PMU_FW(65534), 0);
	add(table, &n, PMU_FW(PMU_FW_PLATFORM_CODE), 0);
	add(table, &n, PMU_FW(PMU_FW_PLATFORM_CODE), 1);
	return n;
}

/* Whether CONFIG finds a counter for an event, with every counter free */
static bool config_finds(const entry_t *e)
{
	struct sbiret ret = config_any(0, e->event_idx, e->event_data);

	if (!ret.error)
		pmu_reset(ret.value);
	return !ret.error;
}

CASE(event_info, agrees,
     "EVENT_GET_INFO says 1 for what CONFIG can count, 0 for all other events.")
{
	entry_t *table = new_table();
	unsigned int n = add_all(table), i, countable = 0;

	require_value(ask(table, n), 0, "EVENT_GET_INFO of %u entries", n);
	for (i = 0; i < n; i++) {
		bool finds = config_finds(&table[i]);

		expect_eq(table[i].output, finds, "output of event %#x %#llx",
			  table[i].event_idx,
			  (unsigned long long)table[i].event_data);
		countable += finds;
	}
	/* The standard firmware events at least, or cycles */
	expect_ne(countable, 0, "events that CONFIG can count");
}

CASE(event_info, taken,
     "EVENT_GET_INFO says the same when every counter is taken.")
{
	static const unsigned long events[] = {PMU_HW_INSTRUCTIONS,
					       PMU_HW_CPU_CYCLES,
					       PMU_FW(PMU_FW_SET_TIMER)};
	entry_t *table = new_table(), *again;
	unsigned int n = add_all(table), i;

	again = page_alloc(TABLE_PAGES);
	require(again != 0, "memory for a second table");
	memcpy(again, table, n * sizeof(*table));
	require_ok(ask(table, n), "EVENT_GET_INFO with counters free");
	for (i = 0; i < facts.num * ARRAY_SIZE(events); i++)
		config_any(PMU_CFG_AUTO_START, events[i / facts.num], 0);
	require_ok(ask(again, n), "EVENT_GET_INFO with counters taken");
	for (i = 0; i < n; i++)
		expect_eq(again[i].output, table[i].output,
			  "output of event %#x %#llx", table[i].event_idx,
			  (unsigned long long)table[i].event_data);
}

CASE(event_info, event_data_unused,
     "EVENT_GET_INFO takes no notice of event_data of general and cache events.")
{
	entry_t *table = new_table();
	unsigned int n;

	for (n = 0; n < STD_EVENTS; n++) {
		table[2 * n] = (entry_t){(uint32_t)std_event(n), GARBAGE, 0};
		table[2 * n + 1] = (entry_t){(uint32_t)std_event(n), GARBAGE,
					     0xabcdULL << 40 | n};
	}
	require_ok(ask(table, 2 * STD_EVENTS), "EVENT_GET_INFO");
	for (n = 0; n < STD_EVENTS; n++)
		expect_eq(table[2 * n + 1].output, table[2 * n].output,
			  "output of event %#lx with event_data", std_event(n));
}

CASE(event_info, whole_word,
     "EVENT_GET_INFO writes the whole output word, whatever was in it.")
{
	static const uint32_t before[] = {0,	       1,	    2,
					  0xffffffffu, 0xfffffffeu, 0x80000000u,
					  0x10000u,    0x100u};
	const unsigned long events[] = {PMU_FW(PMU_FW_SET_TIMER), PMU_FW(200)};
	entry_t *table = new_table();
	unsigned int i;

	for (i = 0; i < 2 * ARRAY_SIZE(before); i++)
		table[i] = (entry_t){(uint32_t)events[i % 2], before[i / 2], 0};
	require_ok(ask(table, 2 * ARRAY_SIZE(before)), "EVENT_GET_INFO");
	for (i = 0; i < 2 * ARRAY_SIZE(before); i++)
		expect_eq(table[i].output, i % 2 == 0 && facts.fws > 0,
			  "output of event %#x, %#x before", table[i].event_idx,
			  before[i / 2]);
}

CASE(event_info, only_output,
     "EVENT_GET_INFO writes the output words, and nothing else anywhere.")
{
	const size_t first = 256, count = 100;
	uint8_t *page = (uint8_t *)new_table();
	entry_t *table = (entry_t *)(page + first);
	entry_t *copy = page_alloc(1);
	unsigned int i;

	require(copy != 0, "memory for a copy");
	for (i = 0; i < count; i++)
		table[i] = (entry_t){(uint32_t)std_event(i % STD_EVENTS),
				     GARBAGE, i};
	memcpy(copy, table, count * sizeof(*table));
	require_ok(ask(table, count), "EVENT_GET_INFO");
	for (i = 0; i < count; i++) {
		expect_eq(table[i].event_idx, copy[i].event_idx,
			  "event_idx of entry %u", i);
		expect_eq(table[i].event_data, copy[i].event_data,
			  "event_data of entry %u", i);
	}
	expect_canary(page, 0, first, "before the table");
	expect_canary(page, first + count * sizeof(*table),
		      TABLE_PAGES * PAGE_SIZE, "after the table");
}

CASE(event_info, across_pages,
     "EVENT_GET_INFO takes a table that is not page aligned, across pages.")
{
	uint8_t *page = (uint8_t *)new_table();
	/* 52 entries are 832 bytes, as Linux has them */
	entry_t *table = (entry_t *)(page + PAGE_SIZE - 400);
	unsigned int n;

	for (n = 0; n < STD_EVENTS; n++)
		table[n] = (entry_t){(uint32_t)std_event(n), GARBAGE, 0};
	require_ok(ask(table, STD_EVENTS), "EVENT_GET_INFO");
	for (n = 0; n < STD_EVENTS; n++)
		expect_eq(table[n].output, config_finds(&table[n]),
			  "output of event %#lx", std_event(n));
	expect_canary(page, 0, PAGE_SIZE - 400, "before the table");
	expect_canary(page, PAGE_SIZE - 400 + STD_EVENTS * sizeof(*table),
		      TABLE_PAGES * PAGE_SIZE, "after the table");
}

/* A table of ten entries; refused calls must not write any of them */
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

	for (i = 0; i < 10; i++)
		expect_eq(table[i].output, GARBAGE, "output of entry %u, %s", i,
			  when);
}

CASE(event_info, reserved_bits,
     "EVENT_GET_INFO refuses a table with a reserved event_idx bit, unwritten.")
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

CASE(event_info, no_entries, "EVENT_GET_INFO of no entries does nothing.")
{
	entry_t *table = ten_entries();

	expect_value(ask(table, 0), 0, "EVENT_GET_INFO of 0 entries");
	expect_unwritten(table, "no entry was given");
}

CASE(event_info, one_entry, "EVENT_GET_INFO of one entry writes that one only.")
{
	entry_t *table = ten_entries();
	unsigned int i;

	expect_value(ask(&table[4], 1), 0, "EVENT_GET_INFO of 1 entry");
	for (i = 0; i < 10; i++) {
		if (i == 4)
			expect_eq(table[i].output, facts.fws > 0,
				  "output of entry %u", i);
		else
			expect_eq(table[i].output, GARBAGE,
				  "output of entry %u", i);
	}
}

CASE(event_info, counters_untouched,
     "EVENT_GET_INFO takes, stops and changes no counter.")
{
	entry_t *table = new_table();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), n = add_all(table), i;
	uint64_t values[MAX_ACTORS];

	for (i = 0; i < count; i++) {
		config_actor(&actors[i], i % 2 ? PMU_CFG_AUTO_START : 0);
		values[i] = pmu_read(actors[i].index);
	}
	expect_ok(ask(table, n), "EVENT_GET_INFO");
	for (i = 0; i < count; i++) {
		if (i % 2) {
			expect_running(&actors[i], "after EVENT_GET_INFO");
		} else {
			expect_eq(pmu_read(actors[i].index), values[i],
				  "value of counter %u", actors[i].index);
			expect_stopped(&actors[i], "after EVENT_GET_INFO");
		}
		pmu_reset(actors[i].index);
	}
	for (i = 0; i < count; i++)
		expect_free(&actors[i], "after EVENT_GET_INFO");
}
