// SPDX-License-Identifier: BSD-2-Clause
/* Options, on platforms without a flattened device tree */

#include "options.h"

bool pmu_option_snapshot(const void *fdt)
{
	(void)fdt;
	return SBI_PMU_SNAPSHOT;
}
