/* SPDX-License-Identifier: BSD-2-Clause */
/* A line on the console for each call, in firmware built with SBI_PMU_TRACE=y
 */
#ifndef PMU_TRACE_H
#define PMU_TRACE_H

#include "pmu.h"

struct sbi_trap_regs;

#ifdef SBI_PMU_TRACE
/** Print a call and what it returned; the registers are those of the caller */
void pmu_trace_call(unsigned long fid, const struct sbi_trap_regs *regs,
		    struct pmu_result result);
#else
static inline void pmu_trace_call(unsigned long fid,
				  const struct sbi_trap_regs *regs,
				  struct pmu_result result)
{
}
#endif

#endif
