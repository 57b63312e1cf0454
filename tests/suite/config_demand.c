// SPDX-License-Identifier: BSD-2-Clause
/*
 * Which programmable counters can count an event, and which of them CONFIG
 * gives away: on boards not every counter can count every event, and the last
 * one for an event is soon missed.
 */

#include "dt.h"
#include "measure.h"

static const uint64_t raw[] = {
	PMU_HW_INSTRUCTIONS,
	PMU_HW_CPU_CYCLES,
	PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS),
	0x11,
};

static bool takes(unsigned int index, unsigned long event, uint64_t data)
{
	struct sbiret ret = pmu_config(index, 1, 0, event, data);

	if (!ret.error)
		pmu_reset(index);
	return !ret.error;
}

/* The events that a counter can count, a bit for each that there is */
static uint64_t events_of(unsigned int index)
{
	unsigned int code, i, bit = 0;
	uint64_t events = 0;

	for (code = 1; code <= PMU_HW_EVENTS; code++, bit++)
		events |= (uint64_t)takes(index, code, 0) << bit;
	for (code = 0; code < PMU_CACHE_IDS << 3; code++) {
		if (((code >> 1) & 3) >= PMU_CACHE_OPS)
			continue;
		events |= (uint64_t)takes(index,
					  PMU_EVENT(PMU_TYPE_CACHE, code), 0)
			  << bit++;
	}
	for (i = 0; i < ARRAY_SIZE(raw); i++, bit++)
		events |= (uint64_t)takes(index, PMU_RAW_EVENT, raw[i]) << bit;
	return events;
}

/* Instructions are the second of the general events */
#define COUNTS_INSTRUCTIONS ((uint64_t)1 << 1)

CASE_OURS(config, least_wanted,
	  "CONFIG gives no counter away while one is free that can do less.")
{
	uint64_t events[32], all = 0, common = ~0ULL, given = 0;
	struct sbiret ret;
	unsigned int i;

	need_hpms(2);
	for (i = 0; i < facts.hpms; i++) {
		events[i] = events_of(facts.hpm[i]);
		all |= events[i];
		common &= events[i];
	}
	skip_unless(all != common, "all counters count the same events");

	ret = pmu_config(hpm_base(), hpm_mask(), 0, INSTRUCTIONS, 0);
	require_ok(ret, "CONFIG for instructions");
	for (i = 0; i < facts.hpms; i++) {
		if (facts.hpm[i] == ret.value)
			given = events[i];
	}
	expect_ne(given & COUNTS_INSTRUCTIONS, 0,
		  "counter %lu, for instructions", ret.value);
	for (i = 0; i < facts.hpms; i++) {
		if (events[i] == given || !(events[i] & COUNTS_INSTRUCTIONS))
			continue;
		expect_ne(
			events[i] & ~given, 0,
			"events of counter %u that counter %lu, given, has not",
			facts.hpm[i], ret.value);
	}
}

/* QEMU's own cores: the ids say nothing, but the machine does */
static bool is_qemu(void)
{
	unsigned long id = 0, fid;

	/* mvendorid, marchid, mimpid */
	for (fid = 4; fid <= 6; fid++)
		id |= sbi_ecall(SBI_EID_BASE, fid, 0, 0, 0, 0, 0, 0).value;
	return id == 0 && dt_has_compatible("riscv-virtio");
}

CASE_OURS(config, without_node,
	  "A core that the firmware knows needs no node in the device tree.")
{
	static const unsigned long events[] = {
		CYCLES,
		INSTRUCTIONS,
		DTLB_READ_MISS,
		PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_WRITE, PMU_CACHE_MISS),
		PMU_CACHE(PMU_CACHE_ITLB, PMU_CACHE_READ, PMU_CACHE_MISS),
	};
	unsigned int i, n;

	skip_unless(!dt_has_compatible("riscv,pmu"), "there is a node");
	skip_unless(is_qemu(), "this is no core of QEMU's own");
	need_hpms(1);
	for (n = 0; n < facts.hpms; n++) {
		for (i = 0; i < ARRAY_SIZE(events); i++)
			expect(takes(facts.hpm[n], events[i], 0),
			       "event 0x%lx on counter %u", events[i],
			       facts.hpm[n]);
	}
}
