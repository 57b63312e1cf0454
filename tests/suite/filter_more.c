/* SPDX-License-Identifier: BSD-2-Clause */
/* Mode inhibits: M-mode, reconfiguration, other events, absent modes. */
#include "measure.h"

#define CALLS 500

/* The S-mode part of an SBI call is the same whatever the call does */
struct call {
	unsigned long fid, base, mask, flags, event;
};

static uint64_t count_calls(unsigned int index, const struct call *c,
			    uint64_t *ticks)
{
	uint64_t begin = time_now();
	unsigned int i;

	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	for (i = 0; i < CALLS; i++)
		sbi_ecall(PMU_EID, c->fid, c->base, c->mask, c->flags, c->event,
			  0, 0);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	*ticks = time_now() - begin;
	return pmu_read(index);
}

/* The same calls with more work for the firmware add nothing to the count */
static void expect_without_m(unsigned int index, unsigned long flags)
{
	/* Nothing to do against a search that ends in a refusal */
	const struct call cheap = {PMU_FID_NUM_COUNTERS, 0, 0, 0, 0};
	const struct call dear = {PMU_FID_CONFIG, fw_base(), fw_mask(), 0,
				  PMU_FW(PMU_FW_EVENTS)};
	uint64_t ticks_cheap, ticks_dear, count_cheap, count_dear;

	count_calls(index, &cheap, &ticks_cheap);
	count_cheap = count_calls(index, &cheap, &ticks_cheap);
	count_dear = count_calls(index, &dear, &ticks_dear);
	require(ticks_dear > ticks_cheap,
		"a refused CONFIG takes longer than NUM_COUNTERS (%llu, %llu ticks)",
		(unsigned long long)ticks_dear,
		(unsigned long long)ticks_cheap);
	expect_eq(
		count_dear, count_cheap,
		"counter %u over %d calls with more work in M-mode, flags %#lx",
		index, CALLS, flags);
}

static void check_minh(unsigned int index, unsigned long event)
{
	static const unsigned long flags[] = {PMU_CFG_MINH, 0};
	unsigned int i;

	/* Without MINH other firmware may count M-mode */
	for (i = 0; i < (ours() ? 2 : 1); i++) {
		pmu_reset(index);
		require_value(pmu_config(index, 1, flags[i], event, 0), index,
			      "CONFIG with flags %#lx", flags[i]);
		expect_without_m(index, flags[i]);
	}
}

CASE(filter, programmable_m,
     "With MINH a programmable counter does not count M-mode; ours never does.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);

	need_exact();
	need_fws(1);
	need_filter(index, INSTRUCTIONS);
	check_minh(index, INSTRUCTIONS);
}

CASE(filter, instret_m,
     "With MINH the instruction counter does not count M-mode; ours never does.")
{
	need_exact();
	need_fws(1);
	need_filter(PMU_CTR_INSTRET, INSTRUCTIONS);
	check_minh(PMU_CTR_INSTRET, INSTRUCTIONS);
}

CASE_OURS(filter, free_fixed,
	  "The instruction counter, started while free, does not count M-mode.")
{
	need_exact();
	need_fws(1);
	need_filter(PMU_CTR_INSTRET, INSTRUCTIONS);
	pmu_reset(PMU_CTR_INSTRET);
	expect_without_m(PMU_CTR_INSTRET, 0);
}

CASE(filter, cycle_m,
     "With MINH the cycle counter does not count M-mode; ours never does.")
{
	skip_unless(cycles_exact(), "cycles are not exact on this machine");
	need_fws(1);
	need_filter(PMU_CTR_CYCLE, CYCLES);
	check_minh(PMU_CTR_CYCLE, CYCLES);
}

CASE(filter, minh_with_all,
     "With all five inhibits a counter stands still while it is started.")
{
	static const enum mode modes[] = {MODE_S, MODE_U, MODE_VS, MODE_VU};
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);
	unsigned int i;

	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	require_value(pmu_config(index, 1, PMU_CFG_INHIBITS, INSTRUCTIONS, 0),
		      index, "CONFIG with all inhibits");
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!mode_available(modes[i]))
			continue;
		expect_eq(measure(index, modes[i], work_insns, 5000), 0,
			  "work in %s", mode_name(modes[i]));
	}
}

/* Counter that may see U but not S, or S but not U */
static void expect_only_u(unsigned int index, const char *when)
{
	uint64_t count = measure(index, MODE_U, work_insns, 2000);

	if (facts.exact)
		expect_between(count, 2000, 2000 + MODE_EXIT_INSNS,
			       "2000 instructions in U-mode %s", when);
	else
		expect_ne(count, 0, "work in U-mode %s", when);
	expect_eq(measure(index, MODE_S, work_insns, 2000), 0,
		  "work in S-mode %s", when);
}

