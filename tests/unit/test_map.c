// SPDX-License-Identifier: BSD-2-Clause
/* The event map: what rows of all shapes make countable, and where */

#include "internal.h"
#include "rig.h"

/* The counters that SKIP_MATCH takes for an event, from a fresh boot on */
static uint32_t counters_for(unsigned long event, uint64_t data)
{
	uint32_t counters = 0;
	unsigned int n;

	for_each_bit(n, hart.present) {
		struct pmu_result r = config(n, 1, SKIP, event, data);

		if (r.error == PMU_OK) {
			counters |= PMU_BIT(n);
			expect(stop(n, 1, RESET), STOPPED);
		} else {
			expect(r, UNSUPPORTED);
		}
	}
	return counters;
}

/* Aim: rows are ranges with both ends in them. */
static void test_ranges(void **state)
{
	unsigned long event;

	(void)state;
	rig_begin(&machines[FULL]);
	assert_true(pmu_map_add(&machine, 4, 6, 0x78));
	assert_true(pmu_map_add(&machine, 0x10001, 0x10011, 0x80));
	rig_finish(0);
	for (event = 3; event <= 10; event++)
		equal(counters_for(event, 0),
		      event >= 4 && event <= 6 ? 0x78 : 0);
	equal(counters_for(0x10000, 0), 0);
	equal(counters_for(0x10001, 0), 0x80);
	equal(counters_for(0x10005, 0), 0x80);
	equal(counters_for(0x10006, 0), 0);
	equal(counters_for(0x10008, 0), 0x80);
	equal(counters_for(0x10011, 0), 0x80);
	equal(counters_for(0x10012, 0), 0);
}

/* Aim: one row may span types, and every event in it is meant. */
static void test_row_over_everything(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	assert_true(pmu_map_add(&machine, 0, PMU_EVENT_BITS, 0x200));
	rig_finish(0);
	equal(counters_for(CYCLES, 0), 0x201);
	equal(counters_for(MISSES, 0), 0x200);
	equal(counters_for(0x10000, 0), 0x200);
	equal(counters_for(0x10035, 0), 0x200);
	equal(counters_for(RAW, 0x77), 0);
	equal(counters_for(0, 0), 0);
}

/* Aim: rows that overlap add up. */
static void test_overlapping_rows(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add(&machine, 3, 4, 0x08);
	pmu_map_add(&machine, 4, 5, 0x10);
	pmu_map_add(&machine, 4, 4, 0x10);
	pmu_map_add_raw(&machine, 0x10, ~0xfULL, 0x20);
	pmu_map_add_raw(&machine, 0x12, ~0ULL, 0x48);
	rig_finish(0);
	equal(counters_for(3, 0), 0x08);
	equal(counters_for(4, 0), 0x18);
	equal(counters_for(5, 0), 0x10);
	equal(counters_for(RAW, 0x11), 0x20);
	equal(counters_for(RAW, 0x12), 0x68);
	equal(counters_for(RAW2, 0x12), 0x68);
}

/* Aim: rows that are no ranges of events are refused and change nothing. */
static void test_senseless_rows(void **state)
{
	struct pmu_machine before;

	(void)state;
	rig_begin(&machines[FULL]);
	memcpy(&before, &machine, sizeof(before));
	assert_false(pmu_map_add(&machine, 5, 4, ~0u));
	assert_false(pmu_map_add(&machine, 0x10000, 3, ~0u));
	assert_false(pmu_map_add(&machine, 3, 0x100000, ~0u));
	assert_false(pmu_map_add(&machine, 0x100003, 0x100004, ~0u));
	assert_false(pmu_map_add(&machine, 0, ~0u, ~0u));
	assert_memory_equal(&before, &machine, sizeof(before));
}

