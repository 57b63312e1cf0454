// SPDX-License-Identifier: BSD-2-Clause
/*
 * The overflow handler of the Linux driver, step by step: stop all counters in
 * use, look which have overflown, restart the others from where they were, and
 * those at a new period.
 */

#include "counters.h"

#define PERIOD 20000

/* One mask at base 0 on RV64; on RV32 the driver makes a second, empty one */
static void stop_used(unsigned long used)
{
	pmu_stop(0, used, 0);
	if (XLEN == 32)
		expect_legal(pmu_stop(32, 0, 0), PMU_ERR_INVALID_PARAM,
			     CODE(PMU_OK), "STOP of an empty mask");
}

/* The counters that ran and do not sample go on where they were */
static void check_restart(unsigned long used, const struct actor *counting,
			  uint64_t stopped)
{
	expect_ok(pmu_start(0, used, 0, 0), "START of mask %#lx without flags",
		  used);
	provoke();
	expect_between(
		pmu_read(counting->index), stopped + 1, stopped + a_few_calls(),
		"%s counter %u, stopped at %#llx and restarted", counting->kind,
		counting->index, (unsigned long long)stopped);
}

CASE(linux, overflow_order,
     "The overflow handler stops all, restarts some as they are, one anew.")
{
	const uint64_t start = 1ULL << 63;
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	struct actor *sampling = 0, *counting = 0;
	unsigned long used = 0;
	uint64_t stopped;

	for (i = 0; i < count; i++) {
		if (facts.counter[actors[i].index].fw)
			continue;
		config_actor(&actors[i], 0);
		expect_ok(pmu_start_at(actors[i].index, start), "START");
		used |= 1UL << actors[i].index;
		counting = sampling;
		sampling = &actors[i];
	}
	skip_unless(counting != 0, "needs two hardware counters");
	provoke();
	stop_used(used);
	expect_still(sampling, "in the handler");
	expect_still(counting, "in the handler");
	stopped = pmu_read(counting->index);
	/* All have overflown: the driver asks to start none of them */
	expect_legal(pmu_start(0, 0, 0, 0), PMU_ERR_INVALID_PARAM, CODE(PMU_OK),
		     "START of an empty mask");
	check_restart(used & ~(1UL << sampling->index), counting, stopped);
	expect_still(sampling, "not yet restarted");
	expect_ok(pmu_start_at(sampling->index, start + PERIOD), "START anew");
	expect_between(pmu_read(sampling->index), start + PERIOD,
		       start + PERIOD + a_few_calls(), "the new period");
	expect_counting(sampling, "after the handler");
}

CASE(linux, overflow_other_stopped,
     "The overflow handler stops counters of which some were stopped before.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long used = 0;

	for (i = 0; i < count; i++) {
		if (facts.counter[actors[i].index].fw)
			continue;
		/* Every other one stands still, as in a group that is off */
		config_actor(&actors[i], i % 2 ? 0 : PMU_CFG_AUTO_START);
		used |= 1UL << actors[i].index;
	}
	skip_unless(used & (used - 1), "needs two hardware counters");
	expect_refused(pmu_stop(0, used, 0), PMU_ERR_ALREADY_STOPPED,
		       "STOP of mask %#lx", used);
	for (i = 0; i < count; i++) {
		if (!facts.counter[actors[i].index].fw)
			expect_stopped(&actors[i], "after STOP of all in use");
	}
	expect_ok(pmu_start(0, used, 0, 0), "START of all in use");
	for (i = 0; i < count; i++) {
		if (!facts.counter[actors[i].index].fw)
			expect_counting(&actors[i], "after START of all");
	}
}

static unsigned long csr_bit(const struct actor *a)
{
	return 1UL << (facts.counter[a->index].csr - CSR_CYCLE);
}

/* Wait for the overflow without taking the interrupt, and stop everything */
static unsigned long wait_overflow(const struct actor *a, unsigned long used)
{
	unsigned long bit = csr_bit(a);

	/* LCOFIP shows in sip also when the interrupt is not taken */
	wait_until(({
			   work_insns(1000);
			   csr_read(CSR_SIP) >> IRQ_LCOFI & 1;
		   }),
		   500);
	expect(csr_read(CSR_SIP) >> IRQ_LCOFI & 1, "the interrupt is pending");
	stop_used(used);
	expect_eq(csr_read(CSR_SCOUNTOVF) & bit, bit,
		  "scountovf of counter %u after STOP", a->index);
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	return csr_read(CSR_SCOUNTOVF) & bit;
}

CASE(linux, overflow_again,
     "STOP keeps the overflow bit for the handler; START at a new period clears.")
{
	struct actor a = programmable_actor();
	unsigned long overflown;
	unsigned int round;

	need_lcofi();
	config_actor(&a, 0);
	for (round = 0; round < 3; round++) {
		expect_ok(pmu_start_at(a.index, 0 - (uint64_t)PERIOD), "START");
		if (facts.exact)
			expect_eq(csr_read(CSR_SCOUNTOVF) & csr_bit(&a), 0,
				  "scountovf after START");
		overflown = wait_overflow(&a, 1UL << a.index);
		expect_eq(overflown, csr_bit(&a), "scountovf in round %u",
			  round);
		/* Where time is counted, some RV32 machines lose the carry */
		if (facts.exact)
			expect(pmu_read(a.index) < 1ULL << 62,
			       "the value of counter %u has wrapped", a.index);
	}
}
