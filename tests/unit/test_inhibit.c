// SPDX-License-Identifier: BSD-2-Clause
/*
 * Counters that cannot be inhibited: their event is what starts and stops
 * them. Also counters of less than 64 bits.
 */

#include "rig.h"

/* Counters 4 to 6 cannot be inhibited on either machine */
static const unsigned int no_bits[] = {HARDWIRED, NO_INHIBIT};

/* Aim: the selector is 0 until START and from STOP on. */
static void test_selector_only_while_started(void **state)
{
	unsigned int m, n;

	(void)state;
	for (m = 0; m < 2; m++) {
		rig_boot(no_bits[m]);
		for (n = 4; n <= 6; n++) {
			ok(config(n, 1, CLEAR, L1D_MISS, 0));
			equal(sim.regs.event[n], 0);
			check_still(n);
			ok(start(n, 1, 0, 0));
			equal(sim_selector_of(sim.regs.event[n]), L1D_MISS);
			equal(sim.regs.event[n] >> 62,
			      sim.desc->sscofpmf ? 1 : 0);
			check_moves(n);
			ok(stop(n, 1, 0));
			equal(sim.regs.event[n], 0);
			check_still(n);
			expect(stop(n, 1, RESET), STOPPED);
			equal(sim.regs.event[n], 0);
		}
	}
}

/* Aim: AUTO_START selects at once; a new configuration deselects. */
static void test_auto_start(void **state)
{
	unsigned int m;

	(void)state;
	for (m = 0; m < 2; m++) {
		rig_boot(no_bits[m]);
		ok(config(5, 1, CLEAR | AUTO, L1D_MISS, 0));
		equal(sim_selector_of(sim.regs.event[5]), L1D_MISS);
		check_moves(5);
		ok(config(5, 1, SKIP | CLEAR, RAW, 0x77));
		equal(sim.regs.event[5], 0);
		equal(rig_value(5), 0);
		check_still(5);
		ok(config(5, 1, SKIP | AUTO, RAW, 0x78));
		equal(sim_selector_of(sim.regs.event[5]), 0x78);
		ok(stop(5, 1, RESET));
		equal(sim.regs.event[5], 0);
	}
}

/* Aim: the value is in place before the event starts the counter. */
static void test_value_comes_first(void **state)
{
	unsigned int m;

	(void)state;
	for (m = 0; m < 2; m++) {
		rig_boot(no_bits[m]);
		ok(config(4, 1, 0, L1D_MISS, 0));
		ok(config(6, 1, 0, L1D_MISS, 0));
		/* The simulation takes the other order for a violation */
		ok(start(0, 0x50, INIT, 0x123456789abcdefULL));
		equal(rig_value(4), 0x123456789abcdefULL);
		equal(rig_value(6), 0x123456789abcdefULL);
		check_moves(4);
		check_moves(6);
	}
}

/* Aim: STOP takes the event away and keeps OF; START clears it. */
static void test_of_survives(void **state)
{
	(void)state;
	rig_boot(HARDWIRED);
	ok(config(4, 1, 0, L1D_MISS, 0));
	ok(start(4, 1, INIT, ~0ULL));
	sim_run(SIM_S, 1);
	equal(sim.regs.event[4], HPM_OF | HPM_MINH | L1D_MISS);
	ok(stop(4, 1, 0));
	equal(sim.regs.event[4], HPM_OF);
	equal(env_overflow_read(), 0x10);
	/* Pending: the cause stays visible, and the event comes back */
	ok(start(4, 1, 0, 0));
	equal(sim.regs.event[4], HPM_OF | HPM_MINH | L1D_MISS);
	ok(stop(4, 1, 0));
	sim.regs.lcofip = 0;
	ok(start(4, 1, 0, 0));
	equal(sim.regs.event[4], HPM_MINH | L1D_MISS);
	ok(stop(4, 1, RESET));
	equal(sim.regs.event[4], 0);
}

