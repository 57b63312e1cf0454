// SPDX-License-Identifier: BSD-2-Clause
/* STOP: what it refuses, the value it leaves, and what RESET gives back */

#include "counters.h"

/* Whatever a refused call may have done, so that the next one is judged alone
 */
static void start_again(const struct actor *a)
{
	if (ours())
		return;
	pmu_config(a->index, 1, 0, a->event, 0);
	pmu_start_one(a->index);
}

static void check_flags(const struct actor *a)
{
	unsigned int bit;

	for (bit = 2; bit < XLEN; bit++) {
		unsigned long flag = 1UL << bit;

		expect_refused(
			pmu_stop(a->index, 1, flag), PMU_ERR_INVALID_PARAM,
			"STOP of counter %u, reserved bit %u", a->index, bit);
		start_again(a);
		expect_refused(pmu_stop(a->index, 1, flag | PMU_STOP_RESET),
			       PMU_ERR_INVALID_PARAM,
			       "STOP of counter %u, RESET and reserved bit %u",
			       a->index, bit);
		start_again(a);
	}
}

CASE(stop, reserved_flags, "STOP refuses each reserved flag bit.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	need_spec(3, 0);
	for (i = 0; i < count; i++) {
		config_actor(&actors[i], PMU_CFG_AUTO_START);
		check_flags(&actors[i]);
		pmu_reset(actors[i].index);
	}
}

CASE_OURS(stop, reserved_flags_effect,
	  "STOP refused for a reserved flag stops and resets nothing.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		check_flags(a);
		expect_running(a, "after STOP with reserved flags");
		expect_claimed(a, "after STOP with reserved flags");
		pmu_reset(a->index);
	}
}

static unsigned int check_bad_sets(const struct actor *a, bool holes)
{
	struct bad_set bad[MAX_BAD_SETS];
	unsigned int sets = find_bad_sets(a->index, bad), n, checked = 0;

	for (n = 0; n < sets; n++) {
		const struct bad_set *b = &bad[n];

		if (!b->set.mask || b->hole != holes)
			continue;
		checked++;
		expect_refused(set_stop(b->set, 0), PMU_ERR_INVALID_PARAM,
			       "STOP of base %#lx mask %#lx, %s", b->set.base,
			       b->set.mask, b->what);
		start_again(a);
		expect_refused(set_stop(b->set, PMU_STOP_RESET),
			       PMU_ERR_INVALID_PARAM,
			       "RESET of base %#lx mask %#lx, %s", b->set.base,
			       b->set.mask, b->what);
		start_again(a);
	}
	return checked;
}

static unsigned int check_bad_sets_of_all(bool holes)
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, checked = 0;

	for (i = 0; i < count; i++) {
		config_actor(&actors[i], PMU_CFG_AUTO_START);
		checked += check_bad_sets(&actors[i], holes);
		pmu_reset(actors[i].index);
	}
	return checked;
}

CASE(stop, bad_sets, "STOP refuses a set with an index beyond the counters.")
{
	check_bad_sets_of_all(false);
}

CASE(stop, holes, "STOP refuses a set with a hole, an index of no counter.")
{
	skip_unless(check_bad_sets_of_all(true) > 0,
		    "the indices of this hart have no hole");
}

CASE_OURS(stop, bad_sets_effect,
	  "STOP of a set with a counter that does not exist stops no member.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		check_bad_sets(a, false);
		check_bad_sets(a, true);
		expect_running(a, "after STOP of bad sets");
		expect_claimed(a, "after STOP of bad sets");
		pmu_reset(a->index);
	}
}

CASE(stop, empty_set, "STOP of an empty set stops and resets nothing.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		const unsigned long bases[] = {0, a->index, facts.num, 4096,
					       ~0UL};

		config_actor(a, PMU_CFG_AUTO_START);
		for (n = 0; n < ARRAY_SIZE(bases); n++) {
			expect_legal(pmu_stop(bases[n], 0, 0),
				     PMU_ERR_INVALID_PARAM, CODE(PMU_OK),
				     "STOP of base %#lx, mask 0", bases[n]);
			expect_legal(pmu_stop(bases[n], 0, PMU_STOP_RESET),
				     PMU_ERR_INVALID_PARAM, CODE(PMU_OK),
				     "RESET of base %#lx, mask 0", bases[n]);
		}
		expect_running(a, "after STOP of empty sets");
		pmu_reset(a->index);
	}
}

