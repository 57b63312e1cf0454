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

#define SSE_WRITE_ATTRS 1
#define SSE_ATTR_CONFIG 2
#define SSE_CONFIG_ONE_SHOT 1

static unsigned int sampled;
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
	sse_state.callback = sample_again;
	require_ok(sse(SSE_DISABLE, PMU_OVERFLOW, 0, 0), "disable");
	attribute[0] = SSE_CONFIG_ONE_SHOT;
	require_ok(sbi_ecall(SBI_EID_SSE, SSE_WRITE_ATTRS, PMU_OVERFLOW,
			     SSE_ATTR_CONFIG, 1, (unsigned long)attribute, 0,
			     0),
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
