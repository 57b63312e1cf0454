// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO: its answers, and what it does with hostile tables */

#include "rig.h"

#define TABLE (SIM_RAM + 0x3340)

static void put(unsigned long table, unsigned long i, unsigned long event,
		uint64_t data)
{
	sim_poke32(table + 16 * i, (uint32_t)event);
	sim_poke32(table + 16 * i + 4, 0xdeadbeef);
	sim_poke64(table + 16 * i + 8, data);
}

static uint32_t answer(unsigned long table, unsigned long i)
{
	return sim_peek32(table + 16 * i + 4);
}

/* Aim: parameters that are refused before memory is looked at. */
static void test_parameters(void **state)
{
	static const struct {
		unsigned long lo, hi, num, flags;
		long error;
	} calls[] = {
		{TABLE, 0, 1, 1, INVALID},
		{TABLE, 0, 0, 1, INVALID},
		{TABLE, 0, 1, 1ul << 63, INVALID},
		{TABLE + 1, 0, 1, 0, INVALID},
		{TABLE + 4, 0, 1, 0, INVALID},
		{TABLE + 8, 0, 1, 0, INVALID},
		{TABLE + 8, 0, 0, 0, INVALID},
		{TABLE, 1, 1, 0, BAD_ADDRESS},
		{TABLE, ~0ul, 1, 0, BAD_ADDRESS},
		/* 16 * num wraps to 0, to 16, and to what fits the RAM */
		{SIM_RAM, 0, 1ul << 60, 0, BAD_ADDRESS},
		{SIM_RAM, 0, (1ul << 60) + 1, 0, BAD_ADDRESS},
		{SIM_RAM, 0, (1ul << 63) + 4, 0, BAD_ADDRESS},
		{SIM_RAM, 0, ~0ul, 0, BAD_ADDRESS},
		/* The range wraps around the address space */
		{SIM_RAM, 0, 0xffffffffffffffful, 0, BAD_ADDRESS},
		{~0xful, 0, 2, 0, BAD_ADDRESS},
		{~0xful, 0, 1, 0, BAD_ADDRESS},
		{0, 0, 1, 0, BAD_ADDRESS},
		/* Memory of the firmware, wholly and by its end */
		{SIM_FW_BASE, 0, 1, 0, BAD_ADDRESS},
		{SIM_ROM - 16, 0, 2, 0, BAD_ADDRESS},
		{SIM_FW_BASE - 16, 0, 2, 0, BAD_ADDRESS},
		{0, 0, 0x10000000, 0, BAD_ADDRESS},
		/* Nobody backs it */
		{SIM_HOLE, 0, 1, 0, BAD_ADDRESS},
		{1ul << 38, 0, 1, 0, BAD_ADDRESS},
		/* Read-only, for the domain or for the bus */
		{SIM_READONLY, 0, 1, 0, BAD_ADDRESS},
		{SIM_READONLY - 16, 0, 2, 0, BAD_ADDRESS},
	};
	unsigned int i;

	(void)state;
	rig_boot(FULL);
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		expect(event_info(calls[i].lo, calls[i].hi, calls[i].num,
				  calls[i].flags),
		       calls[i].error);
	sim_poke32(SIM_ROM, CYCLES);
	expect(event_info(SIM_ROM, 0, 1, 0), BAD_ADDRESS);
}

/* Aim: no entries is a success that looks at nothing. */
static void test_no_entries(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(event_info(TABLE, 0, 0, 0));
	ok(event_info(SIM_HOLE, 0, 0, 0));
	equal(sim_loads(TABLE) + sim_all_stores(), 0);
}

