/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overflow interrupt of Sscofpmf: when it comes, how often, and what
 * scountovf says then.
 */
#include "overflow.h"

uint64_t until_overflow(uint64_t n)
{
	return 0 - n;
}

void start_before(unsigned int index, uint64_t n)
{
	require_ok(pmu_start_at(index, until_overflow(n)),
		   "START of counter %u, %llu before its overflow", index,
		   (unsigned long long)n);
}

void need_sound_overflows(void)
{
	unsigned int index;

	if (XLEN != 32)
		return;
	pmu_stop(hpm_base(), hpm_mask(), PMU_STOP_RESET);
	index = claim_hpm(INSTRUCTIONS, 0);
	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
}

unsigned int overflow_ms(void)
{
	/* Where time is instructions, waiting in vain is slow */
	return facts.exact ? 50 : 500;
}

bool overflow_comes(unsigned long count)
{
	bool came = wait_until(irq_record(IRQ_LCOFI)->count >= count,
			       overflow_ms());

	if (!came)
		need_sound_overflows();
	return came;
}

bool overflow_pends(void)
{
	bool came =
		wait_until(csr_read(CSR_SIP) & 1UL << IRQ_LCOFI, overflow_ms());

	if (!came)
		need_sound_overflows();
	return came;
}

void need_two_overflows(void)
{
	need_hpms(2);
	need_sound_overflows();
}

unsigned long judged(unsigned long scountovf, unsigned long started)
{
	return ours() ? scountovf : scountovf & started;
}

unsigned long judged_now(unsigned long started)
{
	return judged(csr_read(CSR_SCOUNTOVF), started);
}

/* Long enough for a second interrupt of the same overflow to show */
void linger(void)
{
	work_insns(200000);
}

CASE(overflow, once, "An overflow raises interrupt 13 in S-mode, exactly once.")
{
	unsigned int index;
	unsigned int round;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	linger();
	require_eq(irq_record(IRQ_LCOFI)->count, 0,
		   "interrupts before any counter runs");
	start_before(index, 50000);
	expect(overflow_comes(1), "the interrupt comes");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1,
		  "interrupts while the counter runs on");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	for (round = 0; round < 3; round++)
		pmu_num_counters();
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts after STOP");
}

CASE(overflow, none,
     "A counter that is stopped before its overflow raises nothing.")
{
	unsigned int index;

	need_lcofi();
	/* What is not exact may overflow on the way to STOP */
	need_exact();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	start_before(index, 100000);
	work_insns(50000);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 0, "interrupts");
	expect_eq(judged_now(ovf_bit(index)), 0, "scountovf");
}

/* The counter is read right after the entry: 0 is the overflow itself */
static void check_exact(unsigned int index, uint64_t period)
{
	irq_enable(IRQ_LCOFI);
	start_before(index, period);
	work_insns((unsigned long)period);
	expect(overflow_comes(1), "the interrupt after %llu comes",
	       (unsigned long long)period);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts after %llu",
		  (unsigned long long)period);
	/* Whether a read counts itself differs between machines */
	expect_between(
		irq_record(IRQ_LCOFI)->counter, TRAP_ENTRY_INSNS,
		TRAP_ENTRY_INSNS + 1,
		"the counter %d instructions into the handler, period %llu",
		TRAP_ENTRY_INSNS, (unsigned long long)period);
}

static void check_periods(unsigned long event)
{
	static const uint64_t periods[] = {10,	    100, 1000, 10000, 100000,
					   1000000, 17,	 4095, 10};
	unsigned int index, i;

	need_lcofi();
	need_exact();
	skip_unless(event_exact(event), "cycles are not exact on this machine");
	index = claim_hpm(event, 0);
	need_filter(index, event);
	pmu_reset(index);
	require_value(pmu_config(index, 1, 0, event, 0), index,
		      "CONFIG of counter %u", index);
	require(trap_arm_counter(facts.counter[index].csr),
		"the trap entry can read counter %u", index);
	for (i = 0; i < ARRAY_SIZE(periods); i++)
		check_exact(index, periods[i]);
}

CASE(overflow, exact_instructions,
     "The interrupt comes at the very instruction that overflows the counter.")
{
	check_periods(INSTRUCTIONS);
}

CASE(overflow, exact_cycles,
     "The interrupt comes at the very cycle that overflows the counter.")
{
	check_periods(CYCLES);
}

CASE(overflow, periods, "Short and long periods all end in one interrupt.")
{
	static const uint64_t periods[] = {1000, 10000, 100000, 1000000};
	unsigned int index, i;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	for (i = 0; i < ARRAY_SIZE(periods); i++) {
		irq_enable(IRQ_LCOFI);
		start_before(index, periods[i]);
		expect(overflow_comes(1), "the interrupt after %llu comes",
		       (unsigned long long)periods[i]);
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
		expect_eq(irq_record(IRQ_LCOFI)->count, 1,
			  "interrupts after %llu",
			  (unsigned long long)periods[i]);
	}
}

CASE(overflow, right_counter,
     "In the handler scountovf shows the counter that overflowed and no other.")
{
	unsigned int index, other;
	unsigned long both;

	need_lcofi();
	need_two_overflows();
	other = claim_hpm(CYCLES, 0);
	index = claim_hpm(INSTRUCTIONS, 0);
	both = ovf_bit(index) | ovf_bit(other);
	irq_enable(IRQ_LCOFI);
	require_ok(pmu_start_at(other, 0), "START of counter %u", other);
	start_before(index, 10000);
	expect(overflow_comes(1), "the interrupt comes");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, both),
		  ovf_bit(index), "scountovf in the handler");
	pmu_stop_one(index);
	pmu_stop_one(other);

	require_ok(pmu_start_at(index, 0), "START of counter %u", index);
	start_before(other, 10000);
	expect(overflow_comes(2), "the interrupt of the other counter comes");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, both),
		  ovf_bit(other), "scountovf in the handler");
}

CASE(overflow, again, "A counter that is started again interrupts again.")
{
	unsigned int index, round;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	for (round = 1; round <= 10; round++) {
		start_before(index, 5000);
		expect(overflow_comes(round), "interrupt %u comes", round);
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
		expect_eq(irq_record(IRQ_LCOFI)->count, round,
			  "interrupts after round %u", round);
		expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf,
				 ovf_bit(index)),
			  ovf_bit(index), "scountovf in round %u", round);
	}
}

static unsigned int sampled;
static unsigned int sample_errors;

/* What an operating system does when it takes a sample */
static void take_sample(struct trap_frame *frame)
{
	(void)frame;
	sample_errors += pmu_stop_one(sampled).error != PMU_OK;
	if (irq_record(IRQ_LCOFI)->count < 10)
		sample_errors +=
			pmu_start_at(sampled, until_overflow(20000)).error !=
			PMU_OK;
}

CASE(overflow, sampling,
     "A handler that stops and starts the counter takes one sample per period.")
{
	need_lcofi();
	sampled = claim_hpm(INSTRUCTIONS, 0);
	sample_errors = 0;
	irq_enable(IRQ_LCOFI);
	irq_set_callback(IRQ_LCOFI, take_sample);
	start_before(sampled, 20000);
	expect(overflow_comes(10), "ten samples come, not %lu",
	       irq_record(IRQ_LCOFI)->count);
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 10, "samples");
	expect_eq(sample_errors, 0, "calls that failed in the handler");
}
