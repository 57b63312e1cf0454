/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The overflow as a supervisor software event (SSE): it enters S-mode above all
 * interrupts, at an address of its own.
 */
#include "overflow.h"

#define SSE_REGISTER 2
#define SSE_UNREGISTER 3
#define SSE_ENABLE 4
#define SSE_DISABLE 5
#define SSE_HART_UNMASK 8
#define SSE_HART_MASK 9
#define PMU_OVERFLOW 0x00010000UL
#define EVENTS_MAX 100

/* The entry knows the offsets of saved and stack */
static struct sse_state {
	unsigned long saved[15];
	unsigned long stack;
	volatile unsigned long count;
	volatile unsigned long scountovf; /* in the last handler */
	volatile unsigned long seen; /* in any of them */
	void (*callback)(void);
} state;

static unsigned char stack[4096] __attribute__((aligned(16)));

void sse_entry(void);
void sse_handle(struct sse_state *s);

#if XLEN == 64
#define STORE "sd "
#define LOAD "ld "
#define AT(n) #n " * 8(a7)\n"
#else
#define STORE "sw "
#define LOAD "lw "
#define AT(n) #n " * 4(a7)\n"
#endif
/* All that a C function may change, but a6 and a7, which come back by
 * themselves */
#define EACH(op)                                                             \
	op "ra, " AT(0) op "t0, " AT(1) op "t1, " AT(2) op "t2, " AT(3) op   \
		"t3, " AT(4) op "t4, " AT(5) op "t5, " AT(6) op "t6, " AT(7) \
			op "a0, " AT(8) op "a1, " AT(9) op "a2, " AT(10) op  \
		"a3, " AT(11) op "a4, " AT(12) op "a5, " AT(13) op           \
		"sp, " AT(14)

/* Called with the hartid in a6 and our argument in a7; ends in complete, FID 6
 */
__asm__(".section .text.sse_entry, \"ax\"\n"
	".option push\n"
	".option norvc\n"
	".balign 4\n"
	"sse_entry:\n" EACH(STORE) LOAD
	"sp, " AT(15) "addi sp, sp, -16\n" STORE "a7, 0(sp)\n"
		      "mv a0, a7\n"
		      "call sse_handle\n" LOAD
		      "a7, 0(sp)\n" EACH(LOAD) "li a6, 6\n"
					       "li a7, 0x535345\n"
					       "ecall\n"
					       "1: j 1b\n"
					       ".option pop\n"
					       ".text\n");

__attribute__((used)) void sse_handle(struct sse_state *s)
{
	s->scountovf = csr_read(CSR_SCOUNTOVF);
	s->seen |= s->scountovf;
	s->count++;
	/* Firmware that repeats the event without end leaves it at a failure */
	if (s->count > EVENTS_MAX)
		pmu_stop(hpm_base(), hpm_mask(), 0);
	else if (s->callback)
		s->callback();
}

static struct sbiret sse(unsigned long fid, unsigned long a0, unsigned long a1,
			 unsigned long a2)
{
	return sbi_ecall(SBI_EID_SSE, fid, a0, a1, a2, 0, 0, 0);
}

/* Whatever an earlier case may have left */
static void sse_end(void)
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
		if (state.scountovf & ovf_bit(facts.hpm[i]))
			pmu_stop_one(facts.hpm[i]);
	}
}

/* Whether an overflow may be told as an event and as an interrupt is open */
static void expect_no_interrupt(void)
{
	if (ours())
		expect_eq(irq_record(IRQ_LCOFI)->count, 0,
			  "interrupts 13 meanwhile");
}

/* The counter to overflow, with the event registered and enabled */
static unsigned int sse_begin(void)
{
	unsigned int index;
	struct sbiret ret;

	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	skip_unless(sbi_probe(SBI_EID_SSE) != 0, "this firmware has no SSE");
	sse_end();
	memset(&state, 0, sizeof(state));
	state.stack = (unsigned long)(stack + sizeof(stack));
	state.callback = stop_overflown;
	ret = sse(SSE_REGISTER, PMU_OVERFLOW, (unsigned long)sse_entry,
		  (unsigned long)&state);
	skip_unless(ret.error != SBI_ERR_NOT_SUPPORTED &&
			    ret.error != SBI_ERR_INVALID_PARAM,
		    "this firmware has no SSE event of the PMU");
	expect_ok(ret, "register of the overflow event");
	expect_ok(sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0), "enable of the event");
	expect_ok(sse(SSE_HART_UNMASK, 0, 0, 0), "unmask of events");
	irq_enable(IRQ_LCOFI);
	return index;
}

