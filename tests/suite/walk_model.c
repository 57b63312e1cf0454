// SPDX-License-Identifier: BSD-2-Clause
/*
 * The model: what each call on counters must answer and do. Where the
 * specification leaves an outcome open, this project's own firmware is held to
 * its design; any other may do as it likes, and the counters concerned are
 * reset, so that the walk knows where it is.
 */

#include "walk.h"

#define M (&walk_machine)

static bool is_member(const struct walk_step *s, unsigned int bit,
		      unsigned int *index)
{
	unsigned long sum = s->a[0] + bit;

	if (sum < s->a[0] || sum >= M->num || !facts.counter[sum].exists)
		return false;
	*index = (unsigned int)sum;
	return true;
}

bool walk_set(const struct walk_step *s, unsigned int *members,
	      unsigned int *count)
{
	unsigned int bit;

	*count = 0;
	for (bit = 0; bit < XLEN; bit++) {
		if (!(s->a[1] >> bit & 1))
			continue;
		if (!is_member(s, bit, &members[*count]))
			return false;
		(*count)++;
	}
	return *count != 0;
}

/* What may have happened to the members of a set is open */
static void give_up_set(struct walk *w, const struct walk_step *s)
{
	unsigned int bit, index;

	for (bit = 0; bit < XLEN; bit++) {
		if ((s->a[1] >> bit & 1) && is_member(s, bit, &index))
			w->ctr[index].unsure = true;
	}
}

static void allowed_text(char *text, size_t size, unsigned int allowed)
{
	size_t length = 0;
	long error;

	text[0] = 0;
	for (error = 0; error > -10; error--) {
		if (!(allowed & WALK_ALLOW(error)))
			continue;
		walk_format(text + length, size - length, "%s%s",
			    length ? " or " : "", sbi_error_name(error));
		length = strlen(text);
	}
}

bool walk_expect_error(struct walk *w, unsigned int allowed)
{
	long error = w->ret.error;
	char text[80];

	if (error > 0 || error < -9 || !(allowed & WALK_ALLOW(error))) {
		allowed_text(text, sizeof(text), allowed);
		walk_fail(w, "expected %s, received %s (%ld), value %#lx", text,
			  sbi_error_name(error), error, w->ret.value);
		return false;
	}
	if (error && ours() && w->ret.value)
		walk_fail(w, "expected value 0 with %s, received %#lx",
			  sbi_error_name(error), w->ret.value);
	return !w->failed;
}

static void expect_value_of(struct walk *w, unsigned long value)
{
	if (walk_expect_error(w, WALK_ALLOW(PMU_OK)) && w->ret.value != value)
		walk_fail(w, "expected value %#lx, received %#lx", value,
			  w->ret.value);
}

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

