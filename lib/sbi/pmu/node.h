/* SPDX-License-Identifier: BSD-2-Clause */
/* The device-tree node that describes the PMU, riscv,pmu */
#ifndef PMU_NODE_H
#define PMU_NODE_H

#include <sbi/sbi_types.h>

/* The properties with the rows of the event map */
#define PMU_NODE_COUNTERS "riscv,event-to-mhpmcounters"
#define PMU_NODE_SELECTORS "riscv,event-to-mhpmevent"
#define PMU_NODE_RAW "riscv,raw-event-to-mhpmcounters"

#ifdef CONFIG_LIBFDT
/**
 * Before OpenSBI reads the node in @fdt: take out of it what would keep the
 * good rows from being read, and print a line for each fault of a property or
 * of a selector. Rows that name counters are judged when they are added.
 */
void pmu_node_mend(void *fdt);
#else
static inline void pmu_node_mend(void *fdt)
{
	(void)fdt;
}
#endif

#endif
