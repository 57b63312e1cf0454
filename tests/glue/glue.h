/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of the test of the glue */
#ifndef TEST_GLUE_H
#define TEST_GLUE_H

#include <sbi/sbi_console.h>
#include <sbi/sbi_scratch.h>

extern unsigned int checks;

#define check(condition)                                                        \
	do {                                                                    \
		checks++;                                                       \
		if (!(condition))                                               \
			sbi_panic(                                              \
				"glue test: line %d does not hold: " #condition \
				"\n",                                           \
				__LINE__);                                      \
	} while (0)

/* trees.c: device trees that the loader of a machine would not give */
void test_trees(struct sbi_scratch *scratch);

#endif
