// SPDX-License-Identifier: BSD-2-Clause
/* Mode inhibits: what is written where, and what it keeps out */

#include "rig.h"

static uint64_t expected_bits(unsigned long flags)
{
	uint64_t bits = HPM_MINH;

	bits |= flags & PMU_CFG_SINH ? HPM_SINH : 0;
	bits |= flags & PMU_CFG_UINH ? HPM_UINH : 0;
	if (sim.desc->h) {
		bits |= flags & PMU_CFG_VSINH ? HPM_VSINH : 0;
		bits |= flags & PMU_CFG_VUINH ? HPM_VUINH : 0;
	}
	return bits;
}

/* Aim: each combination of flags makes exactly its bits, and MINH always. */
static void test_register_bits(void **state)
{
	unsigned int i;
	unsigned long f, flags;
	uint64_t bits;

	(void)state;
	for_each_machine(i)
	{
		if (i == WARL || !rig_can_inhibit(4))
			continue;
		for (f = 0; f < 32; f++) {
			flags = f << 3 | SKIP;
			bits = expected_bits(flags);
			ok(config(0, 1, flags, CYCLES, 0));
			ok(config(2, 1, flags, INSTRET, 0));
			if (sim.desc->smcntrpmf) {
				equal(sim.regs.cfg[0], bits);
				equal(sim.regs.cfg[2], bits);
			}
			if (!(hart.present & PMU_BIT(4)))
				continue;
			if (!sim.desc->sscofpmf)
				bits = 0;
			ok(config(4, 1, flags, MISSES, 0));
			equal(sim.regs.event[4], bits | MISSES);
			ok(start(4, 1, 0, 0));
			equal(sim.regs.event[4], bits | MISSES);
			ok(stop(4, 1, 0));
			ok(config(4, 1, flags, RAW, 0xabcd));
			equal(sim.regs.event[4], bits | 0xabcd);
		}
	}
}

/* Whether counter @n can filter on this machine */
static bool filters(unsigned int n)
{
	if (sim.desc->device == SIM_ANDES)
		return true;
	return n > 2 ? sim.desc->sscofpmf : sim.desc->smcntrpmf;
}

static void check_modes(unsigned int n, unsigned long event,
			unsigned long flags)
{
	static const unsigned long inhibits[SIM_MODES] = {
		PMU_CFG_MINH, PMU_CFG_SINH, PMU_CFG_UINH, PMU_CFG_VSINH,
		PMU_CFG_VUINH};
	unsigned int mode;

	ok(config(n, 1, flags | SKIP | CLEAR, event, 0));
	ok(start(n, 1, 0, 0));
	for (mode = SIM_M; mode < SIM_MODES; mode++) {
		uint64_t before = rig_value(n);
		bool out = mode == SIM_M || (flags & inhibits[mode]);

		if (mode >= SIM_VS && !sim.desc->h)
			continue;
		/* One machine lacks the bit for U-mode */
		if (mode == SIM_U && (sim.desc->event_missing & HPM_UINH))
			continue;
		sim_run(mode, 1000);
		equal(rig_value(n) - before, out && filters(n) ? 0 : 1000);
	}
	ok(stop(n, 1, RESET));
}

/* Aim: the modes asked for are kept out, M-mode always, and no other. */
static void test_modes_kept_out(void **state)
{
	unsigned int i;
	unsigned long f;

	(void)state;
	for_each_machine(i)
	{
		for (f = 0; f < 32; f++) {
			check_modes(0, CYCLES, f << 3);
			check_modes(2, INSTRET, f << 3);
			if (hart.present & PMU_BIT(4))
				check_modes(4, MISSES, f << 3);
			if (hart.present & PMU_BIT(5))
				check_modes(5, L1D_MISS, f << 3);
		}
	}
}

/* Aim: a released counter takes no filter along to its next event. */
static void test_filters_are_not_inherited(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		ok(config(0, 1, SKIP | PMU_CFG_INHIBITS, CYCLES, 0));
		if (rig_can_inhibit(0))
			check_still(0);
		expect(stop(0, 1, RESET), STOPPED);
		equal(sim.regs.cfg[0], 0);
		equal(sim.regs.dev_filter[0], 0);
		ok(start(0, 1, 0, 0));
		check_moves(0);
		/* START took the free counter, and M-mode stays out */
		if (sim.desc->smcntrpmf)
			equal(sim.regs.cfg[0], HPM_MINH);
		ok(config(0, 1, SKIP | PMU_CFG_SINH, CYCLES, 0));
		ok(config(0, 1, SKIP, CYCLES, 0));
		if (sim.desc->smcntrpmf)
			equal(sim.regs.cfg[0], HPM_MINH);
	}
}

/* Aim: configuring one counter leaves the filters of the others alone. */
static void test_filters_are_per_counter(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(config(3, 1, PMU_CFG_SINH | AUTO, MISSES, 0));
	ok(config(4, 1, PMU_CFG_UINH | AUTO, MISSES, 0));
	ok(config(0, 1, PMU_CFG_VSINH | AUTO, CYCLES, 0));
	ok(config(2, 1, PMU_CFG_VUINH | AUTO, INSTRET, 0));
	equal(sim.regs.event[3], MISSES | HPM_MINH | HPM_SINH);
	equal(sim.regs.event[4], MISSES | HPM_MINH | HPM_UINH);
	equal(sim.regs.cfg[0], HPM_MINH | HPM_VSINH);
	equal(sim.regs.cfg[2], HPM_MINH | HPM_VUINH);
}

RIG_MAIN(filters, cmocka_unit_test(test_register_bits),
	 cmocka_unit_test(test_modes_kept_out),
	 cmocka_unit_test(test_filters_are_not_inherited),
	 cmocka_unit_test(test_filters_are_per_counter))