/* Aim: a table that runs out of memory on its way is not written at all. */
static void test_crossing_the_end(void **state)
{
	unsigned long i;

	(void)state;
	rig_boot(FULL);
	for (i = 0; i < 4; i++)
		put(SIM_HOLE - 64, i, CYCLES, 0);
	expect(event_info(SIM_HOLE - 64, 0, 5, 0), BAD_ADDRESS);
	expect(event_info(SIM_HOLE - 64, 0, 300, 0), BAD_ADDRESS);
	for (i = 0; i < 4; i++)
		equal(answer(SIM_HOLE - 64, i), 0xdeadbeef);
	ok(event_info(SIM_HOLE - 64, 0, 4, 0));
	equal(answer(SIM_HOLE - 64, 3), 1);
}

/* Four entries over the end of a page, of which so many get an answer */
static void check_failing(unsigned long answered)
{
	const unsigned long table = SIM_RAM + 0x1000 - 32;
	unsigned long i;

	for (i = 0; i < 4; i++)
		put(table, i, PMU_FW(1), 0);
	rig_allow_effect();
	expect(event_info(table, 0, 4, 0), BAD_ADDRESS);
	for (i = 0; i < 4; i++)
		equal(answer(table, i), i < answered ? 1 : 0xdeadbeef);
	ok(event_info(table, 0, 4, 0));
}

/*
 * Aim: memory that fails on the way is an INVALID_ADDRESS, and no entry is
 * answered before the first pass has seen them all.
 */
static void test_failing_memory(void **state)
{
	unsigned int left;

	(void)state;
	rig_boot(FULL);
	/* A load for each entry, then two loads and a store for each */
	for (left = 0; left < 4 + 4 * 3; left++) {
		sim_memory_fault(left);
		check_failing(left < 4 ? 0 : (left - 4) / 3);
	}
	/* Two pages are opened in each pass */
	for (left = 0; left < 4; left++) {
		sim_memory_refuse(left, 1);
		check_failing(left == 3 ? 2 : 0);
	}
}

/* Aim: one entry with a reserved bit fails the call, nothing is written. */
static void test_reserved_bits(void **state)
{
	unsigned long bad, i;
	unsigned int bit;

	(void)state;
	rig_boot(FULL);
	for (bit = 20; bit < 32; bit++) {
		for (bad = 0; bad < 5; bad++) {
			for (i = 0; i < 5; i++)
				put(TABLE, i, CYCLES, 0);
			sim_poke32(TABLE + 16 * bad,
				   (uint32_t)CYCLES | 1u << bit);
			expect(event_info(TABLE, 0, 5, 0), INVALID);
			for (i = 0; i < 5; i++)
				equal(answer(TABLE, i), 0xdeadbeef);
		}
	}
}

/* Aim: more entries than M-mode takes time for: an error, nothing written. */
static void test_too_many(void **state)
{
	(void)state;
	rig_boot(FULL);
	expect(event_info(SIM_RAM, 0, PMU_EVENT_INFO_MAX + 1, 0),
	       PMU_ERR_FAILED);
	equal(sim_loads(SIM_RAM), 0);
}

/* Aim: a table of the longest accepted length is answered to its end. */
static void test_longest_table(void **state)
{
	unsigned long i;

	(void)state;
	rig_boot(FULL);
	for (i = 0; i < PMU_EVENT_INFO_MAX; i++)
		put(SIM_RAM, i, i % 3 ? CYCLES : PMU_FW(22), 0);
	ok(event_info(SIM_RAM, 0, PMU_EVENT_INFO_MAX, 0));
	for (i = 0; i < PMU_EVENT_INFO_MAX; i++)
		equal(answer(SIM_RAM, i), i % 3 ? 1 : 0);
}

