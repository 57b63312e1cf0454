// SPDX-License-Identifier: BSD-2-Clause
/*
 * Random calls on random machines, against the model: nothing traps, nothing
 * running is changed, and every counter has the value that it must have.
 *
 * UNIT_SEED and UNIT_STEPS in the environment choose another walk.
 */

#include <stdio.h>
#include <stdlib.h>
#include "calls.h"
#include "rig.h"

#define STEPS_PER_MACHINE 500
#define STEPS 200000UL

static uint64_t rng_state;

static uint64_t rnd(void)
{
	/* splitmix64 */
	uint64_t z = rng_state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

static unsigned long from_env(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 0) : otherwise;
}

/* Aim: no sequence of calls whatever breaks the core or its counts. */
static void test_random_walk(void **state)
{
	unsigned long seed = from_env("UNIT_SEED", 1);
	unsigned long total = from_env("UNIT_STEPS", STEPS), step;

	(void)state;
	calls_random = rnd;
	for (step = 0; step < total; step++) {
		static char name[64];

		/* Each machine has a seed, so a failure is soon seen again */
		if (step % STEPS_PER_MACHINE == 0) {
			rng_state = seed + step;
			snprintf(name, sizeof(name), "random, UNIT_SEED=%lu",
				 seed + step);
			calls_machine(name);
		}
		calls_step();
	}
}

RIG_MAIN(walk, cmocka_unit_test(test_random_walk))
