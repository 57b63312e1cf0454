/* SPDX-License-Identifier: BSD-2-Clause */
/* Random numbers for the steps of a walk, and what they choose. */
#ifndef SUITE_WALK_DICE_H
#define SUITE_WALK_DICE_H

#include "counters.h"
#include "walk.h"

struct dice {
	uint64_t state;
};

static inline uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

static inline uint64_t roll(struct dice *d)
{
	d->state += 0x9e3779b97f4a7c15ULL;
	return mix(d->state);
}

static inline unsigned int below(struct dice *d, unsigned int n)
{
	return (unsigned int)((roll(d) >> 32) * n >> 32);
}

static inline bool chance(struct dice *d, unsigned int percent)
{
	return below(d, 100) < percent;
}

enum kind_of_counter { ANY, HARDWARE, FIRMWARE };

/** A counter, most often a hot one */
unsigned int walk_pick(struct dice *d, enum kind_of_counter kind);

/** A set of counters; singles: percent of sets of one, where they are good */
struct set walk_choose_set(struct dice *d, enum kind_of_counter kind,
			   unsigned int singles);

#endif
