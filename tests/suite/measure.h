/* SPDX-License-Identifier: BSD-2-Clause */
/* Ways to get hold of a counter and to count with it, shared by the cases. */
#ifndef SUITE_MEASURE_H
#define SUITE_MEASURE_H

#include "suite.h"

#define INSTRUCTIONS PMU_EVENT(PMU_TYPE_HW, PMU_HW_INSTRUCTIONS)
#define CYCLES PMU_EVENT(PMU_TYPE_HW, PMU_HW_CPU_CYCLES)
#define DTLB_READ_MISS PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS)

/** All programmable counters, and all firmware counters, as a set */
unsigned long hpm_base(void);
unsigned long hpm_mask(void);
unsigned long fw_base(void);
unsigned long fw_mask(void);

/** The bit of a programmable counter in scountovf */
unsigned long ovf_bit(unsigned int index);

/**
 * The counter that CONFIG gave must be in the set it was given. Other firmware
 * skips the case when it is not, because cases of their own judge that.
 */
void require_in_set(unsigned long index, unsigned long base,
		    unsigned long mask);

/**
 * Configure any programmable counter for a hardware event, its value cleared,
 * and return its index. Skips the case when the machine cannot count it.
 */
unsigned int claim_hpm(unsigned long event, unsigned long flags);

/** Counter 0 or 2 for its own event; skips when the machine lacks it */
void claim_fixed(unsigned int index, unsigned long flags);

/** Any firmware counter for a standard event, its value cleared */
unsigned int claim_fw(unsigned int code, unsigned long flags);

/** START from 0, run fn(arg) in a mode, STOP; the value afterwards */
uint64_t measure(unsigned int index, enum mode mode, void (*fn)(unsigned long),
		 unsigned long arg);

/**
 * True when cycles are counted as exactly as facts.exact says of instret.
 * Counter 0 is reset to find that out.
 */
bool cycles_exact(void);

/** Exact counts of a counter that was configured for event can be demanded */
bool event_exact(unsigned long event);

/**
 * Skip unless the machine can filter by mode what this counter counts. The
 * counter is reset afterwards.
 */
void need_filter(unsigned int index, unsigned long event);

/**
 * A flag to go with the filters of a case: our firmware never counts M-mode,
 * other firmware has to be asked not to.
 */
unsigned long without_m(void);

/** True when the firmware can keep M-mode out of this counter */
bool excludes_m(unsigned int index);

/** Suspend this hart for a moment; skips the case where it cannot */
void suspend_hart(unsigned long type);

#endif
