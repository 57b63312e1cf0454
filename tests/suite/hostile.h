/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls with arguments that no supervisor should give. Each is made with other
 * counters of every kind at hand that it has no business with, some of them
 * running: they, the registers and the memory around must stay as they are.
 */
#ifndef SUITE_HOSTILE_H
#define SUITE_HOSTILE_H

#include "counters.h"

/** A function and arguments of which it would take every one */
struct hostile {
	const char *name;
	unsigned long fid;
	unsigned long args[6];
	unsigned int count; /* arguments that the function has */
};

/** Set up the counters that bystand, once; the case ends with hostile_end() */
void hostile_begin(void);
void hostile_end(void);

/** A counter that the calls may act on: hardware if there is one */
unsigned int hostile_victim(void);
unsigned int hostile_fw_victim(void);

/**
 * Each call finds the victim configured and, if running, started. Without this
 * it is free.
 */
void hostile_arm(unsigned int victim, bool running);

/** One call; its result is judged by the arguments */
struct sbiret hostile_call(const struct hostile *h);

/** The errors that these arguments leave: bit N is error -N, bit 0 success */
unsigned int hostile_allowed(const struct hostile *h);

/** Whether a call with this result could not but change a counter */
bool hostile_may_change(const struct hostile *h, struct sbiret ret,
			unsigned int index);

/** The call with one argument replaced by each value of a table */
void hostile_values(const struct hostile *h, unsigned int arg,
		    const unsigned long values[], unsigned int count);

/** The same with what borders on something: 0, ones, sign bits, 2^32 ... */
void hostile_edges(const struct hostile *h, unsigned int arg);

/** The same with each single bit changed */
void hostile_bits(const struct hostile *h, unsigned int arg);

/** Every two arguments at once, from a short table */
void hostile_pairs(const struct hostile *h);

/** An error that says that memory cannot be used */
bool expect_bad_address(struct sbiret ret, const char *what);

/** A page between two that are full of the pattern of canary_page() */
uint8_t *fenced_page(void);
void expect_fences(const uint8_t *page, const char *what);

#endif
