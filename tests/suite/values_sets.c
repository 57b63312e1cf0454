/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of counters that are started by one call, or beside each other. */
#include "measure.h"

/*
 * Two counters of the same thing, started and stopped by one call, show the
 * same. Some machines count the ecall of STOP as a cycle but not as an
 * instruction; nothing else may lie between.
 */
static void check_pair(unsigned int a, unsigned int b)
{
	unsigned int low = a < b ? a : b;
	unsigned long mask = 1UL << (a - low) | 1UL << (b - low);
	uint64_t diff_a, diff_b;
	unsigned int round;

	for (round = 0; round < 3; round++) {
		diff_a = pmu_read(a);
		diff_b = pmu_read(b);
		expect_ok(pmu_start(low, mask, 0, 0), "START of %u and %u", a,
			  b);
		work_insns(1000 << round);
		expect_ok(pmu_stop(low, mask, 0), "STOP of %u and %u", a, b);
		diff_a = pmu_read(a) - diff_a;
		diff_b = pmu_read(b) - diff_b;
		expect(diff_a >= (1000UL << round),
		       "counter %u counts the work", a);
		expect_between(diff_b + 1 - diff_a, 0, 2,
			       "counter %u, plus one, less counter %u", b, a);
	}
}

static void need_pair(unsigned int a, unsigned int b, bool cycles)
{
	need_exact();
	skip_unless(!cycles || cycles_exact(),
		    "cycles are not exact on this machine");
	skip_unless(excludes_m(a) == excludes_m(b),
		    "only one of the two counters leaves M-mode out");
}

CASE_OURS(
	values, together_fixed,
	"The cycle and the instruction counter start together with one START.")
{
	need_pair(PMU_CTR_CYCLE, PMU_CTR_INSTRET, true);
	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_pair(PMU_CTR_CYCLE, PMU_CTR_INSTRET);
}

CASE_OURS(values, together_programmable,
	  "Two programmable counters start together with one START.")
{
	unsigned int a, b;

	need_hpms(2);
	need_pair(facts.hpm[0], facts.hpm[1], true);
	a = claim_hpm(INSTRUCTIONS, 0);
	b = claim_hpm(CYCLES, 0);
	check_pair(a, b);
}

CASE_OURS(
	values, together_mixed,
	"A programmable counter and the instruction counter start together and agree.")
{
	unsigned int index;

	need_hpms(1);
	need_pair(facts.hpm[0], PMU_CTR_INSTRET, false);
	claim_fixed(PMU_CTR_INSTRET, 0);
	index = claim_hpm(INSTRUCTIONS, 0);
	check_pair(PMU_CTR_INSTRET, index);
}

/* Compiled once, so that the code around the work is always the same */
static void __attribute__((noinline))
run_set(unsigned long mask, unsigned long n)
{
	expect_ok(pmu_start(0, mask, 0, 0), "START, mask %#lx", mask);
	work_insns(n);
	expect_ok(pmu_stop(0, mask, 0), "STOP, mask %#lx", mask);
}

CASE(values, four_at_once,
     "Four counters of three events, started by one call, count side by side.")
{
	unsigned int index[4] = {PMU_CTR_CYCLE, PMU_CTR_INSTRET};
	uint64_t few[4], many[4];
	unsigned long mask = 0;
	unsigned int i;

	need_exact();
	need_hpms(2);
	skip_unless(cycles_exact(), "cycles are not exact on this machine");
	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	index[2] = claim_hpm(INSTRUCTIONS, 0);
	index[3] = claim_hpm(CYCLES, 0);
	for (i = 0; i < ARRAY_SIZE(index); i++)
		mask |= 1UL << index[i];

	run_set(mask, 1000);
	for (i = 0; i < ARRAY_SIZE(index); i++)
		few[i] = pmu_read(index[i]);
	run_set(mask, 1000);
	for (i = 0; i < ARRAY_SIZE(index); i++) {
		many[i] = pmu_read(index[i]) - few[i];
		few[i] = pmu_read(index[i]);
	}
	run_set(mask, 51000);
	for (i = 0; i < ARRAY_SIZE(index); i++)
		expect_eq(pmu_read(index[i]) - few[i] - many[i], 50000,
			  "what 50000 more instructions add to counter %u",
			  index[i]);
}

#define SWITCHES 20

/* The same calls in S-mode, on a counter that exists or on one that does not */
static uint64_t count_switches(unsigned int index, unsigned long other)
{
	unsigned int i;

	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	for (i = 0; i < SWITCHES; i++) {
		pmu_start_one(other);
		work_insns(500);
		pmu_stop_one(other);
	}
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	return pmu_read(index);
}

CASE(values, undisturbed,
     "Starting and stopping a counter does not change what another one counts.")
{
	unsigned int index, other;
	uint64_t alone;

	need_exact();
	need_hpms(2);
	index = claim_hpm(INSTRUCTIONS, 0);
	other = claim_hpm(CYCLES, 0);
	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	require_value(pmu_config(index, 1, 0, INSTRUCTIONS, 0), index,
		      "CONFIG of counter %u", index);
	count_switches(index, ~0UL);
	alone = count_switches(index, ~0UL);
	expect_eq(count_switches(index, other), alone,
		  "counter %u while counter %u was started %d times", index,
		  other, SWITCHES);
	expect_ne(pmu_read(other), 0, "counter %u", other);
}
