// SPDX-License-Identifier: BSD-2-Clause
/* The overflow part of the selftest of Linux KVM, in both of its forms. */

#include "overflow.h"
#include "counters.h"

#define ROUNDS 5
#define UNTIL_OVERFLOW 10000

static struct {
	struct pmu_snapshot *page; /* NULL: without snapshots */
	unsigned int index;
	bool restart;
	unsigned int interrupts;
	unsigned int without_cause;
	unsigned int failed;
} run;

static unsigned long stop_flags(void)
{
	return run.page ? PMU_STOP_TAKE_SNAPSHOT : 0;
}

static struct sbiret start(void)
{
	const uint64_t initial = until_overflow(UNTIL_OVERFLOW);

	if (!run.page)
		return pmu_start_at(run.index, initial);
	run.page->values[0] = initial;
	return pmu_start(run.index, 1, PMU_START_INIT_SNAPSHOT, 0);
}

static void on_overflow(struct trap_frame *frame)
{
	bool cause;

	(void)frame;
	run.failed += pmu_stop(run.index, 1, stop_flags()).error != PMU_OK;
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	cause = run.page ? run.page->overflow & 1
			 : csr_read(CSR_SCOUNTOVF) & ovf_bit(run.index);
	run.without_cause += !cause;
	run.interrupts++;
	if (run.restart)
		run.failed += pmu_start(run.index, 1, 0, 0).error != PMU_OK;
}

static void begin(bool snapshot, bool restart)
{
	memset(&run, 0, sizeof(run));
	if (snapshot) {
		skip_unless(facts.snapshot, "this firmware has no snapshots");
		run.page = page_alloc(1);
	}
	need_lcofi();
	need_hpms(1);
	need_sound_overflows();
	if (snapshot)
		require_value(pmu_set_shmem((unsigned long)run.page, 0, 0), 0,
			      "SET_SHMEM");
	run.restart = restart;
	irq_enable(IRQ_LCOFI);
	irq_set_callback(IRQ_LCOFI, on_overflow);
}

static uint64_t value_now(void)
{
	return run.page ? run.page->values[0] : pmu_read(run.index);
}

/* The selftest waits for two seconds; a while is enough here */
static void wait_for(unsigned int interrupts)
{
	wait_until(run.interrupts >= interrupts, overflow_ms());
	linger();
}

static void check_rounds(unsigned long event)
{
	unsigned int round;

	run.interrupts = 0;
	run.index = claim_hpm(event, 0);
	for (round = 1; round <= ROUNDS; round++) {
		expect_value(start(), 0, "START of counter %u", run.index);
		wait_for(round);
		expect_error(pmu_stop(run.index, 1, stop_flags()),
			     PMU_ERR_ALREADY_STOPPED,
			     "STOP of counter %u, which the handler stopped",
			     run.index);
		expect(value_now() < until_overflow(UNTIL_OVERFLOW),
		       "the value of counter %u has wrapped, in round %u",
		       run.index, round);
	}
	expect_error(pmu_stop(run.index, 1, PMU_STOP_RESET),
		     PMU_ERR_ALREADY_STOPPED, "STOP with RESET of counter %u",
		     run.index);
	expect_eq(run.interrupts, ROUNDS, "interrupts in %d rounds", ROUNDS);
	expect_eq(run.without_cause, 0, "interrupts without overflow");
	expect_eq(run.failed, 0, "calls that failed in the handler");
}

CASE(kvm, overflow,
     "Each round of an overflow brings one interrupt; the handler stops.")
{
	begin(false, false);
	check_rounds(CYCLES);
	check_rounds(INSTRUCTIONS);
}

CASE(kvm, overflow_snapshot,
     "The same with snapshots: bit 0 of the bitmap tells of it, slot 0 wraps.")
{
	begin(true, false);
	check_rounds(CYCLES);
	check_rounds(INSTRUCTIONS);
}

/* Linux 6.12: the handler lets the counter run on */
static void check_restarted(unsigned long event)
{
	run.interrupts = 0;
	run.index = claim_hpm(event, 0);
	expect_value(start(), 0, "START of counter %u", run.index);
	wait_for(1);
	expect_ok(pmu_stop(run.index, 1, stop_flags()),
		  "STOP of counter %u, which the handler restarted", run.index);
	expect(value_now() < until_overflow(UNTIL_OVERFLOW),
	       "the value of counter %u has wrapped", run.index);
	expect_error(pmu_stop(run.index, 1, PMU_STOP_RESET),
		     PMU_ERR_ALREADY_STOPPED, "STOP with RESET of counter %u",
		     run.index);
	expect_eq(run.interrupts, 1, "interrupts");
	expect_eq(run.without_cause, 0, "interrupts without overflow");
	expect_eq(run.failed, 0, "calls that failed in the handler");
}

CASE(kvm, overflow_restarted,
     "A counter that the handler restarts without a value interrupts once.")
{
	begin(false, true);
	check_restarted(CYCLES);
	check_restarted(INSTRUCTIONS);
}

CASE(kvm, overflow_restarted_snapshot,
     "The same with snapshots, from slot 0 and to slot 0.")
{
	begin(true, true);
	check_restarted(CYCLES);
	check_restarted(INSTRUCTIONS);
}