/* Aim: rows of zeroes, as some device trees end in, mean nothing. */
static void test_zero_rows(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add(&machine, 0, 0, 0);
	pmu_map_add(&machine, 3, 3, 0);
	pmu_map_add_raw(&machine, 0, 0, 0);
	pmu_map_add_raw(&machine, 0, ~0ULL, 0);
	rig_finish(0);
	equal(counters_for(0, 0), 0);
	equal(counters_for(3, 0), 0);
	equal(counters_for(CYCLES, 0), 1);
	equal(counters_for(INSTRET, 0), 4);
	equal(counters_for(RAW, 1), 0);
	equal(counters_for(RAW2, 1), 0);
}

/* Aim: counters 0 to 2 of a row are ignored; 0 and 2 count what they always do.
 */
static void test_rows_for_fixed_counters(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add(&machine, CYCLES, CYCLES, 0x1);
	pmu_map_add(&machine, INSTRET, INSTRET, 0x4);
	pmu_map_add(&machine, 3, 6, 0x0f);
	pmu_map_add(&machine, 0x10000, 0x10000, 0x7);
	pmu_map_add_raw(&machine, 1, ~0ULL, 0xf7);
	rig_finish(0);
	equal(counters_for(CYCLES, 0), 0x1);
	equal(counters_for(INSTRET, 0), 0x4);
	equal(counters_for(3, 0), 0x8);
	equal(counters_for(0x10000, 0), 0);
	equal(counters_for(RAW, 1), 0xf0);
}

/* Aim: an event without selector is not countable whatever its row says. */
static void test_counters_without_selector(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add(&machine, 3, 10, 0xfffffff8);
	rig_finish(0);
	equal(counters_for(SIM_EVENT_NO_SELECTOR, 0), 0);
	equal(counters_for(SIM_EVENT_NO_SELECTOR - 1, 0), 0xfffffff8);
	/* Nor does it make its counters more wanted than they are */
	equal(machine.demand[9], 7);
}

/* Aim: a selector keeps all its bits but those that Sscofpmf takes. */
static void test_wide_selector(void **state)
{
	unsigned long idx;

	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add(&machine, 10, 10, 0x10);
	rig_finish(0);
	idx = ok(config(0, rig_all(), AUTO, SIM_EVENT_BIG_SELECTOR, 0));
	equal(sim.regs.event[idx], SIM_BIG_SELECTOR | HPM_MINH);
}

/* Aim: an event whose selector does not fit mhpmevent is not countable. */
static void test_selector_beyond_the_register(void **state)
{
	(void)state;
	rig_begin(&machines[NARROW_EVENT]);
	pmu_map_add(&machine, 8, 9, 0xf8);
	rig_finish(0);
	equal(counters_for(8, 0), 0xf8);
	equal(counters_for(SIM_EVENT_HIGH_SELECTOR, 0), 0);
}

/* Aim: maps wider than the hart reach only the counters that it has. */
static void test_wider_than_the_hart(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < RIG_MACHINES; i++) {
		rig_begin(&machines[i]);
		pmu_map_add(&machine, 1, 6, ~0u);
		pmu_map_add_raw(&machine, 0x70, ~0xfULL, ~0u);
		rig_finish(0);
		equal(counters_for(3, 0), hart.present & ~7u);
		equal(counters_for(RAW, 0x77), hart.present & ~7u);
		equal(counters_for(CYCLES, 0), hart.present & ~6u);
		equal(counters_for(INSTRET, 0), hart.present & ~3u);
	}
}

/* Aim: a counter absent from this hart only does not exist in its calls. */
static void test_holes_of_one_hart(void **state)
{
	struct sim_desc lesser = machines[PLAIN];

	(void)state;
	lesser.present = 0x0d5;
	rig_begin(&lesser);
	pmu_map_add(&machine, 3, 3, 0x1f8);
	rig_finish(9);
	equal(ok(get_num()), 9 + 16);
	equal(counters_for(3, 0), 0xd0);
	expect(get_info(8), INVALID);
	expect(config(0, 0x1fd, 0, 3, 0), INVALID);
	equal(ok(config(0, 0xd5, 0, 3, 0)), 4);
	equal(ok(get_info(9)) >> 63, 1);
}

