// SPDX-License-Identifier: BSD-2-Clause
/* Firmware counters, and FW_READ and FW_READ_HI */

#include "rig.h"

static unsigned long setup(unsigned int n, unsigned long event)
{
	unsigned long idx = rig_fw(n);

	equal(ok(config(idx, 1, SKIP | CLEAR, event, 0)), idx);
	return idx;
}

/* Aim: each standard event is counted, and counts itself only. */
static void test_all_events(void **state)
{
	unsigned int code, other;
	unsigned long idx;

	(void)state;
	rig_boot(PLAIN);
	for (code = 0; code < PMU_FW_EVENTS; code++) {
		idx = setup(code % PMU_FW_MAX, PMU_FW(code));
		ok(start(idx, 1, 0, 0));
		for (other = 0; other < PMU_FW_EVENTS; other++) {
			if (other != code)
				pmu_fw_count(&hart, other);
		}
		equal(ok(fw_value(idx)), 0);
		pmu_fw_count(&hart, code);
		pmu_fw_count(&hart, code);
		equal(ok(fw_value(idx)), 2);
		ok(stop(idx, 1, RESET));
	}
}

/* Aim: every started counter on an event counts it, from its own value on. */
static void test_many_counters_on_one_event(void **state)
{
	unsigned int n, i;

	(void)state;
	rig_boot(PLAIN);
	for (n = 0; n < PMU_FW_MAX; n++) {
		equal(ok(config(0, rig_all(), CLEAR, TIMER, 0)), rig_fw(n));
		ok(start(rig_fw(n), 1, INIT, 100 * n));
		for (i = 0; i < 3; i++)
			pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	}
	for (n = 0; n < PMU_FW_MAX; n++)
		equal(ok(fw_value(rig_fw(n))), 100 * n + 3 * (16 - n));
	ok(stop(rig_fw(0), 0x5555, 0));
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	for (n = 0; n < PMU_FW_MAX; n++)
		equal(ok(fw_value(rig_fw(n))), 100 * n + 3 * (16 - n) + n % 2);
}

static void timer_and_ipi(void)
{
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	pmu_fw_count(&hart, PMU_FW_IPI_SENT);
}

/* Aim: who counts which event is kept exact over start, stop, reconfigure. */
static void test_who_counts(void **state)
{
	unsigned long a, b;

	(void)state;
	rig_boot(PLAIN);
	a = setup(3, TIMER);
	b = setup(9, TIMER);
	timer_and_ipi();
	ok(start(a, 1, 0, 0));
	timer_and_ipi();
	ok(start(b, 1, 0, 0));
	timer_and_ipi();
	equal(ok(fw_value(a)), 2);
	equal(ok(fw_value(b)), 1);
	ok(config(a, 1, SKIP | AUTO, PMU_FW(PMU_FW_IPI_SENT), 0));
	equal(ok(fw_value(a)), 2);
	pmu_fw_count(&hart, PMU_FW_IPI_SENT);
	timer_and_ipi();
	equal(ok(fw_value(a)), 4);
	equal(ok(fw_value(b)), 2);
	ok(stop(b, 1, 0));
	timer_and_ipi();
	ok(stop(a, 1, 0));
	timer_and_ipi();
	equal(ok(fw_value(a)), 5);
	equal(ok(fw_value(b)), 2);
}

/* Aim: a value stays whole when the total of its event is above or below it. */
static void test_value_and_total(void **state)
{
	unsigned long a, n;

	(void)state;
	rig_boot(PLAIN);
	a = setup(3, TIMER);
	for (n = 0; n < 5; n++)
		timer_and_ipi();
	ok(start(a, 1, INIT, 2));
	timer_and_ipi();
	equal(ok(fw_value(a)), 3);
	ok(stop(a, 1, 0));
	ok(start(a, 1, INIT, ~0UL));
	equal(ok(fw_value(a)), ~0UL);
	timer_and_ipi();
	equal(ok(fw_value(a)), 0);
	ok(config(a, 1, SKIP | CLEAR | AUTO, TIMER, 0));
	equal(ok(fw_value(a)), 0);
	timer_and_ipi();
	equal(ok(fw_value(a)), 1);
}

