// SPDX-License-Identifier: BSD-2-Clause
/* START: what it refuses, and the value that a counter starts from */

#include "counters.h"

static void check_flags(const struct actor *a)
{
	unsigned int bit;

	for (bit = 2; bit < XLEN; bit++) {
		expect_refused(pmu_start(a->index, 1, 1UL << bit, 0),
			       PMU_ERR_INVALID_PARAM,
			       "START of %s counter %u with reserved bit %u",
			       a->kind, a->index, bit);
		expect_refused(pmu_start(a->index, 1,
					 1UL << bit | PMU_START_SET_INIT_VALUE,
					 1ULL << 50),
			       PMU_ERR_INVALID_PARAM,
			       "START of %s counter %u with reserved bit %u "
			       "and SET_INIT_VALUE",
			       a->kind, a->index, bit);
	}
}

CASE(start, reserved_flags,
     "START refuses each reserved flag bit, and starts and sets nothing.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		uint64_t value;

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		value = pmu_read(a->index);
		check_flags(a);
		expect_eq(pmu_read(a->index), value, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after START with reserved flags");
		pmu_reset(a->index);
	}
}

CASE(start, both_values,
     "START refuses SET_INIT_VALUE together with INIT_SNAPSHOT.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		expect_refused(pmu_start(a->index, 1,
					 PMU_START_SET_INIT_VALUE |
						 PMU_START_INIT_SNAPSHOT,
					 5),
			       PMU_ERR_INVALID_PARAM, "START of %s counter %u",
			       a->kind, a->index);
		expect_eq(pmu_read(a->index), 0, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after START with both flags");
		pmu_reset(a->index);
	}
}

CASE(start, bad_sets,
     "START refuses a set with any counter that does not exist; none starts.")
{
	struct bad_set bad[MAX_BAD_SETS];
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		unsigned int sets = find_bad_sets(a->index, bad);

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		for (n = 0; n < sets; n++)
			expect_refused(set_start(bad[n].set,
						 PMU_START_SET_INIT_VALUE, 7),
				       PMU_ERR_INVALID_PARAM,
				       "START of base %#lx mask %#lx, %s",
				       bad[n].set.base, bad[n].set.mask,
				       bad[n].what);
		expect_eq(pmu_read(a->index), 0, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after START of bad sets");
		pmu_reset(a->index);
	}
}

CASE(start, unconfigured,
     "START refuses a programmable or firmware counter without an event.")
{
	unsigned int i;

	for (i = 0; i < facts.num; i++) {
		unsigned int csr = facts.counter[i].csr;

		if (!facts.counter[i].exists || csr == CSR_CYCLE ||
		    csr == CSR_INSTRET)
			continue;
		expect_refused(pmu_start(i, 1, 0, 0), PMU_ERR_INVALID_PARAM,
			       "START of free counter %u", i);
		expect_refused(pmu_start(i, 1, PMU_START_SET_INIT_VALUE, 1),
			       PMU_ERR_INVALID_PARAM,
			       "START of free counter %u with a value", i);
	}
}

CASE(start, unconfigured_member,
     "START of a set with a member without event starts none of the others.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		for (n = 0; n < count; n++) {
			struct actor *b = &actors[n];

			/* Fixed counters can be started without CONFIG */
			if (b->index == a->index ||
			    !strncmp(b->kind, "fixed", 5))
				continue;
			expect_refused(set_start(set_of(a->index, b->index),
						 PMU_START_SET_INIT_VALUE, 7),
				       PMU_ERR_INVALID_PARAM,
				       "START of configured counter %u and "
				       "free counter %u",
				       a->index, b->index);
		}
		expect_eq(pmu_read(a->index), 0, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after START of it with a free counter");
		pmu_reset(a->index);
	}
}

CASE(start, free_fixed,
     "The cycle and instret counters start without having been configured.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	fixed_actor();
	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		if (strncmp(a->kind, "fixed", 5))
			continue;
		expect_still(a, "after RESET");
		expect_ok(pmu_start_at(a->index, 1ULL << 40), "START");
		expect_counting(a, "after START");
		expect(pmu_read(a->index) >= 1ULL << 40,
		       "%s counter %u starts at its value", a->kind, a->index);
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_stopped(a, "after STOP");
		pmu_reset(a->index);
	}
}

