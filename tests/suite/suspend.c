/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What counters are configured for survives that the hart is suspended. A
 * retentive suspend keeps all registers, says the specification. After a
 * non-retentive one they are fresh: Linux relies on START with a value to bring
 * a counter back that it had stopped before, the rest is a reading of ours. So
 * these cases look only after the first call into the PMU.
 */
#include "fw.h"

/* A call that has nothing to do with the counters under test */
static void any_pmu_call(unsigned int other)
{
	pmu_stop_one(other);
}

/* Nobody but us has to keep M-mode out of a counter */
static void expect_like(uint64_t received, uint64_t expected, const char *what)
{
	uint64_t slack = ours() ? 0 : 2000;

	expect_between(received, expected - slack, expected + slack, "%s",
		       what);
}

static void check_event(unsigned int index, unsigned long type)
{
	uint64_t before, after;

	measure(index, MODE_S, work_insns, 5000);
	before = measure(index, MODE_S, work_insns, 5000);
	suspend_hart(type);
	/* The first call may take another way, and a counter may see M-mode */
	pmu_num_counters();
	/* The registers are programmed anew by the first START */
	after = measure(index, MODE_S, work_insns, 5000);
	expect_ne(after, 0, "counter %u after the resume", index);
	if (facts.exact && excludes_m(index)) {
		expect_like(after, before, "the same work as before");
		expect_like(measure(index, MODE_S, work_insns, 25000) - after,
			    20000, "20000 instructions more");
	}
}

CASE(suspend, programmable_retentive,
     "A programmable counter counts its event again after a retentive suspend.")
{
	check_event(claim_hpm(INSTRUCTIONS, 0), SUSPEND_RETENTIVE);
}

CASE(suspend, programmable_non_retentive,
     "A programmable counter counts its event again after a non-retentive suspend.")
{
	check_event(claim_hpm(INSTRUCTIONS, 0), SUSPEND_NON_RETENTIVE);
}

CASE(suspend, instret_retentive,
     "The instruction counter counts again after a retentive suspend.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_event(PMU_CTR_INSTRET, SUSPEND_RETENTIVE);
}

CASE(suspend, instret_non_retentive,
     "The instruction counter counts again after a non-retentive suspend.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_event(PMU_CTR_INSTRET, SUSPEND_NON_RETENTIVE);
}

/* Only U-mode is let in, so work of any length in S-mode must add nothing */
static void expect_only_u(unsigned int index, const char *when)
{
	uint64_t count = measure(index, MODE_U, work_insns, 5000);

	if (facts.exact)
		expect_between(count, 5000, 5000 + MODE_EXIT_INSNS,
			       "5000 instructions in U-mode %s", when);
	else
		expect_ne(count, 0, "work in U-mode %s", when);
	expect_eq(measure(index, MODE_S, work_insns, 5000), 0,
		  "work in S-mode %s", when);
}

static void check_filter(unsigned int index, unsigned long event,
			 unsigned long type)
{
	need_filter(index, event);
	pmu_reset(index);
	require_value(pmu_config(index, 1, PMU_CFG_SINH, event, 0), index,
		      "CONFIG of counter %u with SINH", index);
	expect_only_u(index, "before the suspend");
	suspend_hart(type);
	expect_only_u(index, "after the resume");
	suspend_hart(type);
	expect_only_u(index, "after the second resume");
}

CASE(suspend, programmable_filter,
     "The filter of a programmable counter survives a non-retentive suspend.")
{
	check_filter(claim_hpm(INSTRUCTIONS, 0), INSTRUCTIONS,
		     SUSPEND_NON_RETENTIVE);
}

CASE(suspend, programmable_filter_retentive,
     "The filter of a programmable counter survives a retentive suspend.")
{
	check_filter(claim_hpm(INSTRUCTIONS, 0), INSTRUCTIONS,
		     SUSPEND_RETENTIVE);
}

CASE(suspend, instret_filter,
     "The filter of the instruction counter survives a non-retentive suspend.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_filter(PMU_CTR_INSTRET, INSTRUCTIONS, SUSPEND_NON_RETENTIVE);
}

static void check_stays_stopped(unsigned int index, unsigned int other,
				unsigned long type)
{
	uint64_t before;

	suspend_hart(type);
	any_pmu_call(other);
	before = pmu_read(index);
	work_insns(5000);
	run_in_mode(MODE_U, work_insns, 5000);
	expect_eq(pmu_read(index), before, "counter %u, stopped, type %#lx",
		  index, type);
	expect_error(pmu_stop_one(index), PMU_ERR_ALREADY_STOPPED,
		     "STOP of counter %u after the resume", index);
	expect_eq(pmu_read(index), before, "counter %u, stopped again", index);
}

CASE(suspend, fixed_stopped_retentive,
     "A stopped fixed counter does not move over a retentive suspend.")
{
	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_stays_stopped(PMU_CTR_INSTRET, PMU_CTR_CYCLE, SUSPEND_RETENTIVE);
	check_stays_stopped(PMU_CTR_CYCLE, PMU_CTR_INSTRET, SUSPEND_RETENTIVE);
}

CASE_OURS(
	suspend, fixed_stopped,
	"A stopped fixed counter does not move after a suspend and one PMU call.")
{
	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_stays_stopped(PMU_CTR_INSTRET, PMU_CTR_CYCLE,
			    SUSPEND_NON_RETENTIVE);
	check_stays_stopped(PMU_CTR_CYCLE, PMU_CTR_INSTRET,
			    SUSPEND_NON_RETENTIVE);
}

static void check_keeps_value(unsigned long type)
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);
	uint64_t value;

	expect_ok(pmu_start_at(index, 123456), "START of counter %u", index);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	value = pmu_read(index);
	suspend_hart(type);
	pmu_stop_one(index);
	work_insns(5000);
	expect_eq(pmu_read(index), value, "counter %u after the resume", index);
}

CASE(suspend, programmable_stopped_retentive,
     "A stopped programmable counter keeps its value over a retentive suspend.")
{
	check_keeps_value(SUSPEND_RETENTIVE);
}

CASE_OURS(
	suspend, programmable_stopped,
	"A stopped programmable counter keeps its value over a non-retentive suspend.")
{
	check_keeps_value(SUSPEND_NON_RETENTIVE);
}
