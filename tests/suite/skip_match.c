// SPDX-License-Identifier: BSD-2-Clause
/*
 * CONFIG_MATCHING with SKIP_MATCH: the first counter of the set is taken
 * without a search, whatever it did before, if it can count the event.
 */

#include "counters.h"

#define DTLB PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS)

/*
 * Whether a counter can be selected that was never configured, without the
 * match that SKIP_MATCH skips, is open; OpenSBI and KVM refuse it. What a
 * success means is not.
 */
static bool takes_free(const struct actor *a)
{
	struct sbiret ret =
		pmu_config(a->index, 1, PMU_CFG_SKIP_MATCH, a->event, 0);

	expect_legal(ret, PMU_OK,
		     CODE(PMU_ERR_INVALID_PARAM) | CODE(PMU_ERR_NOT_SUPPORTED),
		     "CONFIG of %s counter %u", a->kind, a->index);
	if (!ret.error)
		expect_eq(ret.value, a->index, "the counter of CONFIG");
	return !ret.error;
}

CASE(skip_match, never_configured,
     "SKIP_MATCH of a counter never configured is refused, or configures it.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		if (!takes_free(a))
			continue;
		expect_held(a, "after SKIP_MATCH");
		expect_stopped(a, "after SKIP_MATCH");
		expect_ok(pmu_start_one(a->index), "START");
		expect_counting(a, "after START");
		pmu_reset(a->index);
	}
}

CASE(skip_match, configured,
     "SKIP_MATCH takes a counter that was configured, and does not start it.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		config_actor(a, PMU_CFG_SKIP_MATCH);
		expect_stopped(a, "after SKIP_MATCH");
		expect_ok(pmu_start_one(a->index), "START");
		expect_counting(a, "after START");
		pmu_reset(a->index);
	}
}

CASE_OURS(skip_match, running,
	  "SKIP_MATCH takes a running counter, and stops it.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_counting(a, "after AUTO_START");
		config_actor(a, PMU_CFG_SKIP_MATCH);
		expect_stopped(a, "after SKIP_MATCH");
		expect_ok(pmu_start_one(a->index), "START");
		expect_counting(a, "after START");
		pmu_reset(a->index);
	}
}

/* An event that this counter cannot count, by its type or what it is */
static unsigned long wrong_event(const struct actor *a, unsigned int n)
{
	static const unsigned long for_fixed[] = {DTLB,
						  PMU_FW(PMU_FW_SET_TIMER)};
	static const unsigned long for_fw[] = {PMU_HW_CPU_CYCLES,
					       PMU_HW_INSTRUCTIONS, DTLB};

	if (facts.counter[a->index].fw)
		return n < ARRAY_SIZE(for_fw) ? for_fw[n] : 0;
	if (strncmp(a->kind, "fixed", 5))
		return n == 0 ? PMU_FW(PMU_FW_SET_TIMER) : 0;
	if (n < ARRAY_SIZE(for_fixed))
		return for_fixed[n];
	if (n > ARRAY_SIZE(for_fixed))
		return 0;
	return a->event == PMU_HW_CPU_CYCLES ? PMU_HW_INSTRUCTIONS
					     : PMU_HW_CPU_CYCLES;
}

static const unsigned long mismatch_flags[] = {
	PMU_CFG_SKIP_MATCH,
	PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE,
	PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START,
	PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START,
};

/* Ask for each event that the counter cannot count, with each set of flags */
static void ask_wrong(const struct actor *a)
{
	unsigned int f, n;

	for (f = 0; f < ARRAY_SIZE(mismatch_flags); f++) {
		for (n = 0; wrong_event(a, n); n++)
			expect_legal(pmu_config(a->index, 1, mismatch_flags[f],
						wrong_event(a, n), 0),
				     PMU_ERR_NOT_SUPPORTED,
				     CODE(PMU_ERR_INVALID_PARAM),
				     "CONFIG of %s counter %u, event %#lx, "
				     "flags %#lx",
				     a->kind, a->index, wrong_event(a, n),
				     mismatch_flags[f]);
	}
}

