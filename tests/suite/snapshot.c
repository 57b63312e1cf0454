// SPDX-License-Identifier: BSD-2-Clause
/* TAKE_SNAPSHOT: what STOP writes to the page, and what not */

#include "snapshot.h"

struct pmu_snapshot *new_snapshot(void)
{
	struct pmu_snapshot *s;

	skip_unless(facts.snapshot, "this firmware has no snapshots");
	s = (struct pmu_snapshot *)canary_page();
	require_ok(pmu_set_shmem((unsigned long)s, 0, 0), "SET_SHMEM");
	return s;
}

void renew_snapshot(struct pmu_snapshot *s)
{
	memset(s, CANARY, PAGE_SIZE);
}

void expect_slots(const struct pmu_snapshot *s, uint64_t written,
		  const char *when)
{
	unsigned int i;

	for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++) {
		if (!(written >> i & 1))
			expect_eq(s->values[i], PATTERN, "slot %u, %s", i,
				  when);
	}
	if (ours())
		expect_canary((const uint8_t *)s,
			      offsetof(struct pmu_snapshot, reserved),
			      PAGE_SIZE, when);
}

/*
 * Whether "all the stopped counters" are those that a STOP has stopped, or also
 * those of the set that stood before, is open: the slot of one of the latter is
 * as it was or up to date.
 */
static void expect_parked(const struct pmu_snapshot *s, unsigned int slot,
			  const struct actor *a)
{
	uint64_t value = s->values[slot];

	expect(value == PATTERN || value == pmu_read(a->index),
	       "slot %u of stopped counter %u is untouched or its value", slot,
	       a->index);
}

CASE(snapshot, stop_one,
     "TAKE_SNAPSHOT writes one value and the bitmap, relative to any base.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long bit;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		for (bit = 0; bit <= a->index && bit < XLEN; bit++) {
			renew_snapshot(s);
			pmu_start_at(a->index, 0x5555ULL << 32);
			expect_ok(pmu_stop(a->index - bit, 1UL << bit,
					   PMU_STOP_TAKE_SNAPSHOT),
				  "STOP with TAKE_SNAPSHOT of bit %lu", bit);
			expect_near(a, 0x5555ULL << 32, "after STOP");
			expect_eq(s->values[bit], pmu_read(a->index),
				  "slot %lu of %s counter %u", bit, a->kind,
				  a->index);
			expect_eq(s->overflow, 0, "overflow bitmap");
			expect_slots(s, 1ULL << bit, "one counter stopped");
		}
		pmu_reset(a->index);
	}
}

CASE(snapshot, stop_all,
     "TAKE_SNAPSHOT writes the values of all counters that the call stopped.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	struct set set = {0, 0};

	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		config_actor(&actors[i], 0);
		pmu_start_at(actors[i].index, (uint64_t)(i + 1) << 50);
		set.mask |= 1UL << actors[i].index;
	}
	skip_unless(set.mask != 0, "no counter is in reach of base 0");
	provoke();
	expect_ok(set_stop(set, PMU_STOP_TAKE_SNAPSHOT),
		  "STOP with TAKE_SNAPSHOT of mask %#lx", set.mask);
	for (i = 0; i < count; i++) {
		unsigned int index = actors[i].index;

		if (index >= XLEN)
			continue;
		expect_eq(s->values[index], pmu_read(index), "slot %u", index);
		expect_eq(s->values[index] >> 50, i + 1,
			  "upper bits of slot %u", index);
	}
	expect_eq(s->overflow, 0, "overflow bitmap");
	expect_slots(s, set.mask, "all counters stopped");
}

typedef void (*mixed_fn)(const struct pmu_snapshot *s, const struct actor *a,
			 const struct actor *b, struct set set);

/* One runs, one is stopped and in the set, the others run */
static void for_each_mixed_stop(mixed_fn check)
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++)
		config_actor(&actors[i], PMU_CFG_AUTO_START);
	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i], *b = &actors[(i + 1) % count];
		struct set set = set_of(a->index, b->index);

		if (a == b || (set.mask & (set.mask - 1)) == 0)
			continue;
		pmu_stop_one(b->index);
		renew_snapshot(s);
		expect_refused(set_stop(set, PMU_STOP_TAKE_SNAPSHOT),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP of running %u and stopped %u", a->index,
			       b->index);
		check(s, a, b, set);
		pmu_start_one(a->index);
		pmu_start_one(b->index);
	}
}

