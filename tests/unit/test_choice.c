// SPDX-License-Identifier: BSD-2-Clause
/* Which of several counters CONFIG_MATCHING chooses */

#include "rig.h"

#define ALL_INHIBITS PMU_CFG_INHIBITS
#define VIRTUAL (PMU_CFG_VSINH | PMU_CFG_VUINH)

/* Aim: the counter that the fewest other events need goes first. */
static void test_least_wanted_first(void **state)
{
	(void)state;
	rig_begin(&machines[FULL]);
	pmu_map_add(&machine, 3, 3, 0xf8);
	pmu_map_add(&machine, 4, 4, 0x08);
	pmu_map_add(&machine, 5, 5, 0x28);
	pmu_map_add(&machine, 6, 6, 0x68);
	pmu_map_add_raw(&machine, 1, ~0ULL, 0x80);
	pmu_map_add_raw(&machine, 2, ~0ULL, 0x80);
	pmu_map_add_raw(&machine, 3, ~0ULL, 0x80);
	rig_finish(0);
	/* Wanted by: 3 four, 4 one, 5 three, 6 two, 7 four events */
	equal(ok(config(0, rig_all(), 0, 3, 0)), 4);
	equal(ok(config(0, rig_all(), 0, 3, 0)), 6);
	equal(ok(config(0, rig_all(), 0, 3, 0)), 5);
	equal(ok(config(0, rig_all(), 0, 3, 0)), 3);
	equal(ok(config(0, rig_all(), 0, 3, 0)), 7);
	expect(config(0, rig_all(), 0, 3, 0), UNSUPPORTED);
}

/* Aim: events that share counters all find one, the choosy one last. */
static void test_scarce_counter_is_left(void **state)
{
	(void)state;
	rig_begin(&machines[PLAIN]);
	pmu_map_add(&machine, 3, 3, 0x18);
	pmu_map_add(&machine, 4, 4, 0x08);
	rig_finish(0);
	equal(ok(config(0, rig_all(), 0, 3, 0)), 4);
	equal(ok(config(0, rig_all(), 0, 4, 0)), 3);
}

/* Aim: only counters of the mask are chosen. */
static void test_only_from_the_mask(void **state)
{
	unsigned int n;

	(void)state;
	rig_boot(FULL);
	for (n = 31; n >= 3; n--)
		equal(ok(config(n, 1, 0, CYCLES, 0)), n);
	expect(config(3, ~0ul >> 35, 0, CYCLES, 0), UNSUPPORTED);
	expect(config(5, 1, 0, INSTRET, 0), UNSUPPORTED);
	expect(config(0, 4, 0, CYCLES, 0), UNSUPPORTED);
	equal(ok(config(0, 1, 0, CYCLES, 0)), 0);
	expect(config(0, 1, 0, MISSES, 0), UNSUPPORTED);
	expect(config(32, 0xffff, 0, CYCLES, 0), UNSUPPORTED);
	expect(config(0, 0xfffffffd, 0, TIMER, 0), UNSUPPORTED);
	equal(ok(config(40, 1, 0, TIMER, 0)), 40);
	equal(ok(config(0, rig_all(), 0, TIMER, 0)), 32);
}

/* Configure an event until its fixed counter is given, return how many before
 */
static unsigned int given_before_fixed(unsigned long event)
{
	unsigned long fixed = event == INSTRET ? PMU_CTR_INSTRET : 0;
	unsigned int before = 0;

	while (ok(config(0, rig_all(), 0, event, 0)) != fixed)
		before++;
	return before;
}

/*
 * Aim: programmable counters can interrupt, so they are given before the fixed
 * one; where they cannot either, the fixed one leaves them to other events.
 */
static void test_fixed_last_or_first(void **state)
{
	static const unsigned long events[] = {CYCLES, INSTRET};
	unsigned int i, e, all;

	(void)state;
	for_each_machine(i)
	{
		for (e = 0; e < 2; e++) {
			rig_boot(i);
			all = count_bits(hart.present & ~PMU_FIXED);
			equal(given_before_fixed(events[e]),
			      hart.has_interrupt ? all : 0);
		}
	}
}

