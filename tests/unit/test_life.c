// SPDX-License-Identifier: BSD-2-Clause
/* Boot and exit of a hart, and what pmu_hart_is_valid() tells apart */

#include "rig.h"

/* Aim: a hart that leaves keeps no event, filter, value or page. */
static void test_exit_leaves_nothing(void **state)
{
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		rig_fill();
		sim_clear_stats();
		pmu_hart_exit(&hart);
		check(sim.stats.violations == 0, "pmu_hart_exit(): %s",
		      sim.stats.violation);
		for (n = 0; n < PMU_HW_MAX; n++) {
			equal(sim.regs.counter[n], 0);
			equal(sim.regs.event[n], 0);
			equal(sim.regs.dev_filter[n], 0);
		}
		equal(sim.regs.cfg[0] | sim.regs.cfg[2], 0);
		equal(sim.regs.dev_irq, 0);
		equal(sim.regs.plat_running, 0);
		equal(hart.shmem, PMU_NO_SHMEM);
		equal(hart.configured.hw | hart.configured.fw, 0);
		equal(hart.started.hw | hart.started.fw, 0);
		for (n = 0; n < PMU_FW_MAX; n++)
			equal(hart.fw_value[n] | hart.fw_data[n], 0);
		for (n = 0; n < PMU_FW_EVENTS; n++)
			equal(hart.fw_watch[n], 0);
		assert_true(pmu_hart_is_valid(&hart));
		if (!rig_can_inhibit(0))
			continue;
		rig_elapse();
		for_each_bit(n, hart.present)
			equal(sim.regs.counter[n], 0);
	}
}

/* Aim: exit leaves nothing behind after a suspend that nobody told of. */
static void test_exit_after_suspend(void **state)
{
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		rig_fill();
		stop(0, rig_all(), 0);
		sim_suspend();
		pmu_hart_exit(&hart);
		check(sim.stats.violations == 0, "pmu_hart_exit(): %s",
		      sim.stats.violation);
		if (!rig_can_inhibit(0))
			continue;
		rig_elapse();
		for_each_bit(n, hart.present) {
			equal(sim.regs.counter[n], 0);
			equal(sim.regs.event[n], 0);
		}
	}
}

/* Aim: the hart that comes back is as at its first boot. */
static void test_boot_again(void **state)
{
	struct pmu_hart first;
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		memcpy(&first, &hart, sizeof(hart));
		rig_fill();
		pmu_hart_exit(&hart);
		sim_suspend();
		pmu_hart_init(&hart);
		check(sim.stats.violations == 0, "%s", sim.stats.violation);
		assert_memory_equal(&hart, &first, sizeof(hart));
		check_moves(0);
		check_moves(2);
		for_each_bit(n, hart.present & ~7u)
			check_still(n);
		rig_fill();
	}
}

/* Aim: harts have nothing in common but the constant machine. */
static void test_harts_are_apart(void **state)
{
	struct pmu_hart other;

	(void)state;
	rig_boot(FULL);
	memcpy(&other, &hart, sizeof(other));
	ok(config(rig_fw(0), 1, CLEAR | AUTO, TIMER, 0));
	ok(set_shmem(SIM_RAM, 0, 0));
	equal(other.shmem, PMU_NO_SHMEM);
	equal(other.configured.fw, 0);
	pmu_fw_count(&other, PMU_FW_SET_TIMER);
	equal(ok(fw_value(rig_fw(0))), 0);
	equal(pmu_counter_fw_read(&other, rig_fw(0)).error, INVALID);
}

/* One broken state each, from one in which counters run */
static void break_num_low(void)
{
	machine.num_hw = 2;
}
static void break_num_high(void)
{
	machine.num_hw = 33;
}
static void break_time(void)
{
	hart.present |= 2;
}
static void break_present(void)
{
	machine.num_hw = 20;
}
static void break_configured_hole(void)
{
	hart.present &= ~0x10u;
}
static void break_configured_fw(void)
{
	hart.configured.fw |= 0x10000;
}
static void break_started_free(void)
{
	hart.configured.hw &= ~0x10u;
}
static void break_started_fw_free(void)
{
	hart.configured.fw &= ~2u;
}
static void break_runs_stopped(void)
{
	hart.started.hw &= ~0x10u;
}
static void break_stopped_runs(void)
{
	hart.inhibit |= 0x10;
}
static void break_idle_runs(void)
{
	hart.inhibit &= ~0x100u;
}
static void break_watch_code(void)
{
	hart.fw_event[1] = PMU_FW_IPI_SENT;
}
static void break_watch_missing(void)
{
	hart.fw_watch[PMU_FW_SET_TIMER] = 0;
}
static void break_watch_stopped(void)
{
	hart.started.fw &= ~2u;
}
static void break_watch_extra(void)
{
	hart.fw_watch[0] = 4;
}
static void break_watch_platform(void)
{
	hart.fw_watch[PMU_FW_SET_TIMER] |= 1;
}
static void break_fw_code(void)
{
	hart.fw_event[3] = PMU_FW_EVENTS;
}

/* Aim: the invariants refuse each broken state, so that they can be relied on.
 */
static void test_invariants_can_fail(void **state)
{
	static void (*const breaks[])(void) = {break_num_low,
					       break_num_high,
					       break_time,
					       break_present,
					       break_configured_hole,
					       break_configured_fw,
					       break_started_free,
					       break_started_fw_free,
					       break_runs_stopped,
					       break_stopped_runs,
					       break_idle_runs,
					       break_watch_code,
					       break_watch_missing,
					       break_watch_stopped,
					       break_watch_extra,
					       break_watch_platform,
					       break_fw_code};
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
		rig_boot(FULL);
		ok(config(4, 1, AUTO, MISSES, 0));
		ok(config(31, 1, 0, CYCLES, 0));
		ok(config(rig_fw(0), 1, AUTO, PLATFORM, SIM_PLAT(1)));
		ok(config(rig_fw(1), 1, AUTO, TIMER, 0));
		ok(config(rig_fw(3), 1, 0, PMU_FW(PMU_FW_IPI_SENT), 0));
		assert_true(pmu_hart_is_valid(&hart));
		breaks[i]();
		check(!pmu_hart_is_valid(&hart), "broken state %u passes", i);
	}
}

RIG_MAIN(life, cmocka_unit_test(test_exit_leaves_nothing),
	 cmocka_unit_test(test_exit_after_suspend),
	 cmocka_unit_test(test_boot_again),
	 cmocka_unit_test(test_harts_are_apart),
	 cmocka_unit_test(test_invariants_can_fail))
