/* SPDX-License-Identifier: BSD-2-Clause */
/* The shared memory of snapshots, for the cases that look into it. */
#ifndef SUITE_SNAPSHOT_H
#define SUITE_SNAPSHOT_H

#include "counters.h"

/* What every slot holds before a call */
#define PATTERN 0xa5a5a5a5a5a5a5a5ULL

_Static_assert((PATTERN & 0xff) == CANARY, "the pattern of canary_page()");

/**
 * A page full of the pattern, set as the shared memory of this hart. Skips the
 * case when the firmware has no snapshots.
 */
struct pmu_snapshot *new_snapshot(void);

/** Fill the page with the pattern again */
void renew_snapshot(struct pmu_snapshot *s);

/**
 * Every slot but those in @written is untouched. With our firmware so is the
 * reserved rest of the page, about which the specification says nothing.
 */
void expect_slots(const struct pmu_snapshot *s, uint64_t written,
		  const char *when);

#endif
