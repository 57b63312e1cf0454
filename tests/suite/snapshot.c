// SPDX-License-Identifier: BSD-2-Clause
/* TAKE_SNAPSHOT and INIT_SNAPSHOT: what is written to the page and read of it
 */

#include "counters.h"

#define PATTERN 0xa5a5a5a5a5a5a5a5ULL

_Static_assert((PATTERN & 0xff) == CANARY, "the pattern of canary_page()");

/* A page full of the pattern, set as the shared memory of this hart */
static struct pmu_snapshot *new_snapshot(void)
{
	struct pmu_snapshot *s;

	skip_unless(facts.snapshot, "this firmware has no snapshots");
	s = (struct pmu_snapshot *)canary_page();
	require_ok(pmu_set_shmem((unsigned long)s, 0, 0), "SET_SHMEM");
	return s;
}

static void renew(struct pmu_snapshot *s)
{
	memset(s, CANARY, PAGE_SIZE);
}

/* Every slot but those in @written, and the rest of the page, are untouched */
static void expect_slots(const struct pmu_snapshot *s, uint64_t written,
			 const char *when)
{
	unsigned int i;

	for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++) {
		if (!(written >> i & 1))
			expect_eq(s->values[i], PATTERN, "slot %u, %s", i,
				  when);
	}
	expect_canary((const uint8_t *)s,
		      offsetof(struct pmu_snapshot, reserved), PAGE_SIZE, when);
}

/* What scountovf says, as bits relative to a base */
static uint64_t overflown(unsigned long base)
{
	uint64_t bits = 0;
	unsigned int i, csr;

	if (!facts.sscofpmf)
		return 0;
	for (i = base; i < facts.num && i - base < 64; i++) {
		csr = facts.counter[i].csr;
		if (csr >= CSR_CYCLE &&
		    csr_read(CSR_SCOUNTOVF) >> (csr - CSR_CYCLE) & 1)
			bits |= 1ULL << (i - base);
	}
	return bits;
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
			renew(s);
			pmu_start_at(a->index, 0x5555ULL << 32);
			expect_value(pmu_stop(a->index - bit, 1UL << bit,
					      PMU_STOP_TAKE_SNAPSHOT),
				     0, "STOP with TAKE_SNAPSHOT of bit %lu",
				     bit);
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
	expect_value(set_stop(set, PMU_STOP_TAKE_SNAPSHOT), 0,
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

CASE(snapshot, stop_mixed,
     "TAKE_SNAPSHOT leaves the slots of counters alone that it did not stop.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++)
		config_actor(&actors[i], PMU_CFG_AUTO_START);
	for (i = 0; i < count; i++) {
		/* One runs, one is stopped and in the set, the others run */
		struct actor *a = &actors[i], *b = &actors[(i + 1) % count];
		struct set set = set_of(a->index, b->index);

		if (a == b || (set.mask & (set.mask - 1)) == 0)
			continue;
		pmu_stop_one(b->index);
		renew(s);
		expect_refused(set_stop(set, PMU_STOP_TAKE_SNAPSHOT),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP of running %u and stopped %u", a->index,
			       b->index);
		n = a->index - (unsigned int)set.base;
		expect_eq(s->values[n], pmu_read(a->index), "slot %u", n);
		expect_eq(s->overflow, 0, "overflow bitmap");
		expect_slots(s, 1ULL << n, "one of two was stopped before");
		pmu_start_one(a->index);
		pmu_start_one(b->index);
	}
}

CASE(snapshot, stop_stopped,
     "TAKE_SNAPSHOT of a stopped counter keeps its slot as it was.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_AUTO_START);
		expect_ok(pmu_stop_one(a->index), "STOP");
		renew(s);
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

		renew(s);
		config_actor(a, 0);
		pmu_start_at(a->index, 1ULL << 48);
		provoke();
		expect_value(pmu_stop(a->index, 1,
				      PMU_STOP_TAKE_SNAPSHOT | PMU_STOP_RESET),
			     0, "STOP with TAKE_SNAPSHOT and RESET");
		expect_between(s->values[0], (1ULL << 48) + 1,
			       (1ULL << 48) + a_few_calls(),
			       "slot of %s counter %u", a->kind, a->index);
		expect_slots(s, 1, "TAKE_SNAPSHOT and RESET");
		expect_free(a, "after RESET");
	}
}

CASE(snapshot, refused_writes_nothing,
     "STOP that is refused writes nothing to the page, START nothing at all.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor a = firmware_actor();

	config_actor(&a, PMU_CFG_AUTO_START);
	pmu_stop(a.index, 0, PMU_STOP_TAKE_SNAPSHOT);
	pmu_stop(facts.num, 1, PMU_STOP_TAKE_SNAPSHOT);
	pmu_stop(a.index, 1, PMU_STOP_TAKE_SNAPSHOT | 4);
	expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after refused STOPs");
	expect_ok(pmu_stop_one(a.index), "STOP without TAKE_SNAPSHOT");
	expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after STOP without it");
	expect_ok(pmu_start(a.index, 1, PMU_START_INIT_SNAPSHOT, 0), "START");
	expect_canary((uint8_t *)s, 0, PAGE_SIZE, "after START");
}

CASE(snapshot, start_from_slots,
     "INIT_SNAPSHOT starts each counter from its slot, relative to any base.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long bit;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		for (bit = 0; bit <= a->index && bit < XLEN; bit++) {
			s->values[bit] = (0x123ULL + bit) << 48;
			expect_value(pmu_start(a->index - bit, 1UL << bit,
					       PMU_START_INIT_SNAPSHOT, 9),
				     0, "START with INIT_SNAPSHOT of bit %lu",
				     bit);
			expect_ok(pmu_stop_one(a->index), "STOP");
			expect_near(a, (0x123ULL + bit) << 48,
				    "after START with INIT_SNAPSHOT");
			s->values[bit] = PATTERN;
		}
		pmu_reset(a->index);
	}
}

