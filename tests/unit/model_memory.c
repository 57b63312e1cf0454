// SPDX-License-Identifier: BSD-2-Clause
/* Memory of the supervisor in the model, and what snapshots write there */

#include "model.h"

bool model_in_ram(unsigned long at, unsigned long size)
{
	return !model.lost && !model.shut && at >= SIM_RAM &&
	       size <= SIM_RAM_SIZE && at - SIM_RAM <= SIM_RAM_SIZE - size &&
	       at + size <= model.end;
}

void model_memory_lose(bool lost)
{
	model.lost = lost;
	sim_memory_lose(lost);
}

void model_memory_shut(bool shut)
{
	model.shut = shut;
	sim_memory_refuse(0, shut ? ~0u : 0);
}

void model_memory_end(unsigned long end)
{
	model.end = end;
	sim_memory_end(end);
}

void model_set_shmem(unsigned long lo, unsigned long hi, unsigned long flags)
{
	unsigned int stores = sim_all_stores();
	uint64_t first = 0, last = 0;
	struct pmu_result got;
	bool good = hi == 0 && lo % 4096 == 0 && model_in_ram(lo, 4096);

	if (good) {
		first = sim_peek64(lo);
		last = sim_peek64(lo + 4088);
	}
	/* It may write the first word back before the last one is refused */
	if (hi == 0 && lo < model.end && model.end - lo < 4096)
		rig_allow_effect();
	got = set_shmem(lo, hi, flags);
	if (!machine.snapshot) {
		expect(got, UNSUPPORTED);
	} else if (flags) {
		expect(got, INVALID);
	} else if (lo == ~0UL && hi == ~0UL) {
		ok(got);
		model.has_page = false;
		equal(sim_all_stores(), stores);
	} else if (lo % 4096) {
		expect(got, INVALID);
	} else if (!good) {
		expect(got, BAD_ADDRESS);
	} else {
		ok(got);
		model.has_page = true;
		model.page = lo;
		equal(sim_peek64(lo), first);
		equal(sim_peek64(lo + 4088), last);
		check(sim_all_stores() - stores <= 2, "SET_SHMEM writes");
	}
}

bool model_page_usable(void)
{
	return model.has_page && model_in_ram(model.page, 8);
}

bool model_slot(unsigned long slot, uint64_t *value)
{
	unsigned long at = model.page + 8 + 8 * slot;

	*value = sim_peek64(at);
	return at < model.end;
}

static uint64_t overflow_bits(unsigned long base)
{
	uint64_t bits = 0;
	unsigned int n;

	if (!sim.desc->sscofpmf)
		return 0;
	for (n = 3; n < model.num_hw; n++) {
		if (n >= base && model.ctr[n].overflow)
			bits |= 1ULL << (n - base);
	}
	return bits;
}

void model_check_snapshot(unsigned long base, uint64_t stopped,
			  unsigned int stores)
{
	unsigned int idx, expected = 1;
	uint64_t value;

	equal(sim_peek64(model.page), overflow_bits(base));
	for (idx = 0; idx < 64; idx++) {
		/* What the bus refuses is lost */
		if (!(stopped >> idx & 1) || !model_slot(idx - base, &value))
			continue;
		equal(value, *model_value(idx));
		expected++;
	}
	equal(stores, expected);
}
