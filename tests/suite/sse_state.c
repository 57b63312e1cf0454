/* SPDX-License-Identifier: BSD-2-Clause */
/* The event of the overflow across the states of the event, and on other harts.
 */
#include "sse.h"

CASE(sse, unregister, "After unregister the overflow is interrupt 13 again.")
{
	unsigned int index = sse_begin();

	sse_start(index, 10000);
	expect(sse_comes(1), "the event comes");
	expect_ok(sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0), "disable of the event");
	expect_ok(sse(SSE_UNREGISTER, PMU_OVERFLOW, 0, 0),
		  "unregister of the event");
	irq_enable(IRQ_LCOFI);
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 0,
		  "interrupts left over by the event");
	sse_start(index, 10000);
	expect(overflow_comes(1), "the interrupt comes");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts 13");
	expect_eq(sse_state.count, 1, "events, the one before unregister");
	sse_end();
}

static unsigned long overflow_there(unsigned long index)
{
	struct sbiret ret = pmu_config(index, 1, 0, INSTRUCTIONS, 0);

	expect_value(ret, index, "CONFIG of counter %lu on hart 1", index);
	irq_enable(IRQ_LCOFI);
	sse_start((unsigned int)index, 10000);
	expect(wait_until(irq_record(IRQ_LCOFI)->count == 1, 500),
	       "interrupt 13 comes on hart 1");
	return 0;
}

CASE(sse, local, "The event of one hart leaves interrupt 13 to the others.")
{
	unsigned int index;

	need_harts(2);
	need_sound_overflows();
	index = sse_begin();
	expect(hart_call(1, overflow_there, index, NULL),
	       "hart 1 runs our code");
	expect_eq(sse_state.count, 0, "events on this hart");
	sse_end();
}

static unsigned int sampled;

static void sample_again(void)
{
	pmu_stop_one(sampled);
	pmu_start_at(sampled, until_overflow(20000));
}

CASE(sse, one_shot,
     "An overflow while a one-shot event is disabled arrives when it is enabled.")
{
	unsigned int index = sse_begin();

	sampled = index;
	sse_state.callback = sample_again;
	require_ok(sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0), "disable");
	require_ok(sse_set_config(SSE_CONFIG_ONE_SHOT),
		   "write of the configuration");
	require_ok(sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0), "enable");
	sse_start(index, 20000);
	expect(sse_comes(1), "the first event comes");
	expect(wait_until(judged_now(ovf_bit(index)) == ovf_bit(index),
			  overflow_ms()),
	       "the counter overflows while the event is disabled");
	linger();
	expect_eq(sse_state.count, 1, "events while it is disabled");
	require_ok(sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0), "enable again");
	linger();
	/* An event that is off may leave the overflow to the interrupt */
	if (ours() || irq_record(IRQ_LCOFI)->count == 0)
		expect_eq(sse_state.count, 2,
			  "events after it is enabled again");
	sse_end();
}

static unsigned long register_there(unsigned long arg)
{
	(void)arg;
	return (unsigned long)sse_register().error;
}

static unsigned long overflow_after_restart(unsigned long index)
{
	struct sbiret ret = sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0);

	/* A firmware may forget the event when the hart stops */
	if (ret.error)
		return 0;
	sse(SSE_HART_UNMASK, 0, 0, 0);
	pmu_config(index, 1, 0, INSTRUCTIONS, 0);
	irq_enable(IRQ_LCOFI);
	sse_start((unsigned int)index, 10000);
	wait_until(irq_record(IRQ_LCOFI)->count || sse_state.count, 2000);
	expect_eq(irq_record(IRQ_LCOFI)->count, 0, "interrupt 13 on hart 1");
	expect_eq(sse_state.count, 1, "events on hart 1");
	sse_end();
	return 0;
}

CASE_OURS(
	sse, hart_restart,
	"An event registered before its hart was stopped still gets the overflow.")
{
	unsigned long error = 0;
	unsigned int index;

	need_harts(2);
	need_sound_overflows();
	index = sse_begin();
	sse_end();
	require(hart_call(1, register_there, 0, &error), "hart 1 runs");
	skip_unless(error == 0, "the event cannot be registered on hart 1");
	require(hart_stop(1), "hart 1 stops");
	expect(hart_call(1, overflow_after_restart, index, NULL),
	       "hart 1 runs again");
}

CASE(sse, entry,
     "The handler gets hartid and argument, interrupts off, the mode in SPP.")
{
	unsigned int index = sse_begin();
	unsigned long before;

	sse_start(index, 20000);
	work_insns(50000);
	expect(sse_comes(1), "the event comes, with our argument in a7");
	expect_eq(sse_state.hartid, hart_id(this_hart()->index), "a6");
	expect_eq(sse_state.sstatus & SSTATUS_SIE, 0, "sstatus.SIE");
	expect_ne(sse_state.sstatus & SSTATUS_SPP, 0,
		  "sstatus.SPP, interrupted in S-mode");
	expect_ne(csr_read(CSR_SSTATUS) & SSTATUS_SIE, 0,
		  "sstatus.SIE after the event, on as before");

	before = csr_read(CSR_SSTATUS);
	sse_start(index, 20000);
	run_in_mode(MODE_U, work_insns, 100000);
	expect(sse_comes(2), "the event comes in U-mode");
	if (facts.exact)
		expect_eq(sse_state.sstatus & SSTATUS_SPP, 0,
			  "sstatus.SPP, interrupted in U-mode");
	expect_eq(csr_read(CSR_SSTATUS) & SSTATUS_SIE, before & SSTATUS_SIE,
		  "sstatus.SIE after the event");
	sse_end();
}

CASE(sse, preempts,
     "The event arrives while the supervisor has interrupts off.")
{
	unsigned int index = sse_begin();

	irq_disable(IRQ_LCOFI);
	csr_clear(CSR_SSTATUS, SSTATUS_SIE);
	sse_start(index, 20000);
	expect(sse_comes(1), "the event comes");
	expect_eq(csr_read(CSR_SSTATUS) & SSTATUS_SIE, 0,
		  "sstatus.SIE after the event, off as before");
	csr_set(CSR_SSTATUS, SSTATUS_SIE);
	expect_eq(sse_state.count, 1, "events");
	sse_end();
}

CASE(sse, not_enabled,
     "An event that is registered but not enabled is not delivered.")
{
	unsigned int index = sse_begin();

	require_ok(sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0), "disable");
	sse_start(index, 20000);
	expect(wait_until(judged_now(ovf_bit(index)) == ovf_bit(index),
			  overflow_ms()),
	       "counter %u overflows", index);
	linger();
	expect_eq(sse_state.count, 0, "events");
	pmu_stop_one(index);
	sse_end();
}

/* Overflow again within the handler, and stay there long enough to notice */
static void overflow_in_handler(void)
{
	pmu_stop_one(sampled);
	if (sse_state.count > 1)
		return;
	pmu_start_at(sampled, until_overflow(1000));
	wait_until(judged_now(ovf_bit(sampled)) == ovf_bit(sampled),
		   overflow_ms());
	linger();
}

CASE(sse, while_running,
     "An overflow in the handler arrives as another event when it is complete.")
{
	sampled = sse_begin();
	sse_state.callback = overflow_in_handler;
	sse_start(sampled, 20000);
	expect(sse_comes(2), "the second event comes");
	expect(!sse_state.nested, "no handler was interrupted by another");
	linger();
	expect_eq(sse_state.count, 2, "events");
	sse_end();
}
