// SPDX-License-Identifier: BSD-2-Clause
/* Linux brings CPUs up and takes them down, and suspends them. */

#include "driver.h"
#include "fw.h"
#include "overflow.h"

/* Events of each kind that a CPU can count here */
#define KINDS 3

static void common_events(struct perf_event events[KINDS])
{
	events[0] = (struct perf_event){.event = INSTRUCTIONS};
	events[1] = (struct perf_event){.event = CYCLES};
	events[2] = (struct perf_event){.event = PMU_FW(PMU_FW_SET_TIMER)};
}

/* A counter that nothing but this event could have taken */
static bool has_own_counter(const struct perf_event *e)
{
	if (e->event == INSTRUCTIONS)
		return facts.counter[PMU_CTR_INSTRET].csr == CSR_INSTRET;
	if (e->event == CYCLES)
		return facts.counter[PMU_CTR_CYCLE].csr == CSR_CYCLE;
	return facts.fws > 0 && facts.fw[0] < XLEN;
}

/* Each event is added, counts, and goes away; no counter is lost by that */
static void expect_usable(struct driver *d, const char *when)
{
	struct perf_event events[KINDS];
	unsigned int i;

	common_events(events);
	for (i = 0; i < KINDS; i++) {
		if (!event_add(d, &events[i])) {
			expect(!has_own_counter(&events[i]),
			       "CONFIG finds a counter for event %#lx, %s",
			       events[i].event, when);
			continue;
		}
		event_start(d, &events[i]);
		provoke();
		event_del(d, &events[i]);
		expect_ne(events[i].count, 0, "counts of event %#lx, %s",
			  events[i].event, when);
	}
	expect_eq(d->hw | d->fw, 0, "counters in use, %s", when);
}

CASE(linux, cpu_start_stale,
     "A CPU starts with counters free, set, stopped and running: all are free.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	struct driver d;

	for (i = 0; i < count; i++) {
		unsigned int left_as = i % 3;

		/* What an earlier kernel did not clear away; the rest is free
		 */
		config_actor(&actors[i], left_as ? PMU_CFG_AUTO_START : 0);
		if (left_as == 2)
			pmu_stop_one(actors[i].index);
	}
	driver_probe(&d, NULL);
	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		expect_still(&actors[i], "after the CPU started");
		expect_free(&actors[i], "after the CPU started");
	}
	expect_usable(&d, "after the CPU started");
}

/* The answers of one scan of the standard events, as bits */
static uint64_t scan(const struct driver *d)
{
	uint64_t known = 0;
	unsigned int n;

	for (n = 0; n < STD_EVENTS; n++) {
		struct sbiret ret = pmu_config(0, d->all, 0, std_event(n), 0);

		if (ret.error)
			continue;
		known |= 1ULL << n;
		pmu_stop(ret.value, 1, PMU_STOP_RESET);
	}
	return known;
}

CASE(linux, probe_repeat,
     "The scan of the 52 events answers the same however often it is made.")
{
	struct perf_event busy = {.event = INSTRUCTIONS};
	unsigned int round;
	struct driver d;
	uint64_t known;

	driver_probe(&d, NULL);
	known = scan(&d);
	/* More rounds than there are counters: none may get lost */
	for (round = 0; round < XLEN; round++)
		expect_eq(scan(&d), known, "events known in scan %u", round);
	expect_usable(&d, "after the scans");
	if (!event_add(&d, &busy))
		return;
	event_start(&d, &busy);
	scan(&d);
	work_insns(1000);
	event_del(&d, &busy);
	expect_ne(busy.count, 0, "counts of an event during a scan");
}

/* What CPU_PM does: all events stop, and start again without CONFIG */
static void check_cpu_pm(struct driver *d, unsigned long type)
{
	struct perf_event events[KINDS];
	uint64_t work[KINDS] = {0};
	unsigned int i;

	common_events(events);
	for (i = 0; i < KINDS; i++) {
		if (!event_add(d, &events[i]))
			continue;
		event_work(d, &events[i], 20000);
		work[i] = event_work(d, &events[i], 20000);
		event_start(d, &events[i]);
	}
	for (i = 0; i < KINDS; i++) {
		if (events[i].running)
			event_stop(d, &events[i]);
	}
	suspend_hart(type);
	for (i = 0; i < KINDS; i++) {
		if (d->events[events[i].index] == &events[i])
			event_start(d, &events[i]);
	}
	fw_set_timer();
	for (i = 0; i < KINDS; i++) {
		uint64_t before = events[i].count;

		if (!events[i].running)
			continue;
		event_stop(d, &events[i]);
		expect_ne(events[i].count, before,
			  "counts of event %#lx since the resume, type %#lx",
			  events[i].event, type);
		if (facts.exact && excludes_m(events[i].index) && i == 0)
			expect_eq(event_work(d, &events[i], 20000), work[i],
				  "the same work of event %#lx after type %#lx",
				  events[i].event, type);
		event_del(d, &events[i]);
	}
}

CASE(linux, cpu_pm,
     "A CPU is suspended with events stopped, and starts them without CONFIG.")
{
	struct driver d;

	driver_probe(&d, NULL);
	check_cpu_pm(&d, SUSPEND_RETENTIVE);
	check_cpu_pm(&d, SUSPEND_NON_RETENTIVE);
	check_cpu_pm(&d, SUSPEND_NON_RETENTIVE);
	expect_usable(&d, "after the resumes");
}

static struct pmu_snapshot *snapshot_page(void)
{
	skip_unless(facts.snapshot, "this firmware has no snapshots");
	return page_alloc(1);
}

CASE(linux, cpu_pm_snapshot,
     "A resumed CPU takes snapshots as before; its page is not set again.")
{
	struct driver d;

	driver_probe(&d, snapshot_page());
	check_cpu_pm(&d, SUSPEND_RETENTIVE);
	check_cpu_pm(&d, SUSPEND_NON_RETENTIVE);
	check_cpu_pm(&d, SUSPEND_NON_RETENTIVE);
	expect_usable(&d, "after the resumes");
}

CASE(linux, cpu_pm_sampling,
     "An event that takes samples goes on taking them after a suspend.")
{
	static const unsigned long types[] = {SUSPEND_RETENTIVE,
					      SUSPEND_NON_RETENTIVE};
	struct perf_event e = {.event = INSTRUCTIONS, .period = 20000};
	struct driver d;
	unsigned int i;

	need_lcofi();
	need_hpms(1);
	need_sound_overflows();
	driver_probe(&d, NULL);
	event_add_sampling(&d, &e);
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		event_start(&d, &e);
		sample_until(&d, &e, e.samples + 3);
		event_stop(&d, &e);
		suspend_hart(types[i]);
		event_start(&d, &e);
		sample_until(&d, &e, e.samples + 3);
		event_stop(&d, &e);
	}
	event_del(&d, &e);
	/* Where time is counted, it runs on while the handler is at work */
	if (facts.exact)
		expect_eq(e.samples, e.count / e.period,
			  "samples in %llu counts",
			  (unsigned long long)e.count);
}
