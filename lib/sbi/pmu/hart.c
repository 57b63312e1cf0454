// SPDX-License-Identifier: BSD-2-Clause
/* Life of the PMU state of a hart: boot, stop, and what always holds between */

#include "internal.h"

static void forget(struct pmu_hart *h)
{
	h->configured = (struct pmu_set){0, 0};
	h->started = (struct pmu_set){0, 0};
	h->shmem = PMU_NO_SHMEM;
	fw_init(h);
}

void pmu_hart_init(struct pmu_hart *h)
{
	forget(h);
	hpm_init(h);
	h->started.hw = h->present & PMU_FIXED;
}

void pmu_hart_exit(struct pmu_hart *h)
{
	unsigned int n;

	for_each_bit(n, h->started.fw)
		fw_stop(h, (struct fw_ctr){n});
	hpm_exit(h);
	forget(h);
}

static bool watch_is_valid(const struct pmu_hart *h)
{
	unsigned int code, n;
	uint32_t watched = 0, platform = 0;

	for (code = 0; code < PMU_FW_EVENTS; code++) {
		for_each_bit(n, h->fw_watch[code]) {
			if (h->fw_event[n] != code)
				return false;
		}
		watched |= h->fw_watch[code];
	}
	for_each_bit(n, h->configured.fw) {
		if (h->fw_event[n] == PMU_FW_PLATFORM_CODE)
			platform |= PMU_BIT(n);
		else if (h->fw_event[n] >= PMU_FW_EVENTS)
			return false;
	}
	return watched == (h->started.fw & ~platform);
}

bool pmu_hart_is_valid(const struct pmu_hart *h)
{
	uint32_t all_fw = PMU_BIT(PMU_FW_MAX) - 1u;

	if (h->machine->num_hw < 3 || h->machine->num_hw > PMU_HW_MAX)
		return false;
	if (h->present & PMU_BIT(PMU_CTR_TIME))
		return false;
	if (h->machine->num_hw < PMU_HW_MAX &&
	    h->present >> h->machine->num_hw != 0)
		return false;
	if (h->configured.hw & ~h->present || h->configured.fw & ~all_fw)
		return false;
	/* Only mcycle and minstret run while nobody has configured them */
	if (h->started.hw & ~(h->configured.hw | (h->present & PMU_FIXED)))
		return false;
	if (h->started.fw & ~h->configured.fw)
		return false;
	/* A counter runs when it was started, and only then */
	if (!h->has_smcdeleg &&
	    ((h->inhibit ^ ~h->started.hw) & h->inhibitable & h->present) != 0)
		return false;
	return watch_is_valid(h);
}
