// SPDX-License-Identifier: BSD-2-Clause
/* SNAPSHOT_SET_SHMEM, and START and STOP with the snapshot page */

#include "rig.h"

#define PAGE (SIM_RAM + 0x5000)
#define SLOT(n) (PAGE + 8 + 8ul * (n))

/* Aim: each error of SET_SHMEM, before which the page in use stays so. */
static void test_set_errors(void **state)
{
	static const struct {
		unsigned long lo, hi, flags;
		long error;
	} calls[] = {
		{PAGE, 0, 1, INVALID},
		{PAGE, 0, 1ul << 63, INVALID},
		{~0ul, ~0ul, 1, INVALID},
		{PAGE + 1, 0, 0, INVALID},
		{PAGE + 8, 0, 0, INVALID},
		{PAGE + 0x800, 0, 0, INVALID},
		{~0ul, 0, 0, INVALID},
		{~0ul, 1, 0, INVALID},
		{PAGE, 1, 0, BAD_ADDRESS},
		{PAGE, ~0ul, 0, BAD_ADDRESS},
		{0, ~0ul, 0, BAD_ADDRESS},
		{PAGE, 1ul << 63, 0, BAD_ADDRESS},
		{0, 0, 0, BAD_ADDRESS},
		{SIM_FW_BASE, 0, 0, BAD_ADDRESS},
		{SIM_ROM - 0x1000, 0, 0, BAD_ADDRESS},
		{SIM_ROM, 0, 0, BAD_ADDRESS},
		{SIM_READONLY, 0, 0, BAD_ADDRESS},
		{SIM_HOLE, 0, 0, BAD_ADDRESS},
		{1ul << 62, 0, 0, BAD_ADDRESS},
		{~0xffful, 0, 0, BAD_ADDRESS},
		{~0xffful, ~0ul, 0, BAD_ADDRESS},
		{0x1000, 0, 0, BAD_ADDRESS},
	};
	unsigned int i;

	(void)state;
	rig_boot(FULL);
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		expect(set_shmem(calls[i].lo, calls[i].hi, calls[i].flags),
		       calls[i].error);
	equal(ok(set_shmem(SIM_RAM, 0, 0)), 0);
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		expect(set_shmem(calls[i].lo, calls[i].hi, calls[i].flags),
		       calls[i].error);
	equal(hart.shmem, SIM_RAM);
	ok(set_shmem(SIM_HOLE - 0x1000, 0, 0));
	equal(hart.shmem, SIM_HOLE - 0x1000);
}

/* Words of a page that differ from their canary */
static unsigned int changed_words(unsigned long page)
{
	unsigned int changed = 0;
	unsigned long addr;

	for (addr = page; addr < page + 0x1000; addr += 4)
		changed += sim_peek32(addr) != sim_canary(addr);
	return changed;
}

/* Aim: setting and clearing the page leave its contents alone. */
static void test_set_changes_nothing(void **state)
{
	(void)state;
	rig_boot(FULL);
	ok(set_shmem(PAGE, 0, 0));
	equal(changed_words(PAGE), 0);
	ok(set_shmem(PAGE, 0, 0));
	ok(set_shmem(~0ul, ~0ul, 0));
	ok(set_shmem(~0ul, ~0ul, 0));
	equal(changed_words(PAGE - 0x1000), 0);
	equal(changed_words(PAGE), 0);
	equal(changed_words(PAGE + 0x1000), 0);
	expect(stop(0, 1, SNAPSHOT), NO_SHMEM);
}

/* Aim: with the option off the function does not exist, nor the flags' page. */
static void test_off_by_option(void **state)
{
	(void)state;
	rig_boot(FULL);
	machine.snapshot = false;
	expect(set_shmem(PAGE, 0, 0), UNSUPPORTED);
	expect(set_shmem(~0ul, ~0ul, 0), UNSUPPORTED);
	expect(set_shmem(PAGE + 1, 1, 1), UNSUPPORTED);
	expect(stop(0, 1, SNAPSHOT), NO_SHMEM);
	expect(stop(0, 1, SNAPSHOT | RESET), NO_SHMEM);
	ok(config(4, 1, 0, CYCLES, 0));
	expect(start(4, 1, FROM_SNAPSHOT, 0), NO_SHMEM);
	expect(start(4, 1, FROM_SNAPSHOT | INIT, 0), INVALID);
}

