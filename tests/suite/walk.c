// SPDX-License-Identifier: BSD-2-Clause
/* Random walks over all calls; walk.h says how they work. */

#include "walk.h"

static struct walk walks[4];

static const struct walk_profile all_calls = {
	.id = "walk.calls",
	.weight = {[WALK_CONFIG] = 24,
		   [WALK_START] = 20,
		   [WALK_STOP] = 18,
		   [WALK_READ] = 5,
		   [WALK_INFO] = 3,
		   [WALK_SHMEM] = 3,
		   [WALK_TABLE] = 3,
		   [WALK_UNKNOWN] = 1,
		   [WALK_WORK] = 12,
		   [WALK_PROVOKE] = 9,
		   [WALK_FILL] = 2},
	.snapshot = 10,
};

/* Pages of a walk; false when there are none left */
static bool prepare(struct walk *w, const struct walk_profile *profile,
		    unsigned long steps)
{
	unsigned int i;

	memset(w, 0, sizeof(*w));
	w->profile = profile;
	w->seed = suite_seed();
	w->total = steps;
	w->what = "step";
	for (i = 0; i < WALK_PAGES; i++) {
		w->page[i] = page_alloc(1);
		if (!w->page[i])
			return false;
	}
	w->table = page_alloc(1);
	return w->table != NULL;
}

static void walk_here(const struct walk_profile *profile, unsigned long steps)
{
	void (*outer)(const struct trap_info *) = trap_unexpected;
	struct walk *w = &walks[0];
	bool good;

	skip_unless(facts.pmu, "this firmware has no PMU extension");
	walk_know_machine(suite_seed());
	require(prepare(w, profile, steps), "pages for the walk");
	trap_unexpected = walk_unexpected;
	good = walk_steps(w, NULL, 0, steps, false);
	if (!good)
		walk_shrink(w);
	trap_unexpected = outer;
	expect(good, "%lu steps with seed %llu", steps,
	       (unsigned long long)suite_seed());
}

CASE(walk, calls,
     "A random walk over all calls does what the reference model does.")
{
	walk_here(&all_calls, suite_steps(100000));
}