/* Aim: two counters are enough for a group of four where none interrupts. */
static void test_group_fits_without_interrupt(void **state)
{
	(void)state;
	rig_boot(PLAIN);
	equal(ok(config(0, 0x1d, 0, CYCLES, 0)), 0);
	equal(ok(config(0, 0x1d, 0, INSTRET, 0)), 2);
	check(ok(config(0, 0x1d, 0, 3, 0)) > 2, "not programmable");
	check(ok(config(0, 0x1d, 0, 4, 0)) > 2, "not programmable");
}

/* Aim: a fixed counter is given only where it can honour the filters. */
static void test_fixed_only_with_its_filters(void **state)
{
	static const struct {
		unsigned int machine;
		unsigned long flags;
		bool given;
	} cases[] = {
		{FULL, 0, true},
		{FULL, ALL_INHIBITS, true},
		{FULL, VIRTUAL, true},
		{CNTR, PMU_CFG_SINH, true},
		{SPARSE, ALL_INHIBITS, true},
		/* Sscofpmf alone does not filter mcycle and minstret */
		{SSCOF, 0, true},
		{SSCOF, CLEAR, true},
		{SSCOF, PMU_CFG_SINH, false},
		{SSCOF, PMU_CFG_UINH, false},
		{SSCOF, PMU_CFG_MINH, false},
		{SSCOF, PMU_CFG_UINH | VIRTUAL, false},
		/* Without H there is nothing to keep out */
		{SSCOF, VIRTUAL, true},
		{NARROW, VIRTUAL, false},
		{NARROW, PMU_CFG_VUINH, false},
		{NARROW, PMU_CFG_VSINH, false},
		{NARROW, 0, true},
		/* A hart without filters cannot honour hints anywhere */
		{PLAIN, ALL_INHIBITS, true},
		{NO_INHIBIT, PMU_CFG_SINH, true},
		{THEAD, PMU_CFG_UINH, true},
		{ANDES, ALL_INHIBITS, true},
		{NO_HPM, ALL_INHIBITS, true},
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rig_boot(cases[i].machine);
		expect(config(0, 1, cases[i].flags, CYCLES, 0),
		       cases[i].given ? PMU_OK : UNSUPPORTED);
		equal(expect(config(2, 1, cases[i].flags, INSTRET, 0),
			     cases[i].given ? PMU_OK : UNSUPPORTED),
		      cases[i].given ? 2 : 0);
	}
}

/* Aim: with filters the kind of counter that can filter is preferred. */
static void test_filter_priority(void **state)
{
	(void)state;
	/* Only the fixed counters filter */
	rig_boot(CNTR);
	equal(ok(config(0, rig_all(), PMU_CFG_SINH, CYCLES, 0)), 0);
	check(ok(config(0, rig_all(), PMU_CFG_SINH, CYCLES, 0)) > 2,
	      "counter 0 given twice");
	/* Without an interrupt it comes first for who asks for none, too */
	equal(ok(config(0, rig_all(), 0, INSTRET, 0)), 2);
	/* Only the programmable ones do */
	rig_boot(SSCOF);
	check(ok(config(0, rig_all(), PMU_CFG_SINH, CYCLES, 0)) > 2,
	      "counter 0 given although it cannot filter");
	equal(ok(config(0, 0x21, PMU_CFG_SINH, CYCLES, 0)), 5);
	expect(config(0, 0x21, PMU_CFG_SINH, CYCLES, 0), UNSUPPORTED);
	equal(ok(config(0, 0x21, 0, CYCLES, 0)), 0);
}

/* Aim: filters are hints to SKIP_MATCH, which never refuses for them. */
static void test_skip_match_takes_hints(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		equal(ok(config(0, 1, SKIP | ALL_INHIBITS, CYCLES, 0)), 0);
		equal(ok(config(0, 4, SKIP | ALL_INHIBITS, INSTRET, 0)), 2);
	}
}

