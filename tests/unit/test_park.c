// SPDX-License-Identifier: BSD-2-Clause
/* One hart, two users in turn: neither sees or changes what the other has */

#include "rig.h"

static struct pmu_hart other;

static void check_clean(const char *what)
{
	check(sim.stats.violations == 0, "%s: %s (counter %u)", what,
	      sim.stats.violation, sim.stats.violator);
}

static void park(struct pmu_hart *h)
{
	pmu_hart_park(h);
	check_clean("pmu_hart_park()");
	assert_true(pmu_hart_is_valid(h));
}

static void unpark(struct pmu_hart *h)
{
	pmu_hart_unpark(h);
	check_clean("pmu_hart_unpark()");
	assert_true(pmu_hart_is_valid(h));
}

/* A new user of the hart, as the firmware makes one */
static void boot_other(void)
{
	rig_tell();
	memcpy(&other, &hart, sizeof(other));
	park(&hart);
	pmu_hart_init(&other);
	check_clean("pmu_hart_init()");
}

/* The calls of the rig go to whichever state is in hart */
static void swap(void)
{
	struct pmu_hart was;

	memcpy(&was, &hart, sizeof(was));
	memcpy(&hart, &other, sizeof(was));
	memcpy(&other, &was, sizeof(was));
}

/* Aim: nothing of a parked state is left in any register. */
static void test_park_leaves_nothing(void **state)
{
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		rig_fill();
		sim_clear_stats();
		park(&hart);
		rig_no_registers_left();
		for (n = 0; n < PMU_FW_MAX; n++)
			equal(sim.regs.plat_value[n], 0);
		if (!rig_can_inhibit(0))
			continue;
		rig_elapse();
		for_each_bit(n, hart.present)
			equal(sim.regs.counter[n], 0);
	}
}

/* Registers may differ where nobody can see it */
static void expect_same(const struct sim_regs *then)
{
	unsigned int n;

	for_each_bit(n, hart.present) {
		equal(sim.regs.counter[n], then->counter[n]);
		equal(sim.regs.event[n], then->event[n]);
		equal(sim.regs.dev_filter[n], then->dev_filter[n]);
	}
	equal(sim.regs.cfg[0], then->cfg[0]);
	equal(sim.regs.cfg[2], then->cfg[2]);
	equal(sim.regs.inhibit, then->inhibit);
	equal(sim.regs.dev_irq, then->dev_irq);
	equal(sim.regs.plat_running, then->plat_running);
	for (n = 0; n < PMU_FW_MAX; n++)
		equal(sim.regs.plat_value[n], then->plat_value[n]);
}

/* Aim: another user comes and goes, and everything is as it was. */
static void test_unpark_restores(void **state)
{
	struct sim_regs then;
	struct pmu_hart first;
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		rig_fill();
		memcpy(&then, &sim.regs, sizeof(then));
		memcpy(&first, &hart, sizeof(first));
		sim_clear_stats();
		boot_other();
		swap();
		rig_fill();
		swap();
		park(&other);
		/* Those that cannot be stopped count for everybody */
		if (!rig_can_inhibit(0))
			memcpy(then.counter, sim.regs.counter,
			       sizeof(then.counter));
		unpark(&hart);
		if (rig_can_inhibit(0))
			expect_same(&then);
		assert_memory_equal(&hart, &first, sizeof(hart));
	}
}

/* Aim: a new user finds the hart as at boot, whatever the earlier one did. */
static void test_other_is_as_at_boot(void **state)
{
	struct pmu_hart first;
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		memcpy(&first, &hart, sizeof(first));
		rig_fill();
		boot_other();
		assert_memory_equal(&other, &first, sizeof(other));
		for_each_bit(n, hart.present & ~PMU_FIXED)
			equal(sim.regs.counter[n], 0);
		swap();
		check_moves(0);
		check_moves(2);
		for_each_bit(n, hart.present & ~7u)
			check_still(n);
		expect(fw_value(rig_fw(1)), INVALID);
	}
}

