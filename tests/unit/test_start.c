// SPDX-License-Identifier: BSD-2-Clause
/* START: sets, values, errors, and members that it must not touch */

#include "rig.h"

#define ODD_VALUE 0x8123456789abcdefULL

/* Configure counters 3 to 7 and firmware counters 0 to 2, all stopped */
static unsigned long configure_some(void)
{
	unsigned int n;

	for (n = 3; n <= 7; n++)
		equal(ok(config(n, 1, CLEAR, n < 4 ? MISSES : L1D_MISS, 0)), n);
	for (n = 0; n < 3; n++)
		ok(config(rig_fw(n), 1, CLEAR, TIMER, 0));
	return 0xf8 | 7ul << machine.num_hw;
}

static void check_set(unsigned long set, bool moves)
{
	unsigned long idx;

	for (idx = 0; idx < 64; idx++) {
		if (set >> idx & 1)
			check(rig_moves(idx) == moves, "counter %lu %s", idx,
			      moves ? "does not count" : "counts");
	}
}

/* Aim: START starts every member and nothing else, with one register write. */
static void test_whole_set(void **state)
{
	unsigned long set, others;

	(void)state;
	rig_boot(FULL);
	set = configure_some();
	ok(config(9, 1, 0, L1D_MISS, 0));
	ok(config(rig_fw(9), 1, 0, TIMER, 0));
	others = 1ul << 9 | 1ul << rig_fw(9) | 1ul << 20;
	sim_clear_stats();
	ok(start(0, set, 0, 0));
	equal(sim.stats.inhibit_writes, 1);
	check_set(set, true);
	check_set(others, false);
	ok(start(9, 1ul << (rig_fw(9) - 9) | 1, 0, 0));
	check_set(1ul << 9 | 1ul << rig_fw(9), true);
}

/* Aim: one write of mcountinhibit starts, and one stops, however large a set.
 */
static void test_one_write_per_set(void **state)
{
	unsigned int i, n;
	unsigned long set;

	(void)state;
	for_each_machine(i)
	{
		if (sim.desc->no_inhibit)
			continue;
		ok(stop(0, 5, 0));
		for_each_bit(n, hart.present & ~7u)
			ok(config(n, 1, 0, CYCLES, 0));
		set = hart.present;
		sim_clear_stats();
		ok(start(0, set, INIT, 5));
		equal(sim.stats.inhibit_writes, 1);
		expect(start(0, set, INIT, 6), STARTED);
		expect(start(0, set, 0, 0), STARTED);
		equal(sim.stats.inhibit_writes, 1);
		check_set(set, true);
		sim_clear_stats();
		ok(stop(0, set, 0));
		equal(sim.stats.inhibit_writes, 1);
		expect(stop(0, set, 0), STOPPED);
		equal(sim.stats.inhibit_writes, 1);
		check_set(set, false);
		sim_clear_stats();
		ok(start(0, set, 0, 0));
		equal(sim.stats.inhibit_writes, 1);
		ok(stop(0, set, RESET));
		equal(sim.stats.inhibit_writes, 2);
	}
}

/* Aim: SET_INIT_VALUE sets all bits that the counter has, on every member. */
static void test_initial_value(void **state)
{
	static const uint64_t values[] = {0,	      1,	 0xffffffffULL,
					  1ULL << 32, ODD_VALUE, 1ULL << 63,
					  ~0ULL - 1,  ~0ULL};
	unsigned int i, n, v;
	uint64_t value;

	(void)state;
	for_each_machine(i)
	{
		for (v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
			rig_boot(i);
			value = values[v];
			ok(stop(0, 5, 0));
			for_each_bit(n, hart.present & ~7u)
				ok(config(n, 1, 0, CYCLES, 0));
			ok(config(rig_fw(0), 1, 0, TIMER, 0));
			ok(config(rig_fw(1), 1, 0, rig_platform(),
				  rig_platform_data(1)));
			ok(start(0, hart.present | 3ul << rig_fw(0), INIT,
				 value));
			for_each_bit(n, hart.present)
				equal(rig_value(n),
				      value & sim_counter_mask(n));
			equal(rig_value(rig_fw(0)), value);
			equal(ok(fw_value(rig_fw(1))), value);
		}
	}
}

/* Aim: with flags 0 counting goes on from where it was, any initial_value. */
static void test_continue(void **state)
{
	unsigned int i, n;
	uint64_t before;

	(void)state;
	for_each_machine(i)
	{
		ok(config(rig_fw(0), 1, CLEAR | AUTO, TIMER, 0));
		for_each_bit(n, hart.present) {
			if (n > 2)
				ok(config(n, 1, AUTO, CYCLES, 0));
			rig_elapse();
			ok(stop(n, 1, 0));
			before = rig_value(n);
			ok(start(n, 1, 0, ODD_VALUE));
			if (n > 2 || rig_can_inhibit(n))
				equal(rig_value(n), before);
			rig_elapse();
			equal(rig_value(n), (before + 7) & sim_counter_mask(n));
		}
		ok(stop(rig_fw(0), 1, 0));
		before = rig_value(rig_fw(0));
		check_still(rig_fw(0));
		ok(start(rig_fw(0), 1, 0, ODD_VALUE));
		equal(rig_value(rig_fw(0)), before);
		check_moves(rig_fw(0));
	}
}

