/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many instructions the calls take. A row is a list of calls, and what is
 * counted are the instructions between the ecall and the next one of the
 * supervisor, the ecall included. Counter 2 counts them, in M-mode too: it runs
 * from reset on any firmware, and no row touches it.
 *
 *	row("start+stop 8 hw");
 *	claim_hw(8);
 *	then(call_start(facts.hpm[0], 0xff, 0, 0));
 *	then(call_stop(facts.hpm[0], 0xff, 0));
 *	row_end();
 *
 * A row is made three times from the clean state: the first time may be dearer,
 * the other two have to be equal.
 */
#ifndef BENCH_H
#define BENCH_H

#include "counters.h"

/** What goes to the registers a0 to a7 */
struct call {
	unsigned long a[8];
};

struct call call_base(void);
/** A function of the PMU with one argument */
struct call call_pmu(unsigned long fid, unsigned long a0);
struct call call_config(unsigned long base, unsigned long mask,
			unsigned long flags, unsigned long event,
			uint64_t data);
struct call call_start(unsigned long base, unsigned long mask,
		       unsigned long flags, uint64_t initial);
struct call call_stop(unsigned long base, unsigned long mask,
		      unsigned long flags);
struct call call_event_info(const void *table, unsigned long entries);
struct call call_set_shmem(const void *page);
struct call call_set_timer(uint64_t when);
struct call call_ipi(unsigned long mask, unsigned long base);
struct call call_sfence_vma(unsigned long mask, unsigned long base);

#define MAX_STEPS 160
struct step {
	/* run.S knows the offsets of these */
	struct call call;
	long error;
	unsigned long value;

	unsigned long must_be; /* see then_gives() */
	uint16_t good; /* see GOOD() */
	bool has_value;
};

/** The answers that keep a row valid, as a set; what else comes ends it */
#define GOOD(error) (1U << -(error))
#define GOOD_ANY 0x3ffU

/** Begin a row; its name is what the table of results knows it by */
void row(const char *name, ...) PRINTF(1);
/** A call before the row, which must succeed */
void first(struct call call);
/** A call of the row, which must succeed */
void then(struct call call);
/** The same with other good answers */
void then_good(struct call call, unsigned int good);
/** A call that must succeed with this value */
void then_gives(struct call call, unsigned long value);
/** Count instructions that are no call: reads of the first CSRs of counters */
void then_read_csrs(unsigned int count);
/** The row sends an IPI to the first hart, which sleeps */
void wakes_first_hart(void);
/** Make the row, and print it */
void row_end(void);

/** Before the row: the first so many counters count instructions, stopped */
void claim_hw(unsigned int count);
void claim_fw(unsigned int count, unsigned int code);
/** The first so many bits of a mask */
unsigned long bits(unsigned int count);
/** The counters that CONFIGs give from the clean state; false: not all do */
#define MAX_GIVEN 16
bool would_give(const struct call *configs, unsigned int count,
		unsigned long *index);

#define INSTRUCTIONS PMU_EVENT(PMU_TYPE_HW, PMU_HW_INSTRUCTIONS)
#define CYCLES PMU_EVENT(PMU_TYPE_HW, PMU_HW_CPU_CYCLES)

/** How often the first hart came out of its sleep */
extern volatile unsigned int first_hart_woken;

/** What all others are compared with, on each machine */
void rows_empty(void);
/** The groups of rows */
void rows_calls(void);
void rows_counters(void);
void rows_config(void);
void rows_fw(void);
void rows_info(void);
void rows_linux(void);
void rows_snapshot(void);

/** run.S: instructions of the steps with and without their calls */
unsigned long bench_run(struct step *step, const struct step *end);
unsigned long bench_dry(struct step *step, const struct step *end);
/** Reads of so many CSRs from hpmcounter3 on, at most 16 */
unsigned long bench_read_csrs(unsigned int count);

#endif