/* Counters 3 to 6, 33 and 34, of values 103 to 106, 133 and 134; 5 is stopped
 */
static unsigned long run_some(void)
{
	static const unsigned long idx[] = {3, 4, 5, 6, 33, 34};
	unsigned long set = 0;
	unsigned int i;

	for (i = 0; i < 6; i++) {
		ok(config(idx[i], 1, SKIP | CLEAR, idx[i] < 32 ? CYCLES : TIMER,
			  0));
		ok(start(idx[i], 1, INIT, 100 + idx[i]));
		set |= 1ul << idx[i];
	}
	ok(stop(5, 1, 0));
	return set;
}

/*
 * Aim: STOP writes the slots of members that it stopped and the overflow
 * bitmap, relative to base, and no other word of the page or beside it.
 */
static void test_stop_writes_its_slots(void **state)
{
	static const unsigned long bases[] = {0, 2, 3};
	unsigned int i, slot;
	unsigned long base, set, idx;

	(void)state;
	for (i = 0; i < 3; i++) {
		rig_boot(FULL);
		base = bases[i];
		ok(set_shmem(PAGE, 0, 0));
		set = run_some();
		expect(stop(base, (set & ~8ul) >> base, SNAPSHOT), STOPPED);
		equal(sim_peek64(PAGE), 0);
		for (slot = 0; slot < 64; slot++) {
			idx = slot + base;
			if (idx == 4 || idx == 6 || idx == 33 || idx == 34)
				equal(sim_peek64(SLOT(slot)), 100 + idx);
			else
				equal(sim_peek32(SLOT(slot)),
				      sim_canary(SLOT(slot)));
		}
		/* The bitmap and four slots, two words each */
		equal(changed_words(PAGE), 2 * 5);
		equal(changed_words(PAGE - 0x1000), 0);
		equal(changed_words(PAGE + 0x1000), 0);
		check_moves(3);
	}
}

/* Aim: a second STOP keeps the slots, where Linux parks other values. */
static void test_already_stopped_keeps_slots(void **state)
{
	unsigned long set;

	(void)state;
	rig_boot(FULL);
	ok(set_shmem(PAGE, 0, 0));
	set = run_some();
	expect(stop(0, set, SNAPSHOT), STOPPED);
	sim_poke64(SLOT(3), 0xabcd);
	sim_poke64(SLOT(33), 0xabce);
	expect(stop(0, set, SNAPSHOT | RESET), STOPPED);
	equal(sim_peek64(SLOT(3)), 0xabcd);
	equal(sim_peek64(SLOT(33)), 0xabce);
	/* Free ones keep theirs too */
	expect(stop(0, set, SNAPSHOT), STOPPED);
	equal(sim_peek64(SLOT(3)), 0xabcd);
	equal(sim_peek32(SLOT(5)), sim_canary(SLOT(5)));
}

/* Aim: the bitmap tells all counters that overflowed, relative to base. */
static void test_overflow_bitmap(void **state)
{
	unsigned long base;

	(void)state;
	for (base = 0; base < 6; base++) {
		rig_boot(FULL);
		ok(set_shmem(PAGE, 0, 0));
		run_some();
		sim.regs.counter[4] = sim.regs.counter[6] = ~0ULL;
		sim.regs.counter[20] = 5;
		sim_run(SIM_S, 1);
		if (base == 1)
			continue;
		stop(base, base < 2 ? 0x18 : 1, SNAPSHOT);
		equal(sim_peek64(PAGE), 0x50ul >> base);
	}
	stop(33, 1, SNAPSHOT);
	equal(sim_peek64(PAGE), 0);
}

