// SPDX-License-Identifier: BSD-2-Clause
/* perf record: the overflow handler of Linux over many samples. */

#include "driver.h"
#include "overflow.h"

static void need_sampling(void)
{
	need_lcofi();
	need_hpms(1);
	need_sound_overflows();
}

/* Where counts are exact, no sample is lost and none comes twice */
static void expect_samples(const struct perf_event *e)
{
	if (facts.exact)
		expect_eq(e->samples, e->count / e->period,
			  "samples of counter %u in %llu counts", e->index,
			  (unsigned long long)e->count);
}

/*
 * Where time is counted, QEMU 10.0 loses overflows of a counter that is stopped
 * and goes on before it gets there.
 */
static void need_sampling_of_two(void)
{
	need_exact();
	need_sampling();
	need_two_overflows();
}

/* Two that sample and two that count: in the handler all go on as they should
 */
static void check_sampling(struct driver *d)
{
	struct perf_event fast = {.event = INSTRUCTIONS, .period = 20000};
	struct perf_event slow = {.event = CYCLES, .period = 70000};
	struct perf_event counting = {.event = INSTRUCTIONS};
	struct perf_event calls = {.event = PMU_FW(PMU_FW_SET_TIMER)};
	bool on = false;

	event_add_sampling(d, &fast);
	event_add_sampling(d, &slow);
	if (facts.counter[PMU_CTR_INSTRET].exists)
		on = pmu_config(PMU_CTR_INSTRET, 1, 0, INSTRUCTIONS, 0).error ==
		     PMU_OK;
	if (on) {
		counting.index = PMU_CTR_INSTRET;
		counting.max = ~0ULL;
		d->events[counting.index] = &counting;
		d->hw |= 1UL << counting.index;
		event_start(d, &counting);
	}
	if (event_add(d, &calls))
		event_start(d, &calls);
	event_start(d, &fast);
	event_start(d, &slow);
	sample_until(d, &slow, 20);
	event_del(d, &fast);
	event_del(d, &slow);
	expect(slow.samples >= 20 && fast.samples > slow.samples,
	       "%u samples of the long and %u of the short period",
	       slow.samples, fast.samples);
	expect_samples(&fast);
	expect_samples(&slow);
	if (on) {
		event_del(d, &counting);
		/* It ran all the time that the first one did, and longer */
		expect(counting.count >= fast.count,
		       "%llu counts of the event that takes no samples",
		       (unsigned long long)counting.count);
	}
	if (d->fw) {
		sbi_set_timer(~0ULL);
		event_del(d, &calls);
		expect_eq(calls.count, 1,
			  "set_timer, with overflows meanwhile");
	}
}

CASE(linux, sample_two,
     "Two events take samples side by side while others only count.")
{
	struct driver d;

	need_sampling_of_two();
	driver_probe(&d, NULL);
	check_sampling(&d);
}

CASE(linux, sample_two_snapshot,
     "The same with the handler that uses snapshots, from INIT_SNAPSHOT.")
{
	struct driver d;

	skip_unless(facts.snapshot, "this firmware has no snapshots");
	need_sampling_of_two();
	driver_probe(&d, page_alloc(1));
	check_sampling(&d);
}

/* Events that do not sample are in the group that goes on without a value */
CASE(linux, sample_wrapped,
     "A counter that wrapped without sampling interrupts once, and counts on.")
{
	struct perf_event e = {.event = INSTRUCTIONS};
	unsigned long overflow;
	struct driver d;

	need_sampling();
	driver_probe(&d, NULL);
	event_add_sampling(&d, &e);
	/* As if it had counted for years */
	expect_ok(pmu_start_at(e.index, 0 - 20000ULL), "START");
	e.prev = (0 - 20000ULL) & e.max;
	e.running = true;
	expect(overflow_pends(), "the interrupt comes");
	overflow = driver_interrupt(&d);
	expect_eq(overflow, 1UL << e.index, "counters that have overflown");
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after the restart");
	linger();
	expect(!overflow_waits(), "no second interrupt");
	event_stop(&d, &e);
	expect_between(e.count, 20000, 20000 + 20 * a_few_calls(),
		       "counts across the wrap");
	/* It can overflow once more, which a set overflow bit would prevent */
	expect_ok(pmu_start_at(e.index, 0 - 20000ULL), "START");
	expect(overflow_pends(), "the second interrupt comes");
	e.prev = (0 - 20000ULL) & e.max;
	driver_interrupt(&d);
	event_stop(&d, &e);
	event_del(&d, &e);
}

