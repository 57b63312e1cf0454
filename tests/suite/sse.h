/* SPDX-License-Identifier: BSD-2-Clause */
/* The overflow as a supervisor software event: what its cases share. */
#ifndef SUITE_SSE_H
#define SUITE_SSE_H

#include "overflow.h"

#define SSE_WRITE_ATTRS 1
#define SSE_REGISTER 2
#define SSE_UNREGISTER 3
#define SSE_ENABLE 4
#define SSE_DISABLE 5
#define SSE_HART_UNMASK 8
#define SSE_HART_MASK 9
#define PMU_OVERFLOW 0x00010000UL

/* The entry knows the offsets of saved and stack */
struct sse_state {
	unsigned long saved[15];
	unsigned long stack;
	volatile unsigned long count;
	volatile unsigned long scountovf; /* in the last handler */
	volatile unsigned long seen; /* in any of them */
	volatile unsigned long hartid; /* as it was given to the last handler */
	volatile unsigned long sstatus; /* in the last handler */
	volatile bool running;
	volatile bool nested; /* a handler was interrupted by another one */
	void (*callback)(void);
};

extern struct sse_state sse_state;

/** Where an event enters, its argument a struct sse_state */
void sse_entry(void);

/** Called by it, on the stack of the state; the payload has it */
void sse_handle(struct sse_state *s, unsigned long hartid);

struct sbiret sse(unsigned long fid, unsigned long a0, unsigned long a1,
		  unsigned long a2);

#define SSE_CONFIG_ONE_SHOT 1

/** Set the attribute CONFIG of the event; it outlives the registration */
struct sbiret sse_set_config(unsigned long value);

/** Register the event on this hart; the handler stops what has overflown */
struct sbiret sse_register(void);

/**
 * The counter to overflow, with the event registered and enabled. Skips the
 * case where the firmware has no such event.
 */
unsigned int sse_begin(void);

/** Take back whatever a case may have left */
void sse_end(void);

/** START so that the counter overflows after n counts */
void sse_start(unsigned int index, uint64_t n);

/** Wait for the event to have come count times */
bool sse_comes(unsigned long count);

/** Whether an overflow may be told as event and as interrupt is open */
void sse_no_interrupt(void);

#endif
