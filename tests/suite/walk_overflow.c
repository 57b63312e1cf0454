// SPDX-License-Identifier: BSD-2-Clause
/*
 * Overflow bits and the overflow interrupt, which stays disabled. When a
 * machine notices an overflow is its own affair, and some lose one; so a bit
 * may be set once the counter went through 0, and must not be set otherwise.
 */

#include "walk.h"

#define M (&walk_machine)

/* Other firmware sets the bits of idle counters, which nothing forbids */
static bool is_checked(void)
{
	return ours() && facts.sscofpmf && XLEN == 64;
}

static unsigned int bit_of(unsigned int index)
{
	return PMU_INFO_CSR(M->info[index]) - PMU_CSR_CYCLE;
}

/* Its value was so close to 0 that it may be there by now */
static bool is_near(const struct walk *w, unsigned int index)
{
	return M->width_mask[index] - w->ctr[index].value < 1u << 20;
}

static bool may_have_wrapped(const struct walk *w, unsigned int index)
{
	const struct walk_counter *c = &w->ctr[index];

	return c->wrapped || (c->now.running && is_near(w, index));
}

static bool any_wrapped(const struct walk *w)
{
	unsigned int j;

	for (j = 0; j < M->hws; j++) {
		if (may_have_wrapped(w, M->hw[j]))
			return true;
	}
	return false;
}

/*
 * CONFIG, START and RESET leave the bit alone while the interrupt is pending,
 * so that nobody finds an interrupt without a cause. Another counter may have
 * raised it since the walk looked.
 */
void walk_overflow_clear(struct walk *w, struct walk_counter *c)
{
	unsigned int j;

	if (w->pending)
		return;
	c->clear = WALK_CLEAR;
	for (j = 0; j < M->hws; j++) {
		if (w->ctr[M->hw[j]].was.running && is_near(w, M->hw[j]))
			c->clear = WALK_CLEAR_MAYBE;
	}
}

/* What went through 0 before this step is forgotten with the bit */
void walk_overflow_cleared(struct walk_counter *c)
{
	c->may_be_set = c->wrapped;
	if (c->clear == WALK_CLEAR)
		c->wrapped = false;
}

static void check_bit(struct walk *w, unsigned int index, unsigned long bits)
{
	const struct walk_counter *c = &w->ctr[index];
	bool old = w->overflow >> bit_of(index) & 1;
	bool is = bits >> bit_of(index) & 1;
	bool want = old && c->clear != WALK_CLEAR;

	if (is == want || (is && may_have_wrapped(w, index)) ||
	    (!is && c->clear == WALK_CLEAR_MAYBE))
		return;
	walk_fail(w, "overflow bit of counter %u: expected %d, received %d",
		  index, want, is);
}

void walk_check_overflow(struct walk *w, const struct walk_step *s)
{
	unsigned long bits;
	unsigned int j;
	bool pending;

	if (!is_checked())
		return;
	pending = csr_read(CSR_SIP) >> IRQ_LCOFI & 1;
	bits = csr_read(CSR_SCOUNTOVF);
	for (j = 0; j < M->hws; j++)
		check_bit(w, M->hw[j], bits);
	if (pending && !w->pending && !any_wrapped(w))
		walk_fail(w, "an overflow interrupt without an overflow");
	if (!pending && w->pending)
		walk_fail(w, "the overflow interrupt is no longer pending");
	w->was_overflow = w->overflow;
	w->overflow = bits;
	w->pending = pending && !s->acknowledge;
	if (pending && s->acknowledge)
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
}

void walk_forget_overflow(struct walk *w)
{
	if (facts.sscofpmf)
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	w->pending = false;
	w->overflow = w->was_overflow = 0;
	if (is_checked())
		w->overflow = csr_read(CSR_SCOUNTOVF);
}

/* A snapshot shows the bits as they were when the counters stopped */
uint64_t walk_snapshot_overflow(const struct walk *w, unsigned long base,
				uint64_t shown)
{
	uint64_t must = 0, may = 0;
	unsigned int j;

	if (facts.sscofpmf && !is_checked())
		return shown;
	for (j = 0; j < M->hws && facts.sscofpmf; j++) {
		unsigned int index = M->hw[j];
		const struct walk_counter *c = &w->ctr[index];
		uint64_t bit = 1ULL << (index - base) % 64;

		if (index < base || index - base >= 64)
			continue;
		if (w->was_overflow >> bit_of(index) & 1)
			must |= bit;
		if (c->may_be_set || c->wrapped)
			may |= bit;
	}
	return must | (shown & may);
}
