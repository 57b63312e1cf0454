// SPDX-License-Identifier: BSD-2-Clause
/* The event map: which hardware events which mhpmcounters can count */

#include "internal.h"

int pmu_std_index(unsigned long event)
{
	unsigned long code = PMU_EVENT_CODE(event);

	if (event & ~PMU_EVENT_BITS)
		return -1;

	switch (PMU_EVENT_TYPE(event)) {
	case PMU_TYPE_HW:
		if (code < 1 || code > PMU_HW_EVENTS)
			return -1;
		return (int)code - 1;
	case PMU_TYPE_CACHE:
		/* Operation 3 is not defined: two bits, three operations */
		if ((code >> 3) >= PMU_CACHE_IDS ||
		    ((code >> 1) & 3) >= PMU_CACHE_OPS)
			return -1;
		return PMU_HW_EVENTS +
		       (int)((code >> 3) * PMU_CACHE_OPS * PMU_CACHE_RESULTS +
			     (code & 7));
	default:
		return -1;
	}
}

static uint32_t std_event(unsigned int index)
{
	unsigned int code;

	if (index < PMU_HW_EVENTS)
		return (uint32_t)PMU_EVENT(PMU_TYPE_HW, index + 1);
	index -= PMU_HW_EVENTS;
	code = (index / (PMU_CACHE_OPS * PMU_CACHE_RESULTS)) << 3 |
	       index % (PMU_CACHE_OPS * PMU_CACHE_RESULTS);
	return (uint32_t)PMU_EVENT(PMU_TYPE_CACHE, code);
}

bool pmu_map_add(struct pmu_machine *m, uint32_t first, uint32_t last,
		 uint32_t counters)
{
	unsigned int i;

	if (first > last || last > PMU_EVENT_BITS)
		return false;

	/* The fixed counters need no row: they count one event each, always */
	counters &= ~(uint32_t)7;
	for (i = 0; i < PMU_STD_EVENTS; i++) {
		if (first <= std_event(i) && std_event(i) <= last)
			m->std[i].counters |= counters;
	}
	return true;
}

bool pmu_map_add_raw(struct pmu_machine *m, uint64_t select, uint64_t mask,
		     uint32_t counters)
{
	if (m->num_raw == PMU_RAW_ROWS)
		return false;

	m->raw[m->num_raw].select = select;
	m->raw[m->num_raw].mask = mask;
	m->raw[m->num_raw].counters = counters & ~(uint32_t)7;
	m->num_raw++;
	return true;
}

static void count_demand(struct pmu_machine *m, uint32_t counters)
{
	unsigned int n;

	for (n = 0; n < PMU_HW_MAX; n++)
		m->demand[n] += counters >> n & 1;
}

/* Bounds that can be read off: a solver counts badly how many bits are left */
static void sort_by_demand(struct pmu_machine *m)
{
	uint32_t left = ~0u, set;
	unsigned int class, n, least;

	for (class = 0; class < PMU_HW_MAX && left; class ++) {
		least = ~0u;
		for (n = 0; n < PMU_HW_MAX; n++) {
			if (left & PMU_BIT(n) && m->demand[n] < least)
				least = m->demand[n];
		}
		set = 0;
		for (n = 0; n < PMU_HW_MAX; n++) {
			if (left & PMU_BIT(n) && m->demand[n] == least)
				set |= PMU_BIT(n);
		}
		m->by_demand[class] = set;
		left &= ~set;
	}
}

void pmu_map_finish(struct pmu_machine *m, unsigned int num_hw)
{
	unsigned int i;

	m->num_hw = num_hw;
	m->hw_indices = pmu_indices_below(num_hw);
	for (i = 0; i < PMU_STD_EVENTS; i++) {
		/* Selector 0 means "no event" in mhpmevent */
		m->std[i].selector = env_selector(std_event(i));
		if (m->std[i].selector == 0)
			m->std[i].counters = 0;
		count_demand(m, m->std[i].counters);
	}
	for (i = 0; i < m->num_raw; i++)
		count_demand(m, m->raw[i].counters);
	m->std[PMU_HW_CPU_CYCLES - 1].counters |= PMU_BIT(PMU_CTR_CYCLE);
	m->std[PMU_HW_INSTRUCTIONS - 1].counters |= PMU_BIT(PMU_CTR_INSTRET);
	sort_by_demand(m);
}
