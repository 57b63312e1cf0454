// SPDX-License-Identifier: BSD-2-Clause
/* START: what it refuses, and what it does then */

#include "counters.h"

/* Whatever a refused call may have done, so that the next one is judged alone
 */
static void stop_again(const struct actor *a)
{
	if (!ours())
		pmu_stop_one(a->index);
}

static void check_flags(const struct actor *a)
{
	unsigned int bit;

	for (bit = 2; bit < XLEN; bit++) {
		expect_refused(pmu_start(a->index, 1, 1UL << bit, 0),
			       PMU_ERR_INVALID_PARAM,
			       "START of %s counter %u with reserved bit %u",
			       a->kind, a->index, bit);
		stop_again(a);
		expect_refused(pmu_start(a->index, 1,
					 1UL << bit | PMU_START_SET_INIT_VALUE,
					 1ULL << 50),
			       PMU_ERR_INVALID_PARAM,
			       "START of %s counter %u with reserved bit %u "
			       "and SET_INIT_VALUE",
			       a->kind, a->index, bit);
		stop_again(a);
	}
}

CASE(start, reserved_flags, "START refuses each reserved flag bit.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	need_spec(3, 0);
	for (i = 0; i < count; i++) {
		config_actor(&actors[i], 0);
		check_flags(&actors[i]);
		pmu_reset(actors[i].index);
	}
}

CASE_OURS(start, reserved_flags_effect,
	  "START refused for a reserved flag starts and sets nothing.")
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

CASE_OURS(start, both_values,
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

static unsigned int check_bad_sets(const struct actor *a, bool holes)
{
	struct bad_set bad[MAX_BAD_SETS];
	unsigned int sets = find_bad_sets(a->index, bad), n, checked = 0;

	for (n = 0; n < sets; n++) {
		if (!bad[n].set.mask || bad[n].hole != holes)
			continue;
		checked++;
		expect_refused(
			set_start(bad[n].set, PMU_START_SET_INIT_VALUE, 7),
			PMU_ERR_INVALID_PARAM,
			"START of base %#lx mask %#lx, %s", bad[n].set.base,
			bad[n].set.mask, bad[n].what);
		stop_again(a);
	}
	return checked;
}

static unsigned int check_bad_sets_of_all(bool holes)
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, checked = 0;

	for (i = 0; i < count; i++) {
		config_actor(&actors[i], 0);
		checked += check_bad_sets(&actors[i], holes);
		pmu_reset(actors[i].index);
	}
	return checked;
}

CASE(start, bad_sets, "START refuses a set with an index beyond the counters.")
{
	check_bad_sets_of_all(false);
}

CASE(start, holes, "START refuses a set with a hole, an index of no counter.")
{
	skip_unless(check_bad_sets_of_all(true) > 0,
		    "the indices of this hart have no hole");
}

CASE_OURS(start, bad_sets_effect,
	  "START of a set with a counter that does not exist starts no member.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		check_bad_sets(a, false);
		check_bad_sets(a, true);
		expect_eq(pmu_read(a->index), 0, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after START of bad sets");
		pmu_reset(a->index);
	}
}

CASE(start, empty_set, "START of an empty set starts nothing.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, n;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		const unsigned long bases[] = {0, a->index, facts.num, 4096,
					       ~0UL};

		config_actor(a, PMU_CFG_CLEAR_VALUE);
		for (n = 0; n < ARRAY_SIZE(bases); n++)
			expect_legal(pmu_start(bases[n], 0,
					       PMU_START_SET_INIT_VALUE, 7),
				     PMU_ERR_INVALID_PARAM, CODE(PMU_OK),
				     "START of base %#lx, mask 0", bases[n]);
		expect_eq(pmu_read(a->index), 0, "value of %s counter %u",
			  a->kind, a->index);
		expect_stopped(a, "after START of empty sets");
		pmu_reset(a->index);
	}
}

CASE(start, free,
     "START of a counter without an event succeeds or is INVALID_PARAM.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < facts.num; i++) {
		struct sbiret ret;

		if (!facts.counter[i].exists)
			continue;
		ret = pmu_start(i, 1, 0, 0);
		if (ret.error)
			expect_refused(ret, PMU_ERR_INVALID_PARAM,
				       "START of free counter %u", i);
		pmu_reset(i);
	}
	for (i = 0; i < count; i++)
		expect_free(&actors[i], "after START, STOP and RESET");
}

CASE_OURS(start, unconfigured,
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

CASE_OURS(
	start, unconfigured_member,
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

CASE_OURS(
	start, free_fixed,
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
