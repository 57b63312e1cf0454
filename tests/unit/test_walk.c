// SPDX-License-Identifier: BSD-2-Clause
/*
 * Random calls on random machines, against the model: nothing traps, nothing
 * running is changed, and every counter has the value that it must have.
 *
 * UNIT_SEED and UNIT_STEPS in the environment choose another walk.
 */

#include <stdio.h>
#include <stdlib.h>
#include "model.h"

#define STEPS_PER_MACHINE 500
#define STEPS 200000UL

static uint64_t rng_state;

static uint64_t rnd(void)
{
	/* splitmix64 */
	uint64_t z = rng_state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

/* True once in @n times */
static bool once_in(unsigned int n)
{
	return rnd() % n == 0;
}

static struct sim_desc desc;

static void random_machine(void)
{
	unsigned int n;

	desc = machines[rnd() % RIG_MACHINES];
	desc.name = "random";
	desc.present = 5 | ((uint32_t)rnd() & ~7u & (once_in(2) ? ~0u : 0xffu));
	desc.no_inhibit = once_in(8);
	desc.hardwired = once_in(4) ? (uint32_t)rnd() : 0;
	desc.sscofpmf = desc.device == SIM_NO_DEVICE && once_in(2);
	desc.smcntrpmf = desc.device == SIM_NO_DEVICE && once_in(2);
	desc.narrow_events = !desc.sscofpmf && once_in(3);
	desc.event_missing = once_in(6) ? 0x00ffffff00000000ULL | HPM_UINH : 0;
	desc.h = once_in(2);
	memset(desc.width, 0, sizeof(desc.width));
	for (n = 3; n < PMU_HW_MAX; n++) {
		if (once_in(4))
			desc.width[n] = (uint8_t)(20 + rnd() % 44);
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
	*mask = all & rnd();
	if (once_in(2))
		*mask &= rnd() & rnd();
	if (once_in(3))
		*mask = all & -all << rnd() % 48;
	if (once_in(4)) {
		*base = rnd() % 40;
		*mask = all >> *base & rnd();
	}
	if (once_in(30))
		*mask = rnd();
	if (once_in(30))
		*base = rnd() >> rnd() % 64;
}

static unsigned long random_event(uint64_t *data)
{
	*data = 0;
	switch (rnd() % 8) {
	case 0:
		return CYCLES;
	case 1:
		return INSTRET;
	case 2:
		*data = rnd() & 0x1ffff;
		return once_in(2) ? RAW : RAW2;
	case 3:
		*data = SIM_PLAT(rnd() % 3);
		return PLATFORM;
	case 4:
		return PMU_FW(rnd() % 23);
	case 5:
		return 0x10000 + rnd() % 0x40;
	case 6:
		*data = once_in(8) ? rnd() : 0;
		return rnd() % 16;
	default:
		return once_in(20) ? rnd() : MISSES;
	}
}

static const char *random_config(void)
{
	unsigned long base, mask, event, flags;
	uint64_t data;

	random_set(&base, &mask);
	event = random_event(&data);
	flags = rnd() & (once_in(2) ? 0xff : 0xfe);
	if (once_in(40))
		flags |= 1ul << rnd() % 64;
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
	flags = once_in(40) ? rnd() % 16 : rnd() % 3;
	initial = rnd() << rnd() % 64;
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
	flags = once_in(40) ? rnd() % 16 : rnd() % 4;
	if (once_in(2))
		flags &= SNAPSHOT;
	r = stop(base, mask, flags);
	expect(r, model_stop(base, mask, flags));
	return "STOP";
}

static const char *random_other(void)
{
	unsigned long i, num;
	uint64_t data;

	switch (rnd() % 6) {
	case 0:
		ok(set_shmem(SIM_RAM, 0, 0));
		model.has_page = true;
		break;
	case 1:
		ok(set_shmem(~0ul, ~0ul, 0));
		model.has_page = false;
		break;
	case 2:
		set_shmem(rnd() & ~0xffful, once_in(2), 0);
		if (hart.shmem != SIM_RAM)
			ok(set_shmem(~0ul, ~0ul, 0));
		model.has_page = hart.shmem == SIM_RAM;
		break;
	case 3:
		num = rnd() % 20;
		for (i = 0; i < num; i++) {
			sim_poke32(SIM_RAM + 0x2000 + 16 * i,
				   (uint32_t)random_event(&data) & 0xfffff);
			sim_poke64(SIM_RAM + 0x2008 + 16 * i, data);
		}
		ok(event_info(SIM_RAM + 0x2000, 0, num, 0));
		break;
	case 4:
		event_info(rnd() >> rnd() % 64, 0, rnd() >> rnd() % 64, 0);
		break;
	default:
		get_info(rnd() >> rnd() % 64);
		fw_value(rnd() % 70);
		fw_value_hi(rnd() >> rnd() % 64);
	}
	return "other calls";
}

static const char *random_time(void)
{
	uint64_t n = rnd() % 100000;
	enum sim_mode mode = (enum sim_mode)(rnd() % SIM_MODES);
	unsigned int code = (unsigned int)(rnd() % 24);

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

static unsigned long from_env(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 0) : otherwise;
}

/* Aim: no sequence of calls whatever breaks the core or its counts. */
static void test_random_walk(void **state)
{
	static const char *(*const steps[])(void) = {
		random_config, random_config, random_start, random_start,
		random_stop,   random_other,  random_time,  random_time};
	unsigned long seed = from_env("UNIT_SEED", 1);
	unsigned long total = from_env("UNIT_STEPS", STEPS), step;

	(void)state;
	for (step = 0; step < total; step++) {
		static char name[64];

		/* Each machine has a seed, so a failure is soon seen again */
		if (step % STEPS_PER_MACHINE == 0) {
			rng_state = seed + step;
			random_machine();
			snprintf(name, sizeof(name), "random, UNIT_SEED=%lu",
				 seed + step);
			desc.name = name;
		}
		model_compare(steps[rnd() % 8]());
	}
}

RIG_MAIN(walk, cmocka_unit_test(test_random_walk))
