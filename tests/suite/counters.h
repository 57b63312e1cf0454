/* SPDX-License-Identifier: BSD-2-Clause */
/* What several files of cases need: counters to act on, and sets of them. */
#ifndef SUITE_COUNTERS_H
#define SUITE_COUNTERS_H

#include "suite.h"

/** counter_idx_base and counter_idx_mask */
struct set {
	unsigned long base;
	unsigned long mask;
};

struct sbiret set_config(struct set set, unsigned long flags,
			 unsigned long event);
struct sbiret set_start(struct set set, unsigned long flags, uint64_t initial);
struct sbiret set_stop(struct set set, unsigned long flags);

/** The counters that exist from base on, as far as one mask reaches */
struct set set_from(unsigned long base);

/** Two counters; their indices must be closer than XLEN */
struct set set_of(unsigned long a, unsigned long b);

/**
 * CONFIG of the first counter anywhere that can count an event. Where one mask
 * does not hold all counters, it takes several calls.
 */
struct sbiret config_any(unsigned long flags, unsigned long event,
			 uint64_t data);

/** Whether a free counter can be configured for an event; it is free again */
bool can_count(unsigned long index, unsigned long event);

/**
 * A counter with an event that provoke() makes happen. No two programmable
 * counters have the same event: some machines count an event only once.
 */
struct actor {
	unsigned int index;
	unsigned long event;
	const char *kind;
};

#define MAX_ACTORS 6

/**
 * All actors of this machine, those with the lower index first: the fixed
 * counters, two programmable and two firmware counters. Ends the case as
 * skipped when there is none.
 */
unsigned int find_actors(struct actor actors[MAX_ACTORS]);

/** The same as single kinds; skips the case when there is none */
struct actor fixed_actor(void);
struct actor programmable_actor(void);
struct actor firmware_actor(void);

/** CONFIG of exactly this counter, which must succeed */
void config_actor(const struct actor *a, unsigned long flags);

/** Work that every actor counts */
void provoke(void);

/** The counter moves when its event happens, or it does not */
bool expect_counting(const struct actor *a, const char *when);
bool expect_still(const struct actor *a, const char *when);

/** Whether CONFIG may hand the counter out; the value may be lost */
bool expect_free(const struct actor *a, const char *when);
bool expect_claimed(const struct actor *a, const char *when);
/**
 * The same of a counter that is not running: the specification lets CONFIG
 * take any counter that was not started, our firmware keeps it until RESET.
 */
bool expect_held(const struct actor *a, const char *when);

/** The counter is configured but stopped, shown without changing it */
bool expect_stopped(const struct actor *a, const char *when);
/** The counter runs, shown without changing it */
bool expect_running(const struct actor *a, const char *when);

/** How far a hardware counter may have gone on during a few SBI calls */
uint64_t a_few_calls(void);

/** A start value and what the counter then shows, within a few calls */
bool expect_near(const struct actor *a, uint64_t start, const char *when);

/**
 * Sets that hold a counter that does not exist, most of them with @good too,
 * and empty ones, about which the specification says nothing
 */
struct bad_set {
	struct set set;
	const char *what;
	bool hole; /* an index below the number of counters is no counter */
};

#define MAX_BAD_SETS 40
unsigned int find_bad_sets(unsigned long good, struct bad_set sets[]);

/** The 52 general and cache events in the order in which Linux asks */
#define STD_EVENTS \
	(PMU_HW_EVENTS + PMU_CACHE_IDS * PMU_CACHE_OPS * PMU_CACHE_RESULTS)
unsigned long std_event(unsigned int n);

/** A page full of a pattern, and whether a piece of it still is */
#define CANARY 0xa5
uint8_t *canary_page(void);
bool expect_canary(const uint8_t *page, size_t first, size_t end,
		   const char *what);

#endif
