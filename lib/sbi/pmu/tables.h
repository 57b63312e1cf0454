/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of platform/ as the event map of cores without a node */
#ifndef PMU_TABLES_H
#define PMU_TABLES_H

#include <sbi/sbi_types.h>

#ifdef SBI_PMU_TABLES
/**
 * Add the rows of the table for the ids of the calling hart to the event map,
 * with sbi_pmu_add_hw_event_counter_map() and its like, if the device tree @fdt
 * has no node that describes a PMU. The name of the table; NULL when there is a
 * node, no valid device tree, or no table of these ids.
 */
const char *pmu_table_use(const void *fdt);

/**
 * What mhpmevent gets for the event @event_idx by the table in use; 0 when the
 * table does not have the event, or none is in use.
 */
uint64_t pmu_table_selector(uint32_t event_idx);
#else
static inline const char *pmu_table_use(const void *fdt)
{
	(void)fdt;
	return NULL;
}

static inline uint64_t pmu_table_selector(uint32_t event_idx)
{
	(void)event_idx;
	return 0;
}
#endif

#endif
