// SPDX-License-Identifier: BSD-2-Clause
/* perf stat, as Linux runs it: every kind of event, groups, and filters. */

#include "driver.h"
#include "measure.h"

static void stat_one(struct driver *d, unsigned long event, uint64_t data)
{
	struct perf_event e = {.event = event, .data = data};
	unsigned int i;

	if (!event_add(d, &e))
		return;
	for (i = 0; i < 3; i++)
		event_work(d, &e, 1000);
	/* perf asks for a count also when the event does not run */
	event_update(&e);
	event_del(d, &e);
	event_must_add(d, &e);
	event_del(d, &e);
}

CASE(linux, stat_every_event,
     "perf stat of every event that can be had starts, stops and ends in order.")
{
	unsigned int n, code;
	struct driver d;

	driver_probe(&d, NULL);
	for (n = 0; n < STD_EVENTS; n++)
		stat_one(&d, std_event(n), 0);
	for (code = 0; code < PMU_FW_EVENTS; code++)
		stat_one(&d, PMU_FW(code), 0);
}

/* Events that count the instructions of work_insns() one by one */
static bool counts_work(const struct perf_event *e, bool exact_cycles)
{
	unsigned int code = PMU_EVENT_CODE(e->event);

	if (PMU_EVENT_TYPE(e->event) != PMU_TYPE_HW)
		return false;
	return code == PMU_HW_INSTRUCTIONS ||
	       (code == PMU_HW_CPU_CYCLES && exact_cycles);
}

CASE(linux, stat_exact,
     "perf stat of more work counts exactly that much more, in any order.")
{
	static const unsigned long events[] = {INSTRUCTIONS, CYCLES};
	bool exact_cycles = cycles_exact();
	struct driver d;
	unsigned int i;

	need_exact();
	driver_probe(&d, NULL);
	for (i = 0; i < ARRAY_SIZE(events); i++) {
		struct perf_event e = {.event = events[i]};
		uint64_t few, many;

		if (!event_add(&d, &e) || !counts_work(&e, exact_cycles))
			continue;
		/* Without a filter the calls themselves count, in M-mode */
		skip_unless(excludes_m(e.index),
			    "counter %u counts M-mode as well", e.index);
		event_work(&d, &e, 1000);
		many = event_work(&d, &e, 9000);
		few = event_work(&d, &e, 1000);
		expect_eq(many - few, 8000,
			  "counts of event %#lx for 8000 instructions more",
			  e.event);
		event_del(&d, &e);
	}
}

#define MEMBERS 4

/* perf starts and stops the members of a group one after the other */
CASE(linux, stat_group,
     "The events of a group run together, are read together, and agree.")
{
	struct perf_event group[MEMBERS] = {
		{.event = CYCLES},
		{.event = INSTRUCTIONS},
		{.event = PMU_FW(PMU_FW_SET_TIMER)},
		{.event = PMU_FW(PMU_FW_ILLEGAL_INSN)},
	};
	uint64_t last[MEMBERS] = {0};
	unsigned int round, i;
	struct driver d;

	need_fws(2);
	driver_probe(&d, NULL);
	for (i = 0; i < MEMBERS; i++)
		skip_unless(event_add(&d, &group[i]),
			    "there is no counter for event %#lx",
			    group[i].event);
	for (i = 0; i < MEMBERS; i++)
		event_start(&d, &group[i]);
	for (round = 1; round <= 3; round++) {
		provoke();
		for (i = 0; i < MEMBERS; i++) {
			event_update(&group[i]);
			if (i == 3) /* traps may be delegated */
				continue;
			expect(group[i].count > last[i],
			       "event %#lx has counted more in round %u",
			       group[i].event, round);
			last[i] = group[i].count;
		}
		expect_eq(group[2].count, round, "set_timer in round %u",
			  round);
	}
	for (i = 0; i < MEMBERS; i++)
		event_stop(&d, &group[i]);
	for (i = 0; i < MEMBERS; i++)
		last[i] = group[i].count;
	provoke();
	for (i = 0; i < MEMBERS; i++) {
		event_update(&group[i]);
		expect_eq(group[i].count, last[i],
			  "event %#lx after the group was stopped",
			  group[i].event);
	}
	for (i = 0; i < MEMBERS; i++)
		event_del(&d, &group[i]);
}

