// SPDX-License-Identifier: BSD-2-Clause
/* EVENT_GET_INFO, and snapshots beside the reads that they save. */
#include "bench.h"

static struct pmu_event_info *table(unsigned int entries)
{
	struct pmu_event_info *info = page_alloc(1);

	for (unsigned int i = 0; i < entries; i++)
		info[i].event_idx = (uint32_t)std_event(i % STD_EVENTS);
	return info;
}

void rows_info(void)
{
	static const unsigned int counts[] = {1, 52, 256};

	for (unsigned int i = 0; i < ARRAY_SIZE(counts); i++) {
		row("EVENT_GET_INFO of %u", counts[i]);
		then(call_event_info(table(counts[i]), counts[i]));
		row_end();
	}
}

static void hw_stop(const char *name, const void *page, unsigned long flags)
{
	row("%s", name);
	claim_hw(8);
	if (page)
		first(call_set_shmem(page));
	first(call_start(facts.hpm[0], bits(8), 0, 0));
	then(call_stop(facts.hpm[0], bits(8), flags));
}

static void fw_stop(const char *name, const void *page, unsigned long flags)
{
	row("%s", name);
	claim_fw(8, PMU_FW_SET_TIMER);
	if (page)
		first(call_set_shmem(page));
	first(call_start(facts.fw[0], bits(8), 0, 0));
	then(call_stop(facts.fw[0], bits(8), flags));
}

void rows_snapshot(void)
{
	const void *page = page_alloc(1);

	if (facts.hpms < 8 || facts.fws < 8)
		return;
	row("SET_SHMEM of a page");
	then(call_set_shmem(page));
	row_end();
	hw_stop("stop 8 hw, 8 reads of CSRs", NULL, 0);
	then_read_csrs(8);
	row_end();
	hw_stop("stop 8 hw with a snapshot", page, PMU_STOP_TAKE_SNAPSHOT);
	row_end();
	fw_stop("stop 8 fw, 8 times FW_READ", NULL, 0);
	for (unsigned int i = 0; i < 8; i++)
		then(call_pmu(PMU_FID_FW_READ, facts.fw[i]));
	row_end();
	fw_stop("stop 8 fw with a snapshot", page, PMU_STOP_TAKE_SNAPSHOT);
	row_end();
	row("start 8 hw from a snapshot");
	claim_hw(8);
	first(call_set_shmem(page));
	then(call_start(facts.hpm[0], bits(8), PMU_START_INIT_SNAPSHOT, 0));
	row_end();
}
