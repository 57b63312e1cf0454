// SPDX-License-Identifier: BSD-2-Clause
/* Take the steps of a walk, and find a short way to a failure */

#include "walk.h"

#define M (&walk_machine)

/* A sign of life that comes often enough on a slow host */
#define LIFE 10000
/* Steps that may be taken to shorten a failing walk, and what a start costs */
#define SHRINK_STEPS 60000
#define START_COST 16
/* Steps that are kept in a list; before that the walk is cut in halves */
#define LIST 16384
/* Lines of the report */
#define SHOWN 30

void walk_fail(struct walk *w, const char *text, ...)
{
	char *to = w->message;
	va_list args;

	if (w->failed)
		return;
	w->failed = true;
	va_start(args, text);
	walk_vformat(to, WALK_MESSAGE, text, args);
	va_end(args);
}

static void life(struct walk *w)
{
	if (++w->life % LIFE)
		return;
	if (w->shrinking)
		note("walk: shortening, %lu steps so far", w->life);
	else if (w->hart == 0)
		note("walk: step %lu of %lu", w->life, w->total);
}

static void begin(struct walk *w)
{
	unsigned int i;

	w->failed = false;
	w->shmem = -1;
	memset(w->ctr, 0, sizeof(w->ctr));
	for (i = 0; i < WALK_PAGES; i++) {
		memset(w->page[i], 0xa5, PAGE_SIZE);
		memset(w->want[i], 0xa5, PAGE_SIZE);
	}
	memset(w->table, 0x5a, PAGE_SIZE);
	memset(w->want_table, 0x5a, PAGE_SIZE);
	pmu_clean();
	walk_forget_overflow(w);
	walk_look(w);
}

static void run_provocation(unsigned long n)
{
	walk_provoke((unsigned int)n);
}

struct work {
	enum mode mode;
	unsigned long count;
};

static void run_work(unsigned long arg)
{
	const struct work *work = (struct work *)arg;

	run_in_mode(work->mode, work_insns, work->count);
}

static void call(struct walk *w, const struct walk_step *s)
{
	memcpy(w->call, s->a, sizeof(s->a));
	if (s->kind == WALK_TABLE)
		walk_prepare_table(w, s);
	walk_run_window(w, walk_ecall, (unsigned long)w->call);
	w->ret = (struct sbiret){(long)w->call[8], w->call[9]};
	walk_model(w, s);
}

static void remember(struct walk *w, const struct walk_step *s)
{
	if (s->kind == WALK_WORK)
		w->seen |= WALK_SAW_MODE(s->mode);
	if (w->overflow)
		w->seen |= WALK_SAW_OVERFLOW;
	if (s->kind >= WALK_UNKNOWN || w->ret.error)
		return;
	w->seen |= WALK_SAW_CALL(s->a[6]);
	if (s->kind == WALK_STOP && s->a[2] & PMU_STOP_TAKE_SNAPSHOT)
		w->seen |= WALK_SAW_SAVE;
	if (s->kind == WALK_START && s->a[2] & PMU_START_INIT_SNAPSHOT)
		w->seen |= WALK_SAW_LOAD;
}

static void step(struct walk *w, const struct walk_step *s)
{
	struct work work = {s->mode, s->count};
	unsigned int i;

	for (i = 0; i < M->num; i++) {
		struct walk_counter *c = &w->ctr[i];

		c->was = c->now;
		c->based = c->touched = c->stopped = false;
		c->clear = WALK_KEEP;
	}
	w->taken = w->page_open = false;

	if (s->kind < WALK_WORK)
		call(w, s);
	else if (s->kind == WALK_FILL)
		walk_fill(w, s);
	else if (s->kind == WALK_PROVOKE)
		walk_run_window(w, run_provocation, s->provocation);
	else if (s->mode == MODE_S)
		walk_run_window(w, work_insns, s->count);
	else
		walk_run_window(w, run_work, (unsigned long)&work);

	if (!w->failed)
		walk_check_counters(w, s);
	if (!w->failed)
		walk_check_memory(w, s);
	remember(w, s);
}

static void choose(struct walk *w, unsigned long n, struct walk_step *s)
{
	walk_choose(w, n, s);
	if (s->kind == WALK_PROVOKE && !M->usable[s->provocation])
		s->provocation = WALK_PROVOCATIONS - 1;
}

