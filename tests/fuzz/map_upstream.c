// SPDX-License-Identifier: BSD-2-Clause
/*
 * OpenSBI's own parser of the event map, from its tree, and the memory it gets.
 * The parser is for one boot, so what it remembers is forgotten between inputs.
 */

#include <stdlib.h>
#include "map.h"
/* Not our code, so it goes without our warnings */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include "fdt_pmu.c"

#define MAX_ALLOCATIONS 8

static void *allocated[MAX_ALLOCATIONS];
static unsigned int allocations;

void *sbi_calloc(size_t count, size_t size)
{
	if (count == 0 || size == 0 || allocations == MAX_ALLOCATIONS)
		return NULL;
	allocated[allocations] = calloc(count, size);
	return allocated[allocations++];
}

void upstream_reset(void)
{
	while (allocations > 0)
		free(allocated[--allocations]);
	fdt_pmu_evt_select = NULL;
	hw_event_count = 0;
}

/* As the generic platform does: an event without a row selects itself */
uint64_t upstream_selector(uint32_t event)
{
	uint64_t selector = fdt_pmu_get_select_value(event);

	return selector ? selector : event;
}
