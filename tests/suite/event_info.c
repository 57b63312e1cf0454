// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: its table in memory, and that its answers are the truth */

#include "event_info.h"

#define MAX_ENTRIES (TABLE_PAGES * PAGE_SIZE / PMU_EVENT_INFO_SIZE)

struct sbiret ask(const void *table, unsigned long entries)
{
	return pmu_event_info((unsigned long)table, 0, entries, 0);
}

entry_t *new_table(void)
{
	entry_t *table;

	need_spec(3, 0);
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

/* Whether the specification gives event and event_data a meaning */
static bool is_valid(const entry_t *e)
{
	unsigned int code = e->event_idx & 0xffff;

	switch (PMU_EVENT_TYPE(e->event_idx)) {
	case PMU_TYPE_HW:
		return code >= 1 && code <= PMU_HW_EVENTS;
	case PMU_TYPE_CACHE:
		return code / 8 < PMU_CACHE_IDS &&
		       code % 8 < PMU_CACHE_OPS * PMU_CACHE_RESULTS;
	case PMU_TYPE_RAW:
		return code == 0 && !(e->event_data >> PMU_RAW_BITS);
	case PMU_TYPE_RAW_V2:
		return code == 0 && !(e->event_data >> PMU_RAW_V2_BITS);
	case PMU_TYPE_FW:
		return code == PMU_FW_PLATFORM_CODE ||
		       (!e->event_data &&
			(code < PMU_FW_EVENTS || code >= 256));
	}
	return false;
}

/*
 * The word of an event without meaning need not be written, but it must not
 * promise what CONFIG does not keep. Ours says 0 then.
 */
static bool check_entry(const entry_t *e)
{
	bool finds = config_finds(e);
	uint32_t expected = finds;

	if (!ours() && !is_valid(e) && !(e->output & 1))
		expected = e->output;
	expect_eq(e->output, expected, "output of event %#x %#llx",
		  e->event_idx, (unsigned long long)e->event_data);
	return finds;
}

/* The events from one type to another; returns how many can be counted */
static unsigned int check_types(unsigned int first, unsigned int last)
{
	entry_t *table = new_table();
	unsigned int n = add_all(table), i, countable = 0;

	require_ok(ask(table, n), "EVENT_GET_INFO of %u entries", n);
	for (i = 0; i < n; i++) {
		unsigned int type = PMU_EVENT_TYPE(table[i].event_idx);

		if (first <= type && type <= last)
			countable += check_entry(&table[i]);
	}
	return countable;
}

CASE(event_info, agrees,
     "EVENT_GET_INFO says 1 of general and cache events that CONFIG can count.")
{
	check_types(PMU_TYPE_HW, PMU_TYPE_CACHE);
}

CASE(event_info, agrees_raw,
     "EVENT_GET_INFO says 1 of raw events that CONFIG can count, no others.")
{
	check_types(PMU_TYPE_RAW, PMU_TYPE_RAW_V2);
}

CASE(event_info, agrees_types,
     "EVENT_GET_INFO says 1 of no event whose type has no meaning.")
{
	check_types(PMU_TYPE_RAW_V2 + 1, PMU_TYPE_FW - 1);
}

CASE(event_info, agrees_firmware,
     "EVENT_GET_INFO says 1 of firmware events that CONFIG can count.")
{
	unsigned int countable = check_types(PMU_TYPE_FW, PMU_TYPE_FW);

	if (ours())
		expect_eq(countable, facts.fws ? PMU_FW_EVENTS : 0,
			  "firmware events that can be counted");
}

CASE_OURS(event_info, value, "EVENT_GET_INFO gives 0 as value with success.")
{
	entry_t *table = new_table();

	expect_value(ask(table, add_all(table)), 0, "EVENT_GET_INFO");
	expect_value(ask(table, 0), 0, "EVENT_GET_INFO of no entries");
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
	const unsigned long events[] = {
		PMU_FW(PMU_FW_SET_TIMER), PMU_HW_CPU_CYCLES,
		PMU_CACHE(PMU_CACHE_NODE, PMU_CACHE_PREFETCH, PMU_CACHE_MISS),
		PMU_FW(200)};
	/* Only our firmware has to write the word of a reserved event */
	const unsigned int kinds = ours() ? 4 : 3;
	entry_t *table = new_table();
	unsigned int i;

	for (i = 0; i < kinds * ARRAY_SIZE(before); i++)
		table[i] = (entry_t){(uint32_t)events[i % kinds],
				     before[i / kinds], 0};
	require_ok(ask(table, kinds * ARRAY_SIZE(before)), "EVENT_GET_INFO");
	for (i = 0; i < kinds * ARRAY_SIZE(before); i++) {
		expect(table[i].output <= 1,
		       "output of event %#x, %#x before and now %#x, is 0 or 1",
		       table[i].event_idx, before[i / kinds], table[i].output);
		expect_eq(table[i].output, table[i % kinds].output,
			  "output of event %#x, %#x before", table[i].event_idx,
			  before[i / kinds]);
	}
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
		check_entry(&table[n]);
	expect_canary(page, 0, PAGE_SIZE - 400, "before the table");
	expect_canary(page, PAGE_SIZE - 400 + STD_EVENTS * sizeof(*table),
		      TABLE_PAGES * PAGE_SIZE, "after the table");
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