static bool event_comes(unsigned long count)
{
	if (wait_until(state.count >= count, overflow_ms()))
		return true;
	sse_end();
	need_sound_overflows();
	return false;
}

static void start(unsigned int index, uint64_t n)
{
	expect_ok(pmu_start_at(index, until_overflow(n)),
		  "START of counter %u, %llu before its overflow", index,
		  (unsigned long long)n);
}

CASE(sse, once, "A registered overflow event arrives at its handler, once.")
{
	unsigned int index = sse_begin();

	linger();
	expect_eq(state.count, 0, "events before any counter runs");
	start(index, 50000);
	expect(event_comes(1), "the event comes");
	linger();
	expect_eq(judged(state.scountovf, ovf_bit(index)), ovf_bit(index),
		  "scountovf in the handler");
	expect_error(pmu_stop_one(index), PMU_ERR_ALREADY_STOPPED,
		     "STOP of counter %u, which the handler stopped", index);
	linger();
	expect_eq(state.count, 1, "events");
	expect_no_interrupt();
	sse_end();
}

CASE_OURS(sse, left_running,
	  "A handler that lets the counter run gets one event per overflow.")
{
	unsigned int index = sse_begin();

	state.callback = 0;
	start(index, 50000);
	expect(event_comes(1), "the event comes");
	linger();
	expect_eq(state.count, 1, "events while the counter runs on");
	expect_eq(state.scountovf, ovf_bit(index), "scountovf in the handler");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	linger();
	expect_eq(state.count, 1, "events after STOP");
	expect_no_interrupt();
	sse_end();
}

CASE(sse, again, "A counter that is started again raises the event again.")
{
	unsigned int index = sse_begin();
	unsigned int round;

	for (round = 1; round <= 10; round++) {
		start(index, 5000);
		expect(event_comes(round), "event %u comes", round);
		linger();
		expect_eq(state.count, round, "events after round %u", round);
	}
	expect_no_interrupt();
	sse_end();
}

static unsigned int sampled;
static unsigned int sample_errors;

static void take_sample(void)
{
	sample_errors += pmu_stop_one(sampled).error != PMU_OK;
	if (state.count < 10)
		sample_errors +=
			pmu_start_at(sampled, until_overflow(20000)).error !=
			PMU_OK;
}

CASE(sse, sampling,
     "An event handler that stops and starts the counter takes every sample.")
{
	sampled = sse_begin();
	sample_errors = 0;
	state.callback = take_sample;
	start(sampled, 20000);
	expect(event_comes(10), "ten samples come, not %lu", state.count);
	linger();
	expect_eq(state.count, 10, "samples");
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
	start(second, 1000000);
	start(first, 10000);
	expect(event_comes(1), "the event of the first comes");
	expect(wait_until(judged(state.seen, both) == both, overflow_ms()),
	       "the handler is told of both in the end");
	linger();
	if (facts.exact)
		expect_eq(state.count, 2, "events");
	sse_end();
}

static volatile unsigned long sum;

static void add_up(unsigned long n)
{
	unsigned long i, total = 0;

	for (i = 1; i <= n; i++)
		__asm__ __volatile__("add %0, %0, %1" : "+r"(total) : "r"(i));
	sum = total;
}

CASE(sse, resumes,
     "After the event the interrupted work goes on, also in U-mode.")
{
	static const enum mode modes[] = {MODE_S, MODE_U, MODE_VS, MODE_VU};
	unsigned int index = sse_begin();
	unsigned long begun = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!mode_available(modes[i]))
			continue;
		begun++;
		start(index, 20000);
		sum = 0;
		run_in_mode(modes[i], add_up, 50000);
		expect_eq(sum, 1250025000UL, "the sum worked out in %s",
			  mode_name(modes[i]));
		expect(event_comes(begun), "the event comes");
	}
	expect_eq(state.count, begun, "events");
	sse_end();
}

