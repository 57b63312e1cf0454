// SPDX-License-Identifier: BSD-2-Clause
/* OF and the overflow interrupt: cleared at START, kept while pending */

#include "rig.h"

/* Machines with Sscofpmf */
#define for_each_sscof(i)                             \
	for_each_machine(i) if (sim.desc->sscofpmf && \
				(hart.present & PMU_BIT(4)))

static bool has_of(unsigned int n)
{
	return sim.regs.event[n] >> 63;
}

/* Counter @n, started two events before its overflow, and run over it */
static void overflow(unsigned int n)
{
	ok(start(n, 1, INIT, sim_counter_mask(n) - 1));
	check(!has_of(n) || sim.regs.lcofip, "OF set before the overflow");
	sim_run(SIM_S, 1);
	sim_run(SIM_S, 1);
	check(has_of(n), "no OF after the overflow");
}

/* Aim: with no interrupt pending START clears OF, so the next one comes. */
static void test_rearm(void **state)
{
	unsigned int i, round;

	(void)state;
	for_each_sscof(i)
	{
		ok(config(4, 1, 0, CYCLES, 0));
		for (round = 0; round < 3; round++) {
			sim.regs.lcofip = 0;
			overflow(4);
			equal(sim.regs.lcofip, 1);
			/* Once per overflow */
			sim.regs.lcofip = 0;
			sim.regs.counter[4] = sim_counter_mask(4);
			sim_run(SIM_S, 1);
			equal(sim.regs.lcofip, 0);
			ok(stop(4, 1, 0));
			assert_true(has_of(4));
		}
		ok(start(4, 1, 0, 0));
		assert_false(has_of(4));
	}
}

/* Aim: an interrupt that is pending keeps its cause through START. */
static void test_kept_while_pending(void **state)
{
	unsigned int i;

	(void)state;
	for_each_sscof(i)
	{
		ok(config(4, 1, 0, CYCLES, 0));
		overflow(4);
		ok(stop(4, 1, 0));
		ok(start(4, 1, INIT, 1));
		assert_true(has_of(4));
		equal(rig_value(4), 1);
		equal(sim.regs.event[4] & ~HPM_SSCOFPMF, CYCLES);
		check_moves(4);
		ok(stop(4, 1, 0));
		sim.regs.lcofip = 0;
		ok(start(4, 1, 0, 0));
		assert_false(has_of(4));
	}
}

/* Aim: START never sets OF, whatever is pending for others. */
static void test_never_set(void **state)
{
	unsigned int i;

	(void)state;
	for_each_sscof(i)
	{
		ok(config(4, 1, 0, CYCLES, 0));
		ok(config(5, 1, 0, CYCLES, 0));
		overflow(4);
		equal(sim.regs.lcofip, 1);
		ok(start(5, 1, INIT, 0));
		assert_false(has_of(5));
		ok(stop(5, 1, 0));
		ok(start(5, 1, 0, 0));
		assert_false(has_of(5));
	}
}

/* Aim: CONFIG and RESET clear OF, but not the cause of a pending interrupt. */
static void test_config_clears(void **state)
{
	unsigned int i, pending;

	(void)state;
	for_each_sscof(i)
	{
		for (pending = 0; pending < 2; pending++) {
			ok(config(4, 1, SKIP, CYCLES, 0));
			sim.regs.lcofip = 0;
			overflow(4);
			sim.regs.lcofip = pending;
			ok(config(4, 1, SKIP | AUTO, CYCLES, 0));
			assert_int_equal(has_of(4), pending);
			ok(stop(4, 1, RESET));
			assert_int_equal(has_of(4), pending);
			sim.regs.lcofip = 0;
			expect(stop(4, 1, RESET), STOPPED);
			assert_false(has_of(4));
		}
	}
}

