/* SPDX-License-Identifier: BSD-2-Clause */
/* What tables are written with */
#ifndef PLATFORM_ROWS_H
#define PLATFORM_ROWS_H

#include "table.h"
#include <sbi_pmu/abi.h>

#define ANY_IMP .imp = 0, .imp_mask = 0
#define IMP(id) .imp = (id), .imp_mask = ~0ULL

#define ROWS(rows) (sizeof(rows) / sizeof((rows)[0]))
#define EVENTS(rows) .events = (rows), .num_events = ROWS(rows)
#define RAW(rows) .raw = (rows), .num_raw = ROWS(rows)

/* Counters @first to @last */
#define COUNTERS(first, last) \
	((uint32_t)((1ULL << ((last) + 1)) - (1ULL << (first))))

/* Events by their names in <sbi_pmu/abi.h> */
#define HW(event) PMU_HW_##event
#define CACHE(cache, op, result) \
	PMU_CACHE(PMU_CACHE_##cache, PMU_CACHE_##op, PMU_CACHE_##result)

#endif
