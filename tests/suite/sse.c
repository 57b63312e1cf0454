/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overflow as a supervisor software event (SSE): it enters S-mode above all
 * interrupts, at an address of its own.
 */
#include "sse.h"

#define EVENTS_MAX 100

struct sse_state sse_state;

static unsigned char stack[4096] __attribute__((aligned(16)));

__attribute__((used)) void sse_handle(struct sse_state *s, unsigned long hartid)
{
	s->nested |= s->running;
	s->running = true;
	s->hartid = hartid;
	s->sstatus = csr_read(CSR_SSTATUS);
	s->scountovf = csr_read(CSR_SCOUNTOVF);
	s->seen |= s->scountovf;
	s->count++;
	/* Firmware that repeats the event without end leaves it at a failure */
	if (s->count > EVENTS_MAX)
		pmu_stop(hpm_base(), hpm_mask(), 0);
	else if (s->callback)
		s->callback();
	s->running = false;
}

struct sbiret sse(unsigned long fid, unsigned long a0, unsigned long a1,
		  unsigned long a2)
{
	return sbi_ecall(SBI_EID_SSE, fid, a0, a1, a2, 0, 0, 0);
}

void sse_end(void)
{
	sse(SSE_HART_MASK, 0, 0, 0);
	sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0);
	sse(SSE_UNREGISTER, PMU_OVERFLOW, 0, 0);
}

/*
 * What any handler does first: stop what has overflown. One that does not may
 * get the event again and again, as the overflow interrupt stays pending; the
 * specification does not say when the cause ends.
 */
static void stop_overflown(void)
{
	unsigned int i;

	for (i = 0; i < facts.hpms; i++) {
		if (sse_state.scountovf & ovf_bit(facts.hpm[i]))
			pmu_stop_one(facts.hpm[i]);
	}
}

void sse_no_interrupt(void)
{
	if (ours())
		expect_eq(irq_record(IRQ_LCOFI)->count, 0,
			  "interrupts 13 meanwhile");
}

struct sbiret sse_set_config(unsigned long value)
{
	static const unsigned long config = 2;
	/* The specification has the offset depend on the attribute; see SSE-14
	 */
	static unsigned long attribute[3] __attribute__((aligned(16)));

	attribute[0] = attribute[config] = value;
	return sbi_ecall(SBI_EID_SSE, SSE_WRITE_ATTRS, PMU_OVERFLOW, config, 1,
			 (unsigned long)attribute, 0, 0);
}

struct sbiret sse_register(void)
{
	memset(&sse_state, 0, sizeof(sse_state));
	sse_state.stack = (unsigned long)(stack + sizeof(stack));
	sse_state.callback = stop_overflown;
	return sse(SSE_REGISTER, PMU_OVERFLOW, (unsigned long)sse_entry,
		   (unsigned long)&sse_state);
}

unsigned int sse_begin(void)
{
	unsigned int index;
	struct sbiret ret;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	skip_unless(sbi_probe(SBI_EID_SSE) != 0, "this firmware has no SSE");
	sse_end();
	ret = sse_register();
	skip_unless(ret.error != SBI_ERR_NOT_SUPPORTED &&
			    ret.error != SBI_ERR_INVALID_PARAM,
		    "this firmware has no SSE event of the PMU");
	expect_ok(ret, "register of the overflow event");
	sse_set_config(0);
	expect_ok(sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0), "enable of the event");
	expect_ok(sse(SSE_HART_UNMASK, 0, 0, 0), "unmask of events");
	irq_enable(IRQ_LCOFI);
	return index;
}

bool sse_comes(unsigned long count)
{
	if (wait_until(sse_state.count >= count, overflow_ms()))
		return true;
	sse_end();
	need_sound_overflows();
	return false;
}

void sse_start(unsigned int index, uint64_t n)
{
	expect_ok(pmu_start_at(index, until_overflow(n)),
		  "START of counter %u, %llu before its overflow", index,
		  (unsigned long long)n);
}

CASE(sse, once, "A registered overflow event arrives at its handler, once.")
{
	unsigned int index = sse_begin();

	linger();
	expect_eq(sse_state.count, 0, "events before any counter runs");
	sse_start(index, 50000);
	expect(sse_comes(1), "the event comes");
	linger();
	expect_eq(judged(sse_state.scountovf, ovf_bit(index)), ovf_bit(index),
		  "scountovf in the handler");
	expect_error(pmu_stop_one(index), PMU_ERR_ALREADY_STOPPED,
		     "STOP of counter %u, which the handler stopped", index);
	linger();
	expect_eq(sse_state.count, 1, "events");
	sse_no_interrupt();
	sse_end();
}

