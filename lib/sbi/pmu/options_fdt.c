// SPDX-License-Identifier: BSD-2-Clause
/* Options, on platforms with a flattened device tree */

#include <libfdt.h>
#include "options.h"

static bool has_property(const void *fdt, int node, const char *name)
{
	return node >= 0 && fdt_getprop(fdt, node, name, NULL) != NULL;
}

bool pmu_option_snapshot(const void *fdt)
{
	static const char name[] = "sbi-pmu,snapshot";
	int chosen, config;

	if (SBI_PMU_SNAPSHOT)
		return true;
	if (!fdt || fdt_check_header(fdt) != 0)
		return false;

	chosen = fdt_path_offset(fdt, "/chosen");
	config = fdt_node_offset_by_compatible(fdt, chosen, "opensbi,config");
	if (chosen >= 0 && has_property(fdt, config, name))
		return true;
	return has_property(
		fdt, fdt_node_offset_by_compatible(fdt, -1, "riscv,pmu"), name);
}
