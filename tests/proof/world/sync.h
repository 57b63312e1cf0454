/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hpm_sync() as the proofs of the calls know it; the proof of sync shows that
 * it does this. Include it after hpm.c, before counter.c.
 */
#ifndef SYNC_H
#define SYNC_H

void hpm_sync(struct pmu_hart *h)
{
	uint32_t mine = h->has_smcdeleg ? h->configured.hw : ~0u;
	struct world any = nondet_world();

	world.hw_changes++;
	world.inhibit = any.inhibit & world.inhibit_bits;
	world.event = any.event & world.event_bits;
	world.cfg = any.cfg;
	world.dev_filter = any.dev_filter;
	h->inhibit =
		(h->inhibit & mine) | (nondet_u32() & ~mine & h->inhibitable);
	assume(world.inhibit == h->inhibit && world_in_step());
	world.touched = false;
	synced = world;
}

#endif
