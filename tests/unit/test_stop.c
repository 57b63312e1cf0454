// SPDX-License-Identifier: BSD-2-Clause
/* STOP: sets with members in every state, RESET, and what must survive */

#include "rig.h"

/* Aim: STOP of everything at CPU start takes effect and is no bad set. */
static void test_everything_at_boot(void **state)
{
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		expect(stop(0, rig_all(), RESET), STOPPED);
		for_each_bit(n, hart.present) {
			if (n > 2 || rig_can_inhibit(n))
				check_still(n);
			equal(sim.regs.event[n], 0);
		}
		equal(sim.regs.cfg[0] | sim.regs.cfg[2], 0);
		expect(stop(0, rig_all(), 0), STOPPED);
	}
}

/* Aim: mcycle and minstret run from boot, and a first STOP finds them so. */
static void test_fixed_from_boot(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		ok(stop(0, 1, 0));
		check_moves(2);
		if (rig_can_inhibit(0))
			check_still(0);
		expect(stop(0, 5, 0), STOPPED);
		expect(stop(2, 1, 0), STOPPED);
		ok(start(0, 5, 0, 0));
		ok(stop(0, 5, 0));
	}
}

/* Aim: of a mixed set the running members stop, and the error tells. */
static void test_mixed_set(void **state)
{
	unsigned int place, n;
	unsigned long set = 0x1f8 | 7ul << 32, idx;

	(void)state;
	for (place = 0; place < 35; place++) {
		if (!(set >> place & 1))
			continue;
		rig_boot(FULL);
		for (n = 3; n < 9; n++)
			ok(config(n, 1, AUTO, CYCLES, 0));
		for (n = 0; n < 3; n++)
			ok(config(rig_fw(n), 1, AUTO, TIMER, 0));
		ok(stop(place, 1, 0));
		expect(stop(0, set, 0), STOPPED);
		for (idx = 3; idx < 35; idx++) {
			if (set >> idx & 1)
				check_still(idx);
		}
		/* All are configured still */
		ok(start(0, set, 0, 0));
		ok(stop(0, set, 0));
	}
}

/* Aim: a free member is already stopped, and does not save the others. */
static void test_free_members(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(4, 1, AUTO, CYCLES, 0));
	ok(config(33, 1, AUTO, TIMER, 0));
	expect(stop(0, 0x38ul | 3ul << 32, 0), STOPPED);
	check_still(4);
	check_still(33);
	ok(start(4, 1ul << 29 | 1, 0, 0));
	check_moves(4);
	check_moves(33);
}

/* Aim: value, event and OF survive STOP, and can be read after it. */
static void test_what_survives(void **state)
{
	unsigned int i, n;
	uint64_t value, event;

	(void)state;
	for_each_machine(i)
	{
		for_each_bit(n, hart.present & ~7u) {
			ok(config(n, 1, 0, CYCLES, 0));
			ok(start(n, 1, INIT, sim_counter_mask(n) - 1));
			rig_elapse();
			value = rig_value(n);
			equal(value, 5);
			event = sim.regs.event[n];
			equal(event >> 63, sim.desc->sscofpmf);
			ok(stop(n, 1, 0));
			equal(rig_value(n), value);
			if (rig_can_inhibit(n))
				equal(sim.regs.event[n], event);
			equal(sim.regs.event[n] >> 63, sim.desc->sscofpmf);
			expect(stop(n, 1, 0), STOPPED);
			equal(sim.regs.event[n] >> 63, sim.desc->sscofpmf);
			check_still(n);
		}
	}
}

