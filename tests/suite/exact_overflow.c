// SPDX-License-Identifier: BSD-2-Clause
/*
 * An overflow in a mode below S-mode. The counter sees that mode alone, so the
 * instruction at which the interrupt arrives is known.
 */

#include "overflow.h"

static const unsigned long inhibit_of[] = {
	[MODE_S] = PMU_CFG_SINH,
	[MODE_U] = PMU_CFG_UINH,
	[MODE_VS] = PMU_CFG_VSINH,
	[MODE_VU] = PMU_CFG_VUINH,
};
#define ALL_MODES (PMU_CFG_SINH | PMU_CFG_UINH | PMU_CFG_VSINH | PMU_CFG_VUINH)

/* work_nops_100() has instructions of four bytes, and does not jump */
static void check_at(unsigned int index, enum mode mode, unsigned int n)
{
	uint64_t rest;

	irq_enable(IRQ_LCOFI);
	start_before(index, n);
	run_in_mode(mode, work_nops_100, 0);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_eq(irq_record(IRQ_LCOFI)->count, 1,
		  "interrupts, the overflow is %u instructions into %s", n,
		  mode_name(mode));
	expect_eq(irq_record(IRQ_LCOFI)->epc,
		  (unsigned long)work_nops_100 + 4 * n,
		  "where the interrupt came, %u instructions into %s", n,
		  mode_name(mode));
	expect_eq(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index),
		  "scountovf in the handler");
	rest = pmu_read(index);
	expect_between(rest, WORK_NOPS_100 - n,
		       WORK_NOPS_100 - n + MODE_EXIT_INSNS,
		       "counter %u, which went on after the overflow", index);
}

static void check_mode(enum mode mode)
{
	static const unsigned int places[] = {1, 2, 3, 10, 50, 99, 100};
	unsigned int index, i;

	need_mode(mode);
	need_lcofi();
	need_exact();
	index = claim_hpm(INSTRUCTIONS, 0);
	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	require_value(pmu_config(index, 1, ALL_MODES & ~inhibit_of[mode],
				 INSTRUCTIONS, 0),
		      index, "CONFIG for %s alone", mode_name(mode));
	for (i = 0; i < ARRAY_SIZE(places); i++)
		check_at(index, mode, places[i]);
}

CASE(overflow, exact_u,
     "In U-mode the interrupt comes at the very instruction that overflows.")
{
	check_mode(MODE_U);
}

CASE(overflow, exact_vs,
     "In VS-mode the interrupt comes at the very instruction that overflows.")
{
	check_mode(MODE_VS);
}

CASE(overflow, exact_vu,
     "In VU-mode the interrupt comes at the very instruction that overflows.")
{
	check_mode(MODE_VU);
}

/* The other modes run for much longer than is left until the overflow */
CASE(overflow, exact_elsewhere,
     "Instructions of other modes do not bring an overflow nearer.")
{
	static const enum mode modes[] = {MODE_U, MODE_VS, MODE_VU};
	unsigned int index, i, n;

	need_lcofi();
	need_exact();
	index = claim_hpm(INSTRUCTIONS, 0);
	need_filter(index, INSTRUCTIONS);
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!mode_available(modes[i]))
			continue;
		pmu_reset(index);
		require_value(
			pmu_config(index, 1, ALL_MODES & ~inhibit_of[modes[i]],
				   INSTRUCTIONS, 0),
			index, "CONFIG for %s alone", mode_name(modes[i]));
		irq_enable(IRQ_LCOFI);
		start_before(index, 1);
		for (n = 0; n < ARRAY_SIZE(modes); n++) {
			if (n != i && mode_available(modes[n]))
				run_in_mode(modes[n], work_insns, 10000);
		}
		linger();
		expect_eq(irq_record(IRQ_LCOFI)->count, 0,
			  "interrupts before the first instruction in %s",
			  mode_name(modes[i]));
		run_in_mode(modes[i], work_nops_100, 0);
		expect(overflow_comes(1), "the interrupt comes after it");
		expect_eq(irq_record(IRQ_LCOFI)->count, 1,
			  "interrupts after it");
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	}
}
