// SPDX-License-Identifier: BSD-2-Clause
/* Memory of another domain is no memory for the calls of this one */

#include "witness.h"
#include "counters.h"
#include "fw.h"

#define ENTRY sizeof(struct pmu_event_info)

static void expect_table_refused(uintptr_t table, unsigned long entries,
				 const char *what)
{
	expect_error(pmu_event_info(table, 0, entries, 0),
		     PMU_ERR_INVALID_ADDRESS, "EVENT_GET_INFO, %s", what);
}

/* Good entries, so that nothing but the other domain can be what is wrong */
static void clear_up_to(uintptr_t end)
{
	memset((void *)(end - 4 * ENTRY), 0, 4 * ENTRY);
}

static uint64_t first_words(void)
{
	return (uint64_t)witness_ask(WITNESS_PEEK, witness_memory(), 0) << 32 ^
	       witness_ask(WITNESS_PEEK, witness_memory() + 4, 0);
}

CASE(isolation, event_info,
     "EVENT_GET_INFO refuses a table that reaches into another domain.")
{
	uintptr_t first, end, pages;
	uint64_t words;

	need_witness();
	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	first = witness_memory();
	words = first_words();
	clear_up_to(first);
	end = first + WITNESS_MEMORY;
	pages = witness_pages();
	expect_table_refused(pages, 1, "one entry");
	expect_table_refused(pages, WITNESS_PAGES * PAGE_SIZE / ENTRY,
			     "whole pages");
	expect_table_refused(first, 1, "the first bytes");
	expect_table_refused(end - ENTRY, 1, "the last bytes");
	expect_table_refused(first, WITNESS_MEMORY / ENTRY, "all of it");
	expect_table_refused(first - ENTRY, 2, "its first bytes in it");
	expect_table_refused(end - ENTRY, 2, "its last bytes in it");
	expect_witness_pages("tables");
	expect_eq(first_words(), words, "the first words of the other domain");
	expect_ok(pmu_event_info(first - 4 * ENTRY, 0, 4, 0),
		  "EVENT_GET_INFO up to the other domain");
	pages = (uintptr_t)witness_shared_page();
	clear_up_to(pages + 4 * ENTRY);
	expect_ok(pmu_event_info(pages, 0, 4, 0),
		  "EVENT_GET_INFO behind the other domain");
}

CASE(isolation, shared_table,
     "Memory that both domains have may be named by both of them.")
{
	struct pmu_event_info *table;

	need_witness();
	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	table = (struct pmu_event_info *)witness_shared_page();
	table[0] = (struct pmu_event_info){CYCLES, 2, 0};
	expect_ok(pmu_event_info((uintptr_t)table, 0, 1, 0),
		  "EVENT_GET_INFO here");
	expect_eq(table[0].output, 1, "output here");
	table[0].output = 2;
	expect_ok(witness_call(PMU_EID, PMU_FID_EVENT_INFO, (uintptr_t)table, 0,
			       1, 0, 0, 0),
		  "EVENT_GET_INFO there");
	expect_eq(table[0].output, 1, "output there");
}

CASE(isolation, snapshot,
     "SET_SHMEM refuses a page of another domain, and nothing is written.")
{
	uintptr_t first, pages;
	unsigned int i, fw;

	need_witness();
	skip_unless(facts.snapshot, "this firmware offers no snapshot");
	fw = claim_fw(PMU_FW_SET_TIMER, PMU_CFG_AUTO_START);
	first = witness_memory();
	pages = witness_pages();
	for (i = 0; i < WITNESS_PAGES; i++)
		expect_error(pmu_set_shmem(pages + i * PAGE_SIZE, 0, 0),
			     PMU_ERR_INVALID_ADDRESS, "SET_SHMEM of page %u",
			     i);
	expect_error(pmu_set_shmem(first, 0, 0), PMU_ERR_INVALID_ADDRESS,
		     "SET_SHMEM of the first page");
	expect_error(pmu_set_shmem(first + WITNESS_MEMORY - PAGE_SIZE, 0, 0),
		     PMU_ERR_INVALID_ADDRESS, "SET_SHMEM of the last page");
	expect_error(pmu_stop(fw, 1, PMU_STOP_TAKE_SNAPSHOT), PMU_ERR_NO_SHMEM,
		     "TAKE_SNAPSHOT after that");
	expect_witness_pages("snapshots");
}

CASE(isolation, other_way,
     "The other domain cannot name memory of this one either.")
{
	uint8_t *page;

	need_witness();
	page = canary_page();
	if (facts.event_info) {
		clear_up_to(witness_memory() + WITNESS_MEMORY + 2 * PAGE_SIZE);
		expect_error(
			witness_call(PMU_EID, PMU_FID_EVENT_INFO,
				     witness_memory() + WITNESS_MEMORY +
					     2 * PAGE_SIZE - ENTRY,
				     0, 2, 0, 0, 0),
			PMU_ERR_INVALID_ADDRESS,
			"EVENT_GET_INFO there, across the end of what it has");
		expect_error(witness_call(PMU_EID, PMU_FID_EVENT_INFO,
					  (uintptr_t)page, 0, 4, 0, 0, 0),
			     PMU_ERR_INVALID_ADDRESS, "EVENT_GET_INFO there");
	}
	if (facts.snapshot)
		expect_error(witness_call(PMU_EID, PMU_FID_SET_SHMEM,
					  (uintptr_t)page, 0, 0, 0, 0, 0),
			     PMU_ERR_INVALID_ADDRESS, "SET_SHMEM there");
	expect_canary(page, 0, PAGE_SIZE, "the page");
}

/* The page is one that both may write, so only who set it tells */
CASE_OURS(isolation, snapshot_page,
	  "The snapshot page of one domain is not written for the other.")
{
	unsigned int fw;
	uint8_t *page;

	need_witness();
	skip_unless(facts.snapshot, "this firmware offers no snapshot");
	page = witness_shared_page();
	fw = claim_fw(PMU_FW_SET_TIMER, PMU_CFG_AUTO_START);
	require_ok(pmu_set_shmem((uintptr_t)page, 0, 0), "SET_SHMEM here");
	expect_value(witness_config(fw, PMU_CFG_AUTO_START,
				    PMU_FW(PMU_FW_SET_TIMER)),
		     fw, "CONFIG of counter %u there", fw);
	expect_error(witness_stop(fw, PMU_STOP_TAKE_SNAPSHOT), PMU_ERR_NO_SHMEM,
		     "TAKE_SNAPSHOT there");
	expect_ok(witness_stop(fw, 0), "STOP there");
	expect_canary(page, 0, PAGE_SIZE, "the page");
	fw_set_timer();
	expect_ok(pmu_stop(fw, 1, PMU_STOP_TAKE_SNAPSHOT),
		  "TAKE_SNAPSHOT here");
	expect_eq(((struct pmu_snapshot *)page)->values[0], 1, "slot 0");
	expect_canary(page, 16, PAGE_SIZE, "the rest of the page");
}
