// SPDX-License-Identifier: BSD-2-Clause
/*
 * START and STOP of several counters in one call. Ours apply to every member
 * that can be started or stopped, and then say if there was one that was not.
 */

#include "counters.h"

typedef void (*pair_fn)(const struct actor *a, const struct actor *b);

/* Each ordered pair of counters that one mask can hold */
static void for_each_pair(pair_fn fn)
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n, pairs = 0;

	for (i = 0; i < count; i++) {
		for (n = 0; n < count; n++) {
			unsigned int a = actors[i].index, b = actors[n].index;

			if (a == b || (a < b ? b - a : a - b) >= XLEN)
				continue;
			fn(&actors[i], &actors[n]);
			pmu_reset(a);
			pmu_reset(b);
			pairs++;
		}
	}
	skip_unless(pairs > 0, "needs two counters");
}

static void start_running_and_stopped(const struct actor *a,
				      const struct actor *b)
{
	config_actor(a, PMU_CFG_AUTO_START);
	config_actor(b, 0);
	expect_refused(set_start(set_of(a->index, b->index), 0, 0),
		       PMU_ERR_ALREADY_STARTED,
		       "START of running counter %u and stopped counter %u",
		       a->index, b->index);
	expect_running(a, "it ran before START");
}

CASE(sets, start_mixed,
     "START of a running and a stopped counter is ALREADY_STARTED.")
{
	for_each_pair(start_running_and_stopped);
}

static void start_stopped_to_value(const struct actor *a, const struct actor *b)
{
	const uint64_t value = 1ULL << 42;
	uint64_t now;

	config_actor(a, 0);
	config_actor(b, PMU_CFG_CLEAR_VALUE);
	expect_ok(pmu_start_at(a->index, value), "START");
	expect_refused(set_start(set_of(a->index, b->index),
				 PMU_START_SET_INIT_VALUE, 1ULL << 20),
		       PMU_ERR_ALREADY_STARTED,
		       "START of running counter %u and stopped counter %u",
		       a->index, b->index);
	now = pmu_read(a->index);
	expect(now >= value, "running counter %u kept its value", a->index);
	now = pmu_read(b->index);
	expect(now >= 1ULL << 20 && now < value,
	       "stopped counter %u started at the value given", b->index);
	expect_running(a, "it ran before START");
	expect_running(b, "it was stopped before START");
}

CASE_OURS(sets, start_mixed_effect,
	  "START of a running and a stopped counter starts the stopped one.")
{
	for_each_pair(start_stopped_to_value);
}

static void stop_running_and_stopped(const struct actor *a,
				     const struct actor *b)
{
	config_actor(a, PMU_CFG_AUTO_START);
	config_actor(b, 0);
	expect_refused(set_stop(set_of(a->index, b->index), 0),
		       PMU_ERR_ALREADY_STOPPED,
		       "STOP of running counter %u and stopped counter %u",
		       a->index, b->index);
	expect_stopped(b, "it was stopped before STOP");
	if (!ours())
		return;
	expect_stopped(a, "it ran before STOP");
	expect_claimed(a, "after STOP");
	expect_claimed(b, "after STOP");
}

CASE(sets, stop_mixed,
     "STOP of a running and a stopped counter is ALREADY_STOPPED.")
{
	for_each_pair(stop_running_and_stopped);
}

static void stop_running_and_free(const struct actor *a, const struct actor *b)
{
	config_actor(a, PMU_CFG_AUTO_START);
	expect_refused(set_stop(set_of(a->index, b->index), 0),
		       PMU_ERR_ALREADY_STOPPED,
		       "STOP of running counter %u and free counter %u",
		       a->index, b->index);
	expect_stopped(a, "it ran before STOP");
	expect_claimed(a, "after STOP");
	expect_free(b, "after STOP");
}

CASE_OURS(sets, stop_free,
	  "STOP of a running and a free counter: ALREADY_STOPPED, both stand.")
{
	for_each_pair(stop_running_and_free);
}

static void reset_running_and_stopped(const struct actor *a,
				      const struct actor *b)
{
	config_actor(a, PMU_CFG_AUTO_START);
	config_actor(b, 0);
	expect_refused(
		set_stop(set_of(a->index, b->index), PMU_STOP_RESET),
		PMU_ERR_ALREADY_STOPPED,
		"STOP with RESET of running counter %u and stopped counter %u",
		a->index, b->index);
	if (!ours())
		return;
	expect_still(a, "it ran before RESET");
	expect_free(a, "it ran before RESET");
	expect_free(b, "it was stopped before RESET");
}

