// SPDX-License-Identifier: BSD-2-Clause
/*
 * SiFive. A selector is a class in bits 7:0 and a set of the events of that
 * class above it; the counter counts whenever one of the set happens.
 */

#include "rows.h"

/*
 * U74, which Linux calls Bullet: FU740 (HiFive Unmatched), JH7110 (VisionFive
 * 2).
 *
 * Sources: Linux tools/perf/pmu-events/arch/riscv/mapfile.csv (ids; any mimpid)
 * and sifive/bullet/{instruction,memory,microarch}.json (classes and bits);
 * Documentation/devicetree/bindings/perf/riscv,pmu.yaml, second example, which
 * follows the FU740-C000 manual v1p6 (SBI events, counters 3 and 4).
 *
 * Left out of what the example has: cache references, for which it takes "cache
 * busy"; L1D write accesses, for which it takes write-backs; LL read misses,
 * for which it takes misses of the unified TLB.
 */
#define U74 COUNTERS(3, 4)

static const struct pmu_table_event u74_events[] = {
	{HW(CACHE_MISSES), 0x302, U74}, /* of the instruction or data cache */
	{HW(BRANCH_INSTRUCTIONS), 0x4000, U74}, /* conditional ones, retired */
	{HW(BRANCH_MISSES), 0x6001, U74}, /* of direction or target */
	{CACHE(L1D, READ, MISS), 0x202, U74}, /* stores, too */
	{CACHE(L1I, READ, MISS), 0x102, U74},
	{CACHE(DTLB, READ, MISS), 0x1002, U74}, /* stores, too */
	{CACHE(ITLB, READ, MISS), 0x802, U74},
};

static const struct pmu_table_raw u74_raw[] = {
	{0, ~0x3ffff00ULL, U74}, /* bits 8 to 25 */
	{1, ~0x7ff00ULL, U74}, /* bits 8 to 18 */
	{2, ~0x3f00ULL, U74}, /* bits 8 to 13 */
};

const struct pmu_table pmu_table_u74 = {
	.name = "sifive,u74",
	.vendor = 0x489,
	.arch = 0x8000000000000007,
	ANY_IMP,
	EVENTS(u74_events),
	RAW(u74_raw),
};

/*
 * P550: EIC7700 (HiFive Premier P550).
 *
 * Sources: Linux mapfile.csv as above (ids; any mimpid),
 * sifive/p550/memory.json (what the selectors of class 2 count) and
 * arch/riscv/boot/dts/eswin/eic7700.dtsi (SBI events, classes, counters 3 to
 * 6).
 */
#define P550 COUNTERS(3, 6)

static const struct pmu_table_event p550_events[] = {
	{HW(CACHE_MISSES), 0x202, P550}, /* of the data cache */
	{HW(BRANCH_INSTRUCTIONS), 0x4000, P550}, /* conditional ones, retired */
	{HW(BRANCH_MISSES), 0x2001, P550}, /* of direction */
	{CACHE(L1I, READ, MISS), 0x102, P550},
	{CACHE(DTLB, READ, MISS), 0x1002, P550}, /* stores, too */
	{CACHE(ITLB, READ, MISS), 0x802, P550},
};

static const struct pmu_table_raw p550_raw[] = {
	{0x0, 0xfffffffffc0000ff, P550}, {0x1, 0xfffffffffffe07ff, P550},
	{0x2, 0xfffffffffffe00ff, P550}, {0x3, 0xfffffffc000000ff, P550},
	{0x4, 0xffffffc0000000ff, P550}, {0x5, 0xfffffffffffffdff, P550},
	{0x6, 0xfffffe00110204ff, P550}, {0x7, 0xfffffffff00000ff, P550},
	{0x8, 0xfffffe04000000ff, P550}, {0x9, 0xffffffffffffc0ff, P550},
	{0xa, 0xfffffffff00000ff, P550}, {0xb, 0xfffffffffffffcff, P550},
	{0xc, 0xfffffff0000000ff, P550}, {0xd, 0xffffffff800000ff, P550},
	{0xe, 0xfffffffff80000ff, P550}, {0xf, 0xfffffffc000000ff, P550},
};

const struct pmu_table pmu_table_p550 = {
	.name = "sifive,p550",
	.vendor = 0x489,
	.arch = 0x8000000000000008,
	ANY_IMP,
	EVENTS(p550_events),
	RAW(p550_raw),
};