/* Aim: START of a running counter leaves its OF, so that none is lost. */
static void test_running_keeps_of(void **state)
{
	unsigned int i, pending;

	(void)state;
	for_each_sscof(i)
	{
		for (pending = 0; pending < 2; pending++) {
			ok(config(4, 1, SKIP, CYCLES, 0));
			sim.regs.lcofip = 0;
			ok(start(4, 1, 0, 0));
			expect(start(4, 1, INIT, 0), STARTED);
			assert_false(has_of(4));
			ok(stop(4, 1, 0));
			overflow(4);
			sim.regs.lcofip = pending;
			expect(start(4, 1, INIT, 0), STARTED);
			expect(start(0, 0x11, 0, 0), STARTED);
			assert_true(has_of(4));
		}
	}
}

/* Aim: the order of calls of an interrupt handler works for all counters. */
static void test_interrupt_handler(void **state)
{
	unsigned int i, round;
	uint32_t overflown;

	(void)state;
	for_each_sscof(i)
	{
		ok(config(4, 1, 0, CYCLES, 0));
		ok(config(5, 1, 0, CYCLES, 0));
		ok(config(7, 1, 0, CYCLES, 0));
		ok(start(4, 1, INIT, sim_counter_mask(4)));
		ok(start(5, 1, INIT, 100));
		ok(start(7, 1, INIT, sim_counter_mask(7) - 10));
		for (round = 0; round < 4; round++) {
			sim_run(SIM_U, 1);
			equal(sim.regs.lcofip, 1);
			ok(stop(0, 0xb0, 0));
			overflown = env_overflow_read();
			equal(overflown, 0x10);
			sim.regs.lcofip = 0;
			ok(start(0, 0xb0 & ~overflown, 0, 0));
			ok(start(4, 1, INIT, sim_counter_mask(4)));
			equal(env_overflow_read(), 0);
		}
		equal(rig_value(5), 104);
		equal(rig_value(7), sim_counter_mask(7) - 6);
	}
}

/* Aim: two overflows with one interrupt are both told, in either order. */
static void test_second_overflow_while_handled(void **state)
{
	unsigned int i;

	(void)state;
	for_each_sscof(i)
	{
		ok(config(4, 1, 0, CYCLES, 0));
		ok(config(5, 1, 0, CYCLES, 0));
		ok(start(4, 1, INIT, sim_counter_mask(4)));
		ok(start(5, 1, INIT, sim_counter_mask(5) - 1));
		sim_run(SIM_U, 1);
		/* The handler cleared the bit, then the other one overflows */
		sim.regs.lcofip = 0;
		sim_run(SIM_U, 1);
		equal(sim.regs.lcofip, 1);
		ok(stop(4, 3, 0));
		ok(start(4, 3, 0, 0));
		equal(env_overflow_read(), 0x30);
	}
}

/* Aim: mcycle and minstret have no OF, and none is made up. */
static void test_fixed_have_no_overflow(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(0, 1, 0, CYCLES, 0));
	ok(start(0, 1, INIT, ~0ULL));
	sim_run(SIM_S, 3);
	equal(rig_value(0), 2);
	ok(stop(0, 1, 0));
	equal(sim.regs.cfg[0], HPM_MINH);
	sim.regs.lcofip = 1;
	ok(start(0, 1, 0, 0));
	equal(sim.regs.cfg[0], HPM_MINH);
}

/* Aim: without Sscofpmf bit 63 is the platform's, and survives like others. */
static void test_no_sscofpmf(void **state)
{
	(void)state;
	rig_boot(PLAIN);
	ok(config(4, 1, 0, MISSES, 0));
	ok(start(4, 1, INIT, ~0ULL));
	sim_run(SIM_S, 3);
	equal(sim.regs.event[4], MISSES);
	equal(rig_value(4), 2);
	ok(stop(4, 1, 0));
	equal(sim.regs.event[4], MISSES);
}

RIG_MAIN(overflow, cmocka_unit_test(test_rearm),
	 cmocka_unit_test(test_kept_while_pending),
	 cmocka_unit_test(test_never_set), cmocka_unit_test(test_config_clears),
	 cmocka_unit_test(test_running_keeps_of),
	 cmocka_unit_test(test_interrupt_handler),
	 cmocka_unit_test(test_second_overflow_while_handled),
	 cmocka_unit_test(test_fixed_have_no_overflow),
	 cmocka_unit_test(test_no_sscofpmf))