static void check_replace(unsigned int index, unsigned long event)
{
	const unsigned long again = PMU_CFG_SKIP_MATCH | without_m();
	uint64_t few, many;

	pmu_reset(index);
	require_value(
		pmu_config(index, 1, PMU_CFG_UINH | without_m(), event, 0),
		index, "CONFIG with UINH");
	require_value(pmu_config(index, 1, again | PMU_CFG_SINH, event, 0),
		      index, "CONFIG with SKIP_MATCH and SINH");
	expect_only_u(index, "after UINH was replaced by SINH");

	require_value(pmu_config(index, 1, again | PMU_CFG_UINH, event, 0),
		      index, "CONFIG with SKIP_MATCH and UINH");
	few = measure(index, MODE_U, work_insns, 2000);
	many = measure(index, MODE_U, work_insns, 9000);
	if (facts.exact)
		expect_eq(
			many, few,
			"longer work in U-mode after SINH was replaced by UINH");
	expect_ne(few, 0, "S-mode after SINH was replaced by UINH");

	require_value(pmu_config(index, 1, again, event, 0), index,
		      "CONFIG with SKIP_MATCH and no filter");
	few = measure(index, MODE_U, work_insns, 2000);
	many = measure(index, MODE_U, work_insns, 9000);
	if (facts.exact)
		expect_eq(
			many - few, 7000,
			"7000 more instructions in U-mode after the filters were dropped");
	expect_ne(measure(index, MODE_S, work_insns, 2000), 0,
		  "work in S-mode after the filters were dropped");
}

CASE(filter, replace_programmable,
     "SKIP_MATCH on a programmable counter replaces its filters.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);

	need_filter(index, INSTRUCTIONS);
	check_replace(index, INSTRUCTIONS);
}

CASE(filter, replace_fixed,
     "SKIP_MATCH on the instruction counter replaces its filters.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	need_filter(PMU_CTR_INSTRET, INSTRUCTIONS);
	check_replace(PMU_CTR_INSTRET, INSTRUCTIONS);
}

CASE(filter, reset_forgets,
     "RESET and a new CONFIG leave nothing of the old filters.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);
	uint64_t before, after;

	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	require_value(pmu_config(index, 1, 0, INSTRUCTIONS, 0), index,
		      "CONFIG without filter");
	measure(index, MODE_U, work_insns, 1000);
	before = measure(index, MODE_U, work_insns, 1000);
	pmu_reset(index);
	require_value(pmu_config(index, 1, PMU_CFG_INHIBITS, INSTRUCTIONS, 0),
		      index, "CONFIG with all inhibits");
	expect_eq(measure(index, MODE_U, work_insns, 1000), 0,
		  "work with all inhibits");
	pmu_reset(index);
	require_value(pmu_config(index, 1, 0, INSTRUCTIONS, 0), index,
		      "CONFIG without filter again");
	after = measure(index, MODE_U, work_insns, 1000);
	expect_ne(after, 0, "work after the filters are gone");
	if (facts.exact)
		expect_eq(after, before, "the same work as before the filters");
}

CASE(filter, no_h,
     "Without the H extension VSINH and VUINH are accepted and change nothing.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);
	uint64_t plain, flagged;

	skip_unless(!facts.h, "this hart has the H extension");
	measure(index, MODE_S, work_insns, 1000);
	plain = measure(index, MODE_S, work_insns, 1000);
	pmu_reset(index);
	require_value(pmu_config(index, 1, PMU_CFG_VSINH | PMU_CFG_VUINH,
				 INSTRUCTIONS, 0),
		      index, "CONFIG with VSINH and VUINH");
	measure(index, MODE_S, work_insns, 1000);
	flagged = measure(index, MODE_S, work_insns, 1000);
	expect_ne(flagged, 0, "work in S-mode with VSINH and VUINH");
	if (facts.exact)
		expect_eq(flagged, plain, "the same work with VSINH and VUINH");
}

#define PAGES 32

static void touch(unsigned long pages)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++)
		*(volatile char *)(pages + i * PAGE_SIZE);
}

static uint64_t tlb_misses(unsigned int index, enum mode mode,
			   unsigned long flags, void *pages)
{
	pmu_reset(index);
	require_value(pmu_config(index, 1, flags, DTLB_READ_MISS, 0), index,
		      "CONFIG of DTLB read misses with flags %#lx", flags);
	__asm__ __volatile__("sfence.vma" ::: "memory");
	return measure(index, mode, touch, (unsigned long)pages);
}

CASE(filter, tlb_events, "Filters apply to TLB events as well.")
{
	static const struct {
		enum mode mode;
		unsigned long own;
	} modes[] = {{MODE_U, PMU_CFG_UINH},
		     {MODE_VS, PMU_CFG_VSINH},
		     {MODE_VU, PMU_CFG_VUINH}};
	unsigned int index = claim_hpm(DTLB_READ_MISS, 0);
	void *pages = page_alloc(PAGES);
	unsigned int i;

	require(pages != 0, "memory for the workload");
	need_filter(index, DTLB_READ_MISS);
	skip_unless(tlb_misses(index, MODE_S, 0, pages) >= PAGES,
		    "this machine counts no TLB misses without translation");
	expect_eq(tlb_misses(index, MODE_S, PMU_CFG_SINH, pages), 0,
		  "misses of S-mode with SINH");
	expect(tlb_misses(index, MODE_S, PMU_CFG_UINH, pages) >= PAGES,
	       "misses of S-mode with UINH");
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		enum mode mode = modes[i].mode;

		if (!mode_available(mode))
			continue;
		expect(tlb_misses(index, mode, PMU_CFG_SINH, pages) >= PAGES,
		       "misses of %s with SINH", mode_name(mode));
		expect_eq(tlb_misses(index, mode, PMU_CFG_SINH | modes[i].own,
				     pages),
			  0, "misses of %s with SINH and its own inhibit",
			  mode_name(mode));
	}
}
