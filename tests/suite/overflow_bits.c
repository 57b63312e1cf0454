/* SPDX-License-Identifier: BSD-2-Clause */
/* The overflow bit of a counter across the calls, as scountovf shows it. */
#include "overflow.h"

CASE_OURS(overflow, quiet, "scountovf is 0 while nothing has overflowed.")
{
	unsigned int index;

	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf at rest");
	index = claim_hpm(INSTRUCTIONS, 0);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after CONFIG");
	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after START");
	work_insns(10000);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after STOP");
	pmu_reset(index);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after RESET");
}

/* Let a counter overflow, and stop it */
static unsigned int overflown(void)
{
	unsigned int index;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	start_before(index, 10000);
	require(overflow_comes(1), "the interrupt comes");
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	return index;
}

CASE(overflow, stop_keeps, "STOP keeps the overflow bit, START clears it.")
{
	unsigned int index = overflown();
	unsigned long bit = ovf_bit(index);

	expect_eq(judged_now(bit), bit, "scountovf after STOP");
	expect_error(pmu_stop_one(index), PMU_ERR_ALREADY_STOPPED,
		     "STOP again");
	expect_eq(judged_now(bit), bit, "scountovf after another STOP");
	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	expect_eq(judged_now(bit), 0, "scountovf after START");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_eq(judged_now(bit), 0, "scountovf after START and STOP");
}

CASE_OURS(overflow, config_clears, "A new CONFIG clears the overflow bit.")
{
	unsigned int index = overflown();

	require_value(pmu_config(index, 1, PMU_CFG_SKIP_MATCH, INSTRUCTIONS, 0),
		      index, "CONFIG of counter %u", index);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after CONFIG");
}

CASE_OURS(overflow, reset_clears, "RESET leaves no overflow bit behind.")
{
	unsigned int index = overflown();

	pmu_reset(index);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after RESET");
}

CASE(overflow, failed_start,
     "A START that fails because the counter runs leaves its overflow alone.")
{
	unsigned int index, i;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	start_before(index, 1000000);
	for (i = 0; i < 3; i++) {
		expect_error(pmu_start_one(index), PMU_ERR_ALREADY_STARTED,
			     "START of a running counter");
		/* The value of a running counter is kept by ours for sure */
		if (ours())
			expect_error(pmu_start_at(index, 0),
				     PMU_ERR_ALREADY_STARTED,
				     "START of a running counter with a value");
		if (facts.exact)
			expect_eq(judged_now(ovf_bit(index)), 0,
				  "scountovf after the failed START");
	}
	expect(overflow_comes(1), "the interrupt still comes");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index)),
		  ovf_bit(index), "scountovf in the handler");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts");
}

/* A counter that overflows while the interrupt is disabled in sie */
static unsigned int pending(void)
{
	unsigned int index;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	irq_disable(IRQ_LCOFI);
	start_before(index, 10000);
	expect(overflow_pends(), "the interrupt is pending in sip");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 0,
		  "interrupts while it is disabled");
	return index;
}

static void expect_late(unsigned int index)
{
	irq_enable(IRQ_LCOFI);
	expect(overflow_comes(1), "it comes when it is enabled");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts in all");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index)),
		  ovf_bit(index), "scountovf in the handler");
}

CASE(overflow, stays_pending,
     "An overflow stays pending while interrupt 13 is disabled in sie.")
{
	unsigned int index = pending();

	pmu_num_counters();
	expect(csr_read(CSR_SIP) & 1UL << IRQ_LCOFI,
	       "it is pending after another call");
	expect_late(index);
}

CASE_OURS(overflow, stop_keeps_pending,
	  "STOP does not take a pending overflow interrupt away.")
{
	unsigned int index = pending();

	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect(csr_read(CSR_SIP) & 1UL << IRQ_LCOFI,
	       "it is pending after STOP");
	expect_late(index);
}

/* Otherwise the supervisor sees an interrupt without a cause */
/* An overflow whose interrupt pends, of the counter that is returned */
static unsigned int pending_overflow(void)
{
	unsigned int index;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_disable(IRQ_LCOFI);
	start_before(index, 10000);
	require(overflow_pends(), "the interrupt is pending in sip");
	return index;
}

static void expect_cause(unsigned int index, const char *call)
{
	expect_eq(csr_read(CSR_SCOUNTOVF), ovf_bit(index),
		  "scountovf after %s under a pending interrupt", call);
	irq_enable(IRQ_LCOFI);
	expect(overflow_comes(1), "the interrupt comes when it is enabled");
	expect_eq(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index),
		  "scountovf in the handler");
}

CASE_OURS(overflow, pending_keeps,
	  "START keeps the overflow bit while the interrupt is still pending.")
{
	unsigned int index = pending_overflow();

	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	expect_cause(index, "START");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);

	start_before(index, 10000);
	expect(overflow_comes(2), "the counter interrupts again later");
}

CASE_OURS(overflow, pending_reset,
	  "RESET under a pending interrupt leaves it its cause, until CONFIG.")
{
	unsigned int index = pending_overflow();

	pmu_reset(index);
	expect_cause(index, "RESET");
	require_value(pmu_config(index, 1, 0, INSTRUCTIONS, 0), index,
		      "CONFIG of counter %u", index);
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after CONFIG");
	start_before(index, 10000);
	expect(overflow_comes(2), "the counter interrupts again later");
}