/* Nothing restarts what the handler stopped, until perf starts it anew */
CASE(linux, sample_spurious,
     "After an interrupt without a cause the events stand, and start again.")
{
	struct perf_event e = {.event = INSTRUCTIONS};
	struct perf_event fw = {.event = PMU_FW(PMU_FW_SET_TIMER)};
	struct driver d;
	uint64_t value;
	bool has_fw;

	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	driver_probe(&d, NULL);
	event_must_add(&d, &e);
	has_fw = event_add(&d, &fw);
	event_start(&d, &e);
	if (has_fw)
		event_start(&d, &fw);
	work_insns(1000);
	expect_eq(driver_interrupt(&d), 0, "counters that have overflown");
	value = pmu_read(e.index);
	provoke();
	expect_eq(pmu_read(e.index), value, "the counter after the handler");
	expect_error(pmu_stop(e.index, 1, 0), PMU_ERR_ALREADY_STOPPED,
		     "STOP of a counter that the handler stopped");
	event_update(&e);
	event_start(&d, &e);
	work_insns(1000);
	event_del(&d, &e);
	expect(e.count >= 2000 || !facts.exact,
	       "%llu counts before and after the interrupt",
	       (unsigned long long)e.count);
	if (has_fw) {
		event_del(&d, &fw);
		expect_eq(fw.count, 1,
			  "set_timer calls, by a firmware counter");
	}
}

/* perf stops a throttled event in the handler and starts it in the tick */
CASE(linux, sample_throttled,
     "A throttled event is stopped twice and started twice, and samples on.")
{
	struct perf_event e = {.event = INSTRUCTIONS, .period = 50000};
	struct driver d;
	uint64_t value;
	unsigned int i;

	need_sampling();
	driver_probe(&d, NULL);
	event_add_sampling(&d, &e);
	for (i = 1; i <= 5; i++) {
		if (!e.running)
			event_start(&d, &e);
		expect(overflow_pends(), "the interrupt %u comes", i);
		pmu_stop(0, d.hw, 0);
		value = pmu_read(e.index);
		expect_error(pmu_stop(e.index, 1, 0), PMU_ERR_ALREADY_STOPPED,
			     "STOP of the throttled event");
		expect_eq(pmu_read(e.index), value, "its value");
		/* The handler sees the overflow and restarts it all the same */
		expect_eq(driver_interrupt(&d), 1UL << e.index,
			  "counters that have overflown, throttled");
		/* The tick finds it running */
		expect_error(pmu_start(e.index, 1, PMU_START_SET_INIT_VALUE,
				       0 - 1000000ULL),
			     PMU_ERR_ALREADY_STARTED,
			     "START of the throttled event");
		expect(((pmu_read(e.index) - e.prev) & e.max) <= a_few_calls(),
		       "the event runs on from where it was");
	}
	event_del(&d, &e);
	expect_samples(&e);
	expect_eq(e.samples, 5, "samples");
}

/* The kernel's base is wrong from 6.10 on when it uses snapshots */
CASE(linux, sample_wrong_base,
     "START of a base that does not exist changes nothing; the next one works.")
{
	struct perf_event e = {.event = INSTRUCTIONS, .period = 20000};
	unsigned long base = 64 * XLEN, flags;
	struct pmu_snapshot *page = NULL;
	uint64_t value;
	struct driver d;
	unsigned int i;

	need_sampling();
	if (facts.snapshot)
		page = page_alloc(1);
	driver_probe(&d, page);
	flags = page ? PMU_START_INIT_SNAPSHOT : 0;
	event_add_sampling(&d, &e);
	for (i = 0; i < 3; i++) {
		event_start(&d, &e);
		expect(overflow_pends(), "the interrupt %u comes", i);
		expect_ok(pmu_stop(0, d.hw, page ? PMU_STOP_TAKE_SNAPSHOT : 0),
			  "STOP in the handler");
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
		event_update(&e);
		value = pmu_read(e.index);
		expect_error(pmu_start(base, d.hw, flags, 0),
			     PMU_ERR_INVALID_PARAM, "START of base %lu", base);
		linger();
		expect_eq(pmu_read(e.index), value, "the counter after it");
		expect_eq(csr_read(CSR_SCOUNTOVF), 1UL << e.index,
			  "scountovf after it");
		expect(!overflow_waits(), "no interrupt after it");
		if (page)
			expect_eq(page->values[e.index], value,
				  "slot %u after it", e.index);
		e.left = e.period;
	}
	e.running = false;
	event_del(&d, &e);
}
