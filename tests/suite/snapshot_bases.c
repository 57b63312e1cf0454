// SPDX-License-Identifier: BSD-2-Clause
/*
 * Snapshots of every counter in reach of a base, from each base there is: the
 * slots count from the base, and nothing else in memory is written.
 */

#include "hostile.h"

static struct pmu_snapshot *new_snapshot(void)
{
	uint8_t *page;

	skip_unless(facts.snapshot, "this firmware has no snapshots");
	page = fenced_page();
	require_ok(pmu_set_shmem((unsigned long)page, 0, 0), "SET_SHMEM");
	memset(page, CANARY, PAGE_SIZE);
	return (struct pmu_snapshot *)page;
}

static void expect_rest(const struct pmu_snapshot *s, uint64_t written)
{
	const uint8_t *page = (const uint8_t *)s;
	unsigned int i;

	for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++) {
		size_t at = offsetof(struct pmu_snapshot, values) + 8 * i;

		if (!(written >> i & 1))
			expect_canary(page, at, at + 8, "a slot of no member");
	}
	/* About which the specification says nothing */
	if (ours())
		expect_canary(page, offsetof(struct pmu_snapshot, reserved),
			      PAGE_SIZE, "the reserved part");
	expect_fences(page, "a neighbour of the snapshot");
}

/* Those of the actors that a mask from this base reaches */
static struct set reach(const struct actor *actors, unsigned int count,
			unsigned long base)
{
	struct set set = {base, 0};
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (actors[i].index >= base && actors[i].index - base < XLEN)
			set.mask |= 1UL << (actors[i].index - base);
	}
	return set;
}

CASE(snapshot, stop_bases,
     "TAKE_SNAPSHOT writes slots from the base on, with every base there is.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long base;

	for (i = 0; i < count; i++)
		config_actor(&actors[i], 0);
	for (base = 0; base <= actors[count - 1].index; base++) {
		struct set set = reach(actors, count, base);

		if (!set.mask)
			continue;
		memset(s, CANARY, PAGE_SIZE);
		for (i = 0; i < count; i++)
			pmu_start_at(actors[i].index, (uint64_t)(i + 1) << 42);
		expect_ok(set_stop(set, PMU_STOP_TAKE_SNAPSHOT),
			  "STOP from base %lu, mask %#lx", base, set.mask);
		for (i = 0; i < count; i++) {
			unsigned long bit = actors[i].index - base;

			if (actors[i].index < base || bit >= XLEN)
				continue;
			expect_eq(s->values[bit], pmu_read(actors[i].index),
				  "slot %lu, base %lu", bit, base);
			expect_eq(s->values[bit] >> 42, i + 1,
				  "upper bits of slot %lu, base %lu", bit,
				  base);
		}
		expect_eq(s->overflow, 0, "overflow bitmap");
		expect_rest(s, set.mask);
		for (i = 0; i < count; i++)
			pmu_stop_one(actors[i].index);
	}
}

CASE(snapshot, start_bases,
     "INIT_SNAPSHOT reads slots from the base on, with every base there is.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long base;

	for (i = 0; i < count; i++)
		config_actor(&actors[i], 0);
	for (base = 0; base <= actors[count - 1].index; base++) {
		struct set set = reach(actors, count, base);

		if (!set.mask)
			continue;
		for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++)
			s->values[i] = (base + i) << 8 | 0x5000000000000000ULL;
		expect_ok(set_start(set, PMU_START_INIT_SNAPSHOT, 0),
			  "START from base %lu, mask %#lx", base, set.mask);
		expect_ok(set_stop(set, 0), "STOP from base %lu", base);
		for (i = 0; i < count; i++) {
			if (actors[i].index < base ||
			    actors[i].index - base >= XLEN)
				continue;
			expect_near(&actors[i],
				    (uint64_t)actors[i].index << 8 |
					    0x5000000000000000ULL,
				    "started from its slot");
		}
		for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++)
			expect_eq(s->values[i],
				  (base + i) << 8 | 0x5000000000000000ULL,
				  "slot %u, which START must not write", i);
		expect_fences((const uint8_t *)s, "a neighbour, after START");
	}
}

/* Whether a second page is taken is open: snapshot.moved accepts both answers
 */
CASE_OURS(
	snapshot, given_twice,
	"Of two pages given one after the other only the later is ever written.")
{
	struct pmu_snapshot *first = new_snapshot();
	struct pmu_snapshot *second = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	/* Again, now that it is in use */
	require_ok(pmu_set_shmem((unsigned long)second, 0, 0), "SET_SHMEM");
	for (i = 0; i < count; i++) {
		config_actor(&actors[i], PMU_CFG_AUTO_START);
		expect_ok(pmu_stop(actors[i].index, 1, PMU_STOP_TAKE_SNAPSHOT),
			  "STOP with TAKE_SNAPSHOT");
		expect_eq(second->values[0], pmu_read(actors[i].index),
			  "slot 0 of the second page");
	}
	expect_canary((const uint8_t *)first, 0, PAGE_SIZE, "the first page");
	expect_fences((const uint8_t *)first, "around the first page");
	expect_rest(second, 1);
	require_ok(pmu_set_shmem(~0UL, ~0UL, 0), "SET_SHMEM with all ones");
	memset(second, CANARY, PAGE_SIZE);
	for (i = 0; i < count; i++) {
		pmu_start_one(actors[i].index);
		expect_error(
			pmu_stop(actors[i].index, 1, PMU_STOP_TAKE_SNAPSHOT),
			PMU_ERR_NO_SHMEM, "STOP with TAKE_SNAPSHOT");
		pmu_stop_one(actors[i].index);
	}
	expect_canary((const uint8_t *)second, 0, PAGE_SIZE,
		      "the page that was taken away");
	expect_fences((const uint8_t *)second, "around the second page");
}
