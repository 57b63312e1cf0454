// SPDX-License-Identifier: BSD-2-Clause
/* Boot and exit of a hart */

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
		rig_nothing_left();
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

RIG_MAIN(life, cmocka_unit_test(test_exit_leaves_nothing),
	 cmocka_unit_test(test_exit_after_suspend),
	 cmocka_unit_test(test_boot_again),
	 cmocka_unit_test(test_harts_are_apart))
