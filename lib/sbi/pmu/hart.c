// SPDX-License-Identifier: BSD-2-Clause
/* Life of the PMU state of a hart: boot, stop, and what always holds between */

#include "internal.h"

static void forget(struct pmu_hart *h)
{
	unsigned int n;

	for (n = 0; n < PMU_HW_MAX; n++)
		h->hw_value[n] = 0;
	h->hw_overflow = 0;
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

void pmu_hart_resume(struct pmu_hart *h)
{
	hpm_restore(h);
}

void pmu_hart_exit(struct pmu_hart *h)
{
	unsigned int n;

	for_each_bit(n, (uint16_t)h->started.fw)
		fw_stop(h, (struct fw_ctr){n});
	hpm_exit(h);
	forget(h);
}

static bool fw_is_valid(const struct pmu_hart *h)
{
	unsigned int n;

	for_each_bit(n, (uint16_t)h->configured.fw) {
		if (h->fw_event[n] >= PMU_FW_EVENTS &&
		    (h->plain || h->fw_event[n] != PMU_FW_PLATFORM_CODE))
			return false;
	}
	return true;
}

/* The event of a configured hardware counter never lets M-mode in */
static bool event_is_valid(const struct pmu_hart *h, unsigned int n)
{
	bool fixed = (PMU_BIT(n) & PMU_FIXED) != 0;
	bool filters = fixed ? h->has_smcntrpmf : h->has_sscofpmf;
	uint64_t selector = h->hw_event[n];
	uint64_t inhibits = HPM_SINH | HPM_UINH;

	if (!(h->hw_inhibits[n] & PMU_CFG_MINH) ||
	    h->hw_inhibits[n] & ~PMU_CFG_INHIBITS)
		return false;
	if (filters) {
		if (h->has_h)
			inhibits |= HPM_VSINH | HPM_VUINH;
		if ((selector & HPM_SSCOFPMF & ~inhibits) != HPM_MINH)
			return false;
		selector &= ~HPM_SSCOFPMF;
	}
	if (!h->wide_events && selector >> 32 != 0)
		return false;
	return fixed ? selector == 0 : selector != 0;
}

static bool events_are_valid(const struct pmu_hart *h)
{
	unsigned int n;

	for_each_bit(n, h->configured.hw) {
		if (!event_is_valid(h, n))
			return false;
	}
	return true;
}

/* What the caller of pmu_hart_init() filled in, and what that has found */
static bool hart_is_valid(const struct pmu_hart *h)
{
	const struct pmu_machine *m = h->machine;
	unsigned int n;

	if (m->num_hw < 3 || m->num_hw > PMU_HW_MAX ||
	    m->hw_indices != pmu_indices_below(m->num_hw) ||
	    m->num_raw > PMU_RAW_ROWS)
		return false;
	if (h->present & ~m->hw_indices || h->present & PMU_BIT(PMU_CTR_TIME))
		return false;
	if (h->has_sscofpmf && !h->wide_events)
		return false;
	if (h->selector_bits != hpm_selector_bits(h))
		return false;
	if (h->resumes && h->has_smcdeleg)
		return false;
	if (h->plain && (!h->resumes || env_has_device()))
		return false;
	if (h->inhibitable & (h->has_inhibit ? PMU_BIT(PMU_CTR_TIME) : ~0u))
		return false;
	for_each_bit(n, h->present) {
		if (h->width[n] < 1 || h->width[n] > 64)
			return false;
	}
	return true;
}

bool pmu_hart_is_valid(const struct pmu_hart *h)
{
	uint32_t all_fw = PMU_BIT(PMU_FW_MAX) - 1u;
	/* The supervisor writes those that are not configured itself */
	uint32_t ours = h->has_smcdeleg ? h->configured.hw : h->present;

	if (!hart_is_valid(h))
		return false;
	if (h->configured.hw & ~h->present || h->configured.fw & ~all_fw)
		return false;
	/* Only mcycle and minstret run while nobody has configured them */
	if (h->started.hw & ~(h->configured.hw | (h->present & PMU_FIXED)))
		return false;
	if (h->started.fw & ~h->configured.fw)
		return false;
	/* A counter runs when it was started, and only then */
	if (h->inhibit & ~h->inhibitable ||
	    ((h->inhibit ^ ~h->started.hw) & h->inhibitable & ours) != 0)
		return false;
	if (h->shmem != PMU_NO_SHMEM && h->shmem % PMU_SNAPSHOT_SIZE != 0)
		return false;
	return events_are_valid(h) && fw_is_valid(h);
}
