// SPDX-License-Identifier: BSD-2-Clause
/* Linux with snapshots: every STOP takes one, every single START does not. */

#include "driver.h"
#include "measure.h"

static struct pmu_snapshot *snapshot_page(void)
{
	skip_unless(facts.snapshot, "this firmware has no snapshots");
	return page_alloc(1);
}

/* Nothing but the first 8 + 64 * 8 bytes is the firmware's to write */
static void expect_rest_zero(const struct pmu_snapshot *page)
{
	unsigned int i;

	for (i = 0; i < sizeof(page->reserved); i++) {
		if (page->reserved[i] &&
		    !expect_eq(page->reserved[i], 0,
			       "reserved byte %u of the page", i))
			return;
	}
}

CASE(linux, snapshot_boot,
     "The boot CPU sets its page twice, as zero, and finds it as zero.")
{
	struct pmu_snapshot *page = snapshot_page();
	struct driver d;
	unsigned int i;

	/* Once to see whether there are snapshots, once as a CPU that starts */
	expect_value(pmu_set_shmem((unsigned long)page, 0, 0), 0, "SET_SHMEM");
	driver_probe(&d, page);
	expect_eq(page->overflow, 0, "overflow bitmap");
	for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++)
		expect_eq(page->values[i], 0, "slot %u", i);
	expect_rest_zero(page);
}

#define EVENTS 3

CASE(linux, snapshot_stat,
     "perf stat finds the value of a single STOP in slot 0, event by event.")
{
	struct perf_event events[EVENTS] = {
		{.event = INSTRUCTIONS},
		{.event = CYCLES},
		{.event = PMU_FW(PMU_FW_SET_TIMER)},
	};
	unsigned int i, round;
	struct driver d;

	driver_probe(&d, snapshot_page());
	for (i = 0; i < EVENTS; i++) {
		if (!event_add(&d, &events[i]))
			continue;
		for (round = 0; round < 3; round++)
			event_work(&d, &events[i], 1000);
		expect_eq(d.page->overflow, 0, "overflow bitmap");
		event_del(&d, &events[i]);
	}
	expect_rest_zero(d.page);
}

/*
 * Linux keeps the values of other counters in their slots, that of counter 0
 * in slot 0. It looks at slot 0 only after a STOP without an error.
 */
CASE(linux, snapshot_double_stop,
     "STOP of a stopped event leaves all slots alone, with RESET as well.")
{
	const uint64_t kept = 0x123456789abcULL;
	struct perf_event events[EVENTS] = {
		{.event = INSTRUCTIONS},
		{.event = CYCLES},
		{.event = PMU_FW(PMU_FW_SET_TIMER)},
	};
	struct driver d;
	unsigned int i, n;

	driver_probe(&d, snapshot_page());
	for (i = 0; i < EVENTS; i++) {
		if (!event_add(&d, &events[i]))
			continue;
		event_work(&d, &events[i], 1000);
		for (n = 0; n < PMU_SNAPSHOT_SLOTS; n++)
			d.page->values[n] = kept + n;
		expect_error(
			pmu_stop(events[i].index, 1, PMU_STOP_TAKE_SNAPSHOT),
			PMU_ERR_ALREADY_STOPPED, "STOP of stopped counter %u",
			events[i].index);
		event_del(&d, &events[i]);
		for (n = 0; n < PMU_SNAPSHOT_SLOTS; n++)
			expect_eq(d.page->values[n], kept + n,
				  "slot %u after STOP of stopped counter %u", n,
				  events[i].index);
	}
}

CASE(linux, snapshot_handler_values,
     "In the handler each running event is in its slot, beside stopped ones.")
{
	struct perf_event running = {.event = INSTRUCTIONS};
	struct perf_event stopped = {.event = CYCLES};
	const uint64_t kept = 0x123456789abcULL;
	struct driver d;

	driver_probe(&d, snapshot_page());
	event_must_add(&d, &stopped);
	event_must_add(&d, &running);
	event_work(&d, &stopped, 1000);
	event_start(&d, &running);
	work_insns(5000);
	d.page->values[running.index] = kept;
	d.page->values[stopped.index] = kept + 1;
	/* One of the two is stopped: no reason to forget about the other */
	expect_eq(driver_interrupt(&d), 0, "counters that have overflown");
	expect_ne(d.page->values[running.index], kept,
		  "slot %u of the running event", running.index);
	expect_eq(d.page->values[stopped.index], kept + 1,
		  "slot %u of the stopped event", stopped.index);
	running.running = false;
	event_del(&d, &running);
	event_del(&d, &stopped);
}

CASE(linux, snapshot_off,
     "A CPU that goes down takes its page away: no STOP writes to it.")
{
	struct perf_event e = {.event = INSTRUCTIONS};
	struct pmu_snapshot *page = snapshot_page();
	struct driver d;

	driver_probe(&d, page);
	event_must_add(&d, &e);
	event_work(&d, &e, 1000);
	event_start(&d, &e);
	expect_value(pmu_set_shmem(~0UL, ~0UL, 0), 0, "SET_SHMEM of all ones");
	memset(page, CANARY, PAGE_SIZE);
	/* Linux forgets that it has no page after that; it must only not hurt
	 */
	expect_error(pmu_stop(e.index, 1, PMU_STOP_TAKE_SNAPSHOT),
		     PMU_ERR_NO_SHMEM, "STOP with TAKE_SNAPSHOT");
	expect_ok(pmu_stop(e.index, 1, 0), "STOP");
	expect_canary((const uint8_t *)page, 0, PAGE_SIZE,
		      "which was taken away");
	memset(page, 0, PAGE_SIZE);
	driver_start_cpu(&d);
	d.hw = d.fw = 0;
	event_must_add(&d, &e);
	event_work(&d, &e, 1000);
	event_del(&d, &e);
}
