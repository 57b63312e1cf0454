// SPDX-License-Identifier: BSD-2-Clause
/* The values of all counters after a step of the walk */

#include "walk.h"

#define M (&walk_machine)

/* More than M-mode or the walk itself ever executes for one step */
#define MUCH (1ULL << 20)
/* More than a counter of unknown pace ever moves */
#define VERY_MUCH (1ULL << 48)

/*
 * S-mode instructions whose number is not known, but is the same for all
 * counters; kept apart for those that count an ecall and those that do not.
 */
struct common {
	bool seen[2];
	uint64_t count[2];
};

struct span {
	uint64_t low, high;
	bool common; /* plus a common number of instructions */
};

static void add(struct span *span, uint64_t low, uint64_t more)
{
	span->low += low;
	span->high += low + more;
}

/* A running counter during a known number of instructions in S-mode */
static void add_known(struct span *span, const struct walk_motion *m,
		      uint64_t count, uint64_t in_m)
{
	if (m->pace == PACE_LOOSE)
		add(span, 0, VERY_MUCH);
	else if (m->pace == PACE_ALL)
		add(span, count, in_m);
	else if (m->modes & 1u << MODE_S)
		add(span, count, 0);
}

/* The same during some instructions more than these */
static void add_common(struct span *span, const struct walk_motion *m,
		       uint64_t count)
{
	add_known(span, m, count, MUCH);
	if (m->pace == PACE_EXACT && m->modes & 1u << MODE_S)
		span->common = true;
}

static struct span call_span(const struct walk_counter *c, unsigned int j)
{
	struct span span = {0, 0, false};

	if (c->was.running && !c->based)
		add_known(&span, &c->was,
			  walk_before_ecall(j) + M->read_late + c->was.ecall,
			  MUCH);
	if (c->now.running)
		add_known(&span, &c->now, walk_after_ecall(j) - M->read_late,
			  MUCH);
	return span;
}

static struct span work_span(const struct walk_counter *c, unsigned int j,
			     const struct walk_step *s)
{
	const struct walk_motion *m = &c->now;
	struct span span = {0, 0, false};

	if (!m->running)
		return span;
	if (s->kind == WALK_PROVOKE) {
		add_common(&span, m, walk_window_length(j));
	} else if (s->mode == MODE_S) {
		add_known(&span, m, walk_window_length(j) + s->count, 0);
		/* Time passes, whatever it is counted in */
		if (m->pace == PACE_LOOSE && m->moves && m->modes & 1u)
			span.low = 1;
	} else {
		add_common(&span, m, walk_window_length(j));
		if (m->pace == PACE_ALL)
			add(&span, s->count, 0);
		else if (m->pace == PACE_EXACT && m->modes & 1u << s->mode)
			add(&span, s->count + m->ecall * MODE_EXIT_INSNS, 0);
	}
	return span;
}

static void check_span(struct walk *w, unsigned int index,
		       const struct span *span, struct common *common,
		       uint64_t from, uint64_t to, const char *when)
{
	const struct walk_counter *c = &w->ctr[index];
	uint64_t moved = (to - from) & M->width_mask[index];
	unsigned int group = c->now.ecall;
	uint64_t low = span->low, high = span->high;

	if (span->common && common->seen[group])
		high = low += common->count[group];
	else if (span->common)
		high += MUCH;
	if (moved >= low && moved <= high) {
		w->ctr[index].wrapped |= from > to;
		if (span->common) {
			common->count[group] = moved - span->low;
			common->seen[group] = true;
		}
		return;
	}
	if (low == high)
		walk_fail(
			w,
			"counter %u, %s: expected %#llx, received %#llx (%lld too many)",
			index, when, (unsigned long long)(from + low),
			(unsigned long long)to, (long long)(moved - low));
	else
		walk_fail(
			w,
			"counter %u, %s: expected %#llx to %#llx, received %#llx",
			index, when, (unsigned long long)(from + low),
			(unsigned long long)(from + high),
			(unsigned long long)to);
}

/* Between two steps only S-mode and M-mode ran */
static void check_gap(struct walk *w, unsigned int j, struct common *common)
{
	unsigned int index = M->hw[j];
	struct walk_counter *c = &w->ctr[index];
	struct span span = {0, 0, false};

	if (!c->known || (c->was.running && c->was.pace == PACE_BLIND))
		return;
	if (c->was.running)
		add_common(&span, &c->was, 0);
	check_span(w, index, &span, common, c->value, w->before[j],
		   c->was.running ? "before this step" : "stopped");
}

