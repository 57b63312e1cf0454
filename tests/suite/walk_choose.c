// SPDX-License-Identifier: BSD-2-Clause
/*
 * The steps of a walk. All choices of a step come from the seed and its number,
 * none from the state, so that steps can be left out.
 */

#include "walk_dice.h"

#define M (&walk_machine)

static unsigned int pick_event(struct dice *d)
{
	unsigned int r = below(d, 100), n;

	if (r < 40)
		return below(d, 2); /* cycles and instructions come first */
	if (r < 70) /* SET_TIMER most of the time, else one of its neighbours */
		return M->set_timer + below(d, 3) * chance(d, 30) -
		       below(d, 4) * chance(d, 50);
	n = below(d, M->events);
	while (r < 85 && !M->event[n].countable)
		n = (n + 1) % M->events;
	return n;
}

static unsigned long reserved_bits(struct dice *d, unsigned long defined)
{
	if (!chance(d, 4))
		return 0;
	return (1UL << below(d, XLEN)) & ~defined;
}

/*
 * In a walk through overflows, a start value that leads to one soon, else to
 * none. QEMU loses the overflow after a start below 2^63, so there are few of
 * these; and it aborts under icount when a TLB event overflows.
 */
uint64_t walk_start_value(const struct walk *w, uint64_t x)
{
	if (!w->profile->overflow)
		return x >> 2;
	return x >> 62 ? 0 - (20 + x % 600) : 1ULL << 63 | x;
}

static uint64_t start_value(struct dice *d, const struct walk *w)
{
	static const uint64_t values[] = {0,
					  1,
					  0xfffffff0,
					  0xffffffff,
					  1ULL << 31,
					  1ULL << 32,
					  (1ULL << 48) - 5,
					  1ULL << 62,
					  1ULL << 63,
					  0xfff0ULL << 48};

	switch (w->profile->overflow ? 2 : below(d, 3)) {
	case 0:
		return values[below(d, ARRAY_SIZE(values))];
	case 1:
		return below(d, 100000);
	default:
		return walk_start_value(w, roll(d));
	}
}

static void put64(struct walk_step *s, unsigned int reg)
{
	s->a[reg] = (unsigned long)s->data;
	if (XLEN == 32)
		s->a[reg + 1] = (unsigned long)(s->data >> 32);
}

static void choose_config(struct dice *d, struct walk_step *s,
			  const struct walk *w)
{
	const struct walk_event *e;
	enum kind_of_counter kind;
	struct set set;

	s->event = pick_event(d);
	e = &M->event[s->event];
	if (w->profile->overflow && !e->ticks && e->countable &&
	    PMU_EVENT_TYPE(e->event) != PMU_TYPE_FW)
		e = &M->event[s->event = below(d, 2)];
	kind = PMU_EVENT_TYPE(e->event) == PMU_TYPE_FW ? FIRMWARE : HARDWARE;
	set = walk_choose_set(d, chance(d, 92) ? kind : ANY, 35);
	s->a[0] = set.base;
	s->a[1] = set.mask;
	s->a[2] = reserved_bits(d, PMU_CFG_DEFINED);
	if (chance(d, 25))
		s->a[2] |= PMU_CFG_SKIP_MATCH;
	if (chance(d, w->profile->overflow ? 4 : 40))
		s->a[2] |= PMU_CFG_CLEAR_VALUE;
	if (chance(d, w->profile->overflow ? 4 : 35))
		s->a[2] |= PMU_CFG_AUTO_START;
	if (chance(d, 60))
		s->a[2] |= roll(d) & PMU_CFG_INHIBITS;
	s->a[3] = e->event;
	s->data = e->data;
	put64(s, 4);
}

static void choose_start(struct dice *d, struct walk_step *s,
			 const struct walk *w)
{
	struct set set = walk_choose_set(d, ANY, 60);

	s->a[0] = set.base;
	s->a[1] = set.mask;
	s->a[2] = reserved_bits(d, PMU_START_DEFINED);
	if (chance(d, w->profile->snapshot))
		s->a[2] |= PMU_START_INIT_SNAPSHOT;
	if (chance(d, s->a[2] ? 8 : w->profile->overflow ? 95 : 55))
		s->a[2] |= PMU_START_SET_INIT_VALUE;
	s->data = start_value(d, w);
	/* Firmware counters may go through 0; a snapshot would spread that */
	if (!(facts.snapshot && w->profile->snapshot) && facts.fws &&
	    set.base >= facts.fw[0] && chance(d, 30))
		s->data = ~0ULL - below(d, 4);
	put64(s, 3);
}

static void choose_stop(struct dice *d, struct walk_step *s,
			const struct walk *w)
{
	struct set set = walk_choose_set(d, ANY, 60);

	s->a[0] = set.base;
	s->a[1] = set.mask;
	s->a[2] = reserved_bits(d, PMU_STOP_DEFINED);
	if (chance(d, w->profile->snapshot))
		s->a[2] |= PMU_STOP_TAKE_SNAPSHOT;
	if (chance(d, 35))
		s->a[2] |= PMU_STOP_RESET;
}

/* An index as it should be, or near that, or far from it */
static unsigned long choose_index(struct dice *d)
{
	switch (below(d, 12)) {
	case 0:
		return M->num + below(d, 2);
	case 1:
		return ~0UL - below(d, 2);
	case 2:
		return 1UL << (XLEN - 1) | walk_pick(d, ANY);
	case 3:
		return XLEN == 64 ? (1ULL << 32) + walk_pick(d, ANY) : 1;
	default:
		return walk_pick(d, ANY);
	}
}

