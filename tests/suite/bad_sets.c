// SPDX-License-Identifier: BSD-2-Clause
/* Sets of counters that are none; there are no cases here. */

#include "counters.h"

struct bad_sets {
	struct bad_set *to;
	unsigned int count;
};

static void add_set(struct bad_sets *sets, unsigned long base,
		    unsigned long mask, const char *what)
{
	if (sets->count < MAX_BAD_SETS)
		sets->to[sets->count++] =
			(struct bad_set){{base, mask}, what, false};
}

static void add_holes(struct bad_sets *sets, unsigned long good)
{
	unsigned long hole, distance;

	for (hole = 0; hole < facts.num; hole++) {
		if (facts.counter[hole].exists)
			continue;
		distance = hole < good ? good - hole : hole - good;
		add_set(sets, hole, 1, "a hole alone");
		if (distance < XLEN) {
			struct set set = set_of(good, hole);

			add_set(sets, set.base, set.mask,
				"a good counter and a hole");
		}
	}
}

/* Sums of base and bit that leave the range of indices or wrap around in it */
static void add_sums(struct bad_sets *sets, unsigned long good,
		     unsigned long num)
{
	const unsigned long top = 1UL << (XLEN - 1);

	add_set(sets, num - 1, 3, "the last counter and one behind it");
	if (num - good < XLEN)
		add_set(sets, good, 1 | 1UL << (num - good),
			"a good counter and one behind the last");
	if (good + XLEN > num) {
		add_set(sets, good, 1 | top, "a mask that reaches too far");
		add_set(sets, good, ~0UL, "a mask of all ones");
	}
	if (good + 2 < XLEN) {
		add_set(sets, ~0UL, 1UL << (good + 1),
			"a base of -1 whose sum wraps to a good counter");
		add_set(sets, ~0UL - 1, 1UL << (good + 2),
			"a base of -2 whose sum wraps to a good counter");
	}
}

unsigned int find_bad_sets(unsigned long good, struct bad_set to[])
{
	const unsigned long num = pmu_num_counters().value;
	struct bad_sets sets = {to, 0};
	unsigned int first;

	add_set(&sets, 0, 0, "an empty mask");
	add_set(&sets, good, 0, "an empty mask on a good base");
	add_set(&sets, ~0UL, 0, "an empty mask on a base of all ones");
	add_set(&sets, num, 1, "the index behind the last");
	add_set(&sets, num, ~0UL, "all indices behind the last");
	add_set(&sets, num + 1, 1, "the second index behind the last");
	add_set(&sets, 4096, 1, "base 4096");
	add_set(&sets, ~0UL, 1, "a base of all ones");
	add_set(&sets, ~0UL, ~0UL, "base and mask of all ones");
	add_set(&sets, 1UL << (XLEN - 1) | good, 1,
		"a good index with the sign bit");
#if XLEN > 32
	add_set(&sets, (1UL << 32) + good, 1, "a good index plus 2^32");
	if (good + 1 < XLEN)
		add_set(&sets, 0xffffffffUL, 2UL << good,
			"a 32-bit base of -1 and a good counter");
#endif
	add_sums(&sets, good, num);
	first = sets.count;
	add_holes(&sets, good);
	while (first < sets.count)
		to[first++].hole = true;
	return sets.count;
}
