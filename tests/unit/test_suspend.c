// SPDX-License-Identifier: BSD-2-Clause
/*
 * Non-retentive suspend: OpenSBI initialises the registers anew and does not
 * tell. The configuration survives; what ran goes on at the next call.
 */

#include "rig.h"

#define HAS_HPM (hart.present & PMU_BIT(4))

/* The event register that configured counter @n has while it runs */
static uint64_t expected_event(unsigned long event)
{
	return event | (sim.desc->sscofpmf ? HPM_MINH | HPM_SINH : 0);
}

/* Aim: a stopped counter starts with its event and filters after suspend. */
static void test_start_reprograms(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		ok(config(0, 1, SKIP | PMU_CFG_SINH, CYCLES, 0));
		if (HAS_HPM)
			ok(config(4, 1, SKIP | PMU_CFG_SINH, MISSES, 0));
		ok(stop(2, 1, 0));
		sim_suspend();
		if (HAS_HPM) {
			ok(start(4, 1, INIT, 50));
			equal(sim.regs.event[4], expected_event(MISSES));
			equal(rig_value(4), 50);
			check_moves(4);
			ok(stop(4, 1, 0));
			equal(rig_can_inhibit(4) ? sim.regs.event[4] : 0,
			      rig_can_inhibit(4) ? expected_event(MISSES) : 0);
		}
		expect(stop(2, 1, 0), STOPPED);
		if (rig_can_inhibit(0))
			check_still(0);
		ok(start(0, 1, INIT, 60));
		if (sim.desc->smcntrpmf)
			equal(sim.regs.cfg[0], HPM_MINH | HPM_SINH);
		check_moves(0);
	}
}

/* Aim: what ran before suspend runs again, with its filters, at any call. */
static void test_running_resume(void **state)
{
	unsigned int i, how;

	(void)state;
	for (i = 0; i < RIG_MACHINES * 3; i++) {
		rig_boot(i / 3);
		how = i % 3;
		if (!HAS_HPM)
			continue;
		ok(config(4, 1, AUTO | PMU_CFG_SINH, MISSES, 0));
		sim_suspend();
		if (how == 0)
			ok(config(5, 1, SKIP, L1D_MISS, 0));
		else if (how == 1)
			expect(start(4, 1, 0, 0), STARTED);
		else
			ok(stop(0, 1, 0));
		equal(sim.regs.event[4], expected_event(MISSES));
		check_moves(4);
	}
}

/* Aim: STOP after suspend stops, and tells no ALREADY_STOPPED. */
static void test_stop_after_suspend(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		if (!HAS_HPM)
			continue;
		ok(config(4, 1, AUTO, CYCLES, 0));
		ok(config(0, 1, SKIP | AUTO, CYCLES, 0));
		sim_suspend();
		ok(stop(0, 0x11, 0));
		check_still(4);
		if (rig_can_inhibit(0))
			check_still(0);
		expect(stop(0, 0x11, RESET), STOPPED);
		equal(sim.regs.event[4], 0);
		equal(sim.regs.cfg[0], 0);
	}
}

/* Aim: OpenSBI's own MINH and OF are gone from what is configured anew. */
static void test_config_after_suspend(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		if (!HAS_HPM)
			continue;
		sim_suspend();
		ok(config(4, 1, CLEAR | PMU_CFG_SINH, MISSES, 0));
		check_still(4);
		equal(sim.regs.event[4],
		      rig_can_inhibit(4) ? expected_event(MISSES) : 0);
		ok(start(4, 1, 0, 0));
		equal(sim.regs.event[4], expected_event(MISSES));
		check_moves(4);
	}
}

/* Aim: stopped mcycle and minstret, which OpenSBI lets run, stop again. */
static void test_fixed_stay_stopped(void **state)
{
	unsigned int i;
	uint64_t value;

	(void)state;
	for_each_machine(i)
	{
		if (!rig_can_inhibit(0))
			continue;
		ok(stop(0, 5, 0));
		sim_suspend();
		expect(stop(0, 1, 0), STOPPED);
		value = rig_value(2);
		rig_elapse();
		equal(rig_value(2), value);
		sim_suspend();
		ok(config(0, 4, 0, INSTRET, 0));
		check_still(2);
		check_still(0);
	}
}

/*
 * Aim: mcycle keeps its filters while it runs on, though mcountinhibit looks
 * just as before the suspend.
 */
