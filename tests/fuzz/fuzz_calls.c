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

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
