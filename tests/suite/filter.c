/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mode inhibits, for every combination of the four that a supervisor chooses.
 * Work of two lengths tells what the mode itself adds; the part of S-mode
 * around it, between START and STOP, is measured with the mode shut out.
 */
#include "measure.h"

#define SHORT 1000
#define LONG 3000

static const unsigned long inhibit_of[] = {
	[MODE_S] = PMU_CFG_SINH,
	[MODE_U] = PMU_CFG_UINH,
	[MODE_VS] = PMU_CFG_VSINH,
	[MODE_VU] = PMU_CFG_VUINH,
};
#define LOWER (PMU_CFG_UINH | PMU_CFG_VSINH | PMU_CFG_VUINH)

static void config(unsigned int index, unsigned long event, unsigned long flags)
{
	pmu_reset(index);
	require_value(
		pmu_config(index, 1, PMU_CFG_CLEAR_VALUE | without_m() | flags,
			   event, 0),
		index, "CONFIG of counter %u with flags %#lx", index, flags);
}

/* What S-mode and the way back from the mode add, exactly */
struct overhead {
	uint64_t s;
	uint64_t exit;
};

static void calibrate(unsigned int index, unsigned long event, enum mode mode,
		      struct overhead *over)
{
	uint64_t count, more;

	over->exit = 0;
	config(index, event, mode == MODE_S ? 0 : LOWER);
	count = measure(index, mode, work_insns, SHORT);
	more = measure(index, mode, work_insns, LONG);
	if (mode == MODE_S) {
		expect_eq(more - count, LONG - SHORT,
			  "what %d more instructions in S-mode add, no filter",
			  LONG - SHORT);
		over->s = count - SHORT;
		return;
	}
	require_eq(more, count, "counter %u with %s inhibited, longer work",
		   index, mode_name(mode));
	over->s = count;

	config(index, event, PMU_CFG_SINH);
	count = measure(index, mode, work_insns, SHORT);
	expect_between(count, SHORT, SHORT + MODE_EXIT_INSNS,
		       "%d instructions in %s with SINH", SHORT,
		       mode_name(mode));
	over->exit = count - SHORT;
}

static void check_exact(unsigned int index, unsigned long event, enum mode mode)
{
	struct overhead over;
	unsigned long flags;

	calibrate(index, event, mode, &over);
	for (flags = 0; flags <= (PMU_CFG_SINH | LOWER);
	     flags += PMU_CFG_VUINH) {
		uint64_t count, expected = 0;

		if (!(flags & PMU_CFG_SINH))
			expected += over.s;
		if (!(flags & inhibit_of[mode]))
			expected += LONG + over.exit;
		config(index, event, flags);
		count = measure(index, mode, work_insns, LONG);
		expect_eq(count, expected, "%d instructions in %s, flags %#lx",
			  LONG, mode_name(mode), flags);
	}
}

static void check_rough(unsigned int index, unsigned long event, enum mode mode)
{
	unsigned long flags;

	for (flags = 0; flags <= (PMU_CFG_SINH | LOWER);
	     flags += PMU_CFG_VUINH) {
		uint64_t count;

		config(index, event, flags);
		count = measure(index, mode, work_insns, 10 * LONG);
		if ((flags & PMU_CFG_SINH) && (flags & inhibit_of[mode]))
			expect_eq(count, 0, "work in %s, flags %#lx",
				  mode_name(mode), flags);
		else
			expect_ne(count, 0, "work in %s, flags %#lx",
				  mode_name(mode), flags);
	}
}

static void check_mode(unsigned int index, unsigned long event, enum mode mode)
{
	need_mode(mode);
	need_filter(index, event);
	if (event_exact(event))
		check_exact(index, event, mode);
	else
		check_rough(index, event, mode);
}

static void check_hpm(enum mode mode)
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);

	check_mode(index, INSTRUCTIONS, mode);
}

static void check_fixed(unsigned int index, enum mode mode)
{
	skip_unless(facts.counter[index].exists, "this hart has no counter %u",
		    index);
	check_mode(index, index == PMU_CTR_CYCLE ? CYCLES : INSTRUCTIONS, mode);
}

CASE(filter, programmable_s,
     "A programmable counter obeys all 16 filters for work in S-mode.")
{
	check_hpm(MODE_S);
}

CASE(filter, programmable_u,
     "A programmable counter obeys all 16 filters for work in U-mode.")
{
	check_hpm(MODE_U);
}

CASE(filter, programmable_vs,
     "A programmable counter obeys all 16 filters for work in VS-mode.")
{
	check_hpm(MODE_VS);
}

CASE(filter, programmable_vu,
     "A programmable counter obeys all 16 filters for work in VU-mode.")
{
	check_hpm(MODE_VU);
}

CASE(filter, cycle_s,
     "The cycle counter obeys all 16 filters for work in S-mode.")
{
	check_fixed(PMU_CTR_CYCLE, MODE_S);
}

CASE(filter, cycle_u,
     "The cycle counter obeys all 16 filters for work in U-mode.")
{
	check_fixed(PMU_CTR_CYCLE, MODE_U);
}

CASE(filter, cycle_vs,
     "The cycle counter obeys all 16 filters for work in VS-mode.")
{
	check_fixed(PMU_CTR_CYCLE, MODE_VS);
}

CASE(filter, cycle_vu,
     "The cycle counter obeys all 16 filters for work in VU-mode.")
{
	check_fixed(PMU_CTR_CYCLE, MODE_VU);
}

CASE(filter, instret_s,
     "The instruction counter obeys all 16 filters for work in S-mode.")
{
	check_fixed(PMU_CTR_INSTRET, MODE_S);
}

CASE(filter, instret_u,
     "The instruction counter obeys all 16 filters for work in U-mode.")
{
	check_fixed(PMU_CTR_INSTRET, MODE_U);
}

CASE(filter, instret_vs,
     "The instruction counter obeys all 16 filters for work in VS-mode.")
{
	check_fixed(PMU_CTR_INSTRET, MODE_VS);
}

CASE(filter, instret_vu,
     "The instruction counter obeys all 16 filters for work in VU-mode.")
{
	check_fixed(PMU_CTR_INSTRET, MODE_VU);
}
