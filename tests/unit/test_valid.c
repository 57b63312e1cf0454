// SPDX-License-Identifier: BSD-2-Clause
/*
 * pmu_hart_is_valid() says no when any one of its invariants is broken, so that
 * the tests, the fuzzer and the proofs that rely on it can fail.
 */

#include "rig.h"

/* Counters of every kind: configured, started and free */
static void settle(unsigned int name)
{
	rig_boot(name);
	ok(config(0, 1, SKIP | PMU_CFG_SINH, CYCLES, 0));
	ok(config(4, 1, AUTO, MISSES, 0));
	ok(config(5, 1, SKIP, CYCLES, 0));
	ok(config(rig_fw(0), 1, AUTO, rig_platform(), rig_platform_data(1)));
	ok(config(rig_fw(1), 1, AUTO, TIMER, 0));
	ok(config(rig_fw(3), 1, 0, PMU_FW(PMU_FW_IPI_SENT), 0));
	ok(set_shmem(SIM_RAM, 0, 0));
}

/* Break one thing, be refused, and put it back */
#define refused(breaks)                                                       \
	do {                                                                  \
		const struct pmu_hart hart_before = hart;                     \
		const struct pmu_machine machine_before = machine;            \
                                                                              \
		breaks;                                                       \
		check(!pmu_hart_is_valid(&hart), "valid after %s", #breaks);  \
		hart = hart_before;                                           \
		machine = machine_before;                                     \
		check(pmu_hart_is_valid(&hart), "not valid before " #breaks); \
	} while (0)

/* Aim: what the hart has fits together. */
static void test_hart(void **state)
{
	(void)state;
	settle(FULL);
	refused(machine.num_hw = 2);
	refused(machine.num_hw = 33);
	refused(machine.num_raw = PMU_RAW_ROWS + 1);
	refused(hart.present |= PMU_BIT(PMU_CTR_TIME));
	refused(machine.num_hw = 20);
	refused((machine.num_hw = 20, machine.hw_indices = (1u << 20) - 1));
	refused(hart.wide_events = false);
	refused(hart.inhibitable |= PMU_BIT(PMU_CTR_TIME));
	refused(hart.has_inhibit = false);
	refused(hart.width[7] = 0);
	refused(hart.width[31] = 65);
}

/* Aim: no counter is in a state that it cannot have. */
static void test_states(void **state)
{
	(void)state;
	settle(FULL);
	refused(hart.present &= ~PMU_BIT(5));
	refused(hart.configured.fw |= PMU_BIT(PMU_FW_MAX));
	/* Started but not configured */
	refused(hart.configured.hw &= ~PMU_BIT(4));
	refused(hart.configured.fw &= ~PMU_BIT(1));
	/* Neither runs while it is stopped, nor the other way round */
	refused(hart.started.hw &= ~PMU_BIT(4));
	refused(hart.inhibit |= PMU_BIT(4));
	refused(hart.inhibit &= ~PMU_BIT(5));
	refused(hart.inhibit &= ~PMU_BIT(8));
	refused(hart.inhibit |= PMU_BIT(PMU_CTR_TIME));
	refused(hart.shmem = SIM_RAM + 8);

	/* With delegation a free counter may run for the supervisor */
	hart.has_smcdeleg = true;
	hart.inhibit &= ~PMU_BIT(8);
	check(pmu_hart_is_valid(&hart), "a delegated counter must stand still");
	refused(hart.inhibit &= ~PMU_BIT(5));
}

/* Aim: no event of a configured counter counts in M-mode, or is none. */
static void test_events(void **state)
{
	(void)state;
	settle(FULL);
	refused(hart.hw_inhibits[4] = 0);
	refused(hart.hw_inhibits[4] |= 1);
	refused(hart.hw_event[4] &= ~HPM_MINH);
	refused(hart.hw_event[4] |= HPM_OF);
	refused(hart.hw_event[4] = HPM_MINH);
	refused(hart.hw_event[0] &= ~HPM_MINH);
	refused(hart.hw_event[0] |= CYCLES);
	hart.hw_event[4] |= HPM_VSINH;
	check(pmu_hart_is_valid(&hart), "VSINH is refused with H");

	settle(SSCOF);
	refused(hart.hw_event[4] |= HPM_VSINH);
	refused(hart.hw_event[4] |= HPM_VUINH);
	refused(hart.hw_event[0] = HPM_MINH);
	settle(PLAIN);
	refused(hart.hw_event[4] = 0);
	settle(NARROW_EVENT);
	refused(hart.hw_event[4] |= 1ULL << 32);
}

/* Aim: a firmware counter that is configured has an event. */
static void test_fw_events(void **state)
{
	(void)state;
	settle(FULL);
	refused(hart.fw_event[3] = PMU_FW_EVENTS);
	refused(hart.fw_event[3] = PMU_FW_PLATFORM_CODE - 1);
	settle(QUICK);
	refused(hart.fw_event[3] = PMU_FW_PLATFORM_CODE);
}

/* Aim: a hart is plain where it is told of suspends and has no device. */
static void test_plain(void **state)
{
	(void)state;
	settle(FULL);
	refused(hart.plain = true);
	refused(hart.selector_bits ^= 1);
	settle(TOLD_ANDES);
	refused(hart.plain = true);
	settle(QUICK);
	refused(hart.resumes = false);
	refused(hart.has_smcdeleg = true);
}

RIG_MAIN(valid, cmocka_unit_test(test_hart), cmocka_unit_test(test_states),
	 cmocka_unit_test(test_events), cmocka_unit_test(test_fw_events),
	 cmocka_unit_test(test_plain))