/* Values with each part of them set, none near an overflow */
static const uint64_t start_values[] = {
	0,
	1,
	0x7fffffffULL,
	0x80000000ULL,
	0xffff0000ULL,
	1ULL << 32,
	0x123456789abcdef0ULL,
	1ULL << 62,
	1ULL << 63,
	0x8000000100000000ULL,
	0xdeadbeefULL << 32,
	0xfedcba9876543210ULL,
};

CASE(start, init_value,
     "SET_INIT_VALUE sets all 64 bits of the value that a counter starts from.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		if (facts.counter[a->index].width < 64)
			continue;
		config_actor(a, 0);
		for (n = 0; n < ARRAY_SIZE(start_values); n++) {
			expect_ok(pmu_start_at(a->index, start_values[n]),
				  "START of %s counter %u at %#llx", a->kind,
				  a->index,
				  (unsigned long long)start_values[n]);
			expect_ok(pmu_stop_one(a->index), "STOP");
			expect_near(a, start_values[n], "after START and STOP");
		}
		pmu_reset(a->index);
	}
}

CASE(start, init_value_firmware,
     "A firmware counter started at a value counts on from it, to 64 bits.")
{
	struct actor a = firmware_actor();
	unsigned int n;

	config_actor(&a, 0);
	for (n = 0; n < ARRAY_SIZE(start_values); n++) {
		expect_ok(pmu_start_at(a.index, start_values[n]), "START");
		expect_eq(pmu_read(a.index), start_values[n], "after START");
		sbi_set_timer(~0ULL);
		expect_eq(pmu_read(a.index), start_values[n] + 1,
			  "after one event");
		expect_ok(pmu_stop_one(a.index), "STOP");
	}
	expect_ok(pmu_start_at(a.index, 0xffffffffULL), "START");
	sbi_set_timer(~0ULL);
	expect_eq(pmu_read(a.index), 1ULL << 32, "carry into bit 32");
	pmu_stop_one(a.index);
	expect_ok(pmu_start_at(a.index, ~0ULL), "START");
	sbi_set_timer(~0ULL);
	expect_eq(pmu_read(a.index), 0, "the value after the largest");
}

CASE(start, continues,
     "START without flags goes on from the value, whatever initial_value is.")
{
	const uint64_t value = 1ULL << 41;
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	uint64_t stopped;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, value), "START with a value");
		provoke();
		expect_ok(pmu_stop_one(a->index), "STOP");
		stopped = pmu_read(a->index);
		expect_between(stopped, value + 1, value + a_few_calls(),
			       "%s counter %u", a->kind, a->index);
		expect_ok(pmu_start(a->index, 1, 0, 0x77), "START");
		provoke();
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_between(pmu_read(a->index), stopped + 1,
			       stopped + a_few_calls(),
			       "%s counter %u, started without flags", a->kind,
			       a->index);
		pmu_reset(a->index);
	}
}

/* The bit of a counter in scountovf; 0 where there is none */
static unsigned long overflow_bit(const struct actor *a)
{
	unsigned int csr = facts.counter[a->index].csr;

	if (!facts.sscofpmf || csr < CSR_CYCLE)
		return 0;
	return csr_read(CSR_SCOUNTOVF) & 1UL << (csr - CSR_CYCLE);
}

CASE(start, running,
     "START does not touch a running counter: not its value, not its overflow.")
{
	const uint64_t value = 1ULL << 41;
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, value), "START");
		expect_refused(
			pmu_start_at(a->index, 5), PMU_ERR_ALREADY_STARTED,
			"START of running %s counter %u", a->kind, a->index);
		expect_refused(pmu_start(a->index, 1, 0, 0),
			       PMU_ERR_ALREADY_STARTED,
			       "START without flags of running %s counter %u",
			       a->kind, a->index);
		expect_between(pmu_read(a->index), value, value + (1ULL << 40),
			       "the value of running %s counter %u", a->kind,
			       a->index);
		expect_eq(overflow_bit(a), 0, "overflow bit of %s counter %u",
			  a->kind, a->index);
		expect_counting(a, "after START of it while running");
		expect_ok(pmu_stop_one(a->index), "STOP");
		pmu_reset(a->index);
	}
}

CASE(start, no_overflow,
     "No counter shows an overflow that it never had, stopped or started.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf, all counters free");
	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after CONFIG");
		expect_ok(pmu_start_one(a->index), "START");
		expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after START");
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after STOP");
	}
}