#define MANY 64

static unsigned int add_all(struct driver *d, struct perf_event *events)
{
	unsigned int n;

	for (n = 0; n < MANY; n++) {
		events[n] = (struct perf_event){.event = INSTRUCTIONS};
		if (!event_add(d, &events[n]))
			break;
	}
	return n;
}

CASE(linux, stat_too_many,
     "With more events than counters the last is refused, and nobody is hurt.")
{
	static struct perf_event events[MANY];
	struct perf_event other = {.event = INSTRUCTIONS};
	unsigned int count, i, free_one;
	struct driver d;

	driver_probe(&d, NULL);
	count = add_all(&d, events);
	skip_unless(count > 0 && count < MANY,
		    "%u events of one kind can be counted", count);
	event_start(&d, &events[0]);
	expect(!event_add(&d, &other), "CONFIG refuses one event more");
	work_insns(1000);
	event_stop(&d, &events[0]);
	expect_ne(events[0].count, 0, "an event that ran meanwhile");

	/* perf rotates: one goes, and the one that had to wait gets its place
	 */
	free_one = count / 2;
	event_del(&d, &events[free_one]);
	event_must_add(&d, &other);
	expect_eq(other.index, events[free_one].index, "the only free counter");
	event_del(&d, &other);
	for (i = 0; i < count; i++) {
		if (i != free_one)
			event_del(&d, &events[i]);
	}
	expect_eq(add_all(&d, events), count, "events at once, once more");
}

CASE(linux, stat_initial,
     "An event starts at minus what is left, in all bits that its counter has.")
{
	static const uint64_t lefts[] = {
		1ULL << 20, 1ULL << 31, 1ULL << 32, (1ULL << 32) + 5,
		1ULL << 47, ~0ULL >> 2, ~0ULL >> 1};
	static const unsigned long asked[] = {INSTRUCTIONS, CYCLES,
					      PMU_FW(PMU_FW_SET_TIMER)};
	unsigned int i, n;
	struct driver d;

	driver_probe(&d, NULL);
	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		struct perf_event e = {.event = asked[i]};

		if (!event_add(&d, &e))
			continue;
		for (n = 0; n < ARRAY_SIZE(lefts); n++) {
			/* Time runs as fast as it likes on some machines */
			if (lefts[n] > e.max >> 1 ||
			    (!facts.exact && lefts[n] <= a_few_calls()))
				continue;
			e.period = lefts[n];
			e.left = lefts[n];
			e.count = 0;
			event_start(&d, &e);
			event_stop(&d, &e);
			expect_between(e.count, 0, d.fw ? 0 : a_few_calls(),
				       "counts of counter %u from minus %#llx",
				       e.index, (unsigned long long)lefts[n]);
		}
		event_del(&d, &e);
	}
}

/* Driver v2 asks for type 2 only, v3 only for type 3 */
CASE(linux, stat_raw,
     "A raw event can be had as version 2 where it can be had as version 1.")
{
	static const uint64_t selectors[] = {
		1,	  2,	      0x10019,	  0x1001b,
		0xabcdef, 0xffffffff, 1ULL << 32, (1ULL << 47) + 7};
	unsigned int i, can = 0;
	struct driver d;

	need_spec(3, 0);
	driver_probe(&d, NULL);
	for (i = 0; i < ARRAY_SIZE(selectors); i++) {
		struct perf_event v1 = {.event = PMU_RAW_EVENT,
					.data = selectors[i]};
		struct perf_event v2 = {.event = PMU_RAW_V2_EVENT,
					.data = selectors[i]};
		bool had = event_add(&d, &v1);

		if (had)
			event_del(&d, &v1);
		expect_eq(event_add(&d, &v2), had,
			  "raw event %#llx, version 2 as version 1",
			  (unsigned long long)selectors[i]);
		if (!had)
			continue;
		can++;
		event_work(&d, &v2, 1000);
		event_del(&d, &v2);
	}
	note("%u raw events can be had", can);
}
