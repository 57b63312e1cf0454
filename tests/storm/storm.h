/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The storm: four harts throw random calls at the firmware while another one
 * watches them. What the firmware must never do ends it: a hart that does not
 * come back, memory changed that no call was given, registers changed, answers
 * that the specification does not have.
 */
#ifndef STORM_H
#define STORM_H

#include "runtime.h"
#include "hostile.h"
#include "suite_internal.h"
#include "sse.h"
#include "walk_dice.h"
#include "hart_internal.h"

#define STORM_HARTS 4
#define TABLE_PAGES 16
#define SNAP_PAGES 3
/** Calls inside of calls: an interrupt, and two levels of software events */
#define DEPTH 6
#define PAST 8

/** Watches of the other SBI extensions that have no name in firmware/ */
#define SBI_EID_FWFT 0x46574654
#define SSE_READ_ATTRS 0
#define SSE_COMPLETE 6
#define SSE_INJECT 7
#define SSE_LOCAL_SOFTWARE 0xffff0000UL
#define SSE_GLOBAL_SOFTWARE 0xffff8000UL

/** A call: registers a0 to a7, and what came of it */
struct call {
	unsigned long a[8];
	struct sbiret ret;
	unsigned long n; /* of this hart */
	unsigned long all; /* calls of all harts before it */
};

struct storm_hart {
	struct dice dice;
	volatile unsigned long calls;
	volatile unsigned long steps; /* whatever it does */
	volatile bool at_work; /* in storm_run() */
	volatile bool leave; /* it is asked to come out of storm_run() */
	volatile bool stopped; /* others may start it */
	volatile bool remote; /* in a call that waits for other harts */
	const char *volatile doing; /* besides a call */
	unsigned int depth;
	struct call now[DEPTH];
	struct call past[PAST];
	unsigned long checks; /* sanity checks that passed */
	unsigned long checked; /* calls before the latest of them */
	unsigned long suspends;
	volatile unsigned long
		overflows; /* interrupts and events of overflow */
	unsigned long late; /* overflows that a sanity check tried again */
	unsigned long
		oddities; /* answers of other firmware out of the tables */

	uint8_t *table; /* TABLE_PAGES that only this hart uses */
	uint8_t *snap[SNAP_PAGES]; /* pages that only this hart uses */
	unsigned long shmem; /* page that the firmware was given, or 0 */
	unsigned int sweep; /* next page to look at */
	struct sse_state sse[2];
	uint8_t sse_stack[2][4096] __attribute__((aligned(16)));
};

struct storm {
	uint64_t seed;
	unsigned int seconds;
	unsigned int limit; /* seconds that a hart may be silent */
	bool ours; /* held to sbi-pmu's own readings, too */
	volatile bool over;
	volatile bool closed; /* no calls now that involve other harts */
	struct storm_hart hart[STORM_HARTS];
};

extern struct storm storm;

/** The state of the hart that runs this, one of the four */
struct storm_hart *storm_me(void);
unsigned int storm_number(const struct storm_hart *s);

/* run.c: what each of the four does until it is asked to leave */
unsigned long storm_run(unsigned long number);

/* call.c */

/** Make a call and judge what every call has to keep */
struct sbiret storm_call(const unsigned long a[8]);
/** The same by its parts */
struct sbiret storm_sbi(unsigned long eid, unsigned long fid, unsigned long a0,
			unsigned long a1, unsigned long a2, unsigned long a3,
			unsigned long a4, unsigned long a5);
unsigned long storm_total(void);
/** The call answered what the specification does not allow: not a death */
void storm_odd(struct storm_hart *s, const char *what, unsigned long value);

/* finding.c */

/** Something is lost: keep it and end the work of this hart */
void storm_found(const char *what, unsigned long value)
	__attribute__((noreturn));
/** The same of another hart, which is silent */
void storm_found_silent(struct storm_hart *s);
bool storm_has_finding(void);
void storm_watch_traps(void);
void storm_print_finding(void);

/* values.c: arguments */

unsigned long any_value(struct dice *d);
/** A value that is sound in most cases, else any */
unsigned long mostly(struct dice *d, unsigned long sound);
/** A value of a counter that is far from its overflow */
uint64_t storm_far(struct dice *d);
void any_set(struct dice *d, unsigned long *base, unsigned long *mask);
unsigned long any_counter(struct dice *d);
void any_event(struct dice *d, unsigned long *event, uint64_t *data);
/** An address that the firmware must refuse, 16 aligned; of @size bytes */
unsigned long bad_address(struct dice *d, unsigned long size);
void values_init(void);

/* memory.c: all pages of the supervisor, and what stands in them */

bool memory_init(void);
/** Pages that are looked at */
unsigned int memory_pages(void);
uint64_t memory_pattern(unsigned long address);
void memory_fill(void *at, unsigned long size);
/** Look at memory that no call may have written since it was filled */
void memory_check(const void *at, unsigned long size);
/** Look at the next page that this hart has to look at */
void memory_sweep(struct storm_hart *s);
/** Look at everything, with all harts at rest */
void memory_check_all(void);
/** Memory that harts write while the firmware reads and writes it */
extern uint8_t *shared_table, *shared_page, *last_page;
#define SHARED_PAGES 320

/* pmu_calls.c, event_info.c, snapshot_calls.c, other_calls.c: random calls */

void pmu_step(struct storm_hart *s);
void sample_step(struct storm_hart *s);
void event_info_step(struct storm_hart *s);
void set_shmem_step(struct storm_hart *s);
/** START and STOP with the snapshot page */
void snapshot_start(struct storm_hart *s, unsigned long base,
		    unsigned long mask);
void snapshot_stop(struct storm_hart *s, unsigned long base, unsigned long mask,
		   unsigned long flags);
void other_step(struct storm_hart *s);
void sse_step(struct storm_hart *s);
/** Keep events away; true when they were not already, as sse_unmask() asks */
bool sse_mask(void);
void sse_unmask(void);
void sse_quiet(struct storm_hart *s);
/** Whether a call may involve other harts now; storm_apart() ends it */
bool storm_together(struct storm_hart *s);
void storm_apart(struct storm_hart *s);

/* sanity.c: that the PMU of this hart is still right */
void sanity_init(void);
void sanity_check(struct storm_hart *s);

#endif
