// SPDX-License-Identifier: BSD-2-Clause
/* counter_idx_base and counter_idx_mask, and what NUM and GET_INFO tell */

#include "rig.h"

/* Sets that no function may accept, on a machine with counters 0, 2 to 18 */
static const struct {
	const char *why;
	unsigned long base, mask;
} bad_sets[] = {
	{"empty", 0, 0},
	{"empty, base beyond all", ~0ul, 0},
	{"counter 1", 1, 1},
	{"counter 1 among others", 0, 7},
	{"one counter too many", 19 + 16, 1},
	{"last counter and one more", 19 + 15, 3},
	{"all bits", 0, ~0ul},
	{"all bits from the last", 34, ~0ul},
	{"bit 63", 0, 1ul << 63},
	{"bit 62 from base 2", 2, 1ul << 62},
	{"base 2^32", 1ul << 32, 1},
	{"base 2^32 + 2", (1ul << 32) + 2, 1},
	{"base 2^63", 1ul << 63, 1},
	{"base 64 wraps the shift to counter 0", 64, 1},
	{"base 66", 66, 1},
	{"base ~0 wraps to counter 0", ~0ul, 2},
	{"base ~0", ~0ul, 1},
	{"base ~0 - 1 wraps to counter 2", ~0ul - 1, 0x10},
	{"bits pushed out of 64", 4, 1ul << 62 | 1},
	{"a counter and bits pushed out", 3, 1ul << 63 | 1},
	{"base 4096, as Linux passes", 4096, 1},
};

/* Aim: every function on sets refuses a bad set and changes nothing. */
static void test_bad_sets(void **state)
{
	unsigned long i, base, mask;

	(void)state;
	rig_boot(SSCOF);
	ok(set_shmem(SIM_RAM, 0, 0));
	ok(config(0, 8, AUTO, MISSES, 0));
	ok(config(0, 0x10, 0, MISSES, 0));
	for (i = 0; i < sizeof(bad_sets) / sizeof(bad_sets[0]); i++) {
		base = bad_sets[i].base;
		mask = bad_sets[i].mask;
		sim_clear_stats();
		expect(config(base, mask, 0, CYCLES, 0), INVALID);
		expect(config(base, mask, SKIP | CLEAR | AUTO, CYCLES, 0),
		       INVALID);
		expect(config(base, mask, CLEAR | AUTO, TIMER, 0), INVALID);
		expect(start(base, mask, 0, 0), INVALID);
		expect(start(base, mask, INIT, 1), INVALID);
		expect(start(base, mask, FROM_SNAPSHOT, 0), INVALID);
		expect(stop(base, mask, 0), INVALID);
		expect(stop(base, mask, RESET | SNAPSHOT), INVALID);
		check(sim.stats.inhibit_writes + sim.stats.event_writes +
				      sim.stats.counter_writes ==
			      0,
		      "set \"%s\" makes a register be written",
		      bad_sets[i].why);
	}
}

/* Aim: holes of the hart make a set invalid, alone and among good members. */
static void test_holes(void **state)
{
	unsigned int n;

	(void)state;
	rig_boot(SPARSE);
	for (n = 0; n < machine.num_hw; n++) {
		if (hart.present & PMU_BIT(n))
			continue;
		expect(config(n, 1, 0, CYCLES, 0), INVALID);
		expect(config(0, 1ul << n | 4, 0, CYCLES, 0), INVALID);
		expect(start(n, 1, 0, 0), INVALID);
		expect(start(0, 1ul << n | 1, 0, 0), INVALID);
		expect(stop(n, 1, RESET), INVALID);
		expect(stop(0, 1ul << n | 1, RESET), INVALID);
		expect(get_info(n), INVALID);
	}
}

/* Aim: each counter is reached by every base and mask that name it. */
static void test_every_way_to_a_counter(void **state)
{
	unsigned long idx, base, num;

	(void)state;
	rig_boot(FULL);
	num = ok(get_num());
	for (idx = 0; idx < num; idx++) {
		for (base = 0; base <= idx && idx != 1; base++) {
			unsigned long mask = 1ul << (idx - base);
			unsigned long event = idx < 32 ? CYCLES : TIMER;

			if (idx == 2)
				event = INSTRET;
			equal(ok(config(base, mask, SKIP, event, 0)), idx);
			ok(start(base, mask, INIT, 100));
			check_moves(idx);
			ok(stop(base, mask, 0));
			check_still(idx);
			expect(stop(base, mask, RESET), STOPPED);
		}
	}
}

/* Aim: the number of counters is exact, and infos are those of the hart. */
static void test_num_and_info(void **state)
{
	unsigned long idx, num, info;
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		num = ok(get_num());
		equal(num, machine.num_hw + PMU_FW_MAX);
		for (idx = 0; idx < machine.num_hw; idx++) {
			if (!(sim.desc->present & PMU_BIT(idx))) {
				expect(get_info(idx), INVALID);
				continue;
			}
			info = ok(get_info(idx));
			equal(PMU_INFO_CSR(info), 0xc00 + idx);
			equal(info >> 18, 0);
			equal(PMU_INFO_WIDTH(info),
			      sim.desc->width[idx] ? sim.desc->width[idx] - 1
						   : 63);
		}
		for (; idx < num; idx++) {
			info = ok(get_info(idx));
			equal(info, 1ul << 63 | 63ul << 12);
		}
	}
}

/* Aim: indices beyond the last, and those that wrap, have no info. */
static void test_no_info(void **state)
{
	unsigned int i;

	(void)state;
	for_each_machine(i)
	{
		unsigned long num = ok(get_num());
		const unsigned long bad[] = {
			1,    num,	 num + 1,	  63,
			64,   1ul << 32, (1ul << 32) + 3, 1ul << 63,
			~0ul, ~0ul - 31};
		unsigned long j;

		for (j = 0; j < sizeof(bad) / sizeof(bad[0]); j++)
			expect(get_info(bad[j]), INVALID);
	}
}

/* Aim: firmware counters of less than 64 bits are told with their width. */
static void test_narrow_firmware_counters(void **state)
{
	struct sim_desc desc = machines[PLAIN];

	(void)state;
	desc.fw_width = 48;
	rig_begin(&desc);
	rig_finish(9);
	equal(ok(get_info(9)), 1ul << 63 | 47ul << 12);
	equal(PMU_INFO_WIDTH(ok(get_info(24))), 47);
}

RIG_MAIN(sets, cmocka_unit_test(test_bad_sets), cmocka_unit_test(test_holes),
	 cmocka_unit_test(test_every_way_to_a_counter),
	 cmocka_unit_test(test_num_and_info), cmocka_unit_test(test_no_info),
	 cmocka_unit_test(test_narrow_firmware_counters))
