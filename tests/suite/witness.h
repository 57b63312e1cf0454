/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The witness: a payload in another domain, which does for the suite what only
 * that domain can do, and tells what it sees. Both have two pages in common, of
 * which the box is the first. On machines where a hart is in both domains the
 * suite enters the other one for each request; else the witness runs on a hart
 * of its own.
 */
#ifndef SUITE_WITNESS_H
#define SUITE_WITNESS_H

#include "measure.h"

/** The memory of the other domain begins with its payload; the box is behind */
#define WITNESS_MEMORY 0x200000UL
#define WITNESS_READY 0x7769746eU
#define WITNESS_PAGES 4U

/**
 * The extension of the firmware in tests/domains/switch, for tests only: its
 * function 0 goes to the other domain
 */
#define SWITCH_EID 0x08504d55UL

enum witness_op {
	/** An SBI call: extension, function, a0 to a5; error and value */
	WITNESS_CALL,
	/** The value of a counter by its CSR */
	WITNESS_READ,
	/** n instructions of work */
	WITNESS_WORK,
	/** scountovf, and sip */
	WITNESS_OVERFLOWS,
	/** START of a counter, work for it to overflow, and the same */
	WITNESS_OVERFLOW,
	/** Fill pages with canaries; the address of the first one */
	WITNESS_FILL,
	/** How many bytes of these pages are no canaries */
	WITNESS_CHANGED,
	/** A 32-bit word of its memory */
	WITNESS_PEEK,
	/**
	 * A firmware counter counts SET_TIMER; in each of n rounds it has to be
	 * exact, and hardware counter m keeps its value. How often it is not so
	 */
	WITNESS_ROUNDS,
};

struct witness_box {
	volatile uint32_t ready;
	volatile uint32_t asked;
	volatile uint32_t answered;
	volatile uint32_t op;
	volatile unsigned long args[8];
	volatile unsigned long result[2];
};

/** Skip the case unless there is a witness, and bring its PMU to a clean state
 */
void need_witness(void);

/** The same before the other domain has made any call of the PMU */
void need_fresh_witness(void);

/** The same where the domains take turns on a hart, or run side by side */
void need_switch(void);
void need_side_by_side(void);

/** Ask, and wait for the answer, which is also what result[0] is then */
unsigned long witness_ask(enum witness_op op, unsigned long a0,
			  unsigned long a1);
/** The second word of the latest answer */
unsigned long witness_second(void);

/** Ask and go on; where the domains share a hart the answer is there at once */
void witness_begin(enum witness_op op, unsigned long a0, unsigned long a1);
unsigned long witness_wait(void);

/** SBI calls in the other domain */
struct sbiret witness_call(unsigned long eid, unsigned long fid,
			   unsigned long a0, unsigned long a1, unsigned long a2,
			   unsigned long a3, unsigned long a4,
			   unsigned long a5);
struct sbiret witness_config(unsigned long index, unsigned long flags,
			     unsigned long event);
struct sbiret witness_start_at(unsigned long index, uint64_t value);
struct sbiret witness_stop(unsigned long index, unsigned long flags);

/** The value of a counter as the other domain reads it */
uint64_t witness_read(unsigned long index);

/** First address of the memory of the other domain */
uintptr_t witness_memory(void);

/** A page that both domains may use, full of the pattern of canary_page() */
uint8_t *witness_shared_page(void);

/** The pages that the witness filled with canaries for this case */
uintptr_t witness_pages(void);
void expect_witness_pages(const char *what);

#endif
