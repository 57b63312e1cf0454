// SPDX-License-Identifier: BSD-2-Clause
/* Random walks over all calls; walk.h says how they work. */

#include "measure.h"
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

static const struct walk_profile with_snapshots = {
	.id = "walk.snapshot",
	.weight = {[WALK_CONFIG] = 18,
		   [WALK_START] = 22,
		   [WALK_STOP] = 24,
		   [WALK_SHMEM] = 8,
		   [WALK_WORK] = 10,
		   [WALK_PROVOKE] = 9,
		   [WALK_FILL] = 9},
	.snapshot = 50,
};

static const struct walk_profile events = {
	.id = "walk.events",
	.weight = {[WALK_CONFIG] = 60,
		   [WALK_START] = 8,
		   [WALK_STOP] = 25,
		   [WALK_TABLE] = 15,
		   [WALK_WORK] = 8,
		   [WALK_PROVOKE] = 6},
	.snapshot = 0,
};

static const struct walk_profile overflows = {
	.id = "walk.overflow",
	.weight = {[WALK_CONFIG] = 20,
		   [WALK_START] = 24,
		   [WALK_STOP] = 20,
		   [WALK_SHMEM] = 3,
		   [WALK_WORK] = 25,
		   [WALK_PROVOKE] = 2,
		   [WALK_FILL] = 2},
	.snapshot = 20,
	.overflow = true,
};

static const struct walk_profile on_harts = {
	.id = "walk.harts",
	.weight = {[WALK_CONFIG] = 24,
		   [WALK_START] = 20,
		   [WALK_STOP] = 18,
		   [WALK_READ] = 5,
		   [WALK_INFO] = 5,
		   [WALK_SHMEM] = 4,
		   [WALK_TABLE] = 4,
		   [WALK_WORK] = 5,
		   [WALK_PROVOKE] = 12,
		   [WALK_FILL] = 3},
	.snapshot = 20,
};

/* Pages of a walk; the same steps are others on another hart */
static void prepare(struct walk *w, const struct walk_profile *profile,
		    unsigned long steps, unsigned int hart)
{
	unsigned int i;

	memset(w, 0, sizeof(*w));
	w->profile = profile;
	w->hart = hart;
	w->seed = suite_seed() + (uint64_t)hart * 1000003;
	w->total = steps;
	for (i = 0; i < WALK_PAGES; i++) {
		w->page[i] = page_alloc(1);
		require(w->page[i] != NULL, "a page for snapshots");
	}
	w->table = page_alloc(1);
	require(w->table != NULL, "a page for a table of events");
}

static unsigned long take_all(unsigned long arg)
{
	struct walk *w = (struct walk *)arg;

	return walk_steps(w, NULL, 0, w->total, false);
}

static unsigned long shrink(unsigned long arg)
{
	walk_shrink((struct walk *)arg);
	return 0;
}

/* Of several harts only this one tells how far it is */
static void wait_for(unsigned int hart)
{
	unsigned int seconds = 0;

	while (!hart_wait(hart, 1000, NULL)) {
		require(harts[hart].state == HART_BUSY && ++seconds < 120,
			"the walk on hart %u ends", hart);
		note("walk: waiting for hart %u", hart);
	}
}

static void run_on(unsigned int hart, unsigned long (*fn)(unsigned long))
{
	unsigned long arg = (unsigned long)&walks[hart];

	if (hart == 0) {
		fn(arg);
		return;
	}
	require(hart_call_async(hart, fn, arg), "hart %u runs", hart);
	wait_for(hart);
}

/* A walk that is long enough has seen everything that its steps are about */
static unsigned int expected_sights(const struct walk_profile *profile)
{
	unsigned int sights = WALK_SAW_CALL(PMU_FID_CONFIG) |
			      WALK_SAW_CALL(PMU_FID_START) |
			      WALK_SAW_CALL(PMU_FID_STOP) |
			      WALK_SAW_MODE(MODE_S) | WALK_SAW_MODE(MODE_U);

	if (facts.h)
		sights |= WALK_SAW_MODE(MODE_VS) | WALK_SAW_MODE(MODE_VU);
	if (profile->weight[WALK_INFO])
		sights |= WALK_SAW_CALL(PMU_FID_NUM_COUNTERS) |
			  WALK_SAW_CALL(PMU_FID_GET_INFO);
	if (profile->weight[WALK_READ] && facts.fws)
		sights |= WALK_SAW_CALL(PMU_FID_FW_READ) |
			  WALK_SAW_CALL(PMU_FID_FW_READ_HI);
	if (profile->weight[WALK_TABLE] && facts.event_info)
		sights |= WALK_SAW_CALL(PMU_FID_EVENT_INFO);
	if (profile->weight[WALK_SHMEM] && facts.snapshot)
		sights |= WALK_SAW_CALL(PMU_FID_SET_SHMEM) | WALK_SAW_SAVE |
			  WALK_SAW_LOAD;
	if (ours() && profile->overflow)
		sights |= WALK_SAW_OVERFLOW;
	return sights;
}

#define ENOUGH_STEPS 20000

static void walk_on(const struct walk_profile *profile, unsigned long steps,
		    unsigned int count)
{
	void (*outer)(const struct trap_info *) = trap_unexpected;
	unsigned int i;

	skip_unless(facts.pmu && facts.num,
		    "this firmware has no PMU extension");
	pmu_clean();
	walk_know_machine(&walks[0], suite_seed());
	for (i = 0; i < count; i++)
		prepare(&walks[i], profile, steps, i);
	trap_unexpected = walk_unexpected;
	for (i = 1; i < count; i++)
		require(hart_call_async(i, take_all, (unsigned long)&walks[i]),
			"hart %u runs", i);
	take_all((unsigned long)&walks[0]);
	for (i = 1; i < count; i++)
		wait_for(i);
	for (i = 0; i < count && !walks[i].failed; i++)
		;
	if (i < count)
		run_on(i, shrink);
	else if (steps >= ENOUGH_STEPS)
		expect_eq(expected_sights(profile) & ~walks[0].seen, 0,
			  "WALK_SAW bits of what no step showed");
	trap_unexpected = outer;
	expect(i == count, "%lu steps with seed %llu", steps,
	       (unsigned long long)suite_seed());
}

CASE(walk, calls,
     "A random walk over all calls does what the reference model does.")
{
	walk_on(&all_calls, suite_steps(100000), 1);
}

CASE(walk, snapshot,
     "A random walk through snapshots keeps to the reference model.")
{
	skip_unless(facts.snapshot, "this firmware has no snapshots");
	walk_on(&with_snapshots, suite_steps(30000), 1);
}

CASE(walk, events,
     "A random walk through events and filters keeps to the reference model.")
{
	walk_on(&events, suite_steps(30000), 1);
}

CASE(walk, overflow,
     "A random walk through overflows keeps to the reference model.")
{
	/* Elsewhere emulators lose overflows, or come to a standstill */
	need_exact();
	skip_unless(XLEN == 64, "on RV32 overflows get lost");
	need_lcofi();
	claim_hpm(INSTRUCTIONS, 0);
	walk_on(&overflows, suite_steps(30000), 1);
}

CASE(walk, harts,
     "Random walks on several harts at a time do not disturb each other.")
{
	need_harts(2);
	walk_on(&on_harts, suite_steps(30000),
		facts.harts < ARRAY_SIZE(walks) ? facts.harts
						: ARRAY_SIZE(walks));
}