/* Aim: raw rows select classes of events, with 1 for each bit to compare. */
static void test_raw_classes(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	/* The shape of a real core: the class is in the low byte */
	pmu_map_add_raw(&machine, 0, 0xfffffffffc0000ffULL, 0x18);
	pmu_map_add_raw(&machine, 1, 0xfffffffffff800ffULL, 0x28);
	pmu_map_add_raw(&machine, 2, 0xffffffffffffe0ffULL, 0x40);
	rig_finish(0);
	equal(counters_for(RAW, 0x100), 0x18);
	equal(counters_for(RAW, 0x3ffff00), 0x18);
	equal(counters_for(RAW, 0x4000000), 0);
	equal(counters_for(RAW, 0x7ff01), 0x28);
	equal(counters_for(RAW, 0x80001), 0);
	equal(counters_for(RAW2, 0x1f02), 0x40);
	equal(counters_for(RAW2, 0x2002), 0);
	equal(counters_for(RAW2, 0x3), 0);
	/* No row has bit 32 in it */
	equal(counters_for(RAW, 1ULL << 32 | 0x100), 0);
}

/* Aim: a select with bits outside its mask matches no event. */
static void test_select_outside_mask(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add_raw(&machine, 0x11, 0xf, 0x18);
	rig_finish(0);
	equal(counters_for(RAW, 0x11), 0);
	equal(counters_for(RAW, 0x1), 0);
}

/* Aim: the raw map takes 256 rows, finds each, and refuses the next. */
static void test_full_raw_map(void **state)
{
	unsigned int i;

	(void)state;
	rig_begin(&machines[FULL]);
	for (i = 0; i < PMU_RAW_ROWS; i++)
		assert_true(pmu_map_add_raw(&machine, i + 1, ~0ULL,
					    1u << (3 + i % 29)));
	assert_false(pmu_map_add_raw(&machine, 1000, ~0ULL, ~0u));
	rig_finish(0);
	for (i = 0; i < PMU_RAW_ROWS; i++)
		equal(counters_for(RAW, i + 1), 1u << (3 + i % 29));
	equal(counters_for(RAW, 257), 0);
	equal(counters_for(RAW, 1000), 0);
}

/* Aim: each standard event has an index of its own, and nothing else has one.
 */
static void test_index_of_events(void **state)
{
	unsigned int seen[PMU_STD_EVENTS] = {0};
	unsigned long type, code;
	int index;

	(void)state;
	for (type = 0; type < 16; type++) {
		for (code = 0; code <= 0xffff; code++) {
			index = pmu_std_index(PMU_EVENT(type, code));
			check(index < PMU_STD_EVENTS,
			      "event 0x%lx has index %d", PMU_EVENT(type, code),
			      index);
			if (index >= 0)
				seen[index]++;
		}
	}
	for (index = 0; index < PMU_STD_EVENTS; index++)
		equal(seen[index], 1);
	equal(pmu_std_index(CYCLES), 0);
	equal(pmu_std_index(CYCLES | 1ul << 20), -1);
	equal(pmu_std_index(CYCLES | 1ul << 63), -1);
}

RIG_MAIN(map, cmocka_unit_test(test_index_of_events),
	 cmocka_unit_test(test_ranges),
	 cmocka_unit_test(test_row_over_everything),
	 cmocka_unit_test(test_overlapping_rows),
	 cmocka_unit_test(test_senseless_rows),
	 cmocka_unit_test(test_zero_rows),
	 cmocka_unit_test(test_rows_for_fixed_counters),
	 cmocka_unit_test(test_counters_without_selector),
	 cmocka_unit_test(test_wide_selector),
	 cmocka_unit_test(test_selector_beyond_the_register),
	 cmocka_unit_test(test_wider_than_the_hart),
	 cmocka_unit_test(test_holes_of_one_hart),
	 cmocka_unit_test(test_raw_classes),
	 cmocka_unit_test(test_select_outside_mask),
	 cmocka_unit_test(test_full_raw_map))
