// SPDX-License-Identifier: BSD-2-Clause
/* The model's event map: what each counter can count, read from the rows */

#include "model.h"

void model_map_clear(void)
{
	model.rows = model.raw_rows = 0;
	model.selector = NULL;
}

static bool is_range(uint32_t first, uint32_t last)
{
	return first <= last && last <= 0xfffff;
}

void model_row(uint32_t first, uint32_t last, uint32_t counters)
{
	if (!is_range(first, last))
		return;
	check(model.rows < MODEL_ROWS, "too many rows for the model");
	model.row[model.rows].first = first;
	model.row[model.rows].last = last;
	model.row[model.rows].counters = counters;
	model.rows++;
}

void model_raw_row(uint64_t select, uint64_t mask, uint32_t counters)
{
	/* There is room for so many, and the rest is dropped */
	if (model.raw_rows == MODEL_RAW_ROWS)
		return;
	model.raw[model.raw_rows].select = select;
	model.raw[model.raw_rows].mask = mask;
	model.raw[model.raw_rows].counters = counters;
	model.raw_rows++;
}

void model_map_add(uint32_t first, uint32_t last, uint32_t counters)
{
	check(pmu_map_add(&machine, first, last, counters) ==
		      is_range(first, last),
	      "map row 0x%x to 0x%x", first, last);
	model_row(first, last, counters);
}

void model_map_add_raw(uint64_t select, uint64_t mask, uint32_t counters)
{
	bool room = model.raw_rows < MODEL_RAW_ROWS;

	check(pmu_map_add_raw(&machine, select, mask, counters) == room,
	      "row %u for raw events", model.raw_rows);
	model_raw_row(select, mask, counters);
}

/* -- Events ---------------------------------------------------------------- */

static bool is_general(unsigned long event)
{
	return event >= 1 && event <= 10;
}

/* Seven caches, three operations, hit and miss */
static bool is_cache(unsigned long event)
{
	return event >= 0x10000 && event < 0x10000 + 7 * 8 && (event & 6) != 6;
}

/* See sim.h: the platform selects by event_idx, with three exceptions */
static uint64_t platform_selector(unsigned long event)
{
	if (model.selector)
		return model.selector((uint32_t)event);
	if (event == SIM_EVENT_NO_SELECTOR)
		return 0;
	if (event == SIM_EVENT_BIG_SELECTOR)
		return SIM_BIG_SELECTOR;
	if (event == SIM_EVENT_HIGH_SELECTOR)
		return SIM_HIGH_SELECTOR;
	return event;
}

uint64_t model_selector(unsigned long event, uint64_t data)
{
	if (event == RAW || event == RAW2)
		return data;
	if (sim.desc->narrow_events)
		return platform_selector(event) & 0xffffffff;
	/* The highest byte is for the filters, where there are any */
	if (sim.desc->sscofpmf)
		return platform_selector(event) & ~(0xffULL << 56);
	return platform_selector(event);
}

/* The programmable counters that the rows give to a general or cache event */
static uint32_t by_rows(unsigned long event)
{
	uint32_t counters = 0;
	unsigned int i;

	for (i = 0; i < model.rows; i++) {
		if (model.row[i].first <= event && event <= model.row[i].last)
			counters |= model.row[i].counters;
	}
	return counters & ~7u;
}

static uint32_t by_raw_rows(uint64_t data)
{
	uint32_t counters = 0;
	unsigned int i;

	for (i = 0; i < model.raw_rows; i++) {
		if ((data & model.raw[i].mask) == model.raw[i].select)
			counters |= model.raw[i].counters;
	}
	return counters & ~7u;
}

static uint32_t hw_counters(unsigned long event, uint64_t data)
{
	unsigned int bits = event == RAW ? 48 : 56;
	uint32_t counters = 0;

	if (event == RAW || event == RAW2) {
		if (sim.desc->narrow_events)
			bits = 32;
		return data == 0 || data >> bits ? 0 : by_raw_rows(data);
	}
	if (data != 0 || !(is_general(event) || is_cache(event)))
		return 0;
	if (model_selector(event, 0) != 0)
		counters = by_rows(event);
	if (event == CYCLES)
		counters |= 1;
	if (event == INSTRET)
		counters |= 4;
	return counters;
}

static uint32_t fw_counters(unsigned long event, uint64_t data)
{
	if (event == PLATFORM)
		return sim.plat_present && data >> 8 == SIM_PLAT(0) >> 8
			       ? sim.plat_matches & 0xffff
			       : 0;
	return data == 0 && event < PMU_FW(22) ? 0xffff : 0;
}

uint64_t model_counters(unsigned long event, uint64_t data)
{
	if (event > 0xfffff)
		return 0;
	if (event >> 16 == 15)
		return (uint64_t)fw_counters(event, data) << model.num_hw;
	return hw_counters(event, data) & sim.desc->present;
}

/* -- Which one ------------------------------------------------------------- */

/* Each event that could use a counter makes it scarcer */
static void demand(uint32_t counters)
{
	unsigned int n;

	for (n = 3; n < PMU_HW_MAX; n++)
		model.demand[n] += counters >> n & 1;
}

void model_map_finish(unsigned int num_hw)
{
	unsigned long event;
	unsigned int i;

	model.num_hw = num_hw;
	memset(model.demand, 0, sizeof(model.demand));
	for (event = 1; event < 0x10000 + 7 * 8;
	     event += event == 10 ? 0x10000 - 10 : 1) {
		if ((is_general(event) || is_cache(event)) &&
		    platform_selector(event) != 0)
			demand(by_rows(event));
	}
	for (i = 0; i < model.raw_rows; i++)
		demand(model.raw[i].counters);
}

/* On a hart that filters nothing a counter is as good as another */
static bool can_keep_out(bool fixed, unsigned long flags)
{
	const struct sim_desc *d = sim.desc;

	flags &= d->h ? 0xf8 : 0xe0;
	if (flags == 0 || d->device == SIM_ANDES)
		return true;
	if (!d->sscofpmf && !d->smcntrpmf)
		return true;
	return fixed ? d->smcntrpmf : d->sscofpmf;
}

static int first_of(uint64_t set)
{
	return set ? __builtin_ctzll(set) : -1;
}

int model_choose(uint64_t free, unsigned long flags)
{
	bool interrupts = sim.desc->sscofpmf || sim.desc->device;
	int fixed = first_of(free & 5), best = -1, n;

	if (free >> model.num_hw)
		return first_of(free);
	for (n = 3; n < PMU_HW_MAX; n++) {
		if ((free >> n & 1) &&
		    (best < 0 || model.demand[n] < model.demand[best]))
			best = n;
	}
	if (fixed < 0 || !can_keep_out(true, flags))
		return best;
	return best >= 0 && interrupts && can_keep_out(false, flags) ? best
								     : fixed;
}
