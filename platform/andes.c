// SPDX-License-Identifier: BSD-2-Clause
/*
 * Andes AX45 and AX45MP: RZ/Five, QiLai, AE350.
 *
 * Sources: Linux tools/perf/pmu-events/arch/riscv/mapfile.csv (ids; any mimpid)
 * and andes/ax45/{memory,microarch}.json (selectors of the classes 1 and 2 in
 * bits 3:0); OpenSBI docs/pmu_support.md, third example, which follows section
 * "Machine Performance Monitoring Event Selector" of the AX45MP-1C data sheet,
 * revision 5.0.0 (SBI events, all selectors, counters 3 to 6).
 *
 * Of cache references and misses the example has those of the data cache.
 */

#include "rows.h"

#define AX45 COUNTERS(3, 6)

static const struct pmu_table_event events[] = {
	{HW(CPU_CYCLES), 0x10, AX45},
	{HW(INSTRUCTIONS), 0x20, AX45},
	{HW(CACHE_REFERENCES), 0x41, AX45},
	{HW(CACHE_MISSES), 0x51, AX45},
	{HW(BRANCH_INSTRUCTIONS), 0x80, AX45}, /* conditional ones */
	{HW(BRANCH_MISSES), 0x02, AX45}, /* of conditional ones */
	{CACHE(L1D, READ, ACCESS), 0x61, AX45},
	{CACHE(L1D, READ, MISS), 0x71, AX45},
	{CACHE(L1D, WRITE, ACCESS), 0x81, AX45},
	{CACHE(L1D, WRITE, MISS), 0x91, AX45},
	{CACHE(L1I, READ, ACCESS), 0x21, AX45},
	{CACHE(L1I, READ, MISS), 0x31, AX45},
	{CACHE(ITLB, READ, ACCESS), 0x111, AX45}, /* of the main one */
	{CACHE(ITLB, READ, MISS), 0x121, AX45},
};

static const struct pmu_table_raw raw[] = {
	/* Instructions: 0x10 to 0x190 */
	{0x010, ~0x000ULL, AX45},
	{0x020, ~0x010ULL, AX45},
	{0x040, ~0x030ULL, AX45},
	{0x080, ~0x070ULL, AX45},
	{0x100, ~0x070ULL, AX45},
	{0x180, ~0x010ULL, AX45},
	/* Memory: 0x001 to 0x171 */
	{0x001, ~0x0f0ULL, AX45},
	{0x101, ~0x070ULL, AX45},
	/* Branches: 0x02 to 0x22 */
	{0x002, ~0x010ULL, AX45},
	{0x022, ~0x000ULL, AX45},
};

const struct pmu_table pmu_table_ax45 = {
	.name = "andes,ax45",
	.vendor = 0x31e,
	.arch = 0x8000000000008a45,
	ANY_IMP,
	EVENTS(events),
	RAW(raw),
};