static void test_fixed_filters_come_back(void **state)
{
	unsigned int how;

	(void)state;
	for (how = 0; how < 2; how++) {
		rig_boot(FULL);
		ok(config(0, 1, AUTO | PMU_CFG_SINH, CYCLES, 0));
		sim_suspend();
		if (how == 0)
			expect(start(0, 1, 0, 0), STARTED);
		else
			ok(config(4, 1, 0, MISSES, 0));
		equal(sim.regs.cfg[0], HPM_MINH | HPM_SINH);
	}
}

/* Aim: another event in the register is let go by a 0 before ours is written.
 */
static void test_foreign_event(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		if (!HAS_HPM || !rig_can_inhibit(4))
			continue;
		ok(config(4, 1, PMU_CFG_SINH, MISSES, 0));
		sim.regs.event[4] = 0x55;
		ok(start(4, 1, 0, 0));
		equal(sim.regs.event[4], expected_event(MISSES));
	}
}

/*
 * Aim: the overflow bits that reset sets go away though nothing ran that could
 * tell of the suspend, and a bit that the supervisor has not seen yet stays.
 */
static void test_overflow_bits_of_reset(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		if (!HAS_HPM || !sim.desc->sscofpmf)
			continue;
		ok(config(4, 1, 0, MISSES, 0));
		sim_suspend();
		expect(stop(4, 1, 0), STOPPED);
		equal(env_overflow_read(), 0);
		sim_suspend();
		ok(stop(0, 1, 0));
		equal(env_overflow_read(), 0);

		ok(start(4, 1, INIT, sim_counter_mask(4)));
		sim_run(SIM_U, 1);
		sim.regs.lcofip = 0;
		ok(stop(4, 1, 0));
		expect(stop(4, 1, 0), STOPPED);
		equal(env_overflow_read(), PMU_BIT(4));
	}
}

/*
 * Aim: a device has its filters again after the next call, though mcycle, which
 * runs after a reset as it did before, shows no trace of the suspend.
 */
static void test_device_filters(void **state)
{
	(void)state;
	rig_boot(ANDES);
	ok(config(0, 1, SKIP | PMU_CFG_SINH, CYCLES, 0));
	ok(start(0, 1, 0, 0));
	sim_suspend();
	sim_device_lose();
	expect(stop(4, 1, 0), STOPPED);
	equal(sim.regs.dev_filter[0], PMU_CFG_MINH | PMU_CFG_SINH);
}

/* Aim: filters that a stopped fixed counter has lost are back at its START. */
static void test_foreign_filters(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(0, 1, SKIP | PMU_CFG_SINH, CYCLES, 0));
	sim.regs.cfg[0] = HPM_UINH;
	ok(start(0, 1, 0, 0));
	equal(sim.regs.cfg[0], HPM_MINH | HPM_SINH);
}

/* Aim: firmware counters know nothing of suspend. */
static void test_firmware_counters(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(rig_fw(0), 1, CLEAR | AUTO, TIMER, 0));
	ok(config(4, 1, AUTO, MISSES, 0));
	sim_suspend();
	check_moves(rig_fw(0));
	expect(start(rig_fw(0), 1, 0, 0), STARTED);
	check_moves(rig_fw(0));
	check_moves(4);
}

/* Aim: a suspend between any two calls of a session leaves the rest true. */
static void test_linux_suspend(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		if (!HAS_HPM)
			continue;
		ok(config(4, 1, PMU_CFG_VSINH | PMU_CFG_VUINH, MISSES, 0));
		ok(start(4, 1, INIT, 1ULL << 20));
		rig_elapse();
		ok(stop(4, 1, 0));
		sim_suspend();
		sim.regs.counter[4] = 0;
		ok(start(4, 1, INIT, 12345));
		rig_elapse();
		equal(rig_value(4), 12345 + 7);
		ok(stop(4, 1, 0));
		expect(stop(4, 1, RESET), STOPPED);
		equal(sim.regs.event[4], 0);
	}
}

RIG_MAIN(suspend, cmocka_unit_test(test_start_reprograms),
	 cmocka_unit_test(test_running_resume),
	 cmocka_unit_test(test_stop_after_suspend),
	 cmocka_unit_test(test_config_after_suspend),
	 cmocka_unit_test(test_fixed_stay_stopped),
	 cmocka_unit_test(test_fixed_filters_come_back),
	 cmocka_unit_test(test_foreign_event),
	 cmocka_unit_test(test_overflow_bits_of_reset),
	 cmocka_unit_test(test_device_filters),
	 cmocka_unit_test(test_foreign_filters),
	 cmocka_unit_test(test_firmware_counters),
	 cmocka_unit_test(test_linux_suspend))
