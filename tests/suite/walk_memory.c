// SPDX-License-Identifier: BSD-2-Clause
/* The memory that a walk shares with the firmware, and the calls about it */

#include "walk.h"

#define M (&walk_machine)

static bool is_bad_page(unsigned long address)
{
	unsigned int n;

	for (n = 0; n < M->bad_pages; n++) {
		if (address / PAGE_SIZE == M->bad_page[n] / PAGE_SIZE)
			return true;
	}
	return address >> (XLEN - 1) && XLEN == 64;
}

void walk_model_shmem(struct walk *w, const struct walk_step *s)
{
	const unsigned long lo = s->a[0], hi = s->a[1], flags = s->a[2];
	bool clear = lo == ~0UL && hi == ~0UL;
	unsigned int allowed = 0;

	if (!facts.snapshot) {
		walk_expect_error(w, WALK_ALLOW(PMU_ERR_NOT_SUPPORTED));
		return;
	}
	if (flags || (!clear && lo & (PAGE_SIZE - 1)))
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
	if (!clear && (hi || is_bad_page(lo)) && (!allowed || !ours()))
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_ADDRESS);
	if (walk_expect_error(w, allowed ? allowed : WALK_ALLOW(PMU_OK)) &&
	    !w->ret.error)
		w->shmem = clear ? -1 : (int)s->page;
}

/* Whether the table lies where the model says that it lies */
static bool is_in_place(const struct walk *w, const struct walk_step *s)
{
	unsigned long at = s->a[0] - (unsigned long)w->table;

	return at % 16 == 0 && at <= PAGE_SIZE - 16 * WALK_ENTRIES &&
	       s->a[2] <= WALK_ENTRIES && !s->a[1];
}

/* What the entries hold is a matter of the fill: the output must be ignored */
void walk_prepare_table(struct walk *w, const struct walk_step *s)
{
	unsigned long at = (s->a[0] - (unsigned long)w->table) / 16;
	unsigned int n;

	if (!is_in_place(w, s))
		return;
	for (n = 0; n < s->entries; n++) {
		const struct walk_event *e = &M->event[s->entry[n]];
		struct pmu_event_info *entry = &w->table[at + n];

		entry->event_idx = (uint32_t)e->event;
		entry->output = (uint32_t)(s->fill >> n);
		entry->event_data = e->data;
		w->want_table[at + n] = *entry;
	}
}

static void answer_table(struct walk *w, const struct walk_step *s)
{
	unsigned long at = (s->a[0] - (unsigned long)w->table) / 16;
	unsigned int n;

	for (n = 0; n < s->a[2]; n++) {
		const struct walk_event *e = &M->event[s->entry[n]];
		uint32_t *output = &w->want_table[at + n].output;

		*output = M->event[e->plain].countable;
		/* Whether event_data counts where it means nothing is open */
		if (!ours() && &M->event[e->plain] != e &&
		    w->table[at + n].output <= 1)
			*output = w->table[at + n].output;
	}
}

void walk_model_table(struct walk *w, const struct walk_step *s)
{
	bool reserved = false;
	unsigned int allowed = 0, n;

	if (!facts.event_info) {
		walk_expect_error(w, WALK_ALLOW(PMU_ERR_NOT_SUPPORTED));
		return;
	}
	if (s->a[3] || s->a[0] % 16)
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
	else if (!s->a[2] && ours())
		allowed |= WALK_ALLOW(PMU_OK);
	if ((s->a[1] || s->a[2] > WALK_ENTRIES || is_bad_page(s->a[0])) &&
	    (!allowed || !ours()))
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_ADDRESS);
	for (n = 0; n < s->a[2] && is_in_place(w, s); n++) {
		if (M->event[s->entry[n]].event & ~PMU_EVENT_BITS)
			reserved = true;
	}
	if (reserved)
		allowed |= WALK_ALLOW(PMU_ERR_INVALID_PARAM);
	if (!ours() && !s->a[2])
		allowed |= WALK_ALLOW(PMU_OK) |
			   WALK_ALLOW(PMU_ERR_INVALID_PARAM) |
			   WALK_ALLOW(PMU_ERR_INVALID_ADDRESS);
	if (!walk_expect_error(w, allowed ? allowed : WALK_ALLOW(PMU_OK)))
		return;
	if (!w->ret.error)
		answer_table(w, s);
	else if (!ours() && reserved)
		memcpy(w->want_table, w->table, PAGE_SIZE);
}

/* New start values */
void walk_fill(struct walk *w, const struct walk_step *s)
{
	uint64_t x = s->fill;
	unsigned int n;

	for (n = 0; n <= PMU_SNAPSHOT_SLOTS; n++) {
		x = x * 6364136223846793005ULL + 1442695040888963407ULL;
		w->want[s->page][n] = walk_start_value(w, x);
		w->page[s->page][n] = w->want[s->page][n];
	}
}

static void check_page(struct walk *w, unsigned int page)
{
	unsigned int n;

	for (n = 0; n < PAGE_SIZE / 8; n++) {
		uint64_t has = w->page[page][n], want = w->want[page][n];

		if (has == want)
			continue;
		walk_fail(w,
			  "page %u, offset %#x: expected %#llx, received %#llx",
			  page, n * 8, (unsigned long long)want,
			  (unsigned long long)has);
		w->page[page][n] = want;
	}
}

static void check_table(struct walk *w)
{
	const uint32_t *has = (uint32_t *)w->table;
	const uint32_t *want = (uint32_t *)w->want_table;
	unsigned int n;

	for (n = 0; n < PAGE_SIZE / 4; n++) {
		if (has[n] == want[n])
			continue;
		walk_fail(
			w,
			"table offset %#x (event %#x): expected %#x, received %#x",
			n * 4, has[n & ~3u], want[n], has[n]);
		return;
	}
}

/* The slots of those counters that this call stopped, relative to its base */
static void take_snapshot(struct walk *w, const struct walk_step *s)
{
	unsigned int i;

	w->want[w->shmem][0] =
		walk_snapshot_overflow(w, s->a[0], w->page[w->shmem][0]);
	for (i = 0; i < M->num; i++) {
		if (!w->ctr[i].stopped)
			continue;
		w->want[w->shmem][1 + i - s->a[0]] = w->ctr[i].value;
	}
}

void walk_check_memory(struct walk *w, const struct walk_step *s)
{
	if (w->page_open)
		memcpy(w->want[w->shmem], w->page[w->shmem], PAGE_SIZE);
	else if (w->taken)
		take_snapshot(w, s);
	if (w->taken || w->at % 64 == 0 || s->kind == WALK_SHMEM) {
		check_page(w, 0);
		check_page(w, 1);
	}
	if (s->kind == WALK_TABLE || w->at % 64 == 1)
		check_table(w);
}
