// SPDX-License-Identifier: BSD-2-Clause
/*
 * OpenHW CVA6.
 *
 * Sources: Linux tools/perf/pmu-events/arch/riscv/mapfile.csv (ids); CVA6
 * docs/01_cva6_user/CSR_Performance_Counters.rst, "Event Selector" (selectors 1
 * to 22 in five bits, counters 3 to 8).
 *
 * The counters are optional: CV32A60X, for one, has none. A core without them
 * has no use for these rows, as the firmware finds no counter.
 *
 * Events of the data cache and its TLB are left to raw events, because the
 * document does not say whether stores are among them.
 */

#include "rows.h"

#define CVA6 COUNTERS(3, 8)

static const struct pmu_table_event events[] = {
	{HW(BRANCH_INSTRUCTIONS), 9, CVA6},   {HW(BRANCH_MISSES), 10, CVA6},
	{CACHE(L1I, READ, ACCESS), 16, CVA6}, {CACHE(L1I, READ, MISS), 1, CVA6},
	{CACHE(ITLB, READ, MISS), 3, CVA6},
};

/* 1 to 22 */
static const struct pmu_table_raw raw[] = {
	{1, ~0x0ULL, CVA6},  {2, ~0x1ULL, CVA6},  {4, ~0x3ULL, CVA6},
	{8, ~0x7ULL, CVA6},  {16, ~0x3ULL, CVA6}, {20, ~0x1ULL, CVA6},
	{22, ~0x0ULL, CVA6},
};

const struct pmu_table pmu_table_cva6 = {
	.name = "openhw,cva6",
	.vendor = 0x602,
	.arch = 3,
	IMP(0),
	EVENTS(events),
	RAW(raw),
};
