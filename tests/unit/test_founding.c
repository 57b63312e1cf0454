// SPDX-License-Identifier: BSD-2-Clause
/*
 * The founding rule: configuring a counter never starts it. It counts after
 * START, or at once when AUTO_START was given.
 */

#include "rig.h"

/* An event of each kind, and a counter for SKIP_MATCH of it */
static const struct kind {
	const char *name;
	unsigned long event;
	uint64_t data;
	int counter; /* hardware index, -1 for a firmware counter */
} kinds[] = {
	{"mcycle, running from boot", CYCLES, 0, 0},
	{"minstret, running from boot", INSTRET, 0, 2},
	{"cycles, programmable", CYCLES, 0, 4},
	{"general", MISSES, 0, 4},
	{"cache", L1D_MISS, 0, 5},
	{"raw", RAW, 0x77, 4},
	{"raw v2", RAW2, 0x78, 5},
	{"firmware", TIMER, 0, -1},
	{"platform", PLATFORM, SIM_PLAT(1), -1},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static unsigned long counter_of(const struct kind *k)
{
	return k->counter < 0 ? rig_fw(3) : (unsigned long)k->counter;
}

static bool on_this_machine(const struct kind *k)
{
	if (k->event == PLATFORM)
		return sim.plat_present;
	return k->counter < 0 || (hart.present & PMU_BIT(k->counter));
}

/* Nothing can stop a fixed counter that has no inhibit bit */
static bool can_stop(unsigned long idx)
{
	return idx >= machine.num_hw || idx > 2 ||
	       rig_can_inhibit((unsigned int)idx);
}

/* Configure the counter of a kind, found by SKIP_MATCH or by mask */
static unsigned long configure(const struct kind *k, unsigned long flags)
{
	unsigned long idx = counter_of(k);

	equal(ok(config(idx, 1, flags, k->event, k->data)), idx);
	return idx;
}

static void check_rule(const struct kind *k, unsigned long flags)
{
	unsigned long idx = counter_of(k);
	uint64_t before = rig_value(idx);

	/* Platform events keep their values in a place of their own */
	if (k->event == PLATFORM)
		before = sim.regs.plat_value[3];
	else if (k->counter < 0 && hart.fw_event[3] == PMU_FW_PLATFORM_CODE)
		before = hart.fw_value[3];
	configure(k, flags);
	if (flags & CLEAR)
		before = 0;
	if (!can_stop(idx))
		return;
	equal(rig_value(idx), before);
	if (flags & AUTO) {
		check_moves(idx);
		expect(start(idx, 1, 0, 0), STARTED);
		ok(stop(idx, 1, 0));
	} else {
		check_still(idx);
		expect(stop(idx, 1, 0), STOPPED);
		ok(start(idx, 1, 0, 0));
		check_moves(idx);
		ok(stop(idx, 1, 0));
	}
	check_still(idx);
}

/* Aim: the rule holds for every kind, with every combination of flags. */
static void test_configuring_never_starts(void **state)
{
	unsigned int i, k;
	unsigned long flags;

	(void)state;
	for_each_machine(i)
	{
		for (k = 0; k < KINDS; k++) {
			for (flags = 0; flags <= (SKIP | CLEAR | AUTO);
			     flags++) {
				rig_boot(i);
				if (!on_this_machine(&kinds[k]))
					continue;
				rig_elapse();
				check_rule(&kinds[k], flags);
			}
		}
	}
}

/*
 * Aim: a counter that was running, configured anew by SKIP_MATCH, stops; the
 * value stays unless CLEAR_VALUE was given.
 */
static void test_reconfiguring_stops(void **state)
{
	unsigned int i, k, was;
	unsigned long idx, flags;

	(void)state;
	for_each_machine(i)
	{
		for (k = 0; k < KINDS * KINDS; k++) {
			was = k / KINDS;
			if (!on_this_machine(&kinds[k % KINDS]) ||
			    !on_this_machine(&kinds[was]) ||
			    counter_of(&kinds[was]) !=
				    counter_of(&kinds[k % KINDS]))
				continue;
			for (flags = SKIP; flags <= (SKIP | CLEAR | AUTO);
			     flags += 2) {
				idx = configure(&kinds[was], SKIP | AUTO);
				rig_elapse();
				check_rule(&kinds[k % KINDS], flags);
				expect(stop(idx, 1, RESET),
				       can_stop(idx)  ? STOPPED
				       : flags & AUTO ? PMU_OK
						      : STOPPED);
			}
		}
	}
}

/* Aim: mcycle and minstret run from boot until somebody claims them. */
static void test_fixed_run_from_boot(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		check_moves(0);
		check_moves(2);
		expect(start(0, 5, INIT, 0), STARTED);
		check(rig_value(0) > 5, "START has set a running counter");
		check_moves(0);
		check_moves(2);
		ok(config(0, 1, 0, CYCLES, 0));
		if (rig_can_inhibit(0))
			check_still(0);
		check_moves(2);
	}
}

/* Aim: nothing but mcycle and minstret counts after boot. */
static void test_others_are_still_at_boot(void **state)
{
	unsigned int i, n;

	(void)state;
	for_each_machine(i)
	{
		for_each_bit(n, hart.present & ~PMU_FIXED) {
			equal(rig_value(n), 0);
			check_still(n);
			equal(sim.regs.event[n], 0);
		}
		for (n = 0; n < PMU_FW_MAX; n++)
			check_still(rig_fw(n));
	}
}

/*
 * Aim: a counter configured while its event is already selected by nobody
 * else stays still through starts and stops of its neighbours.
 */
static void test_neighbours_do_not_start_it(void **state)
{
	unsigned int i;
	unsigned long idle, other;

	(void)state;
	for_each_machine(i)
	{
		if (!(hart.present & PMU_BIT(5)))
			continue;
		idle = ok(config(5, 1, CLEAR, L1D_MISS, 0));
		other = ok(config(0, rig_all() & ~0x25ul, 0, L1D_MISS, 0));
		ok(start(other, 1, 0, 0));
		check_still(idle);
		ok(stop(other, 1, 0));
		check_still(idle);
		ok(config(other, 1, SKIP | AUTO, L1D_MISS, 0));
		ok(stop(other, 1, RESET));
		check_still(idle);
		equal(rig_value(idle), 0);
		ok(start(idle, 1, 0, 0));
		check_moves(idle);
	}
}

RIG_MAIN(founding, cmocka_unit_test(test_configuring_never_starts),
	 cmocka_unit_test(test_reconfiguring_stops),
	 cmocka_unit_test(test_fixed_run_from_boot),
	 cmocka_unit_test(test_others_are_still_at_boot),
	 cmocka_unit_test(test_neighbours_do_not_start_it))
