// SPDX-License-Identifier: BSD-2-Clause
/* START: the value that a counter starts from, and counters that run already */

#include "counters.h"

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
     "START of a running counter is ALREADY_STARTED, and the counter goes on.")
{
	const uint64_t value = 1ULL << 41;
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, 0);
		expect_ok(pmu_start_at(a->index, value), "START");
		expect_refused(pmu_start(a->index, 1, 0, 5),
			       PMU_ERR_ALREADY_STARTED,
			       "START without flags of running %s counter %u",
			       a->kind, a->index);
		expect_between(pmu_read(a->index), value, value + (1ULL << 40),
			       "the value of running %s counter %u", a->kind,
			       a->index);
		expect_counting(a, "after START of it while running");
		expect_refused(
			pmu_start_at(a->index, 5), PMU_ERR_ALREADY_STARTED,
			"START of running %s counter %u", a->kind, a->index);
		expect_counting(a, "after START with a value while running");
		expect_ok(pmu_stop_one(a->index), "STOP");
		pmu_reset(a->index);
	}
}

CASE_OURS(start, running_value,
	  "START with a value leaves the value of a running counter alone.")
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
		expect_between(pmu_read(a->index), value, value + (1ULL << 40),
			       "the value of running %s counter %u", a->kind,
			       a->index);
		pmu_reset(a->index);
	}
}

/* A set bit would also switch off the overflow interrupt of the counter */
CASE(start, running_overflow,
     "A running counter shows no overflow that it never had, started twice.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		expect_ok(pmu_start_one(a->index), "START");
		expect_eq(overflow_bit(a), 0,
			  "overflow bit of %s counter %u after START", a->kind,
			  a->index);
		expect_error(pmu_start_one(a->index), PMU_ERR_ALREADY_STARTED,
			     "START of running counter %u", a->index);
		expect_eq(overflow_bit(a), 0,
			  "overflow bit of %s counter %u after START again",
			  a->kind, a->index);
		pmu_reset(a->index);
	}
}

CASE_OURS(start, no_overflow,
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

CASE_OURS(start, success_value, "START and STOP that succeed return value 0.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		config_actor(&actors[i], 0);
		expect_value(pmu_start_one(actors[i].index), 0, "START of %u",
			     actors[i].index);
		expect_value(pmu_stop_one(actors[i].index), 0, "STOP of %u",
			     actors[i].index);
	}
}