static void print_step(struct walk *w)
{
	const struct walk_step *s = &w->step;

	printf("#   %8lu  ", w->number);
	walk_print(s);
	if (w->failed)
		printf(": %s\n", w->message);
	else if (s->kind >= WALK_WORK)
		printf("\n");
	else if (w->ret.error)
		printf(" -> %s\n", sbi_error_name(w->ret.error));
	else
		printf(" -> %#lx\n", w->ret.value);
}

/* The walk that an exception on a hart belongs to */
static struct walk *walking[MAX_HARTS];

void walk_unexpected(const struct trap_info *info)
{
	struct walk *w = walking[this_hart()->index];

	if (w)
		walk_fail(w, "unexpected trap: %s, sepc %#lx, stval %#lx",
			  trap_cause_name(info->cause), info->epc, info->tval);
}

static void take(struct walk *w, const uint32_t *list, unsigned long first,
		 unsigned long count, bool print)
{
	struct walk_step *s = &w->step;
	unsigned long i;

	begin(w);
	for (i = 0; i < count && !w->failed; i++) {
		w->at = i;
		w->number = list ? list[i] : first + i;
		choose(w, w->number, s);
		step(w, s);
		if (print && count - i <= SHOWN)
			print_step(w);
		else
			life(w);
	}
}

bool walk_steps(struct walk *w, const uint32_t *list, unsigned long first,
		unsigned long count, bool print)
{
	struct hart *hart = this_hart();
	struct context *volatile outer = hart->abort;
	struct context ctx;

	walking[hart->index] = w;
	if (!context_save(&ctx)) {
		hart->abort = &ctx;
		take(w, list, first, count, print);
	} else if (print) {
		print_step(w);
	}
	hart = this_hart();
	hart->abort = outer;
	hart->probe = NULL;
	hart->mode = NULL;
	walking[hart->index] = NULL;
	return !w->failed;
}

static uint32_t list[LIST], shorter[LIST];
static unsigned long budget;

static bool fails(struct walk *w, const uint32_t *steps, unsigned long first,
		  unsigned long count)
{
	unsigned long cost = count + START_COST;

	if (cost > budget)
		return false;
	budget -= cost;
	return !walk_steps(w, steps, first, count, false);
}

/* The last steps before a failure that are enough for it, or all */
static unsigned long cut_prefix(struct walk *w, unsigned long end)
{
	unsigned long count;

	for (count = 1; count < end; count *= 2) {
		budget = count + START_COST;
		if (fails(w, NULL, end - count, count))
			return count;
	}
	return end;
}

/* Leave out every piece that the failure does not need; at most LIST steps */
static unsigned long leave_out(struct walk *w, unsigned long count)
{
	unsigned long piece = count / 2, at, i, n;
	bool again = false;

	while (piece) {
		for (at = 0; at + piece < count;) {
			for (i = n = 0; i < count; i++) {
				if (i < at || i >= at + piece)
					shorter[n++] = list[i];
			}
			if (!fails(w, shorter, 0, n)) {
				at += piece;
				continue;
			}
			/* It may fail earlier than before */
			count = w->at + 1;
			memcpy(list, shorter, count * sizeof(*list));
			again = true;
		}
		if (piece == 1 && again) {
			again = false;
			continue;
		}
		piece /= 2;
	}
	return count;
}

void walk_shrink(struct walk *w)
{
	unsigned long failed = w->at, end = failed + 1, count, i;
	char message[WALK_MESSAGE];

	memcpy(message, w->message, sizeof(message));
	note("seed %llu, hart %u, step %lu: %s",
	     (unsigned long long)suite_seed(), w->hart, failed, message);
	w->shrinking = true;
	w->life = 0;
	count = cut_prefix(w, end);
	budget = SHRINK_STEPS;
	if (count <= LIST) {
		for (i = 0; i < count; i++)
			list[i] = (uint32_t)(end - count + i);
		if (count < end || fails(w, list, 0, count))
			count = leave_out(w, count);
		note("%lu steps of it are enough:", count);
		if (walk_steps(w, list, 0, count, true))
			note("they did not fail again");
	} else {
		note("the last steps of it:");
		if (walk_steps(w, NULL, 0, end, true))
			note("it did not fail again");
	}
	note("again: make run ONLY=%s SEED=%llu STEPS=%lu", w->profile->id,
	     (unsigned long long)suite_seed(), end);
}