CASE_OURS(overflow, pending_config,
	  "CONFIG under a pending interrupt leaves it its cause, until START.")
{
	unsigned int index = pending_overflow();

	require_value(pmu_config(index, 1, PMU_CFG_SKIP_MATCH, INSTRUCTIONS, 0),
		      index, "CONFIG of counter %u", index);
	expect_cause(index, "CONFIG");
	expect_ok(pmu_start_at(index, 0), "START of counter %u", index);
	expect_eq(judged_now(ovf_bit(index)), 0, "scountovf after START");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	start_before(index, 10000);
	expect(overflow_comes(2), "the counter interrupts again later");
}

CASE(overflow, pending_sets_nothing,
     "START under a pending interrupt sets no overflow bit of another counter.")
{
	unsigned int index, other;

	need_lcofi();
	need_two_overflows();
	other = claim_hpm(CYCLES, 0);
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_disable(IRQ_LCOFI);
	start_before(index, 10000);
	require(overflow_pends(), "the interrupt is pending in sip");
	expect_ok(pmu_start_at(other, 0), "START of counter %u", other);
	expect_eq(judged_now(ovf_bit(index) | ovf_bit(other)), ovf_bit(index),
		  "scountovf");
}

CASE(overflow, two, "Two counters overflow independently of each other.")
{
	unsigned int first, second;
	unsigned long both;

	need_lcofi();
	need_two_overflows();
	second = claim_hpm(CYCLES, 0);
	first = claim_hpm(INSTRUCTIONS, 0);
	both = ovf_bit(first) | ovf_bit(second);
	irq_enable(IRQ_LCOFI);
	start_before(second, 1000000);
	start_before(first, 10000);
	expect(overflow_comes(1), "the interrupt of the first comes");
	if (facts.exact) {
		expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, both),
			  ovf_bit(first), "scountovf in the first handler");
		expect(overflow_comes(2), "the interrupt of the second comes");
	}
	expect(wait_until(judged_now(both) == both, overflow_ms()),
	       "scountovf shows both in the end");
	linger();
	if (facts.exact)
		expect_eq(irq_record(IRQ_LCOFI)->count, 2, "interrupts");
	expect_ok(pmu_stop_one(first), "STOP of counter %u", first);
	expect_ok(pmu_start_at(first, 0), "START of counter %u", first);
	expect_eq(judged_now(both), ovf_bit(second),
		  "scountovf after START of the first");
}

CASE(overflow, filtered,
     "A counter of U-mode alone overflows in U-mode, however long S-mode runs.")
{
	struct irq_record *lcofi = irq_record(IRQ_LCOFI);
	unsigned int index;

	need_lcofi();
	need_exact();
	index = claim_hpm(INSTRUCTIONS, 0);
	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	require_value(pmu_config(index, 1, PMU_CFG_SINH, INSTRUCTIONS, 0),
		      index, "CONFIG with SINH");
	irq_enable(IRQ_LCOFI);
	start_before(index, 1000);
	work_insns(500000);
	expect_eq(lcofi->count, 0, "interrupts after 500000 instructions in S");
	run_in_mode(MODE_U, work_insns, 900);
	work_insns(500000);
	expect_eq(lcofi->count, 0, "interrupts after 901 instructions in U");
	run_in_mode(MODE_U, work_insns, 900);
	expect_eq(lcofi->count, 1, "interrupts after 1802 instructions in U");
	expect_eq(lcofi->sstatus & SSTATUS_SPP, 0, "SPP: it came from U-mode");
	expect_eq(judged(lcofi->scountovf, ovf_bit(index)), ovf_bit(index),
		  "scountovf in the handler");
	work_insns(500000);
	expect_eq(lcofi->count, 1, "interrupts in all");
}

CASE(overflow, auto_start, "A counter that AUTO_START started interrupts too.")
{
	unsigned int index;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	/* Its value is near the overflow, but nothing counts yet */
	start_before(index, 1ULL << 31);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	start_before(index, facts.exact ? 100000 : 1ULL << 28);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	require_eq(irq_record(IRQ_LCOFI)->count, 0, "interrupts so far");
	require_value(pmu_config(index, 1,
				 PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START,
				 INSTRUCTIONS, 0),
		      index, "CONFIG with SKIP_MATCH and AUTO_START");
	expect(wait_until(irq_record(IRQ_LCOFI)->count == 1,
			  facts.exact ? 50 : 1000),
	       "the interrupt comes");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index)),
		  ovf_bit(index), "scountovf in the handler");
}

#define PAGES 32

CASE(overflow, tlb_event, "A counter of TLB misses overflows as well.")
{
	char *pages = page_alloc(PAGES);
	unsigned int index, i;

	need_lcofi();
	skip_unless(XLEN == 64, "QEMU before 11 miscounts TLB misses on RV32");
	/* QEMU 10 ends itself there: an interrupt in the midst of an
	 * instruction */
	skip_unless(!facts.exact,
		    "QEMU with -icount dies of a TLB event that overflows");
	require(pages != 0, "memory for the workload");
	index = claim_hpm(DTLB_READ_MISS, 0);
	__asm__ __volatile__("sfence.vma" ::: "memory");
	require_ok(pmu_start_at(index, 0), "START of counter %u", index);
	for (i = 0; i < PAGES; i++)
		*(volatile char *)(pages + i * PAGE_SIZE);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	skip_unless(pmu_read(index) >= PAGES,
		    "this machine counts no TLB misses without translation");

	irq_enable(IRQ_LCOFI);
	start_before(index, PAGES);
	__asm__ __volatile__("sfence.vma" ::: "memory");
	for (i = 0; i < PAGES; i++)
		*(volatile char *)(pages + i * PAGE_SIZE);
	expect(overflow_comes(1), "the interrupt comes");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index)),
		  ovf_bit(index), "scountovf in the handler");
}
