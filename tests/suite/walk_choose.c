// SPDX-License-Identifier: BSD-2-Clause
/*
 * The steps of a walk. All choices of a step come from the seed and its number,
 * none from the state, so that steps can be left out.
 */

#include "counters.h"
#include "walk.h"

#define M (&walk_machine)

struct dice {
	uint64_t state;
};

static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

static uint64_t roll(struct dice *d)
{
	d->state += 0x9e3779b97f4a7c15ULL;
	return mix(d->state);
}

static unsigned int below(struct dice *d, unsigned int n)
{
	return (unsigned int)((roll(d) >> 32) * n >> 32);
}

static bool chance(struct dice *d, unsigned int percent)
{
	return below(d, 100) < percent;
}

enum kind_of_counter { ANY, HARDWARE, FIRMWARE };

static unsigned int pick(struct dice *d, enum kind_of_counter kind)
{
	const unsigned int fws = M->hots - M->hot_hws;

	if (chance(d, 12))
		return below(d, M->num);
	if (kind == HARDWARE && M->hot_hws)
		return M->hot[below(d, M->hot_hws)];
	if (kind == FIRMWARE && fws)
		return M->hot[M->hot_hws + below(d, fws)];
	return M->hots ? M->hot[below(d, M->hots)] : below(d, M->num);
}

static struct set single(struct dice *d, unsigned int index)
{
	unsigned int shift = index < XLEN ? index : XLEN - 1;

	shift = chance(d, 50) ? 0 : below(d, shift + 1);
	return (struct set){index - shift, 1UL << shift};
}

static struct set several(struct dice *d, enum kind_of_counter kind)
{
	unsigned int first = pick(d, kind), n = 1 + below(d, 4);
	struct set set = {first - below(d, (first < 3 ? first : 3) + 1), 0};

	set.mask = 1UL << (first - set.base);
	while (n--) {
		unsigned int index = pick(d, chance(d, 80) ? kind : ANY);

		if (index >= set.base && index - set.base < XLEN)
			set.mask |= 1UL << (index - set.base);
	}
	return set;
}

static struct set hostile_set(struct dice *d)
{
	unsigned int good = pick(d, ANY);
	struct set set = single(d, good);

	switch (below(d, 11)) {
	case 10: /* the first index that is none */
		set.base = M->num - 1 - below(d, M->num < 8 ? M->num : 8);
		set.mask = 1UL << (M->num - set.base);
		set.mask |= chance(d, 50);
		break;
	case 0:
		set.mask = 0;
		break;
	case 1:
		set.base = M->num + below(d, 3);
		break;
	case 2:
		set.mask |= 1UL << (XLEN - 1);
		break;
	case 3:
		set.mask = ~0UL;
		break;
	case 4:
		set = (struct set){~0UL - below(d, 3), (unsigned long)roll(d)};
		break;
	case 5:
		set.base |= 1UL << (XLEN - 1);
		break;
	case 6:
		set.base += 1ULL << 32;
		set.mask |= XLEN == 32; /* where 2^32 is 0 */
		break;
	case 7:
		set.base = (unsigned long)roll(d);
		break;
	case 8: /* the hole where the time CSR would be */
		set = (struct set){0, 2 | (1UL << (good % XLEN))};
		break;
	default: /* sums that wrap around to a good counter */
		set = (struct set){~0UL, 2UL << (good % (XLEN - 1))};
	}
	return set;
}

static struct set choose_set(struct dice *d, enum kind_of_counter kind,
			     unsigned int singles)
{
	unsigned int r = below(d, 100);

	if (r < singles)
		return single(d, pick(d, kind));
	if (r < 86)
		return several(d, kind);
	if (r < 90)
		return set_from(chance(d, 50) ? 0 : below(d, M->num));
	return hostile_set(d);
}

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
 * A start value that leads to an overflow soon, where that can be watched:
 * without icount QEMU does not keep up with short periods, and hangs.
 */
uint64_t walk_near_overflow(uint64_t x)
{
	return XLEN == 64 && facts.exact ? 0 - (20 + x % 3000) : x >> 2;
}

static uint64_t start_value(struct dice *d)
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

	switch (below(d, 7)) {
	case 0:
		return walk_near_overflow(roll(d));
	case 1:
	case 2:
		return values[below(d, ARRAY_SIZE(values))];
	case 3:
	case 4:
		return below(d, 100000);
	default:
		return roll(d) >> 2;
	}
}

static void put64(struct walk_step *s, unsigned int reg)
{
	s->a[reg] = (unsigned long)s->data;
	if (XLEN == 32)
		s->a[reg + 1] = (unsigned long)(s->data >> 32);
}

static void choose_config(struct dice *d, struct walk_step *s)
{
	const struct walk_event *e;
	enum kind_of_counter kind;
	struct set set;

	s->event = pick_event(d);
	e = &M->event[s->event];
	kind = PMU_EVENT_TYPE(e->event) == PMU_TYPE_FW ? FIRMWARE : HARDWARE;
	set = choose_set(d, chance(d, 92) ? kind : ANY, 35);
	s->a[0] = set.base;
	s->a[1] = set.mask;
	s->a[2] = reserved_bits(d, PMU_CFG_DEFINED);
	if (chance(d, 25))
		s->a[2] |= PMU_CFG_SKIP_MATCH;
	if (chance(d, 40))
		s->a[2] |= PMU_CFG_CLEAR_VALUE;
	if (chance(d, 35))
		s->a[2] |= PMU_CFG_AUTO_START;
	if (chance(d, 60))
		s->a[2] |= roll(d) & PMU_CFG_INHIBITS;
	s->a[3] = e->event;
	s->data = e->data;
	put64(s, 4);
}

static void choose_start(struct dice *d, struct walk_step *s,
			 unsigned int snapshot)
{
	struct set set = choose_set(d, ANY, 60);

	s->a[0] = set.base;
	s->a[1] = set.mask;
	s->a[2] = reserved_bits(d, PMU_START_DEFINED);
	if (chance(d, snapshot))
		s->a[2] |= PMU_START_INIT_SNAPSHOT;
	if (chance(d, s->a[2] ? 8 : 55))
		s->a[2] |= PMU_START_SET_INIT_VALUE;
	s->data = start_value(d);
	/* A firmware counter may go through 0 */
	if (facts.fws && set.base >= facts.fw[0] && chance(d, 30))
		s->data = ~0ULL - below(d, 4);
	put64(s, 3);
}

static void choose_stop(struct dice *d, struct walk_step *s,
			unsigned int snapshot)
{
	struct set set = choose_set(d, ANY, 60);

	s->a[0] = set.base;
	s->a[1] = set.mask;
	s->a[2] = reserved_bits(d, PMU_STOP_DEFINED);
	if (chance(d, snapshot))
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
		return 1UL << (XLEN - 1) | pick(d, ANY);
	case 3:
		return XLEN == 64 ? (1ULL << 32) + pick(d, ANY) : 1;
	default:
		return pick(d, ANY);
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
		choose_config(d, s);
		break;
	case WALK_START:
		s->a[6] = PMU_FID_START;
		choose_start(d, s, w->profile->snapshot);
		break;
	case WALK_STOP:
		s->a[6] = PMU_FID_STOP;
		choose_stop(d, s, w->profile->snapshot);
		break;
	case WALK_READ:
		s->a[6] = chance(d, 70) ? PMU_FID_FW_READ : PMU_FID_FW_READ_HI;
		s->a[0] = chance(d, 60) ? pick(d, FIRMWARE) : choose_index(d);
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