/* Aim: a counter in use is not handed out again until it is released. */
static void test_busy_is_busy(void **state)
{
	static const struct {
		unsigned long idx, event;
		uint64_t data;
	} busy[] = {{0, CYCLES, 0}, {2, INSTRET, 0},
		    {4, MISSES, 0}, {5, RAW, 0x77},
		    {32, TIMER, 0}, {47, PLATFORM, SIM_PLAT(1)}};
	unsigned int i;

	(void)state;
	rig_boot(FULL);
	for (i = 0; i < sizeof(busy) / sizeof(busy[0]); i++) {
		unsigned long idx = busy[i].idx, event = busy[i].event;
		uint64_t data = busy[i].data;

		ok(config(idx, 1, 0, event, data));
		expect(config(idx, 1, 0, event, data), UNSUPPORTED);
		ok(start(idx, 1, 0, 0));
		expect(config(idx, 1, CLEAR | AUTO, event, data), UNSUPPORTED);
		check_moves(idx);
		ok(stop(idx, 1, 0));
		expect(config(idx, 1, 0, event, data), UNSUPPORTED);
		expect(stop(idx, 1, RESET), STOPPED);
		equal(ok(config(idx, 1, AUTO, event, data)), idx);
		ok(stop(idx, 1, RESET));
		equal(ok(config(idx, 1, 0, event, data)), idx);
	}
}

/* Aim: mcycle and minstret that START took are in use as well. */
static void test_started_fixed_is_busy(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(stop(0, 5, 0));
	ok(start(0, 5, INIT, 77));
	expect(config(0, 1, 0, CYCLES, 0), UNSUPPORTED);
	expect(config(0, 4, 0, INSTRET, 0), UNSUPPORTED);
	equal(rig_value(0), 77);
	ok(stop(0, 5, RESET));
	ok(config(0, 1, 0, CYCLES, 0));
	ok(config(0, 4, 0, INSTRET, 0));
}

/*
 * Aim: where programmable counters interrupt but only the fixed ones filter, a
 * filter that is asked for decides.
 */
static void test_filter_before_interrupt(void **state)
{
	static const struct sim_desc desc = {.name = "THEAD with Smcntrpmf",
					     .present = 0x3d,
					     .smcntrpmf = true,
					     .device = SIM_THEAD};

	(void)state;
	rig_begin(&desc);
	pmu_map_add(&machine, 1, 2, ~0u);
	rig_finish(0);
	equal(ok(config(0, rig_all(), PMU_CFG_SINH, CYCLES, 0)), 0);
	expect(stop(0, 1, RESET), STOPPED);
	check(ok(config(0, rig_all(), 0, CYCLES, 0)) >= 3,
	      "without a filter to keep, a counter that interrupts is better");
}

/* Aim: attempts that fail use up no counter. */
static void test_failures_leak_nothing(void **state)
{
	unsigned int i;

	(void)state;
	rig_boot(PLAIN);
	for (i = 0; i < 100; i++) {
		expect(config(0, rig_all(), AUTO, SIM_EVENT_NO_SELECTOR, 0),
		       UNSUPPORTED);
		expect(config(0, rig_all(), AUTO, PMU_FW(22), 0), UNSUPPORTED);
		expect(config(0, rig_all(), 0x100, CYCLES, 0), INVALID);
	}
	for (i = 0; i < PMU_FW_MAX; i++)
		equal(ok(config(0, rig_all(), 0, TIMER, 0)), rig_fw(i));
	expect(config(0, rig_all(), 0, TIMER, 0), UNSUPPORTED);
	for (i = 0; i < 6; i++)
		ok(config(0, rig_all(), 0, MISSES, 0));
	expect(config(0, rig_all(), 0, MISSES, 0), UNSUPPORTED);
}

/* Aim: where no counter is wanted more than another, the lowest is taken. */
static void test_without_demand(void **state)
{
	(void)state;
	rig_boot(FULL);
	memset(machine.by_demand, 0, sizeof(machine.by_demand));
	equal(ok(config(0, rig_all(), 0, MISSES, 0)), 3);
	equal(ok(config(0, rig_all(), 0, MISSES, 0)), 4);
}

RIG_MAIN(choice, cmocka_unit_test(test_least_wanted_first),
	 cmocka_unit_test(test_scarce_counter_is_left),
	 cmocka_unit_test(test_only_from_the_mask),
	 cmocka_unit_test(test_fixed_last_or_first),
	 cmocka_unit_test(test_group_fits_without_interrupt),
	 cmocka_unit_test(test_fixed_only_with_its_filters),
	 cmocka_unit_test(test_filter_priority),
	 cmocka_unit_test(test_skip_match_takes_hints),
	 cmocka_unit_test(test_filter_before_interrupt),
	 cmocka_unit_test(test_busy_is_busy),
	 cmocka_unit_test(test_started_fixed_is_busy),
	 cmocka_unit_test(test_failures_leak_nothing),
	 cmocka_unit_test(test_without_demand))