static void set_base(struct walk_counter *c, uint64_t value, bool fw)
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
	if (s->a[2] & PMU_CFG_CLEAR_VALUE)
		set_base(c, 0, fw);
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

	if (!ours() && (!can || w->ctr[first].state == WALK_STARTED)) {
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
	bool must = false, may = false, good = false, programmable = false;
	unsigned int allowed = 0, n;

	for (n = 0; n < count; n++) {
		struct choice choice = can_choose(w, s, members[n]);

		must |= choice.must;
		may |= choice.may;
		good |= choice.may && members[n] == w->ret.value;
		programmable |= choice.must && !walk_is_fixed(members[n]);
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
	else if (ours() && programmable && walk_is_fixed(n) &&
		 (facts.sscofpmf || !facts.smcntrpmf))
		walk_fail(w, "chose fixed counter %u before a programmable one",
			  n);
	else
		configured(w, s, n);
}

static void model_config(struct walk *w, const struct walk_step *s)
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

static void start(struct walk *w, const struct walk_step *s, unsigned int index)
{
	struct walk_counter *c = &w->ctr[index];
	bool fw = facts.counter[index].fw;

	c->touched = true;
	if (c->state == WALK_STARTED)
		return;
	if (c->state == WALK_FREE) {
		c->event = M->own_event[index];
		walk_set_motion(w, index, 0);
	}
	c->state = WALK_STARTED;
	c->now.running = true;
	if (s->a[2] & PMU_START_SET_INIT_VALUE)
		set_base(c, s->data & M->width_mask[index], fw);
	else if (s->a[2] & PMU_START_INIT_SNAPSHOT)
		set_base(c,
			 w->want[w->shmem][1 + index - s->a[0]] &
				 M->width_mask[index],
			 fw);
}

static void model_start(struct walk *w, const struct walk_step *s)
{
	const unsigned long flags = s->a[2];
	unsigned int members[XLEN], count, n, allowed = 0;
	bool bad = !walk_set(s, members, &count) || flags & ~PMU_START_DEFINED;
	bool no_page = (flags & PMU_START_INIT_SNAPSHOT) && w->shmem < 0;
	bool both = (flags & PMU_START_DEFINED) == PMU_START_DEFINED;
	bool idle = false, running = false;

	for (n = 0; n < count && !bad; n++) {
		unsigned int index = members[n];

		running |= w->ctr[index].state == WALK_STARTED;
		idle |= w->ctr[index].state == WALK_FREE &&
			!walk_is_fixed(index);
	}
	if (ours()) {
		if (bad || both || idle)
			allowed = WALK_ALLOW(PMU_ERR_INVALID_PARAM);
		else if (no_page)
			allowed = WALK_ALLOW(PMU_ERR_NO_SHMEM);
		if (allowed) {
			walk_expect_error(w, allowed);
			return;
		}
	} else if (bad || both || idle || no_page || running ||
		   (count > 1 && flags & PMU_START_SET_INIT_VALUE)) {
		if (bad || both || idle || count > 1)
			allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
		if (no_page)
			allowed |= WALK_ALLOW(PMU_ERR_NO_SHMEM);
		if (running)
			allowed |= WALK_ALLOW(PMU_ERR_ALREADY_STARTED);
		if (!bad && !no_page && !running)
			allowed |= WALK_ALLOW(PMU_OK);
		walk_expect_error(w, allowed | (s->a[1] ? 0 : 1u));
		give_up_set(w, s);
		return;
	}
	if (!walk_expect_error(
		    w, WALK_ALLOW(running ? PMU_ERR_ALREADY_STARTED : PMU_OK)))
		return;
	for (n = 0; n < count; n++)
		start(w, s, members[n]);
}

static void stop(struct walk *w, unsigned int index, bool reset)
{
	struct walk_counter *c = &w->ctr[index];

	c->touched = true;
	c->stopped = c->state == WALK_STARTED;
	c->now.running = false;
	if (c->state == WALK_STARTED)
		c->state = WALK_STOPPED;
	if (!reset)
		return;
	c->state = WALK_FREE;
	c->mapped = false;
	if (!ours())
		c->known = false;
}

static void model_stop(struct walk *w, const struct walk_step *s)
{
	const unsigned long flags = s->a[2];
	unsigned int members[XLEN], count, n, allowed = 0;
	bool bad = !walk_set(s, members, &count) || flags & ~PMU_STOP_DEFINED;
	bool take = flags & PMU_STOP_TAKE_SNAPSHOT;
	bool stopped = false;

	if (bad)
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
	if (take && w->shmem < 0 && (!bad || !ours()))
		allowed |= WALK_ALLOW(PMU_ERR_NO_SHMEM);
	if (allowed) {
		walk_expect_error(w, allowed | (s->a[1] || ours() ? 0 : 1u));
		if (!ours())
			give_up_set(w, s);
		return;
	}
	for (n = 0; n < count; n++)
		stopped |= w->ctr[members[n]].state != WALK_STARTED;
	if (!walk_expect_error(
		    w, WALK_ALLOW(stopped ? PMU_ERR_ALREADY_STOPPED : PMU_OK)))
		return;
	if (stopped && !ours()) {
		give_up_set(w, s);
		w->page_open = take;
		return;
	}
	for (n = 0; n < count; n++)
		stop(w, members[n], flags & PMU_STOP_RESET);
	w->taken = take;
}

static void model_read(struct walk *w, const struct walk_step *s)
{
	unsigned long index = s->a[0];
	const struct walk_counter *c;
	uint64_t value;

	if (index >= M->num || !facts.counter[index].fw) {
		walk_expect_error(w, WALK_ALLOW(PMU_ERR_INVALID_PARAM));
		return;
	}
	c = &w->ctr[index];
	if (c->state == WALK_FREE) {
		walk_expect_error(w, WALK_ALLOW(PMU_ERR_INVALID_PARAM) |
					     (ours() ? 0 : WALK_ALLOW(PMU_OK)));
		return;
	}
	value = s->a[6] == PMU_FID_FW_READ ? c->value
		: XLEN == 32		   ? c->value >> 32
					   : 0;
	if (c->known || (XLEN == 64 && s->a[6] != PMU_FID_FW_READ))
		expect_value_of(w, (unsigned long)value);
	else
		walk_expect_error(w, WALK_ALLOW(PMU_OK));
}

static void model_info(struct walk *w, const struct walk_step *s)
{
	unsigned long index = s->a[0];

	if (s->a[6] == PMU_FID_NUM_COUNTERS)
		expect_value_of(w, M->num);
	else if (index < M->num && facts.counter[index].exists)
		expect_value_of(w, M->info[index]);
	else
		walk_expect_error(w, WALK_ALLOW(PMU_ERR_INVALID_PARAM));
}

void walk_model(struct walk *w, const struct walk_step *s)
{
	switch (s->a[6]) {
	case PMU_FID_NUM_COUNTERS:
	case PMU_FID_GET_INFO:
		model_info(w, s);
		break;
	case PMU_FID_CONFIG:
		model_config(w, s);
		break;
	case PMU_FID_START:
		model_start(w, s);
		break;
	case PMU_FID_STOP:
		model_stop(w, s);
		break;
	case PMU_FID_FW_READ:
	case PMU_FID_FW_READ_HI:
		model_read(w, s);
		break;
	case PMU_FID_SET_SHMEM:
		walk_model_shmem(w, s);
		break;
	case PMU_FID_EVENT_INFO:
		walk_model_table(w, s);
		break;
	default:
		walk_expect_error(w, WALK_ALLOW(PMU_ERR_NOT_SUPPORTED));
	}
}
