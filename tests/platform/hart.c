// SPDX-License-Identifier: BSD-2-Clause
/* A hart that boots with a device tree, on this machine */

#include "../../lib/sbi/pmu/tables.c"
#include "hart.h"

struct ids ids;

unsigned long csr_read(int csr)
{
	switch (csr) {
	case CSR_MVENDORID:
		return ids.vendor;
	case CSR_MARCHID:
		return ids.arch;
	default:
		return ids.imp;
	}
}

/* As env_selector() of the firmware */
static uint64_t selector(uint32_t event)
{
	uint64_t known = pmu_table_selector(event);

	return known ? known : upstream_selector(event);
}

const struct pmu_machine *boot(void *fdt)
{
	/* Every counter that there can be */
	static const struct sim_desc desc = {
		.name = "booted with a tree",
		.present = 0xfffffffd,
		.sscofpmf = true,
	};
	struct pmu_hart *booted;

	in_use = NULL;
	upstream_reset();
	rig_begin(&desc);
	sim.plat_present = false;
	sim.selector = selector;
	booted = glue_boot(fdt);
	assert_non_null(booted);
	assert_true(pmu_hart_is_valid(booted));
	return booted->machine;
}

uint32_t programmable(const struct pmu_machine *m, unsigned int i)
{
	return m->std[i].counters & ~7u;
}

bool is_empty(const struct pmu_machine *m)
{
	unsigned int i;

	for (i = 0; i < PMU_STD_EVENTS; i++) {
		if (programmable(m, i))
			return false;
	}
	return m->num_raw == 0;
}
