// SPDX-License-Identifier: BSD-2-Clause
/* A hart changes hands: the counters of its earlier user are put away */

#include "internal.h"

/* Counters that are free here may be the supervisor's with delegation */
static uint32_t counters_of(const struct pmu_hart *h)
{
	return h->has_smcdeleg ? h->configured.hw : h->present;
}

static void park_event(struct pmu_hart *h, unsigned int n)
{
	uint64_t event;

	if (PMU_BIT(n) & PMU_FIXED) {
		if (h->has_smcntrpmf)
			env_fixed_cfg_write(n, 0);
		return;
	}
	event = env_event_read(n, h->wide_events);
	if (h->has_sscofpmf && (event & HPM_OF))
		h->hw_overflow |= PMU_BIT(n);
	env_event_write(n, 0, h->wide_events);
}

void pmu_hart_park(struct pmu_hart *h)
{
	uint32_t counters = counters_of(h);
	unsigned int n;

	hpm_sync(h);
	if (h->has_inhibit)
		env_inhibit_write(h->inhibit | (counters & h->inhibitable));
	h->hw_overflow = 0;
	for_each_bit(n, counters) {
		env_dev_irq_disable(n);
		env_dev_filter(n, 0);
		park_event(h, n);
		h->hw_value[n] = env_counter_read(n);
		env_counter_write(n, 0);
	}
	fw_park(h);
}

static void unpark_event(const struct pmu_hart *h, unsigned int n)
{
	uint32_t fixed = PMU_BIT(n) & PMU_FIXED;
	uint64_t event = 0;

	/* What cannot be inhibited has its event only while it runs */
	if (PMU_BIT(n) & h->configured.hw &
	    (h->inhibitable | h->started.hw | fixed))
		event = h->hw_event[n];
	if (fixed) {
		if (h->has_smcntrpmf)
			env_fixed_cfg_write(n, event);
		return;
	}
	if (PMU_BIT(n) & h->hw_overflow)
		event |= HPM_OF;
	env_event_write(n, event, h->wide_events);
}

void pmu_hart_unpark(struct pmu_hart *h)
{
	uint32_t counters = counters_of(h);
	unsigned int n;

	for_each_bit(n, counters) {
		env_counter_write(n, h->hw_value[n]);
		unpark_event(h, n);
		if (PMU_BIT(n) & h->configured.hw)
			env_dev_filter(n, h->hw_inhibits[n]);
		if (PMU_BIT(n) & h->started.hw & h->configured.hw)
			env_dev_irq_enable(n);
		h->hw_value[n] = 0;
	}
	h->hw_overflow = 0;
	fw_unpark(h);
	if (!h->has_inhibit)
		return;
	if (h->has_smcdeleg)
		h->inhibit = (env_inhibit_read() & h->inhibitable & ~counters) |
			     (h->inhibit & counters);
	env_inhibit_write(h->inhibit);
}
