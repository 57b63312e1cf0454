/* SPDX-License-Identifier: BSD-2-Clause */
/* Values for random calls: mostly such as make sense, sometimes any. */
#ifndef CHOOSE_H
#define CHOOSE_H

#include "calls.h"
#include "model.h"

/** True once in @n times */
static inline bool once_in(unsigned int n)
{
	return calls_random() % n == 0;
}

/** A number, at times at an end of what its bits can hold */
uint64_t choose_value(void);
/** An event, and its data */
unsigned long choose_event(uint64_t *data);
/** The index of a counter, or any */
unsigned long choose_index(void);
/** Forget what was chosen before */
void choose_anew(void);
/** A logical counter, often one of the last set */
unsigned int choose_counter(void);
/** Counters that exist, those of the last call, or any set */
void choose_set(unsigned long *base, unsigned long *mask);
/** Whatever lies at an edge of memory, and RAM more often than not */
unsigned long choose_address(void);
/** Flags of a call that has none: 0, more often than not */
unsigned long choose_flags(void);

/** The machine that the calls run on, and its map; calls_machine.c */
void choose_machine(const char *name);
/** What happens beside calls, and the name of it; calls_world.c */
const char *happen(void);

#endif