/* A counter that can be read only while it is stopped */
static void check_blind(struct walk *w, unsigned int j)
{
	unsigned int index = M->hw[j];
	struct walk_counter *c = &w->ctr[index];
	struct span span = {0, c->based ? 0 : VERY_MUCH, false};
	struct common none = {{false}, {0}};

	if (c->based)
		c->value = c->base;
	if (c->now.running) {
		c->known |= c->based;
		return;
	}
	if (c->known || c->based)
		check_span(w, index, &span, &none, c->value, w->after[j],
			   "stopped");
	c->value = w->after[j];
	c->known = true;
}

static void check_hw(struct walk *w, const struct walk_step *s)
{
	struct common gap = {{false}, {0}}, step = {{false}, {0}};
	unsigned int j;

	for (j = 0; j < M->hws && !w->failed; j++) {
		unsigned int index = M->hw[j];
		struct walk_counter *c = &w->ctr[index];
		struct span span;

		if (c->unsure)
			continue;
		check_gap(w, j, &gap);
		walk_overflow_cleared(c);
		if ((c->now.running && c->now.pace == PACE_BLIND) ||
		    (c->was.running && c->was.pace == PACE_BLIND)) {
			check_blind(w, j);
			continue;
		}
		span = s->kind < WALK_WORK ? call_span(c, j)
					   : work_span(c, j, s);
		check_span(w, index, &span, &step,
			   c->based ? c->base : w->before[j], w->after[j],
			   c->now.running ? "running" : "stopped");
		c->value = w->after[j];
		c->known = true;
	}
}

/* Read in halves where a register does not hold it */
static void check_fw(struct walk *w, unsigned int index)
{
	struct walk_counter *c = &w->ctr[index];
	struct sbiret ret = pmu_fw_read(index);
	uint64_t value = ret.value;

	if (c->state == WALK_FREE) {
		if (ours() && ret.error != PMU_ERR_INVALID_PARAM)
			walk_fail(
				w,
				"counter %u is free, FW_READ of it returns %s",
				index, sbi_error_name(ret.error));
		return;
	}
	if (XLEN == 32 && !ret.error) {
		struct sbiret high = pmu_fw_read_hi(index);

		value |= (uint64_t)high.value << 32;
		ret.error = high.error;
	}
	if (ret.error)
		walk_fail(w, "FW_READ of counter %u returns %s", index,
			  sbi_error_name(ret.error));
	else if (c->known && value != c->value)
		walk_fail(w, "counter %u, %s: expected %#llx, received %#llx",
			  index, c->now.running ? "running" : "stopped",
			  (unsigned long long)c->value,
			  (unsigned long long)value);
	c->value = value;
	c->known = true;
}

/* Firmware counters cost a call each: look at some, and at all now and then */
static void check_fws(struct walk *w, const struct walk_step *s)
{
	unsigned int n;

	for (n = 0; n < facts.fws && !w->failed; n++) {
		struct walk_counter *c = &w->ctr[facts.fw[n]];
		bool look =
			c->touched || w->at % 32 == 0 || w->at % facts.fws == n;

		if (c->now.running && s->kind == WALK_PROVOKE) {
			unsigned int code =
				PMU_EVENT_CODE(M->event[c->event].event);

			c->value += M->counted[s->provocation][code];
			look |= M->counted[s->provocation][code] != 0;
		}
		if (look && !c->unsure)
			check_fw(w, facts.fw[n]);
	}
}

/* Get back to a state that is known */
static void reset_unsure(struct walk *w)
{
	unsigned int i;

	for (i = 0; i < M->num; i++) {
		struct walk_counter *c = &w->ctr[i];

		if (!c->unsure)
			continue;
		pmu_reset(i);
		*c = (struct walk_counter){.state = WALK_FREE};
	}
}

void walk_check_counters(struct walk *w, const struct walk_step *s)
{
	if (s->kind != WALK_FILL)
		check_hw(w, s);
	check_fws(w, s);
	walk_check_overflow(w, s);
	if (!ours())
		reset_unsure(w);
}

static void nothing(unsigned long arg)
{
	(void)arg;
}

void walk_look(struct walk *w)
{
	unsigned int j;

	walk_run_window(w, nothing, 0);
	for (j = 0; j < M->hws; j++) {
		w->ctr[M->hw[j]].value = w->after[j];
		w->ctr[M->hw[j]].known = true;
	}
}
