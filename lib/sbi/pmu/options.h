/* SPDX-License-Identifier: BSD-2-Clause */
/* What whoever builds or boots the firmware can choose */
#ifndef PMU_OPTIONS_H
#define PMU_OPTIONS_H

#include <sbi/sbi_types.h>

/**
 * Whether SNAPSHOT_SET_SHMEM is offered: built with SBI_PMU_SNAPSHOT=y, or the
 * property "sbi-pmu,snapshot" in /chosen/opensbi-config or in the PMU's node.
 */
bool pmu_option_snapshot(const void *fdt);

#ifndef SBI_PMU_SNAPSHOT
#define SBI_PMU_SNAPSHOT 0
#endif

#endif
