/* SPDX-License-Identifier: BSD-2-Clause */
/* What the cases about overflow share. */
#ifndef SUITE_OVERFLOW_H
#define SUITE_OVERFLOW_H

#include "measure.h"

/** The initial value that is n counts before the overflow */
uint64_t until_overflow(uint64_t n);

/** START so that the counter overflows after n counts; ends the case if not */
void start_before(unsigned int index, uint64_t n);

/** How long an overflow may take to be noticed, in ms */
unsigned int overflow_ms(void);

/**
 * Wait for the overflow interrupt to have come count times. The counter must
 * be left running: a machine may notice the overflow late. Skips the case when
 * it did not come on a machine that loses overflows.
 */
bool overflow_comes(unsigned long count);

/** Wait for the interrupt to be pending in sip, where it is not enabled */
bool overflow_pends(void);

/** Skip where overflows get lost: on RV32 machines that ignore filters */
void need_sound_overflows(void);

/** Skip where two counters cannot overflow side by side, as there */
void need_two_overflows(void);

/**
 * Of what scountovf shows, the part that can be judged: the bits of counters
 * that were started. The bit of an idle counter says whether it may interrupt,
 * which is up to the firmware; ours leaves it clear.
 */
unsigned long judged(unsigned long scountovf, unsigned long started);

/** The same of scountovf now */
unsigned long judged_now(unsigned long started);

/** Work for a while, so that an interrupt too many has time to come */
void linger(void);

#endif
