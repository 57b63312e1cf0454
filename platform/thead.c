// SPDX-License-Identifier: BSD-2-Clause
/*
 * T-Head (XuanTie). A selector is the number of an event.
 *
 * Sources, for both tables: Linux tools/perf/pmu-events/arch/riscv/thead/
 * c900-legacy/{cache,instruction,microarch}.json (what the selectors count).
 */

#include "rows.h"

/*
 * C906, C910 and the first C920, whose marchid and mimpid are all 0: Allwinner
 * D1, TH1520 (LicheePi 4A), SG2042.
 *
 * Sources: Linux mapfile.csv beside the above (ids);
 * arch/riscv/boot/dts/allwinner/sun20i-d1s.dtsi (C906: SBI events; counter n
 * counts selector n - 2 only); arch/riscv/boot/dts/thead/th1520.dtsi (C910:
 * counters 3 to 18 count any). The ids do not tell the cores apart, so each
 * event has the counter that it has on the C906, and what that core does not
 * have is left out: the last-level cache, stalls, jumps.
 *
 * Both trees take accesses and misses of the instruction cache for cache
 * references and misses; here they are what they are.
 */
#define ONLY(selector) COUNTERS((selector) + 2, (selector) + 2)

static const struct pmu_table_event c900_events[] = {
	{HW(BRANCH_INSTRUCTIONS), 0x7, ONLY(0x7)},
	{HW(BRANCH_MISSES), 0x6, ONLY(0x6)},
	{CACHE(L1D, READ, ACCESS), 0xc, ONLY(0xc)},
	{CACHE(L1D, READ, MISS), 0xd, ONLY(0xd)},
	{CACHE(L1D, WRITE, ACCESS), 0xe, ONLY(0xe)},
	{CACHE(L1D, WRITE, MISS), 0xf, ONLY(0xf)},
	{CACHE(L1I, READ, ACCESS), 0x1, ONLY(0x1)},
	{CACHE(L1I, READ, MISS), 0x2, ONLY(0x2)},
	{CACHE(DTLB, READ, MISS), 0x4, ONLY(0x4)}, /* stores, too */
	{CACHE(ITLB, READ, MISS), 0x3, ONLY(0x3)},
};

#define RAW_ONLY(selector)                        \
	{                                         \
		(selector), ~0ULL, ONLY(selector) \
	}

static const struct pmu_table_raw c900_raw[] = {
	RAW_ONLY(0x1), RAW_ONLY(0x2), RAW_ONLY(0x3), RAW_ONLY(0x4),
	RAW_ONLY(0x5), RAW_ONLY(0x6), RAW_ONLY(0x7), RAW_ONLY(0xb),
	RAW_ONLY(0xc), RAW_ONLY(0xd), RAW_ONLY(0xe), RAW_ONLY(0xf),
};

const struct pmu_table pmu_table_c900 = {
	.name = "thead,c900",
	.vendor = 0x5b7,
	.arch = 0,
	IMP(0),
	EVENTS(c900_events),
	RAW(c900_raw),
};

/*
 * The second C920: SG2044.
 *
 * Sources: the change "perf vendor events riscv: add T-HEAD C920V2 JSON
 * support" of October 2025 on linux-kernel (ids, and that it counts what the
 * first does); arch/riscv/boot/dts/sophgo/sg2044-cpus.dtsi (SBI events,
 * counters 3 to 31). Left out of the latter: cache references and misses, for
 * which it takes reads of the last-level cache.
 */
#define C920V2 COUNTERS(3, 31)

static const struct pmu_table_event c920v2_events[] = {
	{HW(BRANCH_INSTRUCTIONS), 0x7, C920V2},
	{HW(BRANCH_MISSES), 0x6, C920V2},
	{HW(STALLED_CYCLES_FRONTEND), 0x27, C920V2},
	{HW(STALLED_CYCLES_BACKEND), 0x28, C920V2},
	{CACHE(L1D, READ, ACCESS), 0xc, C920V2},
	{CACHE(L1D, READ, MISS), 0xd, C920V2},
	{CACHE(L1D, WRITE, ACCESS), 0xe, C920V2},
	{CACHE(L1D, WRITE, MISS), 0xf, C920V2},
	{CACHE(L1I, READ, ACCESS), 0x1, C920V2},
	{CACHE(L1I, READ, MISS), 0x2, C920V2},
	{CACHE(LL, READ, ACCESS), 0x10, C920V2},
	{CACHE(LL, READ, MISS), 0x11, C920V2},
	{CACHE(LL, WRITE, ACCESS), 0x12, C920V2},
	{CACHE(LL, WRITE, MISS), 0x13, C920V2},
	{CACHE(DTLB, READ, MISS), 0x4, C920V2}, /* stores, too */
	{CACHE(ITLB, READ, MISS), 0x3, C920V2},
	{CACHE(BPU, READ, ACCESS), 0x1c, C920V2},
	{CACHE(BPU, READ, MISS), 0x1b, C920V2},
};

/* 0x1 to 0x2a */
static const struct pmu_table_raw c920v2_raw[] = {
	{0x01, ~0x0ULL, C920V2}, {0x02, ~0x1ULL, C920V2},
	{0x04, ~0x3ULL, C920V2}, {0x08, ~0x7ULL, C920V2},
	{0x10, ~0xfULL, C920V2}, {0x20, ~0x7ULL, C920V2},
	{0x28, ~0x1ULL, C920V2}, {0x2a, ~0x0ULL, C920V2},
};

const struct pmu_table pmu_table_c920v2 = {
	.name = "thead,c920v2",
	.vendor = 0x5b7,
	.arch = 0x80000000090c0d00,
	IMP(0x2047000),
	EVENTS(c920v2_events),
	RAW(c920v2_raw),
};
