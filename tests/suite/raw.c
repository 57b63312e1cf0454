// SPDX-License-Identifier: BSD-2-Clause
/*
 * Raw events: the caller gives the selector, the firmware the bits above it.
 * What a selector means is the machine's affair, so these cases take those that
 * CONFIG accepts and ask what holds of each of them.
 */

#include "measure.h"

static const uint64_t selectors[] = {
	PMU_HW_INSTRUCTIONS,
	PMU_HW_CPU_CYCLES,
	PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS),
	0x11,
};

/* CONFIG of a raw event on any programmable counter; -1 when none takes it */
static int config_raw(unsigned long event, uint64_t data, unsigned long flags)
{
	struct sbiret ret =
		pmu_config(hpm_base(), hpm_mask(), PMU_CFG_CLEAR_VALUE | flags,
			   event, data);

	if (ret.error) {
		expect_refused(ret, PMU_ERR_NOT_SUPPORTED,
			       "CONFIG of raw event %#lx, data %#llx", event,
			       (unsigned long long)data);
		return -1;
	}
	require(ret.value < facts.num && !facts.counter[ret.value].fw,
		"counter %lu of a raw event is a hardware counter", ret.value);
	return (int)ret.value;
}

static uint64_t work(unsigned int index)
{
	return measure(index, MODE_S, work_insns, 20000);
}

/* Run a check for each selector and each of the two types */
static void each_raw(void (*check)(unsigned long event, uint64_t data))
{
	unsigned int i, known = 0;

	need_hpms(1);
	for (i = 0; i < ARRAY_SIZE(selectors); i++) {
		int index = config_raw(PMU_RAW_EVENT, selectors[i], 0);

		if (index < 0)
			continue;
		known++;
		pmu_reset((unsigned int)index);
		check(PMU_RAW_EVENT, selectors[i]);
		if (facts.spec_version >= 3UL << 24)
			check(PMU_RAW_V2_EVENT, selectors[i]);
	}
	skip_unless(known > 0, "no counter takes any of our raw events");
}

static void check_still(unsigned long event, uint64_t data)
{
	int index = config_raw(event, data, 0);
	uint64_t before;

	if (!expect(index >= 0, "CONFIG takes event %#lx, data %#llx", event,
		    (unsigned long long)data))
		return;
	before = pmu_read((unsigned int)index);
	work_insns(2000);
	expect_eq(pmu_read((unsigned int)index), before,
		  "counter %d of raw event %#lx, not started", index, event);
	expect_ok(pmu_start_one((unsigned int)index), "START");
	expect_ok(pmu_stop_one((unsigned int)index), "STOP");
	pmu_reset((unsigned int)index);
}

CASE(raw, still, "A counter configured for a raw event is still until START.")
{
	each_raw(check_still);
}

static uint64_t count_of(unsigned long event, uint64_t data)
{
	int index = config_raw(event, data, without_m());
	uint64_t count;

	if (!expect(index >= 0, "CONFIG takes event %#lx, data %#llx", event,
		    (unsigned long long)data))
		return 0;
	work((unsigned int)index);
	count = work((unsigned int)index);
	pmu_reset((unsigned int)index);
	return count;
}

CASE(raw, both_types,
     "A raw event counts the same as the raw event v2 of the same selector.")
{
	unsigned int i, known = 0;

	need_spec(3, 0);
	need_hpms(1);
	need_exact();
	for (i = 0; i < ARRAY_SIZE(selectors); i++) {
		int index = config_raw(PMU_RAW_EVENT, selectors[i], 0);

		if (index < 0)
			continue;
		known++;
		pmu_reset((unsigned int)index);
		expect_eq(count_of(PMU_RAW_V2_EVENT, selectors[i]),
			  count_of(PMU_RAW_EVENT, selectors[i]),
			  "what raw event v2 of %#llx counts",
			  (unsigned long long)selectors[i]);
	}
	skip_unless(known > 0, "no counter takes any of our raw events");
}

static void check_upper_bits(unsigned long event, uint64_t data)
{
	int index = config_raw(event, data, PMU_CFG_INHIBITS);

	if (!expect(index >= 0, "CONFIG takes event %#lx, data %#llx", event,
		    (unsigned long long)data))
		return;
	expect_eq(work((unsigned int)index), 0,
		  "what raw event %#lx, data %#llx counts with all inhibits",
		  event, (unsigned long long)data);
	pmu_reset((unsigned int)index);
}

CASE(raw, filter, "The filters of a raw event are those of the flags.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);

	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	each_raw(check_upper_bits);
}

/* A machine without this class of selectors may take it for another event */
CASE(raw, instructions,
     "Where the selector of an event is its event_idx, raw counts it exactly.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, without_m());
	uint64_t plain;
	int raw;

	need_exact();
	work(index);
	plain = work(index);
	pmu_reset(index);
	raw = config_raw(PMU_RAW_EVENT, PMU_HW_INSTRUCTIONS, without_m());
	skip_unless(raw >= 0, "no counter takes this raw event");
	work((unsigned int)raw);
	skip_unless(pmu_read((unsigned int)raw) != 0,
		    "this machine has another selector for instructions");
	expect_eq(work((unsigned int)raw), plain,
		  "what raw event %#x counts, as instructions",
		  PMU_HW_INSTRUCTIONS);
}

static void check_given(unsigned long event, uint64_t data)
{
	const unsigned int bits =
		event == PMU_RAW_EVENT ? PMU_RAW_BITS : PMU_RAW_V2_BITS;
	uint64_t plain = count_of(event, data), count;
	unsigned int bit;

	for (bit = bits; bit < 64; bit++) {
		int index = config_raw(event, data | 1ULL << bit, without_m());

		if (index < 0)
			continue;
		work((unsigned int)index);
		count = work((unsigned int)index);
		expect_eq(count, plain,
			  "what raw event %#lx, data %#llx counts with bit %u",
			  event, (unsigned long long)data, bit);
		pmu_reset((unsigned int)index);
	}
}

CASE(raw, upper_bits,
     "Bits of event_data above the selector are refused or have no effect.")
{
	need_exact();
	each_raw(check_given);
}