/* Aim: one set may hold counters with and without inhibit bits. */
static void test_mixed_set(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(HARDWIRED);
	for (idx = 3; idx <= 8; idx++)
		ok(config(idx, 1, 0, CYCLES, 0));
	sim_clear_stats();
	ok(start(0, 0x1f8, INIT, 10));
	equal(sim.stats.inhibit_writes, 1);
	sim_run(SIM_S, 5);
	for (idx = 3; idx <= 8; idx++)
		equal(rig_value(idx), 15);
	ok(stop(0, 0x1f8, 0));
	equal(sim.stats.inhibit_writes, 2);
	sim_run(SIM_S, 5);
	for (idx = 3; idx <= 8; idx++)
		equal(rig_value(idx), 15);
	expect(stop(0, 0x1f8, RESET), STOPPED);
}

/* Aim: a set without inhibit bits writes no mcountinhibit at all. */
static void test_nothing_to_inhibit(void **state)
{
	(void)state;
	rig_boot(HARDWIRED);
	ok(config(4, 1, 0, CYCLES, 0));
	ok(config(5, 1, 0, CYCLES, 0));
	sim_clear_stats();
	ok(start(4, 3, 0, 0));
	ok(stop(4, 3, RESET));
	equal(sim.stats.inhibit_writes, 0);
}

/* Aim: hardwired bits of the fixed counters cost them their STOP only. */
static void test_fixed_without_inhibit(void **state)
{
	(void)state;
	rig_boot(NO_INHIBIT);
	ok(config(0, 1, CLEAR, CYCLES, 0));
	equal(rig_value(0), 0);
	expect(stop(0, 1, 0), STOPPED);
	ok(start(0, 1, INIT, 99));
	equal(rig_value(0), 99);
	expect(start(0, 1, INIT, 98), STARTED);
	equal(rig_value(0), 99);
	ok(stop(0, 1, RESET));
}

/* Aim: widths are found by themselves, and counting wraps at them. */
static void test_narrow_counters(void **state)
{
	unsigned int n, bits;

	(void)state;
	rig_boot(NARROW);
	for_each_bit(n, hart.present & ~7u) {
		bits = sim.desc->width[n] ? sim.desc->width[n] : 64;
		equal(PMU_INFO_WIDTH(ok(get_info(n))) + 1, bits);
		ok(config(n, 1, 0, CYCLES, 0));
		ok(start(n, 1, INIT, ~0ULL - 9));
		equal(rig_value(n), sim_counter_mask(n) - 9);
		sim_run(SIM_U, 9);
		equal(sim.regs.event[n] >> 63, 0);
		sim_run(SIM_U, 4);
		equal(rig_value(n), 3);
		equal(sim.regs.event[n] >> 63, 1);
		equal(sim.regs.lcofip, 1);
		sim.regs.lcofip = 0;
		ok(stop(n, 1, RESET));
	}
}

/* Aim: finding the widths leaves no value and no overflow behind. */
static void test_probing_leaves_nothing(void **state)
{
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		for_each_bit(n, hart.present & ~7u) {
			equal(sim.regs.counter[n], 0);
			equal(sim.regs.event[n], 0);
		}
		equal(sim.regs.cfg[0] | sim.regs.cfg[2], 0);
		equal(sim.regs.lcofip, 0);
	}
}

RIG_MAIN(inhibit, cmocka_unit_test(test_selector_only_while_started),
	 cmocka_unit_test(test_auto_start),
	 cmocka_unit_test(test_value_comes_first),
	 cmocka_unit_test(test_of_survives), cmocka_unit_test(test_mixed_set),
	 cmocka_unit_test(test_nothing_to_inhibit),
	 cmocka_unit_test(test_fixed_without_inhibit),
	 cmocka_unit_test(test_narrow_counters),
	 cmocka_unit_test(test_probing_leaves_nothing))