/* Aim: output is written once, whole; nothing else is, nor read too often. */
static void test_accesses(void **state)
{
	unsigned long i, word;

	(void)state;
	rig_boot(FULL);
	for (i = 0; i < 52; i++)
		put(TABLE, i, i % 2 ? PMU_FW(i / 2) : 1 + i, 0);
	ok(event_info(TABLE, 0, 52, 0));
	for (i = 0; i < 52; i++) {
		word = TABLE + 16 * i;
		/* Once in each of the two passes */
		equal(sim_loads(word), 2);
		equal(sim_loads(word + 4), 0);
		/* event_data only where it means something */
		equal(sim_loads(word + 8), i % 2);
		equal(sim_stores(word), 0);
		equal(sim_stores(word + 4), 1);
		equal(sim_stores(word + 8) + sim_stores(word + 12), 0);
	}
	equal(sim_all_stores(), 52);
	equal(sim_peek32(TABLE - 4), sim_canary(TABLE - 4));
	equal(sim_peek32(TABLE + 52 * 16), sim_canary(TABLE + 52 * 16));
}

static void check_answer(unsigned long event, uint64_t data)
{
	uint64_t used = event >> 16 < 2 ? 0 : data;
	struct pmu_result r;
	uint32_t told;

	put(TABLE, 0, event, data);
	ok(event_info(TABLE, 0, 1, 0));
	told = answer(TABLE, 0);
	r = pmu_counter_config(&hart, 0, rig_all(), 0, event, used);
	if (told != (r.error == PMU_OK))
		rig_fail(__FILE__, __LINE__,
			 "event 0x%lx, data 0x%llx: told %u, but error %ld",
			 event, (unsigned long long)data, told, r.error);
	if (r.error == PMU_OK)
		stop(r.value, 1, RESET);
}

/* Aim: the answer is what CONFIG_MATCHING would say, on every machine. */
static void test_agrees_with_config(void **state)
{
	static const uint64_t data[] = {0,
					1,
					0x77,
					0xffff,
					0x10000,
					1ULL << 31,
					1ULL << 47,
					1ULL << 48,
					1ULL << 55,
					1ULL << 56,
					~0ULL,
					SIM_PLAT(1),
					SIM_PLAT(1) + 0x100};
	unsigned int i, d;
	unsigned long type, code;

	(void)state;
	for_each_machine(i)
	{
		pmu_map_add_raw(&machine, 0, 0xffffffffULL, ~0u);
		for (type = 0; type < 16; type++) {
			for (code = 0; code <= 0x10000; code++) {
				/* Codes up to 300, and those near the end */
				if (code == 300)
					code = 0xfff0;
				if (code == 0x10000)
					break;
				for (d = 0; d < 13; d++) {
					if (d > 1 && code > 60 && code < 0xffff)
						break;
					check_answer(PMU_EVENT(type, code),
						     data[d]);
				}
			}
		}
	}
}

/* Aim: counters in use, of any kind, do not change an answer. */
static void test_counters_in_use(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(FULL);
	for (idx = 0; idx < 48; idx++) {
		if (idx != 1)
			ok(config(idx, 1, AUTO,
				  idx == 2   ? INSTRET
				  : idx < 32 ? CYCLES
					     : TIMER,
				  0));
	}
	put(TABLE, 0, CYCLES, 0);
	put(TABLE, 1, INSTRET, 0);
	put(TABLE, 2, TIMER, 0);
	put(TABLE, 3, PLATFORM, SIM_PLAT(1));
	put(TABLE, 4, RAW2, 0x77);
	put(TABLE, 5, L1D_MISS, ~0ULL);
	ok(event_info(TABLE, 0, 6, 0));
	for (idx = 0; idx < 6; idx++)
		equal(answer(TABLE, idx), 1);
}

RIG_MAIN(event_info, cmocka_unit_test(test_parameters),
	 cmocka_unit_test(test_no_entries),
	 cmocka_unit_test(test_crossing_the_end),
	 cmocka_unit_test(test_failing_memory),
	 cmocka_unit_test(test_reserved_bits), cmocka_unit_test(test_too_many),
	 cmocka_unit_test(test_longest_table), cmocka_unit_test(test_accesses),
	 cmocka_unit_test(test_agrees_with_config),
	 cmocka_unit_test(test_counters_in_use))
