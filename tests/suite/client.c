// SPDX-License-Identifier: BSD-2-Clause
/*
 * Sequences of other S-mode programs, as far as the specification allows them.
 * Left out: hardware counters read by FW_READ, which only KVM takes, and masks
 * with the bit of a counter that does not exist.
 */

#include "counters.h"
#include "overflow.h"

/* The hardware counters that a mask of 19 bits reaches */
static unsigned long first_hardware(void)
{
	unsigned long mask = 0;
	unsigned int i;

	for (i = 0; i < 19 && i < facts.num; i++) {
		if (facts.counter[i].exists && !facts.counter[i].fw)
			mask |= 1UL << i;
	}
	return mask;
}

/* A test kernel: four events, each started by CONFIG, then stop and go on */
CASE(client, test_kernel,
     "Events that CONFIG starts can be stopped, given a value, and resumed.")
{
	static const unsigned long events[] = {
		INSTRUCTIONS, DTLB_READ_MISS,
		PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_WRITE, PMU_CACHE_MISS),
		PMU_CACHE(PMU_CACHE_ITLB, PMU_CACHE_READ, PMU_CACHE_MISS)};
	const unsigned long mask = first_hardware();
	unsigned int i;

	skip_unless(mask != 0, "there are no hardware counters");
	for (i = 0; i < ARRAY_SIZE(events); i++) {
		struct sbiret ret = pmu_config(
			0, mask, PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START,
			events[i], 0);
		uint64_t value;

		if (ret.error) {
			expect_error(ret, PMU_ERR_NOT_SUPPORTED,
				     "CONFIG of event %#lx", events[i]);
			continue;
		}
		require(ret.value < XLEN && mask >> ret.value & 1,
			"counter %lu is in the mask", ret.value);
		expect_error(pmu_start_at(ret.value, 0xffff),
			     PMU_ERR_ALREADY_STARTED,
			     "START of a counter that CONFIG started");
		expect_value(pmu_stop_one(ret.value), 0, "STOP");
		expect_value(pmu_start_at(ret.value, 0xffff), 0,
			     "START at 0xffff");
		work_insns(1000);
		expect_value(pmu_stop_one(ret.value), 0, "STOP");
		value = pmu_read(ret.value);
		expect_between(value, 0xffff, 0xffff + a_few_calls(),
			       "counter %lu for event %#lx", ret.value,
			       events[i]);
		expect_value(pmu_start_one(ret.value), 0, "START to resume");
		expect_value(pmu_stop_one(ret.value), 0, "STOP");
		expect_between(pmu_read(ret.value), value,
			       value + a_few_calls(),
			       "counter %lu, resumed at %#llx", ret.value,
			       (unsigned long long)value);
		expect_error(pmu_stop_one(ret.value), PMU_ERR_ALREADY_STOPPED,
			     "STOP once more");
	}
}

/* The event is that of an IPI to another hart */
CASE(client, test_kernel_ipi,
     "A counter of sent IPIs, started at 25, is at 26 after one.")
{
	unsigned int index;

	need_harts(2);
	index = claim_fw(PMU_FW_IPI_SENT, 0);
	require(hart_start(1), "another hart runs");
	expect_value(pmu_start_at(index, 25), 0, "START at 25");
	expect_ok(sbi_send_ipi(1, hart_id(1)), "IPI to another hart");
	expect_eq(pmu_read(index), 26, "counter %u after one IPI", index);
	expect_value(pmu_stop_one(index), 0, "STOP");
	expect_ok(sbi_send_ipi(1, hart_id(1)), "IPI to another hart");
	expect_eq(pmu_read(index), 26, "counter %u after STOP", index);
	expect_error(pmu_stop_one(index), PMU_ERR_ALREADY_STOPPED,
		     "STOP once more");
}

/* A BSD driver asks GET_INFO before each configuration, for every counter */
CASE(client, info_per_config,
     "GET_INFO says the same of a counter that is free, set, and running.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		unsigned long info = pmu_get_info(a->index).value;

		config_actor(a, 0);
		expect_value(pmu_get_info(a->index), info,
			     "GET_INFO of configured counter %u", a->index);
		expect_ok(pmu_start_at(a->index, 12345), "START");
		expect_value(pmu_get_info(a->index), info,
			     "GET_INFO of running counter %u", a->index);
		expect_counting(a, "after GET_INFO");
		expect_ok(pmu_stop_one(a->index), "STOP");
		expect_value(pmu_get_info(a->index), info,
			     "GET_INFO of stopped counter %u", a->index);
	}
	for (i = 0; i < count; i++)
		expect(pmu_read(actors[i].index) > 12345,
		       "counter %u keeps its value", actors[i].index);
}

