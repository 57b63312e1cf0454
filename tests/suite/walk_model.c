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
	walk_overflow_clear(w, c);
	if (s->a[2] & PMU_START_SET_INIT_VALUE)
		walk_set_base(c, s->data & M->width_mask[index], fw);
	else if (s->a[2] & PMU_START_INIT_SNAPSHOT)
		walk_set_base(c,
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
			(!ours() || !walk_is_fixed(index));
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
	bool delegated = M->delegation && c->state == WALK_FREE;

	c->touched = true;
	c->stopped = c->state == WALK_STARTED;
	c->now.running = false;
	if (c->state == WALK_STARTED)
		c->state = WALK_STOPPED;
	if (!reset)
		return;
	c->state = WALK_FREE;
	c->mapped = false;
	if (!delegated)
		walk_overflow_clear(w, c);
	if (!ours())
		c->known = false;
}

static void model_stop(struct walk *w, const struct walk_step *s)
{
	const unsigned long flags = s->a[2];
	unsigned int members[XLEN], count, n, allowed = 0;
	bool bad = !walk_set(s, members, &count) || flags & ~PMU_STOP_DEFINED;
	bool take = flags & PMU_STOP_TAKE_SNAPSHOT;
	bool stopped = false, idle = false;

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
	for (n = 0; n < count; n++) {
		stopped |= w->ctr[members[n]].state != WALK_STARTED;
		idle |= w->ctr[members[n]].state == WALK_FREE;
	}
	allowed = WALK_ALLOW(stopped ? PMU_ERR_ALREADY_STOPPED : PMU_OK);
	if (idle && !ours())
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
	if (!walk_expect_error(w, allowed))
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
		walk_model_config(w, s);
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