CASE(snapshot, start_set,
     "INIT_SNAPSHOT gives each member of a set its own value, running ones none.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	struct set set = {0, 0};

	for (i = 0; i < count; i++) {
		unsigned int index = actors[i].index;

		if (index >= XLEN)
			continue;
		config_actor(&actors[i], 0);
		s->values[index] = (uint64_t)(i + 1) << 50;
		set.mask |= 1UL << index;
		/* The first one runs already */
		if (i == 0)
			pmu_start_at(index, 0x2aULL << 50);
	}
	skip_unless(count > 1 && set.mask != 0, "needs two counters");
	expect_refused(set_start(set, PMU_START_INIT_SNAPSHOT, 0),
		       PMU_ERR_ALREADY_STARTED,
		       "START with INIT_SNAPSHOT of mask %#lx", set.mask);
	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		expect_ok(pmu_stop_one(actors[i].index), "STOP");
		expect_near(&actors[i],
			    i ? (uint64_t)(i + 1) << 50 : 0x2aULL << 50,
			    "started as a member of a set");
	}
}

CASE(snapshot, overflow_bits,
     "The bitmap says which counters have overflown, relative to the base.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor a = programmable_actor();
	unsigned long bit;

	need_exact();
	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	config_actor(&a, 0);
	for (bit = 0; bit <= a.index; bit++) {
		renew(s);
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
		pmu_start_at(a.index, 0 - 1000ULL);
		work_insns(100000);
		expect_ok(pmu_stop(a.index - bit, 1UL << bit,
				   PMU_STOP_TAKE_SNAPSHOT),
			  "STOP with TAKE_SNAPSHOT of bit %lu", bit);
		skip_unless(overflown(0) != 0,
			    "this machine shows no overflow in scountovf");
		expect_eq(s->overflow, 1ULL << bit,
			  "overflow bitmap relative to base %lu",
			  a.index - bit);
		expect_eq(s->overflow, overflown(a.index - bit),
			  "overflow bitmap and scountovf");
		expect_slots(s, 1ULL << bit, "after an overflow");
	}
}

CASE(snapshot, kvm_sequence,
     "Start from slot 0, count, stop to slot 0, as the KVM selftest does.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, round;
	uint64_t value;

	memset(s, 0, PAGE_SIZE);
	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		for (round = 0; round < 2; round++) {
			uint64_t start = round ? 100 : ~0UL / 2;

			s->values[0] = start;
			expect_value(pmu_start(a->index, 1,
					       PMU_START_INIT_SNAPSHOT, 0),
				     0, "START with INIT_SNAPSHOT");
			provoke();
			expect_value(
				pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
				0, "STOP with TAKE_SNAPSHOT");
			expect_between(
				s->values[0], start + 1, start + a_few_calls(),
				"slot 0 of %s counter %u", a->kind, a->index);
			expect_eq(s->overflow, 0, "overflow bitmap");
		}
		/* A second stop keeps what the first one wrote */
		value = s->values[0];
		expect_refused(pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP with TAKE_SNAPSHOT again");
		expect_eq(s->values[0], value, "slot 0 after STOP again");
		expect_refused(pmu_reset(a->index), PMU_ERR_ALREADY_STOPPED,
			       "STOP with RESET");
	}
}
