// SPDX-License-Identifier: BSD-2-Clause
/* What the calls that change no counter must answer */

#include "model.h"

#define MAX_ENTRIES 65536

void model_num(void)
{
	equal(ok(get_num()), model.num_hw + PMU_FW_MAX);
}

void model_get_info(unsigned long idx)
{
	struct pmu_result got = get_info(idx);
	unsigned long width;

	if (idx >= 64 || !model.ctr[idx].exists) {
		expect(got, INVALID);
	} else if (idx >= model.num_hw) {
		width = sim.desc->fw_width ? sim.desc->fw_width : 64;
		equal(ok(got), 1UL << 63 | (width - 1) << 12);
	} else {
		width = sim.desc->width[idx] ? sim.desc->width[idx] : 64;
		equal(ok(got), (width - 1) << 12 | (0xc00 + idx));
	}
}

void model_fw_read(unsigned long idx)
{
	struct pmu_result low = fw_value(idx), high = fw_value_hi(idx);

	if (idx >= 64 || idx < model.num_hw || !model.ctr[idx].configured) {
		expect(low, INVALID);
		expect(high, INVALID);
		return;
	}
	equal(ok(low), *model_value((unsigned int)idx));
	equal(ok(high), 0);
}

/* -- EVENT_GET_INFO -------------------------------------------------------- */

static bool can_be_counted(unsigned long event, uint64_t data)
{
	/* Their entries have no data that would matter */
	if (event >> 16 <= 1)
		data = 0;
	return model_counters(event, data) != 0;
}

static bool has_reserved_bits(unsigned long at, unsigned long num)
{
	unsigned long end = at + 16 * num;

	for (; at < end; at += 16) {
		if (sim_peek32(at) >> 20)
			return true;
	}
	return false;
}

static void check_answers(unsigned long at, unsigned long num,
			  unsigned int stores)
{
	unsigned long end = at + 16 * num;

	equal(stores, num);
	for (; at < end; at += 16)
		equal(sim_peek32(at + 4),
		      can_be_counted(sim_peek32(at), sim_peek64(at + 8)));
}

/* Memory ends in front of event_data which nobody reads */
static bool needs_no_data(unsigned long lo, unsigned long num)
{
	return model_in_ram(lo, num * 16 - 8) &&
	       sim_peek32(lo + num * 16 - 16) >> 16 <= PMU_TYPE_CACHE;
}

void model_event_info(unsigned long lo, unsigned long hi, unsigned long num,
		      unsigned long flags)
{
	unsigned int stores = sim_all_stores();
	struct pmu_result got;

	/* An entry of which the bus has one half is found out too late */
	if (model.end % 16)
		rig_allow_effect();
	got = event_info(lo, hi, num, flags);
	if (flags || lo % 16) {
		expect(got, INVALID);
	} else if (num == 0) {
		ok(got);
		equal(sim_all_stores(), stores);
	} else if (hi || num > ~0UL / 16) {
		expect(got, BAD_ADDRESS);
	} else if (!model_in_ram(lo, num * 16)) {
		/* What it sees first, of several things that are wrong */
		check(got.error == BAD_ADDRESS || got.error == INVALID ||
			      (got.error == PMU_OK && needs_no_data(lo, num)) ||
			      (num > MAX_ENTRIES &&
			       got.error == PMU_ERR_FAILED),
		      "EVENT_GET_INFO of 0x%lx, 0x%lx entries: error %ld", lo,
		      num, got.error);
	} else if (num > MAX_ENTRIES) {
		expect(got, PMU_ERR_FAILED);
	} else if (has_reserved_bits(lo, num)) {
		expect(got, INVALID);
	} else {
		ok(got);
		check_answers(lo, num, sim_all_stores() - stores);
	}
}
