/* SPDX-License-Identifier: BSD-2-Clause */
/* What sbi_pmu.c and sbi_ecall_pmu.c share */
#ifndef PMU_GLUE_H
#define PMU_GLUE_H

#include "pmu.h"

/** PMU state of the calling hart, or NULL before it is set up */
struct pmu_hart *pmu_this_hart(void);

/** Print the one line that tells what the extension found at boot */
void pmu_print_banner(void);

#endif
