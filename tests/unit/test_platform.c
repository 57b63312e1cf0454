// SPDX-License-Identifier: BSD-2-Clause
/* Platform firmware events, and PMU devices with registers of their own */

#include "rig.h"

/* Aim: event data and value are two things: clearing one keeps the other. */
static void test_data_is_not_the_value(void **state)
{
	unsigned long a, b;

	(void)state;
	rig_boot(PLAIN);
	a = ok(config(0, rig_all(), CLEAR, PLATFORM, SIM_PLAT(1)));
	b = ok(config(0, rig_all(), CLEAR, PLATFORM, SIM_PLAT(2)));
	equal(ok(fw_value(a)), 0);
	/* The simulation takes a start with other data for a violation */
	ok(start(a, 1, INIT, 1000));
	ok(start(b, 1, INIT, SIM_PLAT(1)));
	sim_plat_event(SIM_PLAT(1), 3);
	sim_plat_event(SIM_PLAT(2), 4);
	equal(ok(fw_value(a)), 1003);
	equal(ok(fw_value(b)), SIM_PLAT(1) + 4);
	equal(ok(fw_value_hi(a)), 0);
	ok(stop(a, 3, 0));
	sim_plat_event(SIM_PLAT(1), 3);
	ok(start(a, 1, 0, 0));
	sim_plat_event(SIM_PLAT(1), 1);
	equal(ok(fw_value(a)), 1004);
	expect(stop(a, 3, RESET), STOPPED);
	equal(sim.regs.plat_running, 0);
}

/* Aim: standard events do not reach a counter of a platform event. */
static void test_no_standard_event_counts(void **state)
{
	unsigned int code;
	unsigned long idx;

	(void)state;
	rig_boot(PLAIN);
	idx = ok(config(0, rig_all(), CLEAR | AUTO, PLATFORM, SIM_PLAT(1)));
	for (code = 0; code < PMU_FW_EVENTS; code++)
		pmu_fw_count(&hart, code);
	pmu_fw_count(&hart, PMU_FW_PLATFORM_CODE);
	equal(ok(fw_value(idx)), 0);
	equal(hart.fw_value[idx - machine.num_hw], 0);
}

/* Aim: a counter changes between kinds of events without a trace. */
static void test_change_of_kind(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(PLAIN);
	idx = rig_fw(4);
	ok(config(idx, 1, CLEAR | AUTO, PLATFORM, SIM_PLAT(1)));
	equal(sim.regs.plat_running, 1 << 4);
	ok(config(idx, 1, SKIP | CLEAR, TIMER, 0));
	equal(sim.regs.plat_running, 0);
	check_still(idx);
	ok(start(idx, 1, 0, 0));
	check_moves(idx);
	ok(config(idx, 1, SKIP | CLEAR, PLATFORM, SIM_PLAT(2)));
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	check_still(idx);
	ok(start(idx, 1, 0, 0));
	check_moves(idx);
}

/* Aim: the platform says which counters can count its events. */
static void test_match_per_counter(void **state)
{
	unsigned int n;

	(void)state;
	rig_boot(PLAIN);
	sim.plat_matches = 0x8420;
	expect(config(rig_fw(0), 0x7bdf, 0, PLATFORM, SIM_PLAT(1)),
	       UNSUPPORTED);
	for (n = 0; n < PMU_FW_MAX; n++)
		expect(config(rig_fw(n), 1, SKIP, PLATFORM, SIM_PLAT(1)),
		       0x8420 >> n & 1 ? PMU_OK : UNSUPPORTED);
	expect(config(0, rig_all(), 0, PLATFORM, SIM_PLAT(1)), UNSUPPORTED);
	expect(stop(0, rig_all(), RESET), STOPPED);
	equal(ok(config(0, rig_all(), 0, PLATFORM, SIM_PLAT(1))), rig_fw(5));
	equal(ok(config(0, rig_all(), 0, PLATFORM, SIM_PLAT(1))), rig_fw(10));
	/* Standard events go everywhere */
	equal(ok(config(0, rig_all(), 0, TIMER, 0)), rig_fw(0));
}

/* Aim: a start that the platform refuses is an error, and starts nothing. */
static void test_refused_start(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(PLAIN);
	idx = ok(config(rig_fw(2), 1, CLEAR, PLATFORM, SIM_PLAT(1)));
	ok(config(rig_fw(3), 1, CLEAR, TIMER, 0));
	sim.plat_refuses = true;
	rig_allow_effect();
	expect(start(idx, 3, 0, 0), INVALID);
	check_still(idx);
	check_moves(rig_fw(3));
	expect(stop(idx, 1, 0), STOPPED);
	sim.plat_refuses = false;
	ok(start(idx, 1, 0, 0));
	check_moves(idx);
}