/* Aim: codes that are no standard events count nothing and do no harm. */
static void test_codes_out_of_range(void **state)
{
	static const unsigned int codes[] = {
		22,	  23,	  255,
		256,	  0xfffe, 0x10000,
		1u << 31, ~0u,	  PMU_FW_PLATFORM_CODE};
	unsigned int i;
	unsigned long idx;

	(void)state;
	rig_boot(PLAIN);
	idx = setup(0, PMU_FW(0));
	ok(start(idx, 1, 0, 0));
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		pmu_fw_count(&hart, codes[i]);
	equal(ok(fw_value(idx)), 0);
}

/* Aim: values have 64 bits and wrap silently. */
static void test_wide_values(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(PLAIN);
	idx = setup(0, TIMER);
	ok(start(idx, 1, INIT, ~0ULL - 1));
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	equal(ok(fw_value(idx)), ~0ULL);
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	equal(ok(fw_value(idx)), 0);
	ok(stop(idx, 1, 0));
	ok(start(idx, 1, INIT, 0xfedcba9876543210ULL));
	equal(ok(fw_value(idx)), 0xfedcba9876543210ULL);
	/* On RV64 the low half is all there is */
	equal(ok(fw_value_hi(idx)), 0);
}

static void refuse(unsigned long idx)
{
	expect(fw_value(idx), INVALID);
	expect(fw_value_hi(idx), INVALID);
}

/* Aim: both reads refuse hardware, unconfigured and nonexistent counters. */
static void test_validation(void **state)
{
	unsigned int i;
	unsigned long idx;

	(void)state;
	for_each_machine(i)
	{
		unsigned long num = ok(get_num());

		for (idx = 0; idx < num + 70; idx++)
			refuse(idx);
		for (idx = rig_fw(0); idx < num; idx++)
			ok(config(idx, 1, CLEAR, TIMER, 0));
		for (idx = rig_fw(0); idx < num; idx++) {
			equal(ok(fw_value(idx)), 0);
			equal(ok(fw_value_hi(idx)), 0);
			refuse(idx | 1ul << 32);
			refuse(idx + (1ul << 63));
			refuse(~idx);
		}
		for (idx = 0; idx < rig_fw(0); idx++)
			refuse(idx);
		refuse(num);
		refuse(~0ul);
	}
}

/* Aim: a stopped counter can be read; a released one cannot. */
static void test_read_in_every_state(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(FULL);
	idx = setup(5, TIMER);
	equal(ok(fw_value(idx)), 0);
	ok(start(idx, 1, INIT, 41));
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	equal(ok(fw_value(idx)), 42);
	ok(stop(idx, 1, 0));
	equal(ok(fw_value(idx)), 42);
	ok(config(idx, 1, SKIP, PMU_FW(PMU_FW_IPI_SENT), 0));
	equal(ok(fw_value(idx)), 42);
	ok(config(idx, 1, SKIP | CLEAR, TIMER, 0));
	equal(ok(fw_value(idx)), 0);
	expect(stop(idx, 1, RESET), STOPPED);
	refuse(idx);
}

/* Aim: filters mean nothing to firmware counters, and are no error. */
static void test_filters_are_ignored(void **state)
{
	unsigned long idx;

	(void)state;
	rig_boot(FULL);
	idx = ok(config(0, rig_all(), PMU_CFG_INHIBITS | CLEAR | AUTO, TIMER,
			0));
	equal(idx, rig_fw(0));
	check_moves(idx);
}

/* Aim: calls on firmware counters touch no hardware register. */
static void test_no_register_is_touched(void **state)
{
	unsigned int i;
	unsigned long set;
	struct sim_regs before;

	(void)state;
	for_each_machine(i)
	{
		before = sim.regs;
		ok(config(rig_fw(0), 1, CLEAR | AUTO, TIMER, 0));
		ok(config(rig_fw(1), 1, CLEAR, TIMER, 0));
		set = 3ul << rig_fw(0);
		expect(start(0, set, INIT, 5), STARTED);
		ok(stop(0, set, 0));
		expect(stop(0, set, RESET), STOPPED);
		assert_memory_equal(&before, &sim.regs, sizeof(before));
	}
}

RIG_MAIN(fw, cmocka_unit_test(test_all_events),
	 cmocka_unit_test(test_many_counters_on_one_event),
	 cmocka_unit_test(test_who_counts),
	 cmocka_unit_test(test_value_and_total),
	 cmocka_unit_test(test_codes_out_of_range),
	 cmocka_unit_test(test_wide_values), cmocka_unit_test(test_validation),
	 cmocka_unit_test(test_read_in_every_state),
	 cmocka_unit_test(test_filters_are_ignored),
	 cmocka_unit_test(test_no_register_is_touched))
