// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG_MATCHING: flags and sets that it refuses, without changing anything */

#include "counters.h"

/*
 * A refused CONFIG of @a, free before, leaves it free and still. What a call
 * that fails has done is not said, so this is demanded of our firmware only.
 */
static void expect_untouched(const struct actor *a, const char *when)
{
	if (!ours()) {
		pmu_reset(a->index);
		return;
	}
	expect_still(a, when);
	expect_free(a, when);
}

static void check_flags(const struct actor *a, unsigned long more)
{
	unsigned int bit;

	for (bit = 8; bit < XLEN; bit++)
		expect_refused(
			pmu_config(a->index, 1, 1UL << bit | more, a->event, 0),
			PMU_ERR_INVALID_PARAM,
			"CONFIG of %s counter %u with reserved bit %u "
			"and flags %#lx",
			a->kind, a->index, bit, more);
	expect_untouched(a, "after CONFIG with reserved flags");
}

CASE(config, reserved_flags, "CONFIG refuses each reserved flag bit.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		check_flags(&actors[i], 0);
		check_flags(&actors[i], PMU_CFG_AUTO_START);
		check_flags(&actors[i],
			    PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE);
	}
}

CASE_OURS(
	config, reserved_flags_value,
	"CONFIG refused for a reserved flag leaves event, value and run alone.")
{
	const unsigned long flags = 1UL << 8 | PMU_CFG_SKIP_MATCH |
				    PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START;
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	uint64_t before;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_refused(pmu_config(a->index, 1, flags, a->event, 0),
			       PMU_ERR_INVALID_PARAM, "CONFIG while it runs");
		expect_running(a, "after a refused CONFIG");
		expect_ok(pmu_stop_one(a->index), "STOP");
		before = pmu_read(a->index);
		expect_refused(pmu_config(a->index, 1, flags, a->event, 0),
			       PMU_ERR_INVALID_PARAM, "CONFIG while stopped");
		expect_eq(pmu_read(a->index), before, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after a refused CONFIG");
		pmu_reset(a->index);
	}
}

static void check_sets(const struct actor *a, unsigned long flags)
{
	struct bad_set bad[MAX_BAD_SETS];
	unsigned int count = find_bad_sets(a->index, bad), i;

	for (i = 0; i < count; i++)
		expect_legal(set_config(bad[i].set, flags, a->event),
			     PMU_ERR_INVALID_PARAM,
			     bad[i].set.mask ? 0 : CODE(PMU_ERR_NOT_SUPPORTED),
			     "CONFIG of base %#lx mask %#lx, %s, flags %#lx",
			     bad[i].set.base, bad[i].set.mask, bad[i].what,
			     flags);
	expect_untouched(a, "after CONFIG of bad sets");
}

CASE(config, bad_sets,
     "CONFIG refuses a set with any counter that does not exist.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		check_sets(&actors[i], 0);
		check_sets(&actors[i], PMU_CFG_AUTO_START);
	}
}

CASE(config, bad_sets_skip_match,
     "CONFIG with SKIP_MATCH looks at the whole set before it takes the first.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		check_sets(&actors[i], PMU_CFG_SKIP_MATCH);
		check_sets(&actors[i], PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START);
	}
}

CASE_OURS(config, bad_sets_running,
	  "CONFIG of a bad set leaves a running member of it running.")
{
	const unsigned long flags = PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE;
	struct bad_set bad[MAX_BAD_SETS];
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		unsigned int sets = find_bad_sets(a->index, bad);

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, 1ULL << 30), "START");
		for (n = 0; n < sets; n++)
			set_config(bad[n].set, flags, a->event);
		expect(pmu_read(a->index) >= 1ULL << 30,
		       "%s counter %u is not cleared", a->kind, a->index);
		expect_running(a, "after CONFIG of bad sets");
		pmu_reset(a->index);
	}
}

CASE_OURS(
	config, flag_before_event,
	"A reserved flag or a bad set is INVALID_PARAM for unknown events, too.")
{
	struct actor a = firmware_actor();
	const unsigned long unknown = PMU_FW(200);

	expect_refused(pmu_config(a.index, 1, 1UL << 8, unknown, 0),
		       PMU_ERR_INVALID_PARAM, "reserved flag, unknown event");
	expect_refused(pmu_config(a.index, 0, 0, unknown, 0),
		       PMU_ERR_INVALID_PARAM, "empty mask, unknown event");
	expect_refused(pmu_config(facts.num, 1, 0, unknown, 0),
		       PMU_ERR_INVALID_PARAM, "bad base, unknown event");
}
