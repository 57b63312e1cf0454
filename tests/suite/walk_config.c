// SPDX-License-Identifier: BSD-2-Clause
/* The model of CONFIG_MATCHING: which counter it may choose, and what follows
 */

#include "walk.h"

#define M (&walk_machine)

/* QEMU gives an event to the counter that asks first, until that lets go */
static void map_event(struct walk *w, unsigned int index)
{
	const struct walk_event *e = &M->event[w->ctr[index].event];
	unsigned int j;

	w->ctr[index].mapped = false;
	for (j = 0; j < M->hws; j++) {
		const struct walk_counter *c = &w->ctr[M->hw[j]];

		if (c->mapped && M->event[c->event].selector == e->selector)
			return;
	}
	w->ctr[index].mapped = true;
}

void walk_set_motion(struct walk *w, unsigned int index, unsigned long flags)
{
	static const unsigned long inhibit[] = {PMU_CFG_SINH, PMU_CFG_UINH,
						PMU_CFG_VSINH, PMU_CFG_VUINH};
	struct walk_counter *c = &w->ctr[index];
	const struct walk_event *e = &M->event[c->event];
	bool fixed = walk_is_fixed(index);
	bool filters = fixed ? facts.smcntrpmf : facts.sscofpmf;
	bool is_instructions = e->event == PMU_HW_INSTRUCTIONS;
	unsigned int mode;

	if (!fixed)
		map_event(w, index);
	c->now.modes = 0;
	for (mode = 0; mode < 4; mode++) {
		if (!filters || !(flags & inhibit[mode]))
			c->now.modes |= (uint8_t)(1u << mode);
	}
	c->now.moves = e->ticks && (fixed || c->mapped || !M->one_per_event);
	c->now.ecall = M->ecall[fixed][is_instructions];
	c->now.pace = filters ? PACE_EXACT : PACE_ALL;
	if (!facts.exact || !e->ticks ||
	    (!is_instructions && !M->exact_cycles) || !c->now.moves)
		c->now.pace = PACE_LOOSE;
	if (XLEN == 32)
		c->now.pace = PACE_BLIND;
}

void walk_set_base(struct walk_counter *c, uint64_t value, bool fw)
{
	c->base = value;
	c->based = true;
	if (fw) {
		c->value = value;
		c->known = true;
	}
}

static void configured(struct walk *w, const struct walk_step *s,
		       unsigned int index)
{
	struct walk_counter *c = &w->ctr[index];
	bool fw = facts.counter[index].fw;

	c->event = s->event;
	c->state = s->a[2] & PMU_CFG_AUTO_START ? WALK_STARTED : WALK_STOPPED;
	c->now.running = c->state == WALK_STARTED;
	c->touched = true;
	walk_overflow_clear(w, c);
	if (s->a[2] & PMU_CFG_CLEAR_VALUE)
		walk_set_base(c, 0, fw);
	if (!fw)
		walk_set_motion(w, index, s->a[2]);
}

/* CONFIG must find a counter, or may find it */
struct choice {
	bool must, may;
};

static struct choice can_choose(const struct walk *w, const struct walk_step *s,
				unsigned int index)
{
	const struct walk_counter *c = &w->ctr[index];
	unsigned long asked = s->a[2] & PMU_CFG_INHIBITS;
	struct choice choice = {false, false};

	if (!M->event[s->event].can[index])
		return choice;
	choice.must = c->state == WALK_FREE && !(asked & ~M->filters[index]);
	choice.may = ours() ? choice.must : c->state != WALK_STARTED;
	return choice;
}

static void model_skip_match(struct walk *w, const struct walk_step *s,
			     unsigned int first)
{
	bool can = M->event[s->event].can[first];
	unsigned int allowed = WALK_ALLOW(can ? PMU_OK : PMU_ERR_NOT_SUPPORTED);

	if (!ours() && (!can || w->ctr[first].state != WALK_STOPPED)) {
		allowed = WALK_ALLOW(PMU_OK) |
			  WALK_ALLOW(PMU_ERR_NOT_SUPPORTED) |
			  WALK_ALLOW(PMU_ERR_INVALID_PARAM);
		w->ctr[first].unsure = true;
	}
	if (!walk_expect_error(w, allowed) || w->ret.error)
		return;
	if (w->ret.value != first)
		walk_fail(w, "expected counter %u, received %lu", first,
			  w->ret.value);
	else
		configured(w, s, first);
}

static void model_match(struct walk *w, const struct walk_step *s,
			const unsigned int *members, unsigned int count)
{
	bool must = false, may = false, good = false;
	bool programmable = false, fixed = false;
	unsigned int allowed = 0, n;

	for (n = 0; n < count; n++) {
		struct choice choice = can_choose(w, s, members[n]);

		must |= choice.must;
		may |= choice.may;
		good |= choice.may && members[n] == w->ret.value;
		programmable |= choice.must && !walk_is_fixed(members[n]);
		fixed |= choice.must && walk_is_fixed(members[n]);
	}
	if (may)
		allowed |= WALK_ALLOW(PMU_OK);
	if (!must)
		allowed |= WALK_ALLOW(PMU_ERR_NOT_SUPPORTED);
	if (!ours() && M->event[s->event].reserved)
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
	if (!walk_expect_error(w, allowed) || w->ret.error)
		return;
	n = (unsigned int)w->ret.value;
	if (!good)
		walk_fail(
			w,
			"chose counter %lu: not in the set, not free or unable",
			w->ret.value);
	else if (ours() && facts.sscofpmf && programmable && walk_is_fixed(n))
		walk_fail(w, "chose fixed counter %u before a programmable one",
			  n);
	else if (ours() && !facts.sscofpmf && fixed && !walk_is_fixed(n))
		walk_fail(w, "chose counter %u before a fixed one", n);
	else
		configured(w, s, n);
}

void walk_model_config(struct walk *w, const struct walk_step *s)
{
	unsigned int members[XLEN], count;
	unsigned int allowed = WALK_ALLOW(PMU_ERR_INVALID_PARAM);

	if (!walk_set(s, members, &count) || s->a[2] & ~PMU_CFG_DEFINED) {
		if (!ours() && (!s->a[1] || !M->event[s->event].countable))
			allowed |= WALK_ALLOW(PMU_ERR_NOT_SUPPORTED);
		walk_expect_error(w, allowed);
	} else if (s->a[2] & PMU_CFG_SKIP_MATCH) {
		model_skip_match(w, s, members[0]);
	} else {
		model_match(w, s, members, count);
	}
}
