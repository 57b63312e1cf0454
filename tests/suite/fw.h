/* SPDX-License-Identifier: BSD-2-Clause */
/* What the cases about firmware counters share. */
#ifndef SUITE_FW_H
#define SUITE_FW_H

#include "measure.h"

/** One event SET_TIMER; the timer does not fire */
void fw_set_timer(void);

#endif
