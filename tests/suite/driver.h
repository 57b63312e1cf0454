/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A perf driver that makes the calls of the one in Linux, in its order, and
 * does its arithmetic on the values. What Linux would report as an error, or
 * would silently count wrong, fails the case.
 */
#ifndef SUITE_DRIVER_H
#define SUITE_DRIVER_H

#include "counters.h"

struct perf_event {
	unsigned long event;
	uint64_t data;
	unsigned long flags; /* filters, as CONFIG takes them */
	uint64_t period; /* between samples; 0: it only counts */

	/* Of the driver */
	unsigned int index;
	bool running;
	uint64_t max; /* the highest value of the counter */
	uint64_t left; /* until the next sample */
	uint64_t prev; /* the value up to which count goes */
	uint64_t count;
	unsigned int samples;
};

struct driver {
	unsigned long all; /* the counters that GET_INFO knows */
	unsigned long hw; /* those in use by events */
	unsigned long fw;
	struct perf_event *events[XLEN];
	struct pmu_snapshot *page; /* NULL: no snapshots are taken */
};

/**
 * Find the counters, and bring this CPU up. With a page, which must be zero,
 * snapshots are used.
 */
void driver_probe(struct driver *d, struct pmu_snapshot *page);

/** This CPU comes up: everything stops; the page is set when there is one */
void driver_start_cpu(const struct driver *d);

/** Give the event a counter; false when the firmware has none for it */
bool event_add(struct driver *d, struct perf_event *e);

/** The same, for an event that must get one */
void event_must_add(struct driver *d, struct perf_event *e);

/** The same, on a counter that can overflow; skips the case without one */
void event_add_sampling(struct driver *d, struct perf_event *e);

/** The event counts on towards its next sample, from a new initial value */
void event_start(struct driver *d, struct perf_event *e);

/** Add to the count what the counter says, running or not */
void event_update(struct perf_event *e);

/** Stop and update; it may run again */
void event_stop(struct driver *d, struct perf_event *e);

/** Stop when it runs, and give the counter back */
void event_del(struct driver *d, struct perf_event *e);

/** Whether the overflow interrupt is pending */
bool overflow_waits(void);

/**
 * The handler of the overflow interrupt: stop all hardware counters, look
 * which have overflown, clear the interrupt, take samples, restart. Returns
 * which have overflown, as counter indices; with none nothing is restarted.
 */
unsigned long driver_interrupt(struct driver *d);

/** Work until one event has so many samples, or too much work was done */
void sample_until(struct driver *d, const struct perf_event *e,
		  unsigned int samples);

/** What starting, n instructions of work and stopping add to the count */
uint64_t event_work(struct driver *d, struct perf_event *e, unsigned long n);

#endif