CASE(skip_match, mismatch_free,
     "SKIP_MATCH refuses an event that the counter cannot count.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		ask_wrong(&actors[i]);
		expect_still(&actors[i], "after refused SKIP_MATCH");
		pmu_reset(actors[i].index);
		expect_free(&actors[i], "after refused SKIP_MATCH");
	}
}

CASE_OURS(
	skip_match, mismatch_configured,
	"A refused SKIP_MATCH leaves event and value of a stopped counter alone.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		uint64_t value;

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, 1ULL << 30), "START");
		expect_ok(pmu_stop_one(a->index), "STOP");
		value = pmu_read(a->index);
		ask_wrong(a);
		expect_eq(pmu_read(a->index), value, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after refused SKIP_MATCH");
		expect_ok(pmu_start_one(a->index), "START");
		expect_counting(a, "its old event");
		pmu_reset(a->index);
	}
}

CASE_OURS(skip_match, mismatch_running,
	  "A refused SKIP_MATCH leaves a running counter running.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, 1ULL << 40), "START");
		ask_wrong(a);
		expect(pmu_read(a->index) >= 1ULL << 40,
		       "%s counter %u keeps its value", a->kind, a->index);
		expect_running(a, "after refused SKIP_MATCH");
		pmu_reset(a->index);
	}
}

CASE(skip_match, mismatch_all,
     "SKIP_MATCH of a firmware event is refused for every hardware counter.")
{
	unsigned int i;

	for (i = 0; i < facts.num; i++) {
		bool fw = facts.counter[i].fw;
		unsigned long event =
			fw ? PMU_HW_CPU_CYCLES : PMU_FW(PMU_FW_SET_TIMER);

		if (!facts.counter[i].exists)
			continue;
		expect_legal(pmu_config(i, 1, mismatch_flags[3], event, 0),
			     PMU_ERR_NOT_SUPPORTED, CODE(PMU_ERR_INVALID_PARAM),
			     "CONFIG of counter %u, event %#lx", i, event);
		pmu_reset(i);
	}
}

/* Before CONFIG: it may not be for counters that run */
static void stop_for_others(unsigned int index)
{
	if (!ours())
		pmu_stop_one(index);
}

CASE(skip_match, new_firmware_event,
     "SKIP_MATCH gives a firmware counter another event.")
{
	struct actor a = firmware_actor();
	unsigned long other = PMU_FW(PMU_FW_MISALIGNED_STORE);

	skip_unless(ours() || can_count(a.index, other),
		    "no firmware counter of misaligned stores");
	config_actor(&a, PMU_CFG_AUTO_START);
	expect_counting(&a, "its first event");
	stop_for_others(a.index);
	expect_value(pmu_config(a.index, 1,
				PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START, other,
				0),
		     a.index, "CONFIG of another event");
	expect_still(&a, "its first event, after SKIP_MATCH of another");
	expect_error(pmu_start_one(a.index), PMU_ERR_ALREADY_STARTED,
		     "START, for it runs");
	stop_for_others(a.index);
	config_actor(&a, PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START);
	expect_counting(&a, "its first event again");
}

/* What a counter counts of a long stretch of instructions */
static uint64_t count_insns(unsigned int index)
{
	uint64_t before, after;

	pmu_stop_one(index);
	before = pmu_read(index);
	expect_ok(pmu_start_one(index), "START of counter %u", index);
	work_insns(200000);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	after = pmu_read(index);
	return after - before;
}

CASE(skip_match, new_hardware_event,
     "SKIP_MATCH gives a programmable counter another event.")
{
	const unsigned long flags =
		PMU_CFG_SKIP_MATCH | (ours() ? PMU_CFG_AUTO_START : 0);
	struct actor a = programmable_actor();

	need_exact();
	skip_unless(can_count(a.index, DTLB), "no counter for TLB misses");
	config_actor(&a, 0);
	expect(count_insns(a.index) >= 200000, "the first event is counted");
	expect_value(pmu_config(a.index, 1, flags, DTLB, 0), a.index,
		     "CONFIG of TLB misses");
	expect_between(count_insns(a.index), 0, 1000, "TLB misses");
	config_actor(&a, flags);
	expect(count_insns(a.index) >= 200000, "the first event is counted");
}

