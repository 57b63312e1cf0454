// SPDX-License-Identifier: BSD-2-Clause
/*
 * Firmware counters. Standard events are counted here, once for all counters
 * that follow them, so that an event costs the same however many these are.
 * Platform events are counted by the platform, which also keeps their values.
 */

#include "internal.h"

static bool is_platform(const struct pmu_hart *h, struct fw_ctr c)
{
	return h->fw_event[c.n] == PMU_FW_PLATFORM_CODE;
}

void fw_init(struct pmu_hart *h)
{
	unsigned int i;

	for (i = 0; i < PMU_FW_MAX; i++) {
		h->fw_event[i] = 0;
		h->fw_data[i] = 0;
		h->fw_value[i] = 0;
	}
	for (i = 0; i < PMU_FW_EVENTS; i++)
		h->fw_total[i] = 0;
}

void fw_configure(struct pmu_hart *h, struct fw_ctr c, unsigned int code,
		  uint64_t data)
{
	if (h->started.fw & PMU_BIT(c.n))
		fw_stop(h, c);
	h->fw_event[c.n] = (uint16_t)code;
	h->fw_data[c.n] = data;
}

/* The part of the value of @c that is in the total of its event */
static uint64_t in_total(const struct pmu_hart *h, struct fw_ctr c)
{
	if (!(h->started.fw & PMU_BIT(c.n)))
		return 0;
	return h->fw_total[h->fw_event[c.n]];
}

uint64_t fw_read(const struct pmu_hart *h, struct fw_ctr c)
{
	if (is_platform(h, c))
		return env_fw_read(h->hartid, c.n);
	return h->fw_value[c.n] + in_total(h, c);
}

void fw_write(struct pmu_hart *h, struct fw_ctr c, uint64_t value)
{
	if (is_platform(h, c))
		env_fw_write(h->hartid, c.n, value);
	else
		h->fw_value[c.n] = value - in_total(h, c);
}

void fw_start_plain(struct pmu_hart *h, struct fw_ctr c)
{
	h->fw_value[c.n] -= h->fw_total[h->fw_event[c.n]];
	h->started.fw |= PMU_BIT(c.n);
}

void fw_stop_plain(struct pmu_hart *h, struct fw_ctr c)
{
	h->fw_value[c.n] += h->fw_total[h->fw_event[c.n]];
	h->started.fw &= ~PMU_BIT(c.n);
}

bool fw_start(struct pmu_hart *h, struct fw_ctr c)
{
	if (!is_platform(h, c)) {
		fw_start_plain(h, c);
		return true;
	}
	if (!env_fw_start(h->hartid, c.n, h->fw_data[c.n]))
		return false;
	h->started.fw |= PMU_BIT(c.n);
	return true;
}

void fw_stop(struct pmu_hart *h, struct fw_ctr c)
{
	if (!is_platform(h, c)) {
		fw_stop_plain(h, c);
		return;
	}
	env_fw_stop(h->hartid, c.n);
	h->started.fw &= ~PMU_BIT(c.n);
}

/* The platform has one set of counters for all who use the hart */
void fw_park(struct pmu_hart *h)
{
	unsigned int n;

	for_each_bit(n, (uint16_t)h->configured.fw) {
		struct fw_ctr c = {n};

		if (!is_platform(h, c))
			continue;
		if (h->started.fw & PMU_BIT(n))
			env_fw_stop(h->hartid, n);
		h->fw_value[n] = env_fw_read(h->hartid, n);
		env_fw_write(h->hartid, n, 0);
	}
}

void fw_unpark(struct pmu_hart *h)
{
	unsigned int n;

	for_each_bit(n, (uint16_t)h->configured.fw) {
		struct fw_ctr c = {n};

		if (!is_platform(h, c))
			continue;
		env_fw_write(h->hartid, n, h->fw_value[n]);
		h->fw_value[n] = 0;
		if (h->started.fw & PMU_BIT(n) && !fw_start(h, c))
			h->started.fw &= ~PMU_BIT(n);
	}
}
