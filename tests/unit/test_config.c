// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG_MATCHING: flags, events and event_data that it takes and refuses */

#include "rig.h"

/* Aim: any reserved flag is refused, by each function that has flags. */
static void test_reserved_flags(void **state)
{
	unsigned int bit;

	(void)state;
	rig_boot(FULL);
	ok(set_shmem(SIM_RAM, 0, 0));
	ok(config(0, 0x10, 0, MISSES, 0));
	for (bit = 0; bit < 64; bit++) {
		unsigned long flag = 1ul << bit;

		if (bit >= 8) {
			expect(config(0, ~3ul >> 20, flag, CYCLES, 0), INVALID);
			expect(config(0, 4, flag | SKIP, INSTRET, 0), INVALID);
			expect(config(32, 1, flag | AUTO, TIMER, 0), INVALID);
		}
		if (bit >= 2) {
			expect(start(4, 1, flag, 0), INVALID);
			expect(start(4, 1, flag | INIT, 0), INVALID);
			expect(stop(0, 1, flag), INVALID);
			expect(stop(0, 0x15, flag | RESET), INVALID);
			expect(stop(0, 1, flag | SNAPSHOT), INVALID);
		}
		expect(set_shmem(SIM_RAM, 0, flag), INVALID);
		expect(set_shmem(~0ul, ~0ul, flag), INVALID);
		expect(event_info(SIM_RAM, 0, 1, flag), INVALID);
	}
	equal(hart.shmem, SIM_RAM);
}

static void refuse(unsigned long event, uint64_t data)
{
	expect(config(0, rig_all(), 0, event, data), UNSUPPORTED);
	expect(config(0, rig_all(), SKIP, event, data), UNSUPPORTED);
	expect(config(4, 1, SKIP | CLEAR | AUTO, event, data), UNSUPPORTED);
	expect(config(rig_fw(0), 1, SKIP | CLEAR | AUTO, event, data),
	       UNSUPPORTED);
}

/* Aim: of all 2^20 events exactly the defined ones are configured. */
static void test_every_event(void **state)
{
	unsigned long event, type, code, idx;
	bool known;

	(void)state;
	rig_boot(SSCOF);
	for (event = 0; event <= PMU_EVENT_BITS; event++) {
		struct pmu_result r;

		type = PMU_EVENT_TYPE(event);
		code = PMU_EVENT_CODE(event);
		/* Bus cycles have no selector on this platform */
		known = (type == PMU_TYPE_HW && code >= 1 && code <= 10 &&
			 event != SIM_EVENT_NO_SELECTOR) ||
			(type == PMU_TYPE_CACHE && code < 7 * 8 &&
			 (code & 6) != 6 && event <= 0x10034) ||
			(type == PMU_TYPE_FW && code < PMU_FW_EVENTS);
		r = pmu_counter_config(&hart, 0, rig_all(), 0, event, 0);
		if ((r.error == PMU_OK) != known)
			rig_fail(__FILE__, __LINE__, "event 0x%lx: error %ld",
				 event, r.error);
		if (!known && r.error != UNSUPPORTED)
			rig_fail(__FILE__, __LINE__, "event 0x%lx: error %ld",
				 event, r.error);
		idx = r.value;
		if (known)
			expect(stop(idx, 1, RESET), STOPPED);
	}
}

/* Aim: event_idx has 20 bits, any other makes the event unknown. */
static void test_upper_event_bits(void **state)
{
	unsigned int bit;

	(void)state;
	rig_boot(FULL);
	for (bit = 20; bit < 64; bit++) {
		refuse(CYCLES | 1ul << bit, 0);
		refuse(TIMER | 1ul << bit, 0);
		refuse(RAW | 1ul << bit, 0x77);
		refuse(PLATFORM | 1ul << bit, SIM_PLAT(1));
	}
}

/* Aim: NO_EVENT, operation 3 of caches, raw codes and their like are none. */
static void test_reserved_events(void **state)
{
	static const unsigned long events[] = {
		0,	 11,	  0xffff,  0x10006, 0x10007, 0x10038,
		0x1ffff, 0x20001, 0x30001, 0x2ffff, 0x40000, 0xe0001,
		0xf0016, 0xf00ff, 0xf0100, 0xffffe};
	unsigned int i, j;

	(void)state;
	for_each_machine(i)
	{
		if (!(hart.present & PMU_BIT(4)))
			continue;
		for (j = 0; j < sizeof(events) / sizeof(events[0]); j++) {
			refuse(events[j], 0);
			refuse(events[j], 0x77);
		}
	}
}

/* Aim: event_data is reserved where the event does not define it. */
static void test_reserved_event_data(void **state)
{
	unsigned int bit;

	(void)state;
	rig_boot(FULL);
	for (bit = 0; bit < 64; bit++) {
		refuse(CYCLES, 1ULL << bit);
		refuse(INSTRET, 1ULL << bit);
		refuse(MISSES, 1ULL << bit);
		refuse(L1D_MISS, 1ULL << bit);
		refuse(TIMER, 1ULL << bit);
	}
	refuse(PLATFORM, 0);
	refuse(PLATFORM, SIM_PLAT(1) | 1ULL << 63);
}