/* The same driver never configures cycle and instret */
CASE_OURS(client, fixed_unconfigured,
	  "Cycle and instret start, count and stop without a configuration.")
{
	static const struct actor fixed[] = {
		{PMU_CTR_CYCLE, CYCLES, "fixed"},
		{PMU_CTR_INSTRET, INSTRUCTIONS, "fixed"},
	};
	unsigned int i, round;

	for (i = 0; i < ARRAY_SIZE(fixed); i++) {
		if (!facts.counter[fixed[i].index].exists)
			continue;
		for (round = 0; round < 2; round++) {
			expect_value(pmu_start_at(fixed[i].index, 1000), 0,
				     "START of counter %u", fixed[i].index);
			expect_counting(&fixed[i], "after START");
			expect_value(pmu_stop_one(fixed[i].index), 0,
				     "STOP of counter %u", fixed[i].index);
			expect_still(&fixed[i], "after STOP");
			expect_near(&fixed[i], pmu_read(fixed[i].index),
				    "after STOP");
		}
	}
}

/* A kernel that wants a time base: cycles from boot on, never stopped */
CASE(client, cycles_for_ever,
     "Cycles that CONFIG started run on while everything else is used.")
{
	struct sbiret ret =
		config_any(PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START, CYCLES, 0);
	uint64_t last = 0;
	unsigned int i;

	require_ok(ret, "CONFIG of cycles");
	require(facts.counter[ret.value].csr >= CSR_CYCLE,
		"GET_INFO of counter %lu names its CSR", ret.value);
	for (i = 0; i < 50; i++) {
		struct sbiret other = config_any(i % 2 ? PMU_CFG_AUTO_START : 0,
						 INSTRUCTIONS, 0);
		uint64_t now;

		work_insns(100);
		if (!other.error) {
			expect_ne(other.value, ret.value, "the other counter");
			pmu_reset(other.value);
		}
		now = pmu_read_csr(facts.counter[ret.value].csr);
		if (!expect(now > last, "cycles go up from %llu, not to %llu",
			    (unsigned long long)last, (unsigned long long)now))
			break;
		last = now;
	}
}

/* A benchmark takes each counter as bit n of a mask at base 0 */
CASE(client, bit_at_base_0,
     "A benchmark uses counters as single bits at base 0, all at once.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long mask = 0;

	for (i = 0; i < count; i++) {
		unsigned long bit = 1UL << actors[i].index;

		if (actors[i].index >= XLEN)
			continue;
		expect_value(pmu_config(0, bit, 0, actors[i].event, 0),
			     actors[i].index, "CONFIG of mask %#lx", bit);
		expect_value(pmu_start(0, bit, PMU_START_SET_INIT_VALUE, 7), 0,
			     "START of mask %#lx", bit);
		mask |= bit;
	}
	provoke();
	expect_value(pmu_stop(0, mask, 0), 0, "STOP of mask %#lx", mask);
	for (i = 0; i < count; i++) {
		if (mask >> actors[i].index & 1)
			expect_between(pmu_read(actors[i].index), 8,
				       count * a_few_calls(), "%s counter %u",
				       actors[i].kind, actors[i].index);
	}
	expect_error(pmu_stop(0, mask, PMU_STOP_RESET), PMU_ERR_ALREADY_STOPPED,
		     "STOP with RESET of mask %#lx", mask);
	for (i = 0; i < count; i++) {
		if (mask >> actors[i].index & 1)
			expect_free(&actors[i], "after RESET");
	}
}

/* A hypervisor switches between two guests, each with values of its own */
CASE(client, hypervisor_switch,
     "A counter that is read, stopped and started at another value serves two.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, round;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		uint64_t guest[2] = {0, 1ULL << 62};
		const uint64_t first[2] = {guest[0], guest[1]};

		config_actor(a, 0);
		for (round = 0; round < 10; round++) {
			uint64_t *value = &guest[round % 2];

			expect_value(pmu_start_at(a->index, *value), 0,
				     "START of counter %u", a->index);
			provoke();
			expect_value(pmu_stop_one(a->index), 0,
				     "STOP of counter %u", a->index);
			expect(pmu_read(a->index) > *value,
			       "counter %u has gone on from %#llx", a->index,
			       (unsigned long long)*value);
			*value = pmu_read(a->index);
		}
		for (round = 0; round < 2; round++)
			expect_between(guest[round], first[round] + 5,
				       first[round] + 5 * a_few_calls(),
				       "counter %u for guest %u", a->index,
				       round);
		pmu_reset(a->index);
	}
}
