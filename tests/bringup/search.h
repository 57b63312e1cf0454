/* SPDX-License-Identifier: BSD-2-Clause */
/* Raw events: what each selector within the bounds of the user counts. */
#ifndef BRINGUP_SEARCH_H
#define BRINGUP_SEARCH_H

#include "bringup.h"

/** Try the selectors of bootargs raw=FIRST[-LAST][,...]; the first hart only */
void search_run(const struct view *v);

/** Whether selectors were tried, and whether all of them found a counter */
bool search_tried(void);
bool search_all(void);

/** The counters, as indices, that took any selector */
uint64_t search_counters(void);

/** The n-th selector that found a counter; false when there are no more */
bool search_selector(unsigned int n, uint64_t *selector, uint64_t *counters);

/**
 * The selector that behaves as an event should, of those that no other event
 * was given; false when there is none. other is the next one that does, or 0.
 */
bool search_guess(unsigned long event, uint64_t *selector, uint64_t *counters,
		  uint64_t *other);

#endif
