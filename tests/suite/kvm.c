// SPDX-License-Identifier: BSD-2-Clause
/*
 * What the selftest of Linux KVM asserts of an SBI PMU. It runs in a guest
 * there; what it asks for holds of any firmware, apart from a trap that
 * counters raise there before they are configured.
 */

#include "measure.h"
#include "counters.h"

static const unsigned long tested[] = {CYCLES, INSTRUCTIONS};

/* A set that base 0 can reach */
static struct set all_counters(void)
{
	return set_from(0);
}

static unsigned long take(unsigned long event)
{
	struct set all = all_counters();
	struct sbiret ret = set_config(all, 0, event);

	require_ok(ret, "CONFIG of event %#lx", event);
	require(ret.value < XLEN && all.mask >> ret.value & 1,
		"counter %lu is one of those asked for", ret.value);
	return ret.value;
}

/* The selftest takes no other answer */
static void give_back(unsigned long index)
{
	expect_error(pmu_stop(index, 1, PMU_STOP_RESET),
		     PMU_ERR_ALREADY_STOPPED,
		     "STOP with RESET of stopped counter %lu", index);
}

CASE(kvm, counters,
     "The extension is there, with less than 64 counters; each says what it is.")
{
	struct sbiret ret = pmu_num_counters();
	unsigned long i;

	expect_ne(sbi_probe(PMU_EID), 0, "probe_extension");
	require_ok(ret, "NUM_COUNTERS");
	expect(ret.value < 64, "less than 64 counters, not %lu", ret.value);
	for (i = 0; i < ret.value; i++) {
		struct sbiret info = pmu_get_info(i);

		if (!info.error)
			expect_ne(info.value, 0, "GET_INFO of counter %lu", i);
	}
}

CASE(kvm, firmware_read,
     "FW_READ refuses a counter before it is configured, and takes it after.")
{
	unsigned int i;

	need_fws(1);
	for (i = 0; i < facts.fws; i++) {
		unsigned int index = facts.fw[i];

		expect_error(pmu_fw_read(index), PMU_ERR_INVALID_PARAM,
			     "FW_READ of free counter %u", index);
		expect_value(
			pmu_config(index, 1, 0, PMU_FW(PMU_FW_ACCESS_LOAD), 0),
			index, "CONFIG of counter %u", index);
		expect_ok(pmu_fw_read(index), "FW_READ of counter %u", index);
	}
}

CASE(kvm, unknown_event, "A general event that is not defined is refused.")
{
	struct sbiret ret = set_config(all_counters(), 0, 0x1234);

	expect_error(ret, PMU_ERR_NOT_SUPPORTED, "CONFIG of event 0x1234");
}

/* A stretch from one initial value; the counter is stopped after it */
typedef uint64_t (*run_fn)(unsigned long index, uint64_t initial, bool work);

static uint64_t run_plain(unsigned long index, uint64_t initial, bool work)
{
	expect_value(pmu_start_at(index, initial), 0, "START of counter %lu",
		     index);
	if (work)
		work_insns(10000);
	expect_ok(pmu_stop(index, 1, 0), "STOP of counter %lu", index);
	return pmu_read(index);
}

static struct pmu_snapshot *page;

static uint64_t run_snapshot(unsigned long index, uint64_t initial, bool work)
{
	page->values[0] = initial;
	expect_value(pmu_start(index, 1, PMU_START_INIT_SNAPSHOT, 0), 0,
		     "START of counter %lu with INIT_SNAPSHOT", index);
	if (work)
		work_insns(10000);
	expect_ok(pmu_stop(index, 1, PMU_STOP_TAKE_SNAPSHOT),
		  "STOP of counter %lu with TAKE_SNAPSHOT", index);
	expect_eq(page->values[0], pmu_read(index),
		  "slot 0 and the counter itself");
	return page->values[0];
}

static void check_values(unsigned long index, run_fn run)
{
	uint64_t pre, post;

	pre = run(index, ~0UL / 2, false);
	post = run(index, 100, false);
	expect(pre > post,
	       "a high initial value leaves more (%llu) than 100 (%llu)",
	       (unsigned long long)pre, (unsigned long long)post);
	expect(run(index, 100, true) > 100, "the value has grown from 100");
}

CASE(kvm, events,
     "Cycles and instructions count from 0, and from any value that START gives.")
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tested); i++) {
		unsigned long index = take(tested[i]);
		uint64_t pre = pmu_read(index);

		expect_value(pmu_start(index, 1, 0, 0), 0,
			     "START of counter %lu", index);
		work_insns(10000);
		expect_ok(pmu_stop(index, 1, 0), "STOP of counter %lu", index);
		expect(pmu_read(index) > pre,
		       "counter %lu has grown from its old value", index);
		check_values(index, run_plain);
		give_back(index);
	}
}

static void set_page(void)
{
	unsigned int i;

	skip_unless(facts.snapshot, "this firmware has no snapshots");
	page = page_alloc(1);
	require_value(pmu_set_shmem((unsigned long)page, 0, 0), 0, "SET_SHMEM");
	expect_eq(page->overflow, 0, "overflow bitmap of a fresh page");
	for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++)
		expect_eq(page->values[i], 0, "slot %u of a fresh page", i);
}

CASE(kvm, snapshot,
     "The same from slot 0 and to slot 0 of the shared page, whatever counter.")
{
	unsigned int i;

	set_page();
	for (i = 0; i < ARRAY_SIZE(tested); i++) {
		unsigned long index = take(tested[i]);

		check_values(index, run_snapshot);
		expect_eq(page->overflow, 0, "overflow bitmap");
		give_back(index);
	}
}