/* Aim: RESET in the same call does not spoil what the snapshot tells. */
static void test_snapshot_before_reset(void **state)
{
	(void)state;
	rig_boot(HARDWIRED);
	ok(set_shmem(PAGE, 0, 0));
	ok(config(3, 1, 0, CYCLES, 0));
	ok(config(4, 1, 0, CYCLES, 0));
	ok(start(3, 3, INIT, ~0ULL));
	sim_run(SIM_S, 8);
	ok(stop(3, 3, SNAPSHOT | RESET));
	equal(sim_peek64(PAGE), 3);
	equal(sim_peek64(SLOT(0)), 7);
	equal(sim_peek64(SLOT(1)), 7);
	equal(sim.regs.event[3], HPM_OF);
	equal(sim.regs.event[4], HPM_OF);
}

/* Aim: without Sscofpmf the bitmap is 0. */
static void test_no_overflow_bitmap(void **state)
{
	(void)state;
	rig_boot(PLAIN);
	ok(set_shmem(PAGE, 0, 0));
	ok(config(3, 1, AUTO, CYCLES, 0));
	ok(stop(3, 1, SNAPSHOT));
	equal(sim_peek64(PAGE), 0);
	equal(changed_words(PAGE), 4);
}

/* Aim: START takes each member's value from its slot, and writes nothing. */
static void test_start_from_slots(void **state)
{
	static const unsigned long bases[] = {0, 3};
	unsigned int i, n;
	unsigned long base, set;
	unsigned int stores;

	(void)state;
	for (i = 0; i < 2; i++) {
		rig_boot(FULL);
		base = bases[i];
		ok(set_shmem(PAGE, 0, 0));
		set = run_some();
		ok(config(rig_fw(3), 1, CLEAR, PLATFORM, SIM_PLAT(1)));
		set |= 1ul << rig_fw(3);
		expect(stop(0, set, 0), STOPPED);
		ok(start(6, 1, INIT, 66));
		for (n = 0; n < 64; n++)
			sim_poke64(SLOT(n), 0x8000000000001000ULL + n);
		stores = sim_all_stores();
		expect(start(base, set >> base, FROM_SNAPSHOT, 9), STARTED);
		equal(sim_all_stores(), stores);
		for (n = 0; n < 48; n++) {
			if ((set >> n & 1) && n != 6)
				equal(rig_value(n),
				      0x8000000000001000ULL + n - base);
		}
		/* The running one is not touched */
		equal(rig_value(6), 66);
		check_moves(rig_fw(3));
	}
}

/* Aim: no page, or one that was lost since: NO_SHMEM, and nothing changed. */
static void test_no_page(void **state)
{
	unsigned int how;
	unsigned long set;

	(void)state;
	for (how = 0; how < 4; how++) {
		rig_boot(FULL);
		if (how > 0)
			ok(set_shmem(PAGE, 0, 0));
		set = run_some();
		if (how == 1)
			ok(set_shmem(~0ul, ~0ul, 0));
		sim_memory_lose(how == 2);
		sim_memory_end(how == 3 ? SIM_ROM : SIM_HOLE);
		expect(stop(0, set, SNAPSHOT), NO_SHMEM);
		expect(stop(0, set, SNAPSHOT | RESET), NO_SHMEM);
		expect(start(5, 1, FROM_SNAPSHOT, 0), NO_SHMEM);
		expect(start(0, set, FROM_SNAPSHOT, 0), NO_SHMEM);
		/* Bad parameters are told first */
		expect(stop(1, 1, SNAPSHOT), INVALID);
		expect(start(40, 1, FROM_SNAPSHOT, 0), INVALID);
		check_moves(3);
		check_still(5);
		sim_memory_lose(false);
		sim_memory_end(SIM_HOLE);
		equal(changed_words(PAGE), 0);
	}
}