/* Aim: AUTO_START that the platform refuses leaves the counter free. */
static void test_refused_auto_start(void **state)
{
	(void)state;
	rig_boot(PLAIN);
	sim.plat_refuses = true;
	rig_allow_effect();
	expect(config(rig_fw(2), 1, AUTO, PLATFORM, SIM_PLAT(1)), UNSUPPORTED);
	expect(fw_value(rig_fw(2)), INVALID);
	expect(start(rig_fw(2), 1, 0, 0), INVALID);
	equal(ok(config(rig_fw(2), 1, 0, TIMER, 0)), rig_fw(2));
	/* Even one that ran with another event */
	ok(start(rig_fw(2), 1, 0, 0));
	rig_allow_effect();
	expect(config(rig_fw(2), 1, SKIP | AUTO, PLATFORM, SIM_PLAT(1)),
	       UNSUPPORTED);
	check_still(rig_fw(2));
	expect(fw_value(rig_fw(2)), INVALID);
	equal(hart.started.fw, 0);
}

/* Aim: without platform hooks no platform event exists. */
static void test_no_platform(void **state)
{
	(void)state;
	rig_boot(PLAIN);
	sim.plat_present = false;
	expect(config(0, rig_all(), 0, PLATFORM, SIM_PLAT(1)), UNSUPPORTED);
	expect(config(rig_fw(0), 1, SKIP | AUTO, PLATFORM, 0), UNSUPPORTED);
	ok(config(rig_fw(0), 1, AUTO, TIMER, 0));
}

/* Aim: an Andes-like device is told filters and interrupts at each step. */
static void test_andes(void **state)
{
	static const unsigned long flags = PMU_CFG_SINH | PMU_CFG_UINH;
	unsigned int n;

	(void)state;
	rig_boot(ANDES);
	for (n = 0; n < 7; n++) {
		if (n == 1)
			continue;
		ok(config(n, 1, SKIP | PMU_CFG_SINH, n == 2 ? INSTRET : CYCLES,
			  0));
		equal(sim.regs.dev_filter[n] & flags, PMU_CFG_SINH);
		equal(sim.regs.dev_irq, 0);
		ok(start(n, 1, 0, 0));
		equal(sim.regs.dev_irq, 1u << n);
		ok(stop(n, 1, 0));
		equal(sim.regs.dev_irq, 0);
		/* The filters stay with the configuration */
		equal(sim.regs.dev_filter[n] & flags, PMU_CFG_SINH);
		ok(config(n, 1, SKIP | AUTO | PMU_CFG_UINH,
			  n == 2 ? INSTRET : CYCLES, 0));
		equal(sim.regs.dev_irq, 1u << n);
		equal(sim.regs.dev_filter[n] & flags, PMU_CFG_UINH);
		ok(config(n, 1, SKIP, n == 2 ? INSTRET : CYCLES, 0));
		equal(sim.regs.dev_irq, 0);
		ok(start(n, 1, 0, 0));
		ok(stop(n, 1, RESET));
		equal(sim.regs.dev_irq, 0);
		equal(sim.regs.dev_filter[n], 0);
	}
}

/* Aim: a device's overflow interrupts come once, and again after START. */
static void test_device_overflow(void **state)
{
	static const unsigned int on[] = {ANDES, THEAD};
	unsigned int i, round;

	(void)state;
	for (i = 0; i < 2; i++) {
		rig_boot(on[i]);
		ok(config(4, 1, 0, CYCLES, 0));
		for (round = 0; round < 3; round++) {
			sim.regs.lcofip = 0;
			ok(start(4, 1, INIT, ~0ULL));
			equal(sim.regs.dev_overflow, 0);
			sim_run(SIM_S, 1);
			equal(sim.regs.lcofip, 1);
			equal(sim.regs.dev_overflow, 0x10);
			ok(stop(4, 1, 0));
			equal(sim.regs.dev_irq, 0);
		}
		/* No bit of Sscofpmf in mhpmevent, where it means another event
		 */
		equal(sim.regs.event[4], CYCLES);
	}
}

RIG_MAIN(platform, cmocka_unit_test(test_data_is_not_the_value),
	 cmocka_unit_test(test_no_standard_event_counts),
	 cmocka_unit_test(test_change_of_kind),
	 cmocka_unit_test(test_match_per_counter),
	 cmocka_unit_test(test_refused_start),
	 cmocka_unit_test(test_refused_auto_start),
	 cmocka_unit_test(test_no_platform), cmocka_unit_test(test_andes),
	 cmocka_unit_test(test_device_overflow))