CASE_OURS(sse, left_running,
	  "A handler that lets the counter run gets one event per overflow.")
{
	unsigned int index = sse_begin();

	sse_state.callback = 0;
	sse_start(index, 50000);
	expect(sse_comes(1), "the event comes");
	linger();
	expect_eq(sse_state.count, 1, "events while the counter runs on");
	expect_eq(sse_state.scountovf, ovf_bit(index),
		  "scountovf in the handler");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	linger();
	expect_eq(sse_state.count, 1, "events after STOP");
	sse_no_interrupt();
	sse_end();
}

CASE(sse, again, "A counter that is started again raises the event again.")
{
	unsigned int index = sse_begin();
	unsigned int round;

	for (round = 1; round <= 10; round++) {
		sse_start(index, 5000);
		expect(sse_comes(round), "event %u comes", round);
		linger();
		expect_eq(sse_state.count, round, "events after round %u",
			  round);
	}
	sse_no_interrupt();
	sse_end();
}

static unsigned int sampled;
static unsigned int sample_errors;

static void take_sample(void)
{
	sample_errors += pmu_stop_one(sampled).error != PMU_OK;
	if (sse_state.count < 10)
		sample_errors +=
			pmu_start_at(sampled, until_overflow(20000)).error !=
			PMU_OK;
}

CASE(sse, sampling,
     "An event handler that stops and starts the counter takes every sample.")
{
	sampled = sse_begin();
	sample_errors = 0;
	sse_state.callback = take_sample;
	sse_start(sampled, 20000);
	expect(sse_comes(10), "ten samples come, not %lu", sse_state.count);
	linger();
	expect_eq(sse_state.count, 10, "samples");
	expect_eq(sample_errors, 0, "calls that failed in the handler");
	sse_end();
}

CASE(sse, two, "Two counters raise the event one after the other.")
{
	unsigned int first, second;
	unsigned long both;

	need_two_overflows();
	first = sse_begin();
	second = claim_hpm(CYCLES, 0);
	both = ovf_bit(first) | ovf_bit(second);
	sse_start(second, 1000000);
	sse_start(first, 10000);
	expect(sse_comes(1), "the event of the first comes");
	expect(wait_until(judged(sse_state.seen, both) == both, overflow_ms()),
	       "the handler is told of both in the end");
	linger();
	if (facts.exact)
		expect_eq(sse_state.count, 2, "events");
	sse_end();
}

static volatile unsigned long sum;
static unsigned long awaited;

/* Adds up, and goes on in this mode until the event has come */
static void add_up(unsigned long n)
{
	unsigned long i, total = 0;

	for (i = 1; i <= n; i++)
		__asm__ __volatile__("add %0, %0, %1" : "+r"(total) : "r"(i));
	for (i = 0; i < 100000000 && sse_state.count < awaited; i++)
		;
	sum = total;
}

/*
 * OpenSBI 1.8 returns to VS-mode from an event that interrupted HS-mode while
 * hstatus.SPV was set. So the event has to come neither on the way into the
 * mode nor on the way out of it.
 */
CASE(sse, resumes,
     "After the event the interrupted work goes on, also in U-mode.")
{
	static const enum mode modes[] = {MODE_S, MODE_U, MODE_VS, MODE_VU};
	unsigned int index = sse_begin();
	unsigned int i;

	awaited = 0;
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!mode_available(modes[i]))
			continue;
		awaited++;
		sse_start(index, facts.exact ? 20000 : 5000000);
		sum = 0;
		run_in_mode(modes[i], add_up, 50000);
		expect_eq(sum, 1250025000UL, "the sum worked out in %s",
			  mode_name(modes[i]));
		expect(sse_comes(awaited), "the event comes");
	}
	expect_eq(sse_state.count, awaited, "events");
	sse_end();
}

CASE(sse, masked, "An overflow while events are masked arrives at the unmask.")
{
	unsigned int index = sse_begin();

	expect_ok(sse(SSE_HART_MASK, 0, 0, 0), "mask of events");
	sse_start(index, 10000);
	expect(wait_until(judged_now(ovf_bit(index)) == ovf_bit(index),
			  overflow_ms()),
	       "counter %u overflows", index);
	linger();
	expect_eq(sse_state.count, 0, "events while they are masked");
	expect_ok(sse(SSE_HART_UNMASK, 0, 0, 0), "unmask of events");
	expect(sse_comes(1), "the event comes");
	linger();
	expect_eq(sse_state.count, 1, "events");
	sse_no_interrupt();
	sse_end();
}