/* Aim: running members are not touched at all, the others do start. */
static void test_running_members(void **state)
{
	unsigned long set;
	struct sim_regs before;
	uint64_t fw_before;

	(void)state;
	rig_boot(FULL);
	set = configure_some();
	ok(start(0, 0x28ul | 1ul << rig_fw(1), INIT, 1000));
	rig_elapse();
	/* What counter 3 has overflown stays visible */
	sim.regs.event[3] |= HPM_OF;
	before = sim.regs;
	fw_before = rig_value(rig_fw(1));
	expect(start(0, set, INIT, 7), STARTED);
	equal(sim.regs.counter[3], before.counter[3]);
	equal(sim.regs.counter[5], before.counter[5]);
	equal(sim.regs.event[3], before.event[3]);
	equal(sim.regs.event[5], before.event[5]);
	equal(rig_value(rig_fw(1)), fw_before);
	equal(sim.regs.counter[4], 7);
	equal(sim.regs.counter[7], 7);
	equal(rig_value(rig_fw(2)), 7);
	check_set(set, true);
	expect(start(0, set, 0, 0), STARTED);
	expect(start(3, 1, INIT, 0), STARTED);
	check_set(set, true);
}

/* Aim: one running member is told of wherever in the set it is. */
static void test_already_started_from_any_place(void **state)
{
	unsigned long set, idx;

	(void)state;
	for (idx = 0; idx < 48; idx++) {
		rig_boot(FULL);
		set = configure_some();
		if (!(set >> idx & 1))
			continue;
		ok(start(idx, 1, 0, 0));
		expect(start(0, set, 0, 0), STARTED);
		check_set(set, true);
	}
}

/* Aim: a free programmable or firmware member fails the call beforehand. */
static void test_unconfigured_members(void **state)
{
	unsigned long set, idx;

	(void)state;
	rig_boot(FULL);
	set = configure_some();
	ok(start(4, 1, 0, 0));
	for (idx = 3; idx < 48; idx++) {
		if (set >> idx & 1)
			continue;
		expect(start(idx, 1, 0, 0), INVALID);
		expect(start(0, set | 1ul << idx, INIT, 3), INVALID);
		expect(start(0, 5 | 1ul << idx, INIT, 3), INVALID);
	}
	check_set(set & ~0x10ul, false);
	expect(stop(0, set, RESET), STOPPED);
	for (idx = 3; idx < 48; idx++)
		expect(start(idx, 1, 0, 0), INVALID);
}

/* Aim: free counters 0 and 2 start for cycles and instructions. */
static void test_free_fixed_counters(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		expect(start(0, 1, 0, 0), STARTED);
		ok(stop(0, 5, RESET));
		ok(start(0, 1, INIT, 500));
		equal(rig_value(0), 500);
		check_moves(0);
		ok(start(2, 1, INIT, 600));
		equal(rig_value(2), 600);
		check_moves(2);
		sim_event(PMU_HW_CPU_CYCLES, SIM_S, 50);
		equal(rig_value(0), 500 + 7 + 7 + 50);
		ok(stop(0, 5, RESET));
		ok(start(0, 5, 0, 0));
		if (sim.desc->smcntrpmf)
			equal(sim.regs.cfg[2], HPM_MINH);
	}
}

/*
 * Aim: START writes no event register that holds what it should; on a target
 * each write costs, and a rewrite of the event may lose counts.
 */
static void test_no_needless_writes(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		if (i == WARL || !(hart.present & PMU_BIT(4)) ||
		    !rig_can_inhibit(4))
			continue;
		ok(config(0, 0x11, SKIP | PMU_CFG_INHIBITS, CYCLES, 0));
		ok(config(4, 1, SKIP | PMU_CFG_INHIBITS, CYCLES, 0));
		sim_clear_stats();
		ok(start(0, 0x11, 0, 0));
		ok(stop(0, 0x11, 0));
		ok(start(0, 0x11, INIT, 3));
		equal(sim.stats.event_writes, 0);
		equal(sim.stats.counter_writes, 2);
	}
}

/* Aim: a value cannot come from the register and the snapshot at once. */
static void test_two_sources(void **state)
{
	(void)state;
	rig_boot(FULL);
	configure_some();
	expect(start(3, 1, INIT | FROM_SNAPSHOT, 1), INVALID);
	ok(set_shmem(SIM_RAM, 0, 0));
	expect(start(3, 1, INIT | FROM_SNAPSHOT, 1), INVALID);
	expect(start(rig_fw(0), 1, INIT | FROM_SNAPSHOT, 1), INVALID);
	ok(start(3, 1, INIT, 1));
}

RIG_MAIN(start, cmocka_unit_test(test_whole_set),
	 cmocka_unit_test(test_one_write_per_set),
	 cmocka_unit_test(test_initial_value), cmocka_unit_test(test_continue),
	 cmocka_unit_test(test_running_members),
	 cmocka_unit_test(test_already_started_from_any_place),
	 cmocka_unit_test(test_unconfigured_members),
	 cmocka_unit_test(test_free_fixed_counters),
	 cmocka_unit_test(test_no_needless_writes),
	 cmocka_unit_test(test_two_sources))
