// SPDX-License-Identifier: BSD-2-Clause
/*
 * Supervisor software events: the overflow as an event, and one that any hart
 * may inject. Their handlers call the PMU, in the middle of anything.
 */
#include "storm.h"

static const unsigned long events[] = {PMU_OVERFLOW, SSE_LOCAL_SOFTWARE};

void sse_handle(struct sse_state *state, unsigned long hartid)
{
	struct storm_hart *s = storm_me();
	unsigned long overflown = 0;

	if (hartid != this_hart()->hartid)
		storm_found("an event of another hart, namely", hartid);
	if (state->running)
		storm_found("an event in its own handler", 0);
	state->running = true;
	state->count++;
	if (state == &s->sse[0]) {
		s->overflows++;
		if (facts.sscofpmf)
			overflown = csr_read(CSR_SCOUNTOVF) & 0x7fffffff;
	}
	storm_sbi(PMU_EID, PMU_FID_STOP, 0,
		  overflown ? overflown : (unsigned long)roll(&s->dice), 0, 0,
		  0, 0);
	state->running = false;
}

static struct sbiret event_call(unsigned long fid, unsigned long a0,
				unsigned long a1, unsigned long a2,
				unsigned long a3)
{
	return storm_sbi(SBI_EID_SSE, fid, a0, a1, a2, a3, 0, 0);
}

static void register_event(struct storm_hart *s, unsigned int which)
{
	struct dice *d = &s->dice;
	struct sse_state *state = &s->sse[which];
	unsigned long entry = (unsigned long)sse_entry;
	struct range firmware;

	if (below(d, 8) == 0)
		entry++;
	else if (below(d, 8) == 0 && firmware_range(&firmware))
		entry = (unsigned long)firmware.base;
	state->stack =
		(unsigned long)(s->sse_stack[which] + sizeof(s->sse_stack[0]));
	event_call(SSE_REGISTER, events[which], entry, (unsigned long)state, 0);
}

/* Attributes are read to, and written from, memory that only we have */
static void attributes(struct storm_hart *s, unsigned long event)
{
	struct dice *d = &s->dice;
	unsigned long *words = (unsigned long *)s->table;
	unsigned long first = mostly(d, below(d, 10));
	unsigned long count = mostly(d, 1 + below(d, 4));
	unsigned long at = (unsigned long)words, bad = below(d, 8);

	if (bad == 0)
		at += 1 + below(d, 3);
	if (bad < 2)
		count = 1;
	if (bad == 2)
		at = bad_address(d, 4 * PAGE_SIZE);
	for (unsigned int i = 0; i < 8; i++)
		words[i] = mostly(d, below(d, 2));
	/* Holes are not for OpenSBI: see other_calls.c */
	if (at - (unsigned long)words > 16)
		return memory_fill(words, 64);
	event_call(below(d, 2) ? SSE_READ_ATTRS : SSE_WRITE_ATTRS, event, first,
		   count, at);
	memory_fill(words, 128);
}

/*
 * Not into a hart that stops or starts: OpenSBI queues the event without a look
 * at its state, and the hart sets up the lock of the queue whoever holds it.
 */
static void inject(struct storm_hart *s, unsigned long event)
{
	struct dice *d = &s->dice;
	unsigned int n = below(d, STORM_HARTS);
	const struct storm_hart *target = &storm.hart[n];
	unsigned long hartid = harts[n + 1].hartid;

	if (below(d, 8) == 0)
		hartid = any_value(d) | 1UL << 20;
	if (!storm_together(s))
		return;
	if (target->at_work && !target->leave)
		event_call(SSE_INJECT, event, hartid, 0, 0);
	storm_apart(s);
}

void sse_step(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned int which = below(d, 2);
	unsigned long event = mostly(d, events[which]);

	if ((uint32_t)event == (uint32_t)SSE_GLOBAL_SOFTWARE)
		event++;
	switch (below(d, 12)) {
	case 0:
	case 1:
		return register_event(s, which);
	case 2:
		event_call(SSE_UNREGISTER, event, 0, 0, 0);
		return;
	case 3:
	case 4:
		event_call(SSE_ENABLE, event, 0, 0, 0);
		return;
	case 5:
		event_call(SSE_DISABLE, event, 0, 0, 0);
		return;
	case 6:
		event_call(SSE_HART_MASK, any_value(d), 0, 0, 0);
		return;
	case 7:
		event_call(SSE_HART_UNMASK, any_value(d), 0, 0, 0);
		return;
	case 8:
		event_call(SSE_COMPLETE, any_value(d), 0, 0, 0);
		return;
	case 9:
		return attributes(s, event);
	case 10:
		return inject(s, event);
	default:
		event_call(10 + below(d, 100), any_value(d), any_value(d),
			   any_value(d), any_value(d));
	}
}

bool sse_mask(void)
{
	return !event_call(SSE_HART_MASK, 0, 0, 0, 0).error;
}

void sse_unmask(void)
{
	event_call(SSE_HART_UNMASK, 0, 0, 0, 0);
}

void sse_quiet(struct storm_hart *s)
{
	sse_mask();
	for (unsigned int i = 0; i < ARRAY_SIZE(events); i++) {
		event_call(SSE_DISABLE, events[i], 0, 0, 0);
		event_call(SSE_UNREGISTER, events[i], 0, 0, 0);
		s->sse[i].running = false;
	}
}
