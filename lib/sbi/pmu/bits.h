/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PMU_BITS_H
#define PMU_BITS_H

#include "env.h"

#define PMU_BIT(n) ((uint32_t)1 << (n))

/**
 * Number of the lowest set bit. @word must not be 0.
 *
 * The compiler's own intrinsic becomes a call into its runtime library on harts
 * without Zbb, and firmware links without that library.
 */
static inline unsigned int lowest_bit(uint32_t word)
{
	static const uint8_t position[32] = {
		0,  1,	28, 2,	29, 14, 24, 3, 30, 22, 20, 15, 25, 17, 4,  8,
		31, 27, 13, 23, 21, 19, 16, 7, 26, 12, 18, 6,  11, 5,  10, 9};
	uint32_t lowest = word & (~word + 1u);

	return position[(uint32_t)(lowest * 0x077cb531u) >> 27];
}

static inline unsigned int count_bits(uint32_t word)
{
	unsigned int count = 0;

	for (; word != 0; word &= word - 1u)
		count++;
	return count;
}

/** Run the body with @n set to each bit of the 32-bit @word, lowest first */
#define for_each_bit(n, word)                                     \
	for (uint32_t n##_left = (word);                          \
	     n##_left != 0 && ((n) = lowest_bit(n##_left), true); \
	     n##_left &= n##_left - 1u)

#endif
