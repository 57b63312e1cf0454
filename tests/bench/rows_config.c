// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG and RESET for each type of event, with many and with few choices. */
#include "bench.h"

#define DTLB_READ_MISS PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS)
/* What edit_map() in scripts/Machine.pm writes */
#define FIRST_SELECTOR 0x100

static void pair(struct call config, unsigned long index)
{
	then_gives(config, index);
	then_good(call_stop(index, 1, PMU_STOP_RESET),
		  GOOD(PMU_OK) | GOOD(PMU_ERR_ALREADY_STOPPED));
	row_end();
}

/* The same event with all counters of a kind free, and with the last one */
static void first_and_last(const char *what, bool fw, unsigned long event,
			   uint64_t data)
{
	const unsigned int *list = fw ? facts.fw : facts.hpm;
	unsigned int count = fw ? facts.fws : facts.hpms;
	struct call config = call_config(list[0], bits(count), 0, event, data);
	unsigned long index = 0;

	/* Where it is refused the row says so */
	would_give(&config, 1, &index);
	row("config %s, first free", what);
	pair(config, index);
	row("config %s, last free", what);
	if (fw)
		claim_fw(count - 1, PMU_FW_SET_TIMER);
	else
		claim_hw(count - 1);
	pair(config, list[count - 1]);
}

static void raw_rows(unsigned long rows)
{
	uint64_t last = FIRST_SELECTOR + rows - 1;

	first_and_last("raw first row", false, PMU_RAW_EVENT, FIRST_SELECTOR);
	first_and_last("raw last row", false, PMU_RAW_EVENT, last);
	first_and_last("raw v2 last row", false, PMU_RAW_V2_EVENT, last);
}

void rows_config(void)
{
	const char *map = dt_bootarg("map=");

	first_and_last("general", false, INSTRUCTIONS, 0);
	first_and_last("cache", false, DTLB_READ_MISS, 0);
	if (map)
		raw_rows(strtoul(map, NULL, 0));
	first_and_last("firmware", true, PMU_FW(PMU_FW_IPI_SENT), 0);
}
