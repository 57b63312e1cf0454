// SPDX-License-Identifier: BSD-2-Clause
/* What each of the four harts does until it is asked to leave. */
#include "storm.h"

#define CALLS_PER_CHECK 20000
#define STEPS_PER_PAGE 8

/* Stop what has overflown, or leave it, and often start it anew */
static void overflow(struct trap_frame *frame)
{
	struct storm_hart *s = storm_me();
	struct dice *d = &s->dice;
	uint64_t far = storm_far(d);
	unsigned long overflown =
		irq_record(IRQ_LCOFI)->scountovf & 0xffffffffUL;

	(void)frame;
	s->overflows++;
	if (below(d, 4))
		storm_sbi(PMU_EID, PMU_FID_STOP, 0, overflown, 0, 0, 0, 0);
	if (below(d, 4) == 0)
		storm_sbi(PMU_EID, PMU_FID_START, 0, overflown,
			  PMU_START_SET_INIT_VALUE, (unsigned long)far,
			  (unsigned long)(far >> 16 >> (XLEN - 16)), 0);
}

static void scribble(struct dice *d)
{
	for (unsigned int n = below(d, 64); n; n--)
		((uint32_t *)shared_table)[below(d, 1024)] =
			(uint32_t)any_value(d);
	((uint64_t *)shared_page)[below(d, 64)] = storm_far(d);
}

static void work(unsigned long n)
{
	work_insns(n);
}

/*
 * OpenSBI returns from a software event to the wrong world when it came while
 * hstatus.SPV was set in HS, as it is around every stay in VS.
 */
static void run_in(struct storm_hart *s, enum mode mode)
{
	bool masked = false;

	if (!mode_available(mode))
		return;
	if (mode != MODE_U)
		masked = sse_mask();
	run_in_mode(mode, work, WORK_MIN + below(&s->dice, 2000));
	if (masked)
		sse_unmask();
}

/* What no call is, but moves counters and memory */
static void local_step(struct storm_hart *s)
{
	static const enum mode modes[] = {MODE_U, MODE_VS, MODE_VU};
	struct dice *d = &s->dice;

	if (below(d, 2))
		scribble(d);
	else if (below(d, 64) == 0)
		sample_step(s);
	else
		run_in(s, modes[below(d, ARRAY_SIZE(modes))]);
}

static void take_interrupts(void)
{
	irq_set_callback(IRQ_LCOFI, overflow);
	irq_enable(IRQ_SOFT);
	irq_enable(IRQ_TIMER);
	if (facts.lcofi)
		irq_enable(IRQ_LCOFI);
}

unsigned long storm_run(unsigned long number)
{
	struct storm_hart *s = &storm.hart[number];

	/* The hart was stopped meanwhile, which takes the page away */
	s->shmem = 0;
	s->depth = 0;
	s->sse[0].running = s->sse[1].running = false;
	s->at_work = true;
	take_interrupts();
	while (!storm.over && !s->leave) {
		unsigned int what = below(&s->dice, 100);

		if (what < 68)
			pmu_step(s);
		else if (what < 97)
			other_step(s);
		else
			local_step(s);
		if (s->steps++ % STEPS_PER_PAGE == 0)
			memory_sweep(s);
		if (s->calls - s->checked > CALLS_PER_CHECK) {
			sanity_check(s);
			s->checked = s->calls;
		}
	}
	if (storm.over)
		sanity_check(s);
	s->at_work = false;
	return 0;
}
