// SPDX-License-Identifier: BSD-2-Clause
/* The helpers for bits, as they are written; the other proofs have their own */

#include "bits.h"

/*
 * A turn of the loop knows nothing but the set that is left to it, so two turns
 * show all of them: the lowest bit is visited and then gone.
 */
static unsigned int two_turns(uint32_t word, unsigned int *visited,
			      uint32_t *left)
{
	unsigned int n, turns = 0;

	for_each_bit(n, word) {
		visited[turns] = n;
		left[turns] = n_left;
		if (++turns == 2)
			break;
	}
	return turns;
}

#include "world.h"

void harness(void)
{
	uint32_t word = nondet_u32(), rest = word & (word - 1u), left[2];
	unsigned int visited[2], turns = two_turns(word, visited, left);

	prove("bits: as many turns as there are bits",
	      turns == (word == 0   ? 0
			: rest == 0 ? 1
				    : 2));
	if (turns > 0)
		prove("bits: each turn visits the lowest bit that is left",
		      left[0] == word && visited[0] == proof_lowest_bit(word));
	if (turns > 1)
		prove("bits: a bit that was visited is gone, and no other",
		      left[1] == (word & ~(1u << visited[0])) &&
			      visited[1] == proof_lowest_bit(rest));
	prove("bits: they are counted",
	      word == 0 ? count_bits(word) == 0
			: count_bits(word) == 1 + count_bits(rest));
}