static unsigned long bad_address(struct dice *d, unsigned long good)
{
	unsigned int r = below(d, 5);

	if (r < 2 && M->bad_pages)
		return (unsigned long)M->bad_page[below(d, M->bad_pages)];
	if (r == 2)
		return 1UL << (XLEN - 1);
	return good + (1UL << below(d, 3));
}

static void choose_shmem(struct dice *d, struct walk_step *s,
			 const struct walk *w)
{
	s->page = below(d, WALK_PAGES);
	s->a[0] = (unsigned long)w->page[s->page];
	s->a[1] = 0;
	s->a[2] = reserved_bits(d, 0);
	if (chance(d, 25)) {
		s->a[0] = ~0UL;
		s->a[1] = chance(d, 85) ? ~0UL : 0;
	} else if (chance(d, 8)) {
		s->a[1] = chance(d, 50) ? ~0UL : 1;
	} else if (chance(d, 12)) {
		s->a[0] = bad_address(d, s->a[0]);
	} else if (chance(d, 6)) {
		s->a[0] += 1UL << below(d, 12);
	}
}

static void choose_table(struct dice *d, struct walk_step *s,
			 const struct walk *w)
{
	unsigned int n;

	s->entries = below(d, WALK_ENTRIES + 1);
	for (n = 0; n < s->entries; n++) {
		s->entry[n] =
			chance(d, 50) ? pick_event(d) : below(d, M->events);
		/* One entry with a reserved bit refuses the table: be sparing
		 */
		if (M->event[s->entry[n]].event & ~PMU_EVENT_BITS &&
		    (chance(d, 80) ||
		     M->event[s->entry[n]].event > 0xffffffffUL))
			s->entry[n] = below(d, 2);
	}
	s->fill = roll(d);
	s->a[0] = (unsigned long)w->table + 16 * below(d, 240);
	s->a[1] = 0;
	s->a[2] = s->entries;
	s->a[3] = reserved_bits(d, 0);
	if (chance(d, 5))
		s->a[1] = chance(d, 50) ? ~0UL : 1;
	if (chance(d, 6))
		s->a[2] = chance(d, 50) ? ~0UL : 1UL << (XLEN - 4);
	else if (chance(d, 8))
		s->a[0] = bad_address(d, s->a[0]);
}

static void choose_work(struct dice *d, struct walk_step *s)
{
	s->mode = (enum mode)below(d, 4);
	if (!mode_available(s->mode))
		s->mode = s->mode == MODE_VS ? MODE_S : MODE_U;
	s->count = WORK_MIN + below(d, 300);
}

static void choose_call(struct dice *d, struct walk_step *s,
			const struct walk *w)
{
	static const unsigned long unknown[] = {9,  10,	 11,  16,     31,  32,
						64, 255, 256, 0x8000, ~0UL};

	switch (s->kind) {
	case WALK_CONFIG:
		s->a[6] = PMU_FID_CONFIG;
		choose_config(d, s, w);
		break;
	case WALK_START:
		s->a[6] = PMU_FID_START;
		choose_start(d, s, w);
		break;
	case WALK_STOP:
		s->a[6] = PMU_FID_STOP;
		choose_stop(d, s, w);
		break;
	case WALK_READ:
		s->a[6] = chance(d, 70) ? PMU_FID_FW_READ : PMU_FID_FW_READ_HI;
		s->a[0] = chance(d, 60) ? walk_pick(d, FIRMWARE)
					: choose_index(d);
		break;
	case WALK_INFO:
		s->a[6] =
			chance(d, 15) ? PMU_FID_NUM_COUNTERS : PMU_FID_GET_INFO;
		s->a[0] = choose_index(d);
		break;
	case WALK_SHMEM:
		s->a[6] = PMU_FID_SET_SHMEM;
		choose_shmem(d, s, w);
		break;
	case WALK_TABLE:
		s->a[6] = PMU_FID_EVENT_INFO;
		choose_table(d, s, w);
		break;
	default:
		s->a[6] = unknown[below(d, ARRAY_SIZE(unknown))];
	}
}

void walk_choose(const struct walk *w, unsigned long n, struct walk_step *s)
{
	struct dice d = {mix(w->seed + 1) ^ mix(~(uint64_t)n)};
	const uint8_t *weight = w->profile->weight;
	unsigned int sum = 0, r, i;

	for (i = 0; i < WALK_KINDS; i++)
		sum += weight[i];
	r = below(&d, sum);
	for (i = 0; r >= weight[i]; i++)
		r -= weight[i];
	memset(s, 0, sizeof(*s));
	s->kind = (enum walk_kind)i;
	/* Registers that a function does not use hold anything */
	for (i = 0; i < 6; i++)
		s->a[i] = (unsigned long)roll(&d);
	s->a[7] = PMU_EID;
	s->acknowledge = chance(&d, 20);

	if (s->kind < WALK_WORK) {
		choose_call(&d, s, w);
	} else if (s->kind == WALK_WORK) {
		choose_work(&d, s);
	} else {
		s->provocation =
			below(&d, 3) ? 0 : below(&d, WALK_PROVOCATIONS);
		s->page = below(&d, WALK_PAGES);
		s->fill = roll(&d);
	}
}
