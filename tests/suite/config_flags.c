// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG_MATCHING: CLEAR_VALUE and AUTO_START, for every type of event */

#include "counters.h"

#define DTLB PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS)
#define SOME_VALUE 0x123456789aULL

/* The actors, and a programmable counter with a cache event */
static unsigned int find_kinds(struct actor kinds[MAX_ACTORS + 1])
{
	unsigned int count = find_actors(kinds), i;

	for (i = 0; i < facts.hpms; i++) {
		if (!can_count(facts.hpm[i], DTLB))
			continue;
		kinds[count++] =
			(struct actor){facts.hpm[i], DTLB, "cache event"};
		break;
	}
	return count;
}

/* Leave the counter configured and stopped, with a value near SOME_VALUE */
static uint64_t put_value(const struct actor *a)
{
	config_actor(a, 0);
	expect_ok(pmu_start_at(a->index, SOME_VALUE), "START of counter %u",
		  a->index);
	expect_ok(pmu_stop_one(a->index), "STOP of counter %u", a->index);
	expect_near(a, SOME_VALUE, "after START and STOP");
	return pmu_read(a->index);
}

CASE(config, clear_value, "CLEAR_VALUE sets the value to 0 for every event.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];

		put_value(a);
		pmu_reset(a->index);
		config_actor(a, PMU_CFG_CLEAR_VALUE);
		expect_eq(pmu_read(a->index), 0, "%s counter %u", a->kind,
			  a->index);
		pmu_reset(a->index);
	}
}

CASE(config, clear_value_again,
     "CLEAR_VALUE sets the value to 0 when SKIP_MATCH configures again.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];

		put_value(a);
		config_actor(a, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE);
		expect_eq(pmu_read(a->index), 0, "%s counter %u", a->kind,
			  a->index);
		pmu_reset(a->index);
	}
}

CASE_OURS(config, clear_value_running,
	  "CLEAR_VALUE sets the value of a counter that was running to 0.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, SOME_VALUE), "START");
		config_actor(a, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE);
		expect_eq(pmu_read(a->index), 0, "%s counter %u", a->kind,
			  a->index);
		pmu_reset(a->index);
	}
}

CASE(config, keep_value, "Without CLEAR_VALUE, CONFIG keeps the value.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];
		uint64_t value = put_value(a);

		config_actor(a, PMU_CFG_SKIP_MATCH);
		expect_eq(pmu_read(a->index), value, "%s counter %u", a->kind,
			  a->index);
		pmu_reset(a->index);
	}
}

/* A counter that AUTO_START should have started, whatever its event */
static void check_started(const struct actor *a)
{
	expect_error(pmu_start_one(a->index), PMU_ERR_ALREADY_STARTED,
		     "START of %s counter %u after AUTO_START", a->kind,
		     a->index);
	expect_ok(pmu_stop_one(a->index), "STOP of %s counter %u", a->kind,
		  a->index);
}

CASE(config, auto_start,
     "AUTO_START starts a counter: START finds it started, STOP stops it.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];

		config_actor(a, PMU_CFG_AUTO_START);
		if (a->event != DTLB)
			expect_counting(a, "after AUTO_START");
		check_started(a);
		expect_stopped(a, "after STOP");
		pmu_reset(a->index);
	}
}

CASE(config, auto_start_again,
     "AUTO_START with SKIP_MATCH starts a counter that was stopped.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];

		config_actor(a, 0);
		expect_stopped(a, "after CONFIG");
		config_actor(a, PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START);
		if (a->event != DTLB)
			expect_counting(a, "after AUTO_START");
		check_started(a);
		pmu_reset(a->index);
	}
}

CASE(config, auto_start_value, "AUTO_START has no impact on the value.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];
		uint64_t value = put_value(a);

		config_actor(a, PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START);
		pmu_stop_one(a->index);
		expect_near(a, value, "after AUTO_START and STOP");
		pmu_reset(a->index);
	}
}

CASE(config, auto_start_cleared,
     "AUTO_START with CLEAR_VALUE starts a counter from 0.")
{
	struct actor kinds[MAX_ACTORS + 1];
	unsigned int count = find_kinds(kinds), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &kinds[i];

		put_value(a);
		config_actor(a, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE |
					PMU_CFG_AUTO_START);
		check_started(a);
		expect_near(a, 0, "after CLEAR_VALUE, AUTO_START and STOP");
		pmu_reset(a->index);
	}
}
