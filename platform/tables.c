// SPDX-License-Identifier: BSD-2-Clause
/* The tables that the firmware has */

#include "table.h"

const struct pmu_table *const pmu_tables[] = {
	&pmu_table_qemu, &pmu_table_qemu_ids,
	&pmu_table_u74,	 &pmu_table_p550,
	&pmu_table_c900, &pmu_table_c920v2,
	&pmu_table_ax45, &pmu_table_cva6,
	&pmu_table_x60,	 NULL,
};
