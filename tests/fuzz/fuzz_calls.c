// SPDX-License-Identifier: BSD-2-Clause
/*
 * A fuzzer of the core: the bytes choose a machine, and then calls, events and
 * time on it until they end. Each call is held against the model of the unit
 * tests, and against what holds for every call (tests/unit/rig.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include "calls.h"

/* Longer inputs only repeat what shorter ones can do */
#define MAX_CALLS 200
/* Bytes of about twenty calls */
#define MAX_TAIL 300

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed);

static const uint8_t *next, *end;
static unsigned long calls, inputs;

/*
 * A byte below 0xe0 is a number itself, so that a changed byte is another
 * choice. The others announce a number of one to eight bytes; what is left at
 * the end are zeroes.
 */
static uint64_t from_bytes(void)
{
	unsigned int length;
	uint64_t value = 0;

	if (next == end)
		return 0;
	if (*next < 0xe0)
		return *next++;
	for (length = (*next++ & 7u) + 1; length > 0 && next < end; length--)
		value = value << 8 | *next++;
	return value;
}

static void say_total(void)
{
	fprintf(stderr,
		"fuzz: %lu calls on %lu machines agree with the model\n", calls,
		inputs);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	/* A failed check outside of a test of cmocka has to stop here */
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	calls_random = from_bytes;
	atexit(say_total);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned int n;

	next = data;
	end = data + size;
	calls_machine("fuzzed");
	for (n = 0; next < end && n < MAX_CALLS; n++)
		calls_step();
	calls += n;
	inputs++;
	return 0;
}

/*
 * What matters is which calls follow each other on one counter, and a change in
 * the middle makes other calls of all that come after it. So once in four times
 * the first calls stay, and new ones follow.
 */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed)
{
	uint32_t random = seed | 1;
	size_t keep, new_size;

	if (seed % 4)
		return LLVMFuzzerMutate(data, size, max_size);
	keep = seed / 4 % (size + 1);
	if (keep == max_size)
		keep--;
	new_size = keep + 1 + seed / 64 % MAX_TAIL;
	if (new_size > max_size)
		new_size = max_size;
	for (; keep < new_size; keep++) {
		/* xorshift32 */
		random ^= random << 13;
		random ^= random >> 17;
		random ^= random << 5;
		data[keep] = (uint8_t)(random >> 11);
	}
	return new_size;
}
