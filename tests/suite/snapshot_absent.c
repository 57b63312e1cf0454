// SPDX-License-Identifier: BSD-2-Clause
/* Snapshots without shared memory: where firmware has none, or none was set */

#include "counters.h"

static void check_no_shmem(const struct actor *a)
{
	config_actor(a, PMU_CFG_AUTO_START);
	expect_refused(pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
		       PMU_ERR_NO_SHMEM, "STOP with TAKE_SNAPSHOT of %s %u",
		       a->kind, a->index);
	pmu_start_one(a->index);
	expect_refused(
		pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT | PMU_STOP_RESET),
		PMU_ERR_NO_SHMEM, "STOP with TAKE_SNAPSHOT and RESET of %s %u",
		a->kind, a->index);
	pmu_reset(a->index);

	config_actor(a, 0);
	expect_refused(pmu_start(a->index, 1, PMU_START_INIT_SNAPSHOT, 0),
		       PMU_ERR_NO_SHMEM, "START with INIT_SNAPSHOT of %s %u",
		       a->kind, a->index);
	pmu_reset(a->index);
}

CASE(snapshot, unset,
     "Without shared memory, the flags about snapshots are NO_SHMEM.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	need_spec(2, 0);
	for (i = 0; i < count; i++)
		check_no_shmem(&actors[i]);
}

static void check_unchanged(const struct actor *a)
{
	config_actor(a, PMU_CFG_AUTO_START);
	pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT);
	pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT | PMU_STOP_RESET);
	expect_running(a, "after STOP was refused");
	expect_claimed(a, "after STOP was refused");

	expect_ok(pmu_stop_one(a->index), "STOP");
	pmu_start(a->index, 1, PMU_START_INIT_SNAPSHOT, 0);
	expect_stopped(a, "after START was refused");
	pmu_reset(a->index);
}

CASE_OURS(snapshot, unset_effect,
	  "Refused for want of shared memory, START and STOP change nothing.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++)
		check_unchanged(&actors[i]);
}

CASE_OURS(snapshot, unset_set,
	  "Without shared memory, no member of a set is started or stopped.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	struct set set = {0, 0};

	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		config_actor(&actors[i], i % 2 ? PMU_CFG_AUTO_START : 0);
		set.mask |= 1UL << actors[i].index;
	}
	skip_unless(set.mask != 0, "no counter is in reach of base 0");
	expect_refused(set_start(set, PMU_START_INIT_SNAPSHOT, 0),
		       PMU_ERR_NO_SHMEM, "START with INIT_SNAPSHOT of %#lx",
		       set.mask);
	expect_refused(set_stop(set, PMU_STOP_TAKE_SNAPSHOT), PMU_ERR_NO_SHMEM,
		       "STOP with TAKE_SNAPSHOT of %#lx", set.mask);
	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		if (i % 2)
			expect_running(&actors[i], "it ran before");
		else
			expect_stopped(&actors[i], "it was stopped before");
	}
}

CASE_OURS(
	snapshot, unset_bad,
	"Without shared memory, bad sets and reserved flags stay INVALID_PARAM.")
{
	struct actor a = firmware_actor();

	config_actor(&a, 0);
	expect_refused(pmu_start(a.index, 0, PMU_START_INIT_SNAPSHOT, 0),
		       PMU_ERR_INVALID_PARAM, "START of an empty mask");
	expect_refused(pmu_start(a.index, 1, PMU_START_INIT_SNAPSHOT | 4, 0),
		       PMU_ERR_INVALID_PARAM, "START with a reserved flag");
	expect_refused(pmu_stop(a.index, 0, PMU_STOP_TAKE_SNAPSHOT),
		       PMU_ERR_INVALID_PARAM, "STOP of an empty mask");
	expect_refused(pmu_stop(a.index, 1, PMU_STOP_TAKE_SNAPSHOT | 4),
		       PMU_ERR_INVALID_PARAM, "STOP with a reserved flag");
}

CASE(snapshot, not_offered,
     "Firmware without snapshots says NOT_SUPPORTED to any SET_SHMEM.")
{
	unsigned long page = (unsigned long)canary_page();
	/* What is also wrong with the arguments may be said first */
	const unsigned int also = CODE(PMU_ERR_INVALID_PARAM);

	skip_unless(!facts.snapshot, "this firmware has snapshots");
	expect_refused(pmu_set_shmem(page, 0, 0), PMU_ERR_NOT_SUPPORTED,
		       "SET_SHMEM of a page");
	expect_refused(pmu_set_shmem(~0UL, ~0UL, 0), PMU_ERR_NOT_SUPPORTED,
		       "SET_SHMEM of all ones");
	expect_legal(pmu_set_shmem(page + 1, 0, 0), PMU_ERR_NOT_SUPPORTED, also,
		     "SET_SHMEM of an odd address");
	expect_legal(pmu_set_shmem(page, 0, 1), PMU_ERR_NOT_SUPPORTED, also,
		     "SET_SHMEM with a flag");
	expect_canary((const uint8_t *)page, 0, PAGE_SIZE, "after SET_SHMEM");
}
