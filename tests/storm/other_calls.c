// SPDX-License-Identifier: BSD-2-Clause
/*
 * Calls of the other extensions, which change what the PMU counts and the
 * state that it lives in. Left out is what OpenSBI itself does not survive, or
 * what would end the run: DBCN and SSE with addresses that no memory answers,
 * DBCN with a size that wraps, the global software event, SRST, SUSP.
 */
#include "storm.h"

/*
 * A call that waits for other harts must not meet one that is about to stop:
 * OpenSBI would wait for it for ever.
 */
bool storm_together(struct storm_hart *s)
{
	s->remote = true;
	fence();
	if (!storm.closed)
		return true;
	s->remote = false;
	return false;
}

void storm_apart(struct storm_hart *s)
{
	fence();
	s->remote = false;
}

static void base(struct dice *d)
{
	storm_sbi(SBI_EID_BASE, mostly(d, below(d, 8)), any_value(d),
		  any_value(d), 0, 0, 0, 0);
}

static void set_timer(struct dice *d)
{
	uint64_t when = time_now() + below(d, 5000);

	if (below(d, 4) == 0)
		when = any_value(d);
	storm_sbi(SBI_EID_TIME, mostly(d, 0), (unsigned long)when,
		  (unsigned long)(when >> 16 >> (XLEN - 16)), 0, 0, 0, 0);
	csr_set(CSR_SIE, 1UL << IRQ_TIMER);
}

/* Harts as a mask and where it begins, mostly of those there are */
static void any_harts(struct dice *d, unsigned long *mask, unsigned long *from)
{
	*mask = mostly(d, (unsigned long)roll(d) & 0x1f);
	*from = mostly(d, below(d, 8) ? 0 : ~0UL);
}

static void ipi(struct storm_hart *s)
{
	unsigned long mask, from;

	any_harts(&s->dice, &mask, &from);
	storm_sbi(SBI_EID_IPI, mostly(&s->dice, 0), mask, from, 0, 0, 0, 0);
}

static void rfence(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long mask, from;

	any_harts(d, &mask, &from);
	storm_sbi(SBI_EID_RFENCE, mostly(d, below(d, 8)), mask, from,
		  any_value(d), any_value(d), any_value(d), 0);
}

/*
 * A hart that happens to be stopped comes back to our code. One that may be
 * suspended is left alone: OpenSBI would have it resume where this call says,
 * although it refuses the call.
 */
static void hart_start_call(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	struct range firmware;
	unsigned int n = below(d, STORM_HARTS), index = 0;
	unsigned long entry = (unsigned long)secondary_entry;

	if (storm.hart[n].stopped || n == storm_number(s))
		index = n + 1;
	if (below(d, 4) == 0 && firmware_range(&firmware))
		entry = (unsigned long)firmware.base + 64;
	storm_sbi(SBI_EID_HSM, 0, harts[index].hartid, entry,
		  (unsigned long)&harts[index], 0, 0, 0);
}

static void suspend(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long type = any_value(d);
	bool masked;

	/* Types that are reserved, and one that goes on in the firmware */
	if (below(d, 4) == 0) {
		if (type << (XLEN - 31) == 0)
			type++;
		storm_sbi(SBI_EID_HSM, 3, type, 0x1000, 0, 0, 0, 0);
		return;
	}
	/* The first instructions of a resume have no stack for an event */
	masked = sse_mask();
	s->doing = "suspended";
	hart_suspend(below(d, 2) ? SUSPEND_RETENTIVE : SUSPEND_NON_RETENTIVE,
		     below(d, 1000));
	s->doing = NULL;
	s->suspends++;
	if (masked)
		sse_unmask();
}

static void hsm(struct storm_hart *s)
{
	struct dice *d = &s->dice;

	switch (below(d, 8)) {
	case 0:
		if (storm_together(s)) {
			hart_start_call(s);
			storm_apart(s);
		}
		break;
	case 1:
		suspend(s);
		break;
	case 2:
		storm_sbi(SBI_EID_HSM, 4 + below(d, 100), any_value(d),
			  any_value(d), any_value(d), 0, 0, 0);
		break;
	default:
		storm_sbi(SBI_EID_HSM, 2, mostly(d, below(d, 6)), any_value(d),
			  0, 0, 0, 0);
	}
}

static void console(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	struct range firmware;

	switch (below(d, 4)) {
	case 0:
		storm_sbi(SBI_EID_DBCN, 0, 0, (unsigned long)s->table, 0, 0, 0,
			  0);
		break;
	case 1:
		/* There is no input */
		storm_sbi(SBI_EID_DBCN, 1, below(d, 64),
			  (unsigned long)s->table, 0, 0, 0, 0);
		memory_check(s->table, 64);
		break;
	case 2:
		storm_sbi(SBI_EID_DBCN, below(d, 2), 1 + below(d, 64),
			  (unsigned long)s->table, any_value(d) | 1, 0, 0, 0);
		break;
	default:
		if (firmware_range(&firmware))
			storm_sbi(SBI_EID_DBCN, below(d, 2), 1 + below(d, 64),
				  (unsigned long)firmware.base + below(d, 4096),
				  0, 0, 0, 0);
	}
}

static void features(struct dice *d)
{
	unsigned long feature = below(d, 4) ? below(d, 8) : any_value(d) | 0x10;

	storm_sbi(SBI_EID_FWFT, mostly(d, below(d, 2)), feature,
		  mostly(d, below(d, 2)), mostly(d, below(d, 2)), 0, 0, 0);
}

static void nobody(struct dice *d)
{
	static const unsigned long eids[] = {
		PMU_EID + 1,  PMU_EID - 1, PMU_EID | 1UL << 31, 0x0b000000,
		0x4e41434cUL, ~0UL,	   1UL << (XLEN - 1),	0x20,
	};

	storm_sbi(eids[below(d, ARRAY_SIZE(eids))], any_value(d), any_value(d),
		  any_value(d), any_value(d), any_value(d), any_value(d),
		  any_value(d));
}

static void remote(struct storm_hart *s)
{
	if (!storm_together(s))
		return;
	if (below(&s->dice, 3))
		rfence(s);
	else
		ipi(s);
	storm_apart(s);
}

void other_step(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned int what = below(d, 100);

	if (what < 25)
		base(d);
	else if (what < 55)
		set_timer(d);
	else if (what < 57)
		remote(s);
	else if (what < 69)
		hsm(s);
	else if (what < 79)
		console(s);
	else if (what < 86)
		features(d);
	else if (what < 90)
		nobody(d);
	else
		sse_step(s);
}
