// SPDX-License-Identifier: BSD-2-Clause
/*
 * SpacemiT X60: K1 and M1 (Banana Pi BPI-F3).
 *
 * Sources: the note on perf in SpacemiT's documentation of Bianbu
 * (spacemit-com/docs-bianbu, "Perf Usage Note": SBI events, selectors 0x1 to
 * 0xbd, counters 3 to 18); tools/perf/pmu-events/arch/riscv/spacemit/x60/
 * cache.json of SpacemiT's Linux 6.6 (what the selectors of caches and TLBs
 * count); /proc/cpuinfo of boards in public reports (ids; mimpid is
 * 0x1000000049772200 in them, and not asked for).
 */

#include "rows.h"

#define X60 COUNTERS(3, 18)

static const struct pmu_table_event events[] = {
	{HW(BRANCH_INSTRUCTIONS), 0x01, X60},
	{HW(BRANCH_MISSES), 0x02, X60},
	{HW(STALLED_CYCLES_FRONTEND), 0x03, X60},
	{HW(STALLED_CYCLES_BACKEND), 0x04, X60},
	{CACHE(L1D, READ, ACCESS), 0x06, X60},
	{CACHE(L1D, READ, MISS), 0x05, X60},
	{CACHE(L1D, WRITE, ACCESS), 0x0a, X60},
	{CACHE(L1D, WRITE, MISS), 0x09, X60},
	{CACHE(L1I, READ, ACCESS), 0x0c, X60},
	{CACHE(L1I, READ, MISS), 0x0b, X60},
	{CACHE(L1I, PREFETCH, ACCESS), 0x0e, X60},
	{CACHE(L1I, PREFETCH, MISS), 0x0d, X60},
	{CACHE(DTLB, READ, MISS), 0x15, X60},
	{CACHE(DTLB, WRITE, MISS), 0x19, X60},
	{CACHE(ITLB, READ, MISS), 0x1b, X60},
};

/* 0x1 to 0xbd */
static const struct pmu_table_raw raw[] = {
	{0x01, ~0x00ULL, X60}, {0x02, ~0x01ULL, X60}, {0x04, ~0x03ULL, X60},
	{0x08, ~0x07ULL, X60}, {0x10, ~0x0fULL, X60}, {0x20, ~0x1fULL, X60},
	{0x40, ~0x3fULL, X60}, {0x80, ~0x1fULL, X60}, {0xa0, ~0x0fULL, X60},
	{0xb0, ~0x07ULL, X60}, {0xb8, ~0x03ULL, X60}, {0xbc, ~0x01ULL, X60},
};

const struct pmu_table pmu_table_x60 = {
	.name = "spacemit,x60",
	.vendor = 0x710,
	.arch = 0x8000000058000001,
	ANY_IMP,
	EVENTS(events),
	RAW(raw),
};
