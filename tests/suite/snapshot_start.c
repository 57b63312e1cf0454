// SPDX-License-Identifier: BSD-2-Clause
/* INIT_SNAPSHOT: what START reads of the page; the overflow bitmap */

#include "snapshot.h"

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
			expect_ok(pmu_start(a->index - bit, 1UL << bit,
					    PMU_START_INIT_SNAPSHOT, 9),
				  "START with INIT_SNAPSHOT of bit %lu", bit);
			expect_ok(pmu_stop_one(a->index), "STOP");
			expect_near(a, (0x123ULL + bit) << 48,
				    "after START with INIT_SNAPSHOT");
			s->values[bit] = PATTERN;
		}
		pmu_reset(a->index);
	}
}

/* START with INIT_SNAPSHOT of all actors; the first may run already */
static void check_start_set(bool first_runs)
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
		if (i == 0 && first_runs)
			pmu_start_at(index, 0x2aULL << 50);
	}
	skip_unless(count > 1 && set.mask != 0, "needs two counters");
	expect_refused(set_start(set, PMU_START_INIT_SNAPSHOT, 0),
		       first_runs ? PMU_ERR_ALREADY_STARTED : PMU_OK,
		       "START with INIT_SNAPSHOT of mask %#lx", set.mask);
	for (i = 0; i < count; i++) {
		uint64_t value = (uint64_t)(i + 1) << 50;

		if (actors[i].index >= XLEN)
			continue;
		if (i == 0 && first_runs)
			value = 0x2aULL << 50;
		expect_ok(pmu_stop_one(actors[i].index), "STOP");
		expect_near(&actors[i], value, "started as a member of a set");
	}
}

CASE(snapshot, start_set,
     "INIT_SNAPSHOT gives each member of a set a value of its own.")
{
	check_start_set(false);
}

CASE_OURS(snapshot, start_set_mixed,
	  "INIT_SNAPSHOT starts the stopped members, and leaves running ones.")
{
	check_start_set(true);
}

CASE(snapshot, start_without,
     "Without INIT_SNAPSHOT START takes no value from the page.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		s->values[0] = s->values[a->index % PMU_SNAPSHOT_SLOTS] =
			0x77ULL << 48;
		expect_ok(pmu_start_at(a->index, 1ULL << 40), "START");
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_near(a, 1ULL << 40, "started at a value of its own");
		expect_ok(pmu_start_one(a->index), "START without flags");
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_near(a, 1ULL << 40, "started without flags");
		pmu_reset(a->index);
	}
}

CASE(snapshot, bitmap_zero,
     "Without Sscofpmf the bitmap is 0, whatever was in it.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	skip_unless(!facts.sscofpmf, "this hart has Sscofpmf");
	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		renew_snapshot(s);
		config_actor(a, 0);
		/* One that wraps around is not told of either */
		expect_ok(pmu_start_at(a->index, ~0ULL), "START");
		provoke();
		expect_ok(pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
			  "STOP with TAKE_SNAPSHOT");
		expect_eq(s->overflow, 0, "overflow bitmap, %s counter %u",
			  a->kind, a->index);
		pmu_reset(a->index);
	}
}

CASE(snapshot, overflow_bits,
     "The bitmap says which counters have overflown, relative to the base.")
{
	struct pmu_snapshot *s = new_snapshot();
	struct actor a = programmable_actor();
	unsigned long bit, csr_bit;

	need_exact();
	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	csr_bit = 1UL << (facts.counter[a.index].csr - CSR_CYCLE);
	config_actor(&a, 0);
	for (bit = 0; bit <= a.index; bit++) {
		renew_snapshot(s);
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
		pmu_start_at(a.index, 0 - 1000ULL);
		work_insns(100000);
		expect_ok(pmu_stop(a.index - bit, 1UL << bit,
				   PMU_STOP_TAKE_SNAPSHOT),
			  "STOP with TAKE_SNAPSHOT of bit %lu", bit);
		skip_unless(s->overflow != 0 ||
				    (csr_read(CSR_SCOUNTOVF) & csr_bit),
			    "this machine shows no overflow in scountovf");
		expect_eq(s->overflow, 1ULL << bit,
			  "overflow bitmap relative to base %lu",
			  a.index - bit);
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
			expect_ok(pmu_start(a->index, 1,
					    PMU_START_INIT_SNAPSHOT, 0),
				  "START with INIT_SNAPSHOT");
			provoke();
			expect_ok(pmu_stop(a->index, 1, PMU_STOP_TAKE_SNAPSHOT),
				  "STOP with TAKE_SNAPSHOT");
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