CASE(skip_match, new_filter,
     "SKIP_MATCH gives a counter the filters asked for, and takes them away.")
{
	struct actor a = programmable_actor();

	need_exact();
	skip_unless(facts.sscofpmf, "this hart has no filters");
	skip_unless(XLEN == 64, "some RV32 machines ignore filters");
	config_actor(&a, 0);
	expect(count_insns(a.index) >= 200000, "S-mode is counted");
	config_actor(&a, PMU_CFG_SKIP_MATCH | PMU_CFG_SINH);
	expect_eq(count_insns(a.index), 0, "what is counted with SINH");
	config_actor(&a, PMU_CFG_SKIP_MATCH);
	expect(count_insns(a.index) >= 200000, "S-mode is counted again");
}

CASE(skip_match, first_of_set,
     "SKIP_MATCH takes the first counter of the set, and only that.")
{
	const unsigned long event = PMU_FW(PMU_FW_SET_TIMER);
	struct actor a = firmware_actor(), b = a;

	need_fws(2);
	b.index = facts.fw[1];
	config_actor(&a, 0);
	expect_value(set_config(set_of(a.index, b.index),
				PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START, event),
		     a.index, "CONFIG of two firmware counters");
	expect_running(&a, "the first of the set");
	expect_free(&b, "the second of the set");
	/* Also when the first is taken and the second is not */
	stop_for_others(a.index);
	expect_value(
		set_config(set_of(a.index, b.index), PMU_CFG_SKIP_MATCH, event),
		a.index, "CONFIG of the same set");
	expect_free(&b, "the second of the set");
}

CASE(skip_match, no_search,
     "SKIP_MATCH does not look beyond a first counter that cannot count it.")
{
	struct actor fixed = fixed_actor(), a = firmware_actor();
	struct set set = set_of(fixed.index, a.index);

	skip_unless(a.index - fixed.index < XLEN,
		    "the counters are too far apart for one mask");
	expect_legal(set_config(set, PMU_CFG_SKIP_MATCH, a.event),
		     PMU_ERR_NOT_SUPPORTED, CODE(PMU_ERR_INVALID_PARAM),
		     "CONFIG of a firmware event, the first is a fixed one");
	pmu_reset(fixed.index);
	expect_free(&a, "not the first of the set");
	expect_value(set_config(set, 0, a.event), a.index,
		     "CONFIG of the same set without SKIP_MATCH");
}

CASE(skip_match, no_search_hardware,
     "SKIP_MATCH does not take the second of two hardware counters.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n, checked = 0;

	for (i = 0; i < count; i++) {
		for (n = 0; n < count; n++) {
			struct actor *a = &actors[i], *b = &actors[n];

			if (facts.counter[b->index].fw ||
			    strncmp(a->kind, "fixed", 5) ||
			    a->index >= b->index || a->event == b->event)
				continue;
			expect_legal(
				set_config(set_of(a->index, b->index),
					   PMU_CFG_SKIP_MATCH, b->event),
				PMU_ERR_NOT_SUPPORTED,
				CODE(PMU_ERR_INVALID_PARAM),
				"CONFIG of event %#lx on counters %u and %u",
				b->event, a->index, b->index);
			pmu_reset(a->index);
			expect_free(b, "not the first of the set");
			checked++;
		}
	}
	skip_unless(checked > 0, "needs two hardware counters");
}

CASE(skip_match, relative_to_base,
     "The first counter of a set is that of the lowest bit, not of the base.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long distance, base;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		for (distance = 1; distance <= a->index && distance < XLEN;
		     distance++) {
			base = a->index - distance;
			if (!ours() && distance == 1)
				config_actor(a, 0);
			expect_value(pmu_config(base, 1UL << distance,
						PMU_CFG_SKIP_MATCH, a->event,
						0),
				     a->index, "CONFIG of base %lu bit %lu",
				     base, distance);
		}
		pmu_reset(a->index);
	}
}
