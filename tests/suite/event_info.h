/* SPDX-License-Identifier: BSD-2-Clause */
/* What the cases about EVENT_GET_INFO share. */
#ifndef SUITE_EVENT_INFO_H
#define SUITE_EVENT_INFO_H

#include "counters.h"

/** What an output word holds before a call; its bit 0 is clear */
#define GARBAGE 0xdeadbee2u
#define TABLE_PAGES 2

typedef struct pmu_event_info entry_t;

/** EVENT_GET_INFO of a table in the low half of physical memory */
struct sbiret ask(const void *table, unsigned long entries);

/** A table full of canaries; skips the case where there is no such function */
entry_t *new_table(void);

#endif
