// SPDX-License-Identifier: BSD-2-Clause
/* Random machines and random calls, each with what the model makes of it */

#include "calls.h"
#include "model.h"

uint64_t (*calls_random)(void);

/* True once in @n times */
static bool once_in(unsigned int n)
{
	return calls_random() % n == 0;
}

static struct sim_desc desc;

void calls_machine(const char *name)
{
	unsigned int n;

	desc = machines[calls_random() % RIG_MACHINES];
	desc.name = name;
	desc.present = 5 | ((uint32_t)calls_random() & ~7u &
			    (once_in(2) ? ~0u : 0xffu));
	desc.no_inhibit = once_in(8);
	desc.hardwired = once_in(4) ? (uint32_t)calls_random() : 0;
	desc.sscofpmf = desc.device == SIM_NO_DEVICE && once_in(2);
	desc.smcntrpmf = desc.device == SIM_NO_DEVICE && once_in(2);
	desc.narrow_events = !desc.sscofpmf && once_in(3);
	desc.event_missing = once_in(6) ? 0x00ffffff00000000ULL | HPM_UINH : 0;
	desc.h = once_in(2);
	memset(desc.width, 0, sizeof(desc.width));
	for (n = 3; n < PMU_HW_MAX; n++) {
		if (once_in(4))
			desc.width[n] = (uint8_t)(20 + calls_random() % 44);
	}

	rig_begin(&desc);
	pmu_map_add(&machine, 1, 2, ~0u);
	pmu_map_add(&machine, 3, 8, 0x1f8);
	pmu_map_add(&machine, 0x10000, 0x10034, ~0u << 4);
	pmu_map_add_raw(&machine, 0, ~0xffffULL, ~0u);
	rig_finish(0);
	model_boot();
}

/* Mostly counters that exist; sometimes anything */
static void random_set(unsigned long *base, unsigned long *mask)
{
	unsigned long all = rig_all();

	*base = 0;
	*mask = all & calls_random();
	if (once_in(2))
		*mask &= calls_random() & calls_random();
	if (once_in(3))
		*mask = all & -all << calls_random() % 48;
	if (once_in(4)) {
		*base = calls_random() % 40;
		*mask = all >> *base & calls_random();
	}
	if (once_in(30))
		*mask = calls_random();
	if (once_in(30))
		*base = calls_random() >> calls_random() % 64;
}

static unsigned long random_event(uint64_t *data)
{
	*data = 0;
	switch (calls_random() % 8) {
	case 0:
		return CYCLES;
	case 1:
		return INSTRET;
	case 2:
		*data = calls_random() & 0x1ffff;
		return once_in(2) ? RAW : RAW2;
	case 3:
		*data = SIM_PLAT(calls_random() % 3);
		return PLATFORM;
	case 4:
		return PMU_FW(calls_random() % 23);
	case 5:
		return 0x10000 + calls_random() % 0x40;
	case 6:
		*data = once_in(8) ? calls_random() : 0;
		return calls_random() % 16;
	default:
		return once_in(20) ? calls_random() : MISSES;
	}
}

static const char *random_config(void)
{
	unsigned long base, mask, event, flags;
	uint64_t data;

	random_set(&base, &mask);
	event = random_event(&data);
	flags = calls_random() & (once_in(2) ? 0xff : 0xfe);
	if (once_in(40))
		flags |= 1ul << calls_random() % 64;
	model_config(base, mask, flags, event, data,
		     config(base, mask, flags, event, data));
	return "CONFIG_MATCHING";
}

static const char *random_start(void)
{
	unsigned long base, mask, flags, bit, expected;
	uint64_t initial;
	struct pmu_result r;

	random_set(&base, &mask);
	/* Few random sets have no unconfigured member */
	for (bit = 0; bit < 64 && base < 64 && !once_in(20); bit++) {
		if (base + bit < 64 && !model.ctr[base + bit].configured &&
		    base + bit > 2)
			mask &= ~(1ul << bit);
	}
	flags = once_in(40) ? calls_random() % 16 : calls_random() % 3;
	initial = calls_random() << calls_random() % 64;
	r = start(base, mask, flags, initial);
	expected = (unsigned long)model_start(base, mask, flags, initial);
	expect(r, (long)expected);
	return "START";
}

