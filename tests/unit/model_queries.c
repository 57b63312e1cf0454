// SPDX-License-Identifier: BSD-2-Clause
/* What the calls that change no counter must answer: information and memory */

#include "model.h"

#define MAX_ENTRIES 65536

static unsigned int num_hw(void)
{
	unsigned int n, last = 0;

	for (n = 0; n < PMU_HW_MAX; n++) {
		if (sim.desc->present >> n & 1)
			last = n;
	}
	return last + 1;
}

void model_num(struct pmu_result got)
{
	equal(ok(got), num_hw() + PMU_FW_MAX);
}

void model_get_info(unsigned long idx, struct pmu_result got)
{
	unsigned long hw = num_hw(), width;

	if (idx >= hw + PMU_FW_MAX ||
	    (idx < hw && !(sim.desc->present >> idx & 1))) {
		expect(got, INVALID);
	} else if (idx >= hw) {
		width = env_fw_width();
		equal(ok(got), 1UL << 63 | (width - 1) << 12);
	} else {
		width = sim.desc->width[idx] ? sim.desc->width[idx] : 64;
		equal(ok(got), (width - 1) << 12 | (0xc00 + idx));
	}
}

/* -- EVENT_GET_INFO -------------------------------------------------------- */

static bool in_ram(unsigned long at, unsigned long size)
{
	return at >= SIM_RAM && size <= SIM_RAM_SIZE &&
	       at - SIM_RAM <= SIM_RAM_SIZE - size;
}

/* Only raw events and those of the platform have data that matters */
static bool any_can_count(unsigned long event, uint64_t data)
{
	unsigned int idx;

	if (event != RAW && event != RAW2 && event != PLATFORM)
		data = 0;
	for (idx = 0; idx < 64; idx++) {
		if (model_can_count(idx, event, data))
			return true;
	}
	return false;
}

void model_event_info(unsigned long lo, unsigned long hi, unsigned long num,
		      unsigned long flags)
{
	bool good = in_ram(lo, num * 16) && num <= MAX_ENTRIES;
	bool reserved = false;
	unsigned long at, end = lo + num * 16;
	struct pmu_result got;

	for (at = lo; good && lo % 16 == 0 && at < end; at += 16)
		reserved |= sim_peek32(at) >> 20 != 0;
	got = event_info(lo, hi, num, flags);
	if (flags || lo % 16) {
		expect(got, INVALID);
	} else if (num == 0) {
		ok(got);
	} else if (hi) {
		expect(got, BAD_ADDRESS);
	} else if (!good) {
		check(got.error == BAD_ADDRESS || got.error == INVALID ||
			      got.error == PMU_ERR_FAILED,
		      "EVENT_GET_INFO of 0x%lx, 0x%lx entries: error %ld", lo,
		      num, got.error);
	} else if (reserved) {
		expect(got, INVALID);
	} else {
		ok(got);
		for (at = lo; at < end; at += 16)
			equal(sim_peek32(at + 4),
			      any_can_count(sim_peek32(at),
					    sim_peek64(at + 8)));
	}
}

/* -- SET_SHMEM ------------------------------------------------------------- */

void model_set_shmem(unsigned long lo, unsigned long hi, unsigned long flags)
{
	struct pmu_result got = set_shmem(lo, hi, flags);

	if (flags) {
		expect(got, INVALID);
	} else if (lo == ~0UL && hi == ~0UL) {
		ok(got);
		model.has_page = false;
	} else if (lo % 4096) {
		expect(got, INVALID);
	} else if (hi || !in_ram(lo, 4096)) {
		expect(got, BAD_ADDRESS);
	} else {
		ok(got);
		model.has_page = true;
		/* The walk looks at one page only */
		if (lo != SIM_RAM)
			model_set_shmem(SIM_RAM, 0, 0);
	}
}
