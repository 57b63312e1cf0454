// SPDX-License-Identifier: BSD-2-Clause
/* From event_idx and event_data to the counters of a hart that can count it */

#include "internal.h"

uint32_t pmu_std_counters(const struct pmu_hart *h, unsigned long event,
			  uint64_t *selector)
{
	const struct pmu_machine *m = h->machine;
	int index = pmu_std_index(event);
	uint32_t counters;

	*selector = 0;
	if (index < 0)
		return 0;
	*selector = m->std[index].selector & h->selector_bits;
	counters = m->std[index].counters & h->present;
	return *selector != 0 ? counters : counters & PMU_FIXED;
}

static PMU_COLD bool find_raw(const struct pmu_hart *h, unsigned int bits,
			      uint64_t data, struct pmu_event *found)
{
	const struct pmu_machine *m = h->machine;
	unsigned int i;

	/* Cutting bits off would count another event than the one asked for */
	if (data == 0 || (data & ~h->selector_bits) || data >> bits)
		return false;

	found->selector = data;
	for (i = 0; i < m->num_raw; i++) {
		if ((data & m->raw[i].mask) == m->raw[i].select)
			found->counters.hw |= m->raw[i].counters & h->present;
	}
	return true;
}

static PMU_COLD bool find_platform(const struct pmu_hart *h, uint64_t data,
				   struct pmu_event *found)
{
	unsigned int n;

	if (!env_fw_valid(h->hartid, data))
		return false;
	found->data = data;
	for (n = 0; n < PMU_FW_MAX; n++) {
		if (env_fw_match(h->hartid, n, data))
			found->counters.fw |= PMU_BIT(n);
	}
	return true;
}

static bool find_fw(const struct pmu_hart *h, unsigned int code, uint64_t data,
		    struct pmu_event *found)
{
	found->fw_code = code;
	if (code == PMU_FW_PLATFORM_CODE)
		return find_platform(h, data, found);
	if (code >= PMU_FW_EVENTS || data != 0)
		return false;
	found->counters.fw = PMU_BIT(PMU_FW_MAX) - 1u;
	return true;
}

bool pmu_event_find(const struct pmu_hart *h, unsigned long event,
		    uint64_t data, struct pmu_event *found)
{
	unsigned int code = (unsigned int)PMU_EVENT_CODE(event);
	bool known;

	*found = (struct pmu_event){.counters = {0, 0}};
	if (event & ~PMU_EVENT_BITS)
		return false;

	switch (PMU_EVENT_TYPE(event)) {
	case PMU_TYPE_HW:
	case PMU_TYPE_CACHE:
		known = data == 0;
		if (known)
			found->counters.hw =
				pmu_std_counters(h, event, &found->selector);
		break;
	case PMU_TYPE_RAW:
		known = code == 0 && find_raw(h, PMU_RAW_BITS, data, found);
		break;
	case PMU_TYPE_RAW_V2:
		known = code == 0 && find_raw(h, PMU_RAW_V2_BITS, data, found);
		break;
	case PMU_TYPE_FW:
		known = find_fw(h, code, data, found);
		break;
	default:
		known = false;
	}
	return known && !pmu_set_empty(found->counters);
}