static const char *random_stop(void)
{
	unsigned long base, mask, flags;
	struct pmu_result r;

	random_set(&base, &mask);
	flags = once_in(40) ? calls_random() % 16 : calls_random() % 4;
	if (once_in(2))
		flags &= SNAPSHOT;
	r = stop(base, mask, flags);
	expect(r, model_stop(base, mask, flags));
	return "STOP";
}

static unsigned long random_flags(void)
{
	return once_in(16) ? 1UL << calls_random() % 64 : 0;
}

/* The edges of everything, and RAM more often than not */
static unsigned long random_address(void)
{
	static const unsigned long edges[] = {
		0,	  SIM_FW_BASE, SIM_ROM,	 SIM_READONLY,
		SIM_HOLE, ~0UL,	       1UL << 63};
	unsigned long at = SIM_RAM;

	if (once_in(4))
		at = edges[calls_random() % (sizeof(edges) / sizeof(edges[0]))];
	if (once_in(4))
		at += 4096 * (calls_random() % 8) - 4096;
	if (once_in(8))
		at += calls_random() % 64 - 32;
	return at;
}

static void random_shmem(void)
{
	unsigned long lo = random_address(), hi = 0;

	if (once_in(3))
		lo = hi = ~0UL;
	else if (once_in(8))
		hi = calls_random();
	model_set_shmem(lo, hi, random_flags());
}

static void random_event_info(void)
{
	unsigned long at = random_address(), num = calls_random() % 20, i;
	uint64_t data;

	if (once_in(8))
		num = calls_random() << calls_random() % 64;
	for (i = 0; i < 20 && at >= SIM_RAM && at < SIM_HOLE && at % 4 == 0 &&
		    SIM_HOLE - at >= 16 * (i + 1);
	     i++) {
		sim_poke32(at + 16 * i, (uint32_t)random_event(&data) &
						(once_in(64) ? ~0u : 0xfffff));
		sim_poke64(at + 16 * i + 8, data);
	}
	model_event_info(at, once_in(16) ? calls_random() : 0, num,
			 random_flags());
}

static const char *random_other(void)
{
	unsigned long idx;

	switch (calls_random() % 4) {
	case 0:
		random_shmem();
		return "SNAPSHOT_SET_SHMEM";
	case 1:
		random_event_info();
		return "EVENT_GET_INFO";
	case 2:
		model_num(get_num());
		idx = calls_random() << (once_in(8) ? calls_random() % 64 : 0);
		model_get_info(idx, get_info(idx));
		return "GET_INFO";
	default:
		fw_value(calls_random() % 70);
		fw_value_hi(calls_random() >> calls_random() % 64);
		return "FW_READ";
	}
}

static const char *random_time(void)
{
	uint64_t n = calls_random() % 100000;
	enum sim_mode mode = (enum sim_mode)(calls_random() % SIM_MODES);
	unsigned int code = (unsigned int)(calls_random() % 24);

	if (!desc.h && mode >= SIM_VS)
		mode = SIM_S;
	sim_run(mode, n);
	model_run(mode, n);
	pmu_fw_count(&hart, code);
	model_fw(code);
	sim_plat_event(SIM_PLAT(code % 3), n);
	model_plat(SIM_PLAT(code % 3), n);
	if (once_in(2))
		sim.regs.lcofip = 0;
	return "time";
}

void calls_step(void)
{
	static const char *(*const steps[])(void) = {
		random_config, random_config, random_start, random_start,
		random_stop,   random_other,  random_time,  random_time};

	model_compare(steps[calls_random() % 8]());
}