/* Aim: what runs goes on from where it was, with its events and filters. */
static void test_running_goes_on(void **state)
{
	unsigned int i;
	uint64_t value;

	(void)state;
	for_each_machine(i)
	{
		if (!(hart.present & PMU_BIT(4)))
			continue;
		ok(config(4, 1, AUTO | PMU_CFG_SINH, MISSES, 0));
		ok(config(rig_fw(0), 1, AUTO, TIMER, 0));
		rig_elapse();
		value = rig_value(4);
		boot_other();
		sim_event(MISSES, SIM_U, 7);
		pmu_fw_count(&other, PMU_FW_SET_TIMER);
		park(&other);
		unpark(&hart);
		equal(rig_value(4), value);
		sim_event(MISSES, SIM_U, 7);
		equal(rig_value(4), value + 7);
		value = ok(fw_value(rig_fw(0)));
		pmu_fw_count(&hart, PMU_FW_SET_TIMER);
		equal(ok(fw_value(rig_fw(0))), value + 1);
		expect(start(4, 1, 0, 0), STARTED);
	}
}

/* Aim: firmware events are counted for a state that is parked. */
static void test_parked_counts_firmware(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(rig_fw(0), 1, CLEAR | AUTO, TIMER, 0));
	boot_other();
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	pmu_fw_count(&hart, PMU_FW_SET_TIMER);
	pmu_fw_count(&other, PMU_FW_SET_TIMER);
	park(&other);
	unpark(&hart);
	equal(ok(fw_value(rig_fw(0))), 2);
}

/* Aim: overflow bits belong to whoever made the counter overflow. */
static void test_overflow_bits(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(4, 1, 0, MISSES, 0));
	ok(start(4, 1, INIT, ~0ULL));
	sim_event(MISSES, SIM_S, 2);
	equal(env_overflow_read(), PMU_BIT(4));
	sim.regs.lcofip = 0;
	boot_other();
	equal(env_overflow_read(), 0);
	park(&other);
	unpark(&hart);
	equal(env_overflow_read(), PMU_BIT(4));
}

/* Aim: a suspend just before does not make up overflows or lose events. */
static void test_park_after_suspend(void **state)
{
	unsigned int i;
	uint64_t value;

	(void)state;
	for_each_machine(i)
	{
		if (!(hart.present & PMU_BIT(4)))
			continue;
		ok(config(4, 1, AUTO, MISSES, 0));
		rig_elapse();
		value = rig_value(4);
		sim_suspend();
		boot_other();
		if (sim.desc->sscofpmf)
			equal(env_overflow_read(), 0);
		park(&other);
		unpark(&hart);
		equal(rig_value(4), value);
		if (sim.desc->sscofpmf)
			equal(env_overflow_read(), 0);
		check_moves(4);
	}
}

/* Aim: a platform that cannot go on leaves a counter that is stopped. */
static void test_platform_refuses(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(rig_fw(0), 1, AUTO, PLATFORM, SIM_PLAT(1)));
	sim_plat_event(SIM_PLAT(1), 5);
	boot_other();
	park(&other);
	sim.plat_refuses = true;
	unpark(&hart);
	equal(ok(fw_value(rig_fw(0))), 5);
	expect(stop(rig_fw(0), 1, 0), STOPPED);
}

/* Aim: with delegation a counter that is free here is left to whoever runs it.
 */
static void test_delegated(void **state)
{
	uint64_t value;

	(void)state;
	rig_boot(FULL);
	hart.has_smcdeleg = true;
	env_event_write(5, MISSES, true);
	env_inhibit_write(sim.regs.inhibit & ~PMU_BIT(5));
	ok(config(4, 1, AUTO, L1D_MISS, 0));
	value = rig_value(4);
	park(&hart);
	equal(sim.regs.event[4], 0);
	check_moves(5);
	unpark(&hart);
	equal(rig_value(4), value);
	check_moves(4);
	check_moves(5);
}

RIG_MAIN(park, cmocka_unit_test(test_park_leaves_nothing),
	 cmocka_unit_test(test_unpark_restores),
	 cmocka_unit_test(test_other_is_as_at_boot),
	 cmocka_unit_test(test_running_goes_on),
	 cmocka_unit_test(test_parked_counts_firmware),
	 cmocka_unit_test(test_overflow_bits),
	 cmocka_unit_test(test_park_after_suspend),
	 cmocka_unit_test(test_platform_refuses),
	 cmocka_unit_test(test_delegated))