/* Aim: a page is refused whichever access that shows its use fails. */
static void test_set_tries_both_ends(void **state)
{
	unsigned int left;

	(void)state;
	for (left = 0; left < 4; left++) {
		rig_boot(FULL);
		sim_memory_fault(left);
		/* The first word was written back then */
		rig_allow_effect();
		expect(set_shmem(PAGE, 0, 0), BAD_ADDRESS);
		equal(hart.shmem, PMU_NO_SHMEM);
		equal(changed_words(PAGE), 0);
		ok(set_shmem(PAGE, 0, 0));
	}
}

/* Aim: a page that M-mode cannot open is no page, and nothing has happened. */
static void test_page_that_cannot_be_opened(void **state)
{
	(void)state;
	rig_boot(FULL);
	sim_memory_refuse(0, 1);
	expect(set_shmem(PAGE, 0, 0), BAD_ADDRESS);
	ok(set_shmem(PAGE, 0, 0));
	ok(config(3, 1, AUTO, CYCLES, 0));
	sim_memory_refuse(0, 1);
	expect(stop(3, 1, SNAPSHOT), NO_SHMEM);
	check_moves(3);
	ok(stop(3, 1, 0));
	sim_memory_refuse(0, 1);
	expect(start(3, 1, FROM_SNAPSHOT, 0), NO_SHMEM);
	check_still(3);
}

/*
 * Aim: a member whose slot the bus does not give stays stopped, the others
 * start, and the answer is NO_SHMEM.
 */
static void test_slot_that_fails(void **state)
{
	unsigned int left;
	unsigned long n;

	(void)state;
	for (left = 0; left < 4; left++) {
		const unsigned long members[] = {3, 4, 32, 33};

		rig_boot(FULL);
		ok(set_shmem(PAGE, 0, 0));
		for (n = 0; n < 4; n++) {
			ok(config(members[n], 1, SKIP | CLEAR,
				  n < 2 ? CYCLES : TIMER, 0));
			sim_poke64(SLOT(members[n]), 1000 + n);
		}
		/* The first access is the one that shows that there is a page
		 */
		sim_memory_fault(left + 1);
		rig_allow_effect();
		expect(start(0, 3ul << 3 | 3ul << 32, FROM_SNAPSHOT, 0),
		       NO_SHMEM);
		for (n = 0; n < 4; n++)
			equal(rig_value(members[n]), n == left ? 0 : 1000 + n);
		for (n = 0; n < 4; n++) {
			if (n == left)
				check_still(members[n]);
			else
				check_moves(members[n]);
		}
	}
}

/* Aim: nobody reads or writes the page but calls with a snapshot flag. */
static void test_page_is_left_alone(void **state)
{
	unsigned long addr, set;

	(void)state;
	rig_boot(FULL);
	set = run_some();
	ok(set_shmem(PAGE, 0, 0));
	expect(stop(0, set, 0), STOPPED);
	ok(start(0, set, INIT, 3));
	ok(stop(0, set, RESET));
	pmu_hart_exit(&hart);
	for (addr = PAGE + 8; addr < PAGE + 0xff8; addr += 4)
		equal(sim_loads(addr) + sim_stores(addr), 0);
}

RIG_MAIN(snapshot, cmocka_unit_test(test_set_errors),
	 cmocka_unit_test(test_set_changes_nothing),
	 cmocka_unit_test(test_off_by_option),
	 cmocka_unit_test(test_stop_writes_its_slots),
	 cmocka_unit_test(test_already_stopped_keeps_slots),
	 cmocka_unit_test(test_overflow_bitmap),
	 cmocka_unit_test(test_snapshot_before_reset),
	 cmocka_unit_test(test_no_overflow_bitmap),
	 cmocka_unit_test(test_start_from_slots),
	 cmocka_unit_test(test_no_page),
	 cmocka_unit_test(test_set_tries_both_ends),
	 cmocka_unit_test(test_page_that_cannot_be_opened),
	 cmocka_unit_test(test_slot_that_fails),
	 cmocka_unit_test(test_page_is_left_alone))
