// SPDX-License-Identifier: BSD-2-Clause
/* The sets of counters that a walk names: good, borderline and hostile ones */

#include "walk_dice.h"

#define M (&walk_machine)

unsigned int walk_pick(struct dice *d, enum kind_of_counter kind)
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
	unsigned int first = walk_pick(d, kind), n = 1 + below(d, 4);
	struct set set = {first - below(d, (first < 3 ? first : 3) + 1), 0};

	set.mask = 1UL << (first - set.base);
	while (n--) {
		unsigned int index = walk_pick(d, chance(d, 80) ? kind : ANY);

		if (index >= set.base && index - set.base < XLEN)
			set.mask |= 1UL << (index - set.base);
	}
	return set;
}

static struct set hostile_set(struct dice *d)
{
	unsigned int good = walk_pick(d, ANY);
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

struct set walk_choose_set(struct dice *d, enum kind_of_counter kind,
			   unsigned int singles)
{
	unsigned int r = below(d, 100);

	if (r < singles)
		return single(d, walk_pick(d, kind));
	if (r < 86)
		return several(d, kind);
	if (r < 90)
		return set_from(chance(d, 50) ? 0 : below(d, M->num));
	return hostile_set(d);
}