CASE(sets, reset_mixed,
     "RESET of a running and a stopped counter is ALREADY_STOPPED.")
{
	for_each_pair(reset_running_and_stopped);
}

static void start_stop_both(const struct actor *a, const struct actor *b)
{
	struct set set = set_of(a->index, b->index);

	config_actor(a, 0);
	config_actor(b, 0);
	expect_ok(set_start(set, 0, 0), "START of counters %u and %u", a->index,
		  b->index);
	expect_running(a, "after START of two");
	expect_running(b, "after START of two");
	expect_ok(set_stop(set, 0), "STOP of counters %u and %u", a->index,
		  b->index);
	expect_stopped(a, "after STOP of two");
	expect_stopped(b, "after STOP of two");
}

CASE(sets, two, "START and STOP take two counters of any kinds in one call.")
{
	for_each_pair(start_stop_both);
}

CASE(sets, all_kinds,
     "One call starts, and one stops, hardware and firmware counters together.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	struct set set = {0, 0};

	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		config_actor(&actors[i], 0);
		set.mask |= 1UL << actors[i].index;
	}
	skip_unless(set.mask != 0, "no counter is in reach of base 0");
	expect_ok(set_start(set, 0, 0), "START of mask %#lx", set.mask);
	for (i = 0; i < count; i++) {
		if (actors[i].index < XLEN)
			expect_running(&actors[i], "after START of all");
	}
	expect_ok(set_stop(set, 0), "STOP of mask %#lx", set.mask);
	for (i = 0; i < count; i++) {
		if (actors[i].index < XLEN)
			expect_stopped(&actors[i], "after STOP of all");
	}
}

CASE(sets, others_untouched, "START and STOP of a set touch no other counter.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++)
		config_actor(&actors[i], 0);
	for (i = 0; i < count; i++) {
		expect_ok(pmu_start_one(actors[i].index), "START");
		for (n = i + 1; n < count; n++)
			expect_stopped(&actors[n], "others are started");
	}
	for (i = 0; i < count; i++) {
		expect_ok(pmu_stop_one(actors[i].index), "STOP");
		for (n = i + 1; n < count; n++)
			expect_running(&actors[n], "others are stopped");
	}
}

/* Everything with a base below the counter, and the bit that makes it up */
static void check_bases(const struct actor *a)
{
	unsigned long distance;

	for (distance = 0; distance <= a->index && distance < XLEN;
	     distance++) {
		struct set set = {a->index - distance, 1UL << distance};

		expect_value(set_config(set, 0, a->event), a->index,
			     "CONFIG of base %lu bit %lu", set.base, distance);
		expect_ok(set_start(set, 0, 0), "START of base %lu bit %lu",
			  set.base, distance);
		expect_running(a, "started with a base and a bit");
		expect_ok(set_stop(set, PMU_STOP_RESET),
			  "STOP of base %lu bit %lu", set.base, distance);
		expect_still(a, "stopped with a base and a bit");
	}
}

CASE(sets, bases, "A counter is base plus bit, for each base below it.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++)
		check_bases(&actors[i]);
}

CASE(sets, last, "The counter with the highest index works like the others.")
{
	struct actor a = firmware_actor();

	a.index = facts.fw[facts.fws - 1];
	check_bases(&a);
}

CASE(sets, same_firmware_event,
     "Every firmware counter started on an event counts it, until it stops.")
{
	struct actor a = firmware_actor(), b = a;

	need_fws(2);
	b.index = facts.fw[facts.fws - 1];
	config_actor(&a, PMU_CFG_AUTO_START);
	config_actor(&b, PMU_CFG_AUTO_START);
	expect_counting(&a, "next to another one on its event");
	expect_counting(&b, "next to another one on its event");
	expect_ok(pmu_stop_one(a.index), "STOP of counter %u", a.index);
	expect_still(&a, "after STOP");
	expect_counting(&b, "after the other one on its event was stopped");
	expect_ok(pmu_start_one(a.index), "START of counter %u", a.index);
	expect_ok(pmu_reset(b.index), "RESET of counter %u", b.index);
	expect_counting(&a, "after RESET of the other one on its event");
}
