/* SPDX-License-Identifier: BSD-2-Clause */
/* Time and waiting. */
#ifndef FIRMWARE_TIMER_H
#define FIRMWARE_TIMER_H

#include "sbi.h"

/** The time CSR, 64 bits */
uint64_t time_now(void);

uint64_t ticks_of_ms(unsigned int ms);

/** Wait until cond is true, at most ms; the value is whether it became true */
#define wait_until(cond, ms)                                     \
	({                                                       \
		uint64_t until_ = time_now() + ticks_of_ms(ms);  \
		bool came_;                                      \
		while (!(came_ = (cond)) && time_now() < until_) \
			;                                        \
		came_;                                           \
	})

#endif