static void check_mixed(const struct pmu_snapshot *s, const struct actor *a,
			const struct actor *b, struct set set)
{
	unsigned int n = a->index - (unsigned int)set.base;

	expect_parked(s, b->index - (unsigned int)set.base, b);
	/* Whether this call stopped it is open, not what that entails */
	if (pmu_stop_one(a->index).error == PMU_ERR_ALREADY_STOPPED)
		expect_eq(s->values[n], pmu_read(a->index),
			  "slot %u of a counter that was stopped", n);
	else
		expect_eq(s->values[n], PATTERN,
			  "slot %u of a counter that runs on", n);
	expect_slots(s, set.mask, "one of two was stopped before");
}

CASE(snapshot, stop_mixed,
     "TAKE_SNAPSHOT of a running and a stopped counter writes what it stopped.")
{
	for_each_mixed_stop(check_mixed);
}

static void check_mixed_exactly(const struct pmu_snapshot *s,
				const struct actor *a, const struct actor *b,
				struct set set)
{
	unsigned int n = a->index - (unsigned int)set.base;

	(void)b;
	expect_eq(s->values[n], pmu_read(a->index), "slot %u", n);
	expect_eq(s->overflow, 0, "overflow bitmap");
	expect_slots(s, 1ULL << n, "one of two was stopped before");
}

CASE_OURS(
	snapshot, stop_mixed_effect,
	"TAKE_SNAPSHOT leaves the slots of counters alone that it did not stop.")
{
	for_each_mixed_stop(check_mixed_exactly);
}

CASE(snapshot, stop_stopped,
     "TAKE_SNAPSHOT of a stopped counter keeps its slot or writes its value.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_stop_one(a->index), "STOP");
		renew_snapshot(s);
		expect_refused(pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP with TAKE_SNAPSHOT of a stopped counter");
		expect_parked(s, 0, a);
		expect_slots(s, 1, "it was stopped before");
		pmu_reset(a->index);
	}
}

CASE_OURS(snapshot, stop_stopped_effect,
	  "TAKE_SNAPSHOT of a stopped counter keeps its slot as it was.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_stop_one(a->index), "STOP");
		renew_snapshot(s);
		expect_refused(pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP with TAKE_SNAPSHOT of a stopped counter");
		expect_refused(
			pmu_stop(a->index, 1,
				 PMU_STOP_TAKE_SNAPSHOT | PMU_STOP_RESET),
			PMU_ERR_ALREADY_STOPPED,
			"the same with RESET of %s counter %u", a->kind,
			a->index);
		expect_slots(s, 0, "it was stopped before");
		expect_free(a, "after RESET");
	}
}

CASE(snapshot, stop_reset,
     "TAKE_SNAPSHOT with RESET writes the value before the counter is free.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		renew_snapshot(s);
		config_actor(a, 0);
		pmu_start_at(a->index, 1ULL << 48);
		provoke();
		expect_ok(pmu_stop(a->index, 1,
				   PMU_STOP_TAKE_SNAPSHOT | PMU_STOP_RESET),
			  "STOP with TAKE_SNAPSHOT and RESET");
		expect_between(s->values[0], (1ULL << 48) + 1,
			       (1ULL << 48) + a_few_calls(),
			       "slot of %s counter %u", a->kind, a->index);
		expect_slots(s, 1, "TAKE_SNAPSHOT and RESET");
		expect_free(a, "after RESET");
	}
}

CASE(snapshot, untouched,
     "Nothing but STOP with TAKE_SNAPSHOT writes to the page.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after STOP");
		expect_ok(pmu_start(a->index, 1, PMU_START_INIT_SNAPSHOT, 0),
			  "START with INIT_SNAPSHOT");
		expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after START");
		provoke();
		pmu_num_counters();
		pmu_get_info(a->index);
		pmu_fw_read(a->index);
		pmu_fw_read_hi(a->index);
		config_actor(a, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE |
					PMU_CFG_AUTO_START);
		expect_canary((uint8_t *)s, 0, PAGE_SIZE,
			      "after all other functions");
		expect_ok(pmu_reset(a->index), "RESET");
		expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after RESET");
	}
}

CASE_OURS(snapshot, refused_writes_nothing,
	  "STOP that is refused writes nothing to the page.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor a = firmware_actor();

	config_actor(&a, PMU_CFG_AUTO_START);
	pmu_stop(a.index, 0, PMU_STOP_TAKE_SNAPSHOT);
	pmu_stop(facts.num, 1, PMU_STOP_TAKE_SNAPSHOT);
	pmu_stop(a.index, 1, PMU_STOP_TAKE_SNAPSHOT | 4);
	expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after refused STOPs");
}
