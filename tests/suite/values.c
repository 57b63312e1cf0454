/* SPDX-License-Identifier: BSD-2-Clause */
/* What counters count: exact lengths, common starts, and standing still. */
#include "measure.h"

static const unsigned long lengths[] = {9, 10, 100, 1000, 12345, 100000};

/* START and STOP add the same to each run, so the difference is exact */
static void check_lengths(unsigned int index, enum mode mode)
{
	uint64_t base;
	unsigned int i;

	/* The first run may still program the event */
	measure(index, mode, work_insns, WORK_MIN);
	base = measure(index, mode, work_insns, WORK_MIN);
	expect(base >= WORK_MIN, "counter %u counts at least %d for %d", index,
	       WORK_MIN, WORK_MIN);
	for (i = 0; i < ARRAY_SIZE(lengths); i++)
		expect_eq(measure(index, mode, work_insns, lengths[i]) - base,
			  lengths[i] - WORK_MIN,
			  "counter %u: what %lu instructions in %s add to %d",
			  index, lengths[i], mode_name(mode), WORK_MIN);
}

CASE(values, programmable_instructions,
     "A programmable counter counts instructions exactly.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);

	need_exact();
	check_lengths(index, MODE_S);
	check_lengths(index, MODE_U);
}

CASE(values, programmable_cycles,
     "A programmable counter counts cycles exactly where they are exact.")
{
	unsigned int index = claim_hpm(CYCLES, 0);

	skip_unless(cycles_exact(), "cycles are not exact on this machine");
	check_lengths(index, MODE_S);
	check_lengths(index, MODE_U);
}

CASE(values, instret, "The instruction counter counts instructions exactly.")
{
	need_exact();
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_lengths(PMU_CTR_INSTRET, MODE_S);
	check_lengths(PMU_CTR_INSTRET, MODE_U);
}

CASE(values, cycle,
     "The cycle counter counts cycles exactly where they are exact.")
{
	skip_unless(cycles_exact(), "cycles are not exact on this machine");
	claim_fixed(PMU_CTR_CYCLE, 0);
	check_lengths(PMU_CTR_CYCLE, MODE_S);
	check_lengths(PMU_CTR_CYCLE, MODE_U);
}

static void check_running(unsigned int index)
{
	unsigned int csr = facts.counter[index].csr;
	unsigned int i;

	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	for (i = 2; i < ARRAY_SIZE(lengths); i++)
		expect_eq(work_between(csr, lengths[i]), lengths[i] + 1,
			  "counter %u read before and after %lu instructions",
			  index, lengths[i]);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
}

CASE(values, running,
     "Reading a running counter twice shows what lies between.")
{
	need_exact();
	if (facts.counter[PMU_CTR_INSTRET].exists) {
		claim_fixed(PMU_CTR_INSTRET, 0);
		check_running(PMU_CTR_INSTRET);
	}
	check_running(claim_hpm(INSTRUCTIONS, 0));
}

/* START without a value goes on from where the counter stopped */
static uint64_t go_on(unsigned int index)
{
	uint64_t before = pmu_read(index);

	expect_ok(pmu_start_one(index), "START of counter %u", index);
	work_insns(1000);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	return pmu_read(index) - before;
}

static void check_continues(unsigned int index)
{
	uint64_t first;

	expect_ok(pmu_start_at(index, 1000000), "START of counter %u", index);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect(pmu_read(index) >= 1000000, "counter %u keeps its value at STOP",
	       index);
	first = go_on(index);
	expect_ne(first, 0, "counter %u after more work", index);
	if (facts.exact) {
		expect_eq(go_on(index), first, "the same work again");
		expect_eq(go_on(index), first, "the same work a third time");
	}
	expect(pmu_read(index) >= 1000000 + first,
	       "counter %u went on from its value", index);
}

CASE(values, continues_programmable,
     "START of a programmable counter without a value goes on from the old one.")
{
	check_continues(claim_hpm(INSTRUCTIONS, 0));
}

CASE(values, continues_instret,
     "START of the instruction counter without a value goes on from the old one.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_continues(PMU_CTR_INSTRET);
}

static uint64_t width_mask(unsigned int index)
{
	unsigned int width = facts.counter[index].width;

	return width >= 64 ? ~0ULL : (1ULL << width) - 1;
}

static void check_initial(unsigned int index)
{
	static const uint64_t values[] = {0,
					  1,
					  0xffffff00ULL,
					  0xffffffffULL,
					  0x100000000ULL,
					  0x7fffffffffffff00ULL,
					  0x8000000000000000ULL,
					  0xfedcba9876543210ULL};
	uint64_t added, mask = width_mask(index);
	unsigned int i;

	measure(index, MODE_S, work_insns, 2000);
	added = measure(index, MODE_S, work_insns, 2000);
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		uint64_t got;

		expect_ok(pmu_start_at(index, values[i]), "START of counter %u",
			  index);
		work_insns(2000);
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
		got = (pmu_read(index) - values[i]) & mask;
		expect_between(
			got, 1, 1ULL << 31,
			"what counter %u is past the initial value %#llx",
			index, (unsigned long long)values[i]);
		if (facts.exact)
			expect_between(got, added - 16, added + 16,
				       "the same work from %#llx",
				       (unsigned long long)values[i]);
	}
}

CASE(values, initial_programmable,
     "SET_INIT_VALUE sets every bit of a programmable counter.")
{
	check_initial(claim_hpm(INSTRUCTIONS, 0));
}

CASE(values, initial_instret,
     "SET_INIT_VALUE sets every bit of the instruction counter.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_initial(PMU_CTR_INSTRET);
}

/* All that could move a counter which nobody started */
static void disturb(unsigned int other)
{
	static const enum mode modes[] = {MODE_S, MODE_U, MODE_VS, MODE_VU};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (mode_available(modes[i]))
			run_in_mode(modes[i], work_insns, 1000);
	}
	sbi_set_timer(~0ULL);
	pmu_num_counters();
	pmu_start_one(other);
	pmu_stop_one(other);
}

/* Each of the counters stays still while another one counts */
static void check_stopped(const unsigned int *index, unsigned int count)
{
	unsigned int i, round;
	uint64_t value[2];

	for (i = 0; i < count; i++) {
		expect_ok(pmu_start_at(index[i], 5000), "START of counter %u",
			  index[i]);
		work_insns(1000);
		expect_ok(pmu_stop_one(index[i]), "STOP of counter %u",
			  index[i]);
		value[i] = pmu_read(index[i]);
		expect(value[i] > 5000, "counter %u counted while started",
		       index[i]);
	}
	for (round = 0; round < count; round++) {
		disturb(index[round]);
		value[round] = pmu_read(index[round]);
		for (i = 0; i < count; i++)
			expect_eq(pmu_read(index[i]), value[i],
				  "stopped counter %u while counter %u ran",
				  index[i], index[round]);
	}
}

CASE(values, stopped_programmable,
     "A stopped programmable counter does not move.")
{
	unsigned int index[2];

	need_hpms(2);
	index[0] = claim_hpm(INSTRUCTIONS, 0);
	index[1] = claim_hpm(CYCLES, 0);
	check_stopped(index, 2);
}

CASE(values, stopped_fixed,
     "The cycle and the instruction counter do not move while they are stopped.")
{
	static const unsigned int index[2] = {PMU_CTR_CYCLE, PMU_CTR_INSTRET};

	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_stopped(index, 2);
}