CASE(stop, value, "The value survives STOP, a second STOP, and stays readable.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	uint64_t value;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, 1ULL << 40), "START");
		provoke();
		expect_ok(pmu_stop_one(a->index), "STOP");
		value = pmu_read(a->index);
		expect_between(value, (1ULL << 40) + 1,
			       (1ULL << 40) + a_few_calls(),
			       "%s counter %u after STOP", a->kind, a->index);
		provoke();
		expect_eq(pmu_read(a->index), value, "some time after STOP");
		expect_refused(pmu_stop_one(a->index), PMU_ERR_ALREADY_STOPPED,
			       "STOP again");
		provoke();
		expect_eq(pmu_read(a->index), value, "after the second STOP");
		pmu_reset(a->index);
	}
}

CASE_OURS(stop, free, "STOP of a counter nobody configured is ALREADY_STOPPED.")
{
	unsigned int i;

	for (i = 0; i < facts.num; i++) {
		if (!facts.counter[i].exists)
			continue;
		expect_refused(pmu_stop(i, 1, 0), PMU_ERR_ALREADY_STOPPED,
			       "STOP of free counter %u", i);
		expect_refused(pmu_stop(i, 1, PMU_STOP_RESET),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP with RESET of free counter %u", i);
	}
}

CASE(stop, free_unclaimed,
     "STOP of a free counter leaves it free, whatever it answers.")
{
	const unsigned int also = CODE(PMU_OK) | CODE(PMU_ERR_INVALID_PARAM);
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		expect_legal(pmu_stop_one(actors[i].index),
			     PMU_ERR_ALREADY_STOPPED, also,
			     "STOP of free counter %u", actors[i].index);
		expect_free(&actors[i], "after STOP");
		expect_legal(pmu_reset(actors[i].index),
			     PMU_ERR_ALREADY_STOPPED, also,
			     "RESET of free counter %u", actors[i].index);
		expect_free(&actors[i], "after RESET");
	}
}

CASE_OURS(stop, everything,
	  "One STOP with RESET over all counters stops and frees each of them.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long base;

	for (i = 0; i < count; i++) {
		config_actor(&actors[i], PMU_CFG_AUTO_START);
		expect_counting(&actors[i], "after AUTO_START");
	}
	/* Most of these were never configured: ALREADY_STOPPED */
	for (base = 0; base < facts.num; base += XLEN) {
		if (set_from(base).mask)
			set_stop(set_from(base), PMU_STOP_RESET);
	}
	for (i = 0; i < count; i++)
		expect_still(&actors[i], "after STOP of everything");
	for (i = 0; i < count; i++)
		expect_free(&actors[i], "after STOP of everything");
}

CASE(stop, keeps_event, "STOP without RESET keeps counter and event.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_held(a, "after STOP");
		expect_ok(pmu_start_one(a->index), "START");
		expect_counting(a, "after START");
		pmu_reset(a->index);
	}
}

CASE(stop, reset_running, "STOP with RESET stops and frees a running counter.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_reset(a->index), "RESET of %s counter %u",
			  a->kind, a->index);
		expect_still(a, "after RESET");
		expect_free(a, "after RESET");
	}
}

CASE(stop, reset_stopped,
     "STOP with RESET of a stopped counter is ALREADY_STOPPED, and frees it.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_refused(pmu_reset(a->index), PMU_ERR_ALREADY_STOPPED,
			       "RESET of %s counter %u", a->kind, a->index);
		expect_free(a, "after RESET");
	}
}

CASE(stop, reset_never_started,
     "STOP with RESET frees a counter that was configured, never started.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		expect_held(a, "after CONFIG");
		expect_refused(pmu_reset(a->index), PMU_ERR_ALREADY_STOPPED,
			       "RESET of %s counter %u", a->kind, a->index);
		expect_free(a, "after RESET");
	}
}

CASE(stop, reset_forgets,
     "After RESET a programmable or firmware counter counts its event no more.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		if (!strncmp(a->kind, "fixed", 5))
			continue;
		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_reset(a->index), "RESET");
		expect_legal(pmu_start_one(a->index), PMU_ERR_INVALID_PARAM,
			     CODE(PMU_OK), "START of %s counter %u after RESET",
			     a->kind, a->index);
		expect_still(a, "which has no event");
	}
}
