/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the framework share; not for cases. */
#ifndef SUITE_INTERNAL_H
#define SUITE_INTERNAL_H

#include "suite.h"

enum verdict { VERDICT_OK, VERDICT_FAILED, VERDICT_SKIPPED };

/** Run one case and return its verdict; the reason of a skip goes to reason */
enum verdict verdict_of(const struct suite_case *c);
const char *skip_reason(void);

/** Fill in facts, and print them */
void facts_gather(void);
void facts_print(void);

/** Look at the fixed counters as the firmware left them, for founding.c */
void founding_at_boot(void);

#endif