static void try_raw(unsigned long event, uint64_t data, bool fits)
{
	unsigned long idx;

	if (!fits) {
		refuse(event, data);
		return;
	}
	idx = ok(config(0, rig_all(), 0, event, data));
	ok(start(idx, 1, 0, 0));
	equal(sim_selector_of(sim.regs.event[idx]), data);
	ok(stop(idx, 1, RESET));
	equal(sim.regs.event[idx], 0);
}

/*
 * Aim: raw events have 48 bits, raw events v2 have 56, and none has more than
 * mhpmevent; a bit too high refuses the event rather than being cut off.
 */
static void test_raw_widths(void **state)
{
	static const unsigned int on[] = {FULL, PLAIN, NARROW_EVENT, ANDES};
	unsigned int i, bit, reg;

	(void)state;
	for (i = 0; i < 4; i++) {
		rig_begin(&machines[on[i]]);
		pmu_map_add_raw(&machine, 0, 0, ~0u);
		rig_finish(0);
		reg = machines[on[i]].narrow_events ? 32 : 64;
		refuse(RAW, 0);
		refuse(RAW2, 0);
		for (bit = 0; bit < 64; bit++) {
			try_raw(RAW, 1ULL << bit, bit < 48 && bit < reg);
			try_raw(RAW2, 1ULL << bit, bit < 56 && bit < reg);
			try_raw(RAW, 1ULL << bit | 1, bit < 48 && bit < reg);
			try_raw(RAW2, 1ULL << bit | 1, bit < 56 && bit < reg);
		}
		try_raw(RAW, (1ULL << 48) - 1, reg == 64);
		try_raw(RAW2, (1ULL << 56) - 1, reg == 64);
		try_raw(RAW2, ~0ULL, false);
	}
}

/* Aim: SKIP_MATCH takes the first counter of the set only if it can count. */
static void test_skip_match_types(void **state)
{
	static const struct {
		unsigned long event;
		uint64_t data;
		unsigned long counters; /* base 0 */
	} events[] = {
		{CYCLES, 0, 0xfffffff9},
		{INSTRET, 0, 0xfffffffc},
		{MISSES, 0, 0x1f8},
		{L1D_MISS, 0, 0xfffffff0},
		{RAW, 0x77, 0xfffffff8},
		{RAW2, 0x77, 0xfffffff8},
		{RAW, 0x10000, 0},
		{TIMER, 0, 0xffff00000000},
		{PLATFORM, SIM_PLAT(1), 0xf000f00000000},
		{PMU_FW(22), 0, 0},
		{0, 0, 0},
	};
	unsigned int was, i, idx;
	unsigned long flags, mask;

	(void)state;
	/* From every event to every event, on every counter */
	for (was = 0; was < sizeof(events) / sizeof(events[0]); was++) {
		for (idx = 0; idx < 48; idx++) {
			if (idx == 1)
				continue;
			rig_boot(FULL);
			sim.plat_matches = 0xf00f;
			flags = idx % 2 ? SKIP | AUTO : SKIP;
			config(idx, 1, flags, events[was].event,
			       events[was].data);
			for (i = 0; i < sizeof(events) / sizeof(events[0]);
			     i++) {
				unsigned long can = events[i].counters;
				bool fits = can >> idx & 1;

				if (events[i].event == PLATFORM)
					fits = idx >= 32 &&
					       (0xf00fu >> (idx - 32) & 1);
				mask = idx > 1 && idx < 47 ? 3 : 1;
				equal(expect(config(idx, mask, SKIP | CLEAR,
						    events[i].event,
						    events[i].data),
					     fits ? PMU_OK : UNSUPPORTED),
				      fits ? idx : 0);
			}
		}
	}
}

/* Aim: SKIP_MATCH configures counters that nobody configured before, anew. */
static void test_skip_match_reconfigures(void **state)
{
	(void)state;
	rig_boot(FULL);
	/* Linux does this for user access to cycle and instret */
	equal(ok(config(0, 1, SKIP, CYCLES, 0)), 0);
	equal(ok(config(0, 4, SKIP, INSTRET, 0)), 2);
	equal(ok(config(0, 0x18, SKIP, MISSES, 0)), 3);
	ok(start(3, 1, INIT, 7));
	/* Counter 3 cannot count cache events, and 4 is not the first */
	expect(config(0, 0x18, SKIP, L1D_MISS, 0), UNSUPPORTED);
	check_moves(3);
	equal(ok(config(0, 0x18, SKIP | PMU_CFG_SINH, RAW, 0x77)), 3);
	equal(sim.regs.event[3], 0x77 | HPM_MINH | HPM_SINH);
	check_still(3);
	expect(stop(3, 1, 0), STOPPED);
}

RIG_MAIN(config, cmocka_unit_test(test_reserved_flags),
	 cmocka_unit_test(test_every_event),
	 cmocka_unit_test(test_upper_event_bits),
	 cmocka_unit_test(test_reserved_events),
	 cmocka_unit_test(test_reserved_event_data),
	 cmocka_unit_test(test_raw_widths),
	 cmocka_unit_test(test_skip_match_types),
	 cmocka_unit_test(test_skip_match_reconfigures))
