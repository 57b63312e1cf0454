/* SPDX-License-Identifier: BSD-2-Clause */
/* What sbi_pmu.c and sbi_ecall_pmu.c share, and domain.c for both */
#ifndef PMU_GLUE_H
#define PMU_GLUE_H

#include "pmu.h"

/** Print the one line that tells what the extension found at boot */
void pmu_print_banner(void);

/* domain.c: a PMU state for each domain that uses the calling hart */

/** Once, before the first hart is set up; false when memory is short */
bool pmu_domain_init(void);

/** Once, when OpenSBI knows all domains */
void pmu_domain_settle(void);

/**
 * The state that is in the registers of the calling hart, made if there is none
 * yet: NULL when memory is short. For a hart that starts.
 */
struct pmu_hart *pmu_domain_boot(void);

/**
 * Bring the state of the calling hart's domain into its registers, if another
 * domain had them. The state, or NULL before the hart is set up.
 */
struct pmu_hart *pmu_this_hart(void);

/** The same; true when another domain had them */
bool pmu_domain_enter(void);

#endif
