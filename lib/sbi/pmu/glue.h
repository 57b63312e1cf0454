/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What sbi_pmu.c and sbi_ecall_pmu.c share, and domain.c and trap_install.c for
 * both
 */
#ifndef PMU_GLUE_H
#define PMU_GLUE_H

#include <sbi/sbi_scratch.h>
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
 * domain had them or a suspend has lost them. The state, or NULL before the
 * hart is set up.
 */
struct pmu_hart *pmu_this_hart(void);

/**
 * Where the scratch space of a hart points to its state, if it has only one: 0
 * before the boot hart knows all domains, and when they may take turns
 */
extern unsigned long pmu_domain_undivided;

/** The state to which @offset in the scratch space of the calling hart points
 */
static inline struct pmu_hart *pmu_hart_at(unsigned long offset)
{
	return sbi_scratch_read_type(sbi_scratch_thishart_ptr(),
				     struct pmu_hart *, offset);
}

/** As pmu_this_hart(); true when another domain had them */
bool pmu_domain_enter(void);

/* trap_entry.S, trap_install.c: the short way into the PMU */

#ifdef SBI_PMU_FAST
/**
 * Have calls of the PMU come through pmu_trap_call() on the calling hart, if
 * its traps go to OpenSBI's entry: true then. OpenSBI sets mtvec when a hart
 * starts, and when a suspend has lost all registers.
 */
bool pmu_trap_install(void);
#else
static inline bool pmu_trap_install(void)
{
	return false;
}
#endif

/**
 * Function @fid of the extension, with the registers of the supervisor, on a
 * hart that has been set up and whose state is @h
 */
struct pmu_result pmu_trap_call(unsigned long a0, unsigned long a1,
				unsigned long a2, unsigned long a3,
				unsigned long a4, unsigned long a5,
				unsigned long fid, struct pmu_hart *h);
/** The same where the state has to be looked up, as domains take turns */
struct pmu_result pmu_trap_call_divided(unsigned long a0, unsigned long a1,
					unsigned long a2, unsigned long a3,
					unsigned long a4, unsigned long a5,
					unsigned long fid);

#endif