CASE(sse, masked, "An overflow while events are masked arrives at the unmask.")
{
	unsigned int index = sse_begin();

	expect_ok(sse(SSE_HART_MASK, 0, 0, 0), "mask of events");
	start(index, 10000);
	expect(wait_until(judged_now(ovf_bit(index)) == ovf_bit(index),
			  overflow_ms()),
	       "counter %u overflows", index);
	linger();
	expect_eq(state.count, 0, "events while they are masked");
	expect_ok(sse(SSE_HART_UNMASK, 0, 0, 0), "unmask of events");
	expect(event_comes(1), "the event comes");
	linger();
	expect_eq(state.count, 1, "events");
	expect_no_interrupt();
	sse_end();
}

CASE(sse, unregister, "After unregister the overflow is interrupt 13 again.")
{
	unsigned int index = sse_begin();

	start(index, 10000);
	expect(event_comes(1), "the event comes");
	expect_ok(sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0), "disable of the event");
	expect_ok(sse(SSE_UNREGISTER, PMU_OVERFLOW, 0, 0),
		  "unregister of the event");
	irq_enable(IRQ_LCOFI);
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 0,
		  "interrupts left over by the event");
	start(index, 10000);
	expect(overflow_comes(1), "the interrupt comes");
	linger();
	expect_eq(irq_record(IRQ_LCOFI)->count, 1, "interrupts 13");
	expect_eq(state.count, 1, "events, the one before unregister");
	sse_end();
}

static unsigned long overflow_there(unsigned long index)
{
	struct sbiret ret = pmu_config(index, 1, 0, INSTRUCTIONS, 0);

	expect_value(ret, index, "CONFIG of counter %lu on hart 1", index);
	irq_enable(IRQ_LCOFI);
	start((unsigned int)index, 10000);
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
	expect_eq(state.count, 0, "events on this hart");
	sse_end();
}

#define SSE_WRITE_ATTRS 1
#define SSE_ATTR_CONFIG 2
#define SSE_CONFIG_ONE_SHOT 1

static unsigned long attribute[2] __attribute__((aligned(16)));

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
	state.callback = sample_again;
	require_ok(sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0), "disable");
	attribute[0] = SSE_CONFIG_ONE_SHOT;
	require_ok(sbi_ecall(SBI_EID_SSE, SSE_WRITE_ATTRS, PMU_OVERFLOW,
			     SSE_ATTR_CONFIG, 1, (unsigned long)attribute, 0,
			     0),
		   "write of the configuration");
	require_ok(sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0), "enable");
	start(index, 20000);
	expect(event_comes(1), "the first event comes");
	expect(wait_until(judged_now(ovf_bit(index)) == ovf_bit(index),
			  overflow_ms()),
	       "the counter overflows while the event is disabled");
	linger();
	expect_eq(state.count, 1, "events while it is disabled");
	require_ok(sse(SSE_ENABLE, PMU_OVERFLOW, 0, 0), "enable again");
	linger();
	/* An event that is off may leave the overflow to the interrupt */
	if (ours() || irq_record(IRQ_LCOFI)->count == 0)
		expect_eq(state.count, 2, "events after it is enabled again");
	sse_end();
}

static unsigned long register_there(unsigned long arg)
{
	(void)arg;
	memset(&state, 0, sizeof(state));
	state.stack = (unsigned long)(stack + sizeof(stack));
	return (unsigned long)sse(SSE_REGISTER, PMU_OVERFLOW,
				  (unsigned long)sse_entry,
				  (unsigned long)&state)
		.error;
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
	start((unsigned int)index, 10000);
	wait_until(irq_record(IRQ_LCOFI)->count || state.count, 2000);
	expect_eq(irq_record(IRQ_LCOFI)->count, 0, "interrupt 13 on hart 1");
	expect_eq(state.count, 1, "events on hart 1");
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