/* Aim: RESET releases what runs and what was stopped before, all of it. */
static void test_reset(void **state)
{
	unsigned int i, n, twice;
	unsigned long set;

	(void)state;
	for (i = 0; i < 2 * RIG_MACHINES; i++) {
		twice = i & 1;
		rig_boot(i / 2);
		set = rig_all();
		for_each_bit(n, hart.present) {
			ok(config(n, 1, AUTO | SKIP | PMU_CFG_SINH,
				  n == 2 ? INSTRET : CYCLES, 0));
		}
		for (n = 0; n < PMU_FW_MAX; n++)
			ok(config(rig_fw(n), 1, AUTO,
				  n % 2 ? TIMER : rig_platform(),
				  n % 2 ? 0 : rig_platform_data(2)));
		rig_elapse();
		if (twice)
			ok(stop(0, set, 0));
		expect(stop(0, set, RESET), twice ? STOPPED : PMU_OK);
		for_each_bit(n, hart.present) {
			equal(sim.regs.event[n], 0);
			equal(sim.regs.dev_filter[n], 0);
			if (n > 2 || rig_can_inhibit(n))
				check_still(n);
			if (n > 2)
				expect(start(n, 1, 0, 0), INVALID);
		}
		equal(sim.regs.cfg[0] | sim.regs.cfg[2], 0);
		equal(sim.regs.dev_irq, 0);
		equal(sim.regs.plat_running, 0);
		for (n = 0; n < PMU_FW_MAX; n++) {
			expect(fw_value(rig_fw(n)), INVALID);
			expect(start(rig_fw(n), 1, 0, 0), INVALID);
		}
		/* And all can be had again */
		for_each_bit(n, hart.present & ~7u)
			ok(config(n, 1, 0, CYCLES, 0));
		equal(ok(config(0, 1, 0, CYCLES, 0)), 0);
		equal(ok(config(0, 4, 0, INSTRET, 0)), 2);
	}
}

/* Aim: RESET of one counter does not release its neighbours. */
static void test_reset_is_for_members(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(4, 1, AUTO, CYCLES, 0));
	ok(config(5, 1, 0, CYCLES, 0));
	ok(config(33, 1, AUTO, TIMER, 0));
	ok(config(34, 1, 0, TIMER, 0));
	ok(config(6, 1, AUTO, CYCLES, 0));
	ok(config(35, 1, AUTO, TIMER, 0));
	ok(stop(6, 1ul << 29 | 1, RESET));
	check_moves(4);
	check_moves(33);
	ok(start(5, 1, 0, 0));
	ok(start(34, 1, 0, 0));
	check_moves(5);
	check_moves(34);
}

/* Aim: what Linux does when an event goes away: STOP, then STOP with RESET. */
static void test_linux_del(void **state)
{
	unsigned int round;
	unsigned long idx;

	(void)state;
	rig_boot(SSCOF);
	for (round = 0; round < 100; round++) {
		idx = ok(config(0, rig_all(), PMU_CFG_VSINH | PMU_CFG_VUINH,
				round % 2 ? TIMER : L1D_MISS, 0));
		equal(idx, round % 2 ? rig_fw(0) : 9);
		ok(start(idx, 1, INIT, 1ULL << 63));
		check_moves(idx);
		ok(stop(idx, 1, 0));
		expect(stop(idx, 1, RESET), STOPPED);
	}
}

/* Aim: with counter delegation a free counter may be the supervisor's own. */
static void test_delegated(void **state)
{
	(void)state;
	rig_boot(FULL);
	hart.has_smcdeleg = true;
	env_event_write(5, MISSES, true);
	env_inhibit_write(sim.regs.inhibit & ~(1u << 5));
	check_moves(5);
	ok(config(4, 1, AUTO, L1D_MISS, 0));
	expect(stop(4, 3, RESET), STOPPED);
	equal(sim.regs.event[5], MISSES);
	check_still(4);
	check_moves(5);
}

RIG_MAIN(stop, cmocka_unit_test(test_everything_at_boot),
	 cmocka_unit_test(test_fixed_from_boot),
	 cmocka_unit_test(test_mixed_set), cmocka_unit_test(test_free_members),
	 cmocka_unit_test(test_what_survives), cmocka_unit_test(test_reset),
	 cmocka_unit_test(test_reset_is_for_members),
	 cmocka_unit_test(test_linux_del), cmocka_unit_test(test_delegated))
