// SPDX-License-Identifier: BSD-2-Clause
/* The calls of the Linux driver; there are no cases here. */

#include "driver.h"

void driver_probe(struct driver *d, struct pmu_snapshot *page)
{
	struct sbiret ret = pmu_num_counters();
	unsigned long i, num;

	memset(d, 0, sizeof(*d));
	d->page = page;
	require_ok(ret, "NUM_COUNTERS");
	num = ret.value < XLEN ? ret.value : XLEN;
	for (i = 0; i < num; i++) {
		/* An error is a hole */
		if (!pmu_get_info(i).error)
			d->all |= 1UL << i;
	}
	require(d->all != 0, "there are counters");
	driver_start_cpu(d);
}

void driver_start_cpu(const struct driver *d)
{
	/* The result is of no interest: most of them never ran */
	pmu_stop(0, d->all, PMU_STOP_RESET);
	if (facts.sscofpmf)
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	/* An error here fails the CPU */
	if (d->page)
		expect_value(pmu_set_shmem((unsigned long)d->page, 0, 0), 0,
			     "SET_SHMEM of a CPU that starts");
}

bool event_add(struct driver *d, struct perf_event *e)
{
	struct sbiret ret = pmu_config(0, d->all, e->flags, e->event, e->data);
	unsigned long bit, info;

	if (ret.error)
		return false;
	require(ret.value < XLEN && d->all >> ret.value & 1,
		"counter %lu for event %#lx is in the mask", ret.value,
		e->event);
	bit = 1UL << ret.value;
	require(!((d->hw | d->fw) & bit),
		"counter %lu for event %#lx is not in use", ret.value,
		e->event);
	info = pmu_get_info(ret.value).value;
	require(info != 0, "GET_INFO of counter %lu is not 0", ret.value);

	e->index = (unsigned int)ret.value;
	e->running = false;
	e->max = ~0ULL >> (63 - PMU_INFO_WIDTH(info));
	e->left = e->period ? e->period : e->max >> 1;
	e->count = 0;
	e->samples = 0;
	d->events[e->index] = e;
	if (info & PMU_INFO_TYPE_FW)
		d->fw |= bit;
	else
		d->hw |= bit;
	return true;
}

void event_must_add(struct driver *d, struct perf_event *e)
{
	require(event_add(d, e), "CONFIG finds a counter for event %#lx",
		e->event);
}

void event_add_sampling(struct driver *d, struct perf_event *e)
{
	event_must_add(d, e);
	skip_unless(facts.counter[e->index].csr > CSR_INSTRET,
		    "counter %u has no overflow bit", e->index);
}

/* What is left until the sample, from where the next initial value follows */
static void set_period(struct perf_event *e)
{
	if (!e->period || e->left > e->max >> 1)
		e->left = e->period ? e->period : e->max >> 1;
	e->prev = (0 - e->left) & e->max;
}

void event_start(struct driver *d, struct perf_event *e)
{
	(void)d;
	set_period(e);
	e->running = expect_value(
		pmu_start(e->index, 1, PMU_START_SET_INIT_VALUE, e->prev), 0,
		"START of counter %u at %#llx", e->index,
		(unsigned long long)e->prev);
}

static void update_to(struct perf_event *e, uint64_t value)
{
	uint64_t delta = (value - e->prev) & e->max;

	/* It would show as an absurdly high count */
	expect(delta <= e->max >> 1, "counter %u went from %#llx up to %#llx",
	       e->index, (unsigned long long)e->prev,
	       (unsigned long long)value);
	e->count += delta;
	e->left -= delta;
	e->prev = value & e->max;
}

void event_update(struct perf_event *e)
{
	update_to(e, pmu_read(e->index));
}

static unsigned long snapshot_flag(const struct driver *d)
{
	return d->page ? PMU_STOP_TAKE_SNAPSHOT : 0;
}

/* The value of a single STOP is in slot 0, and Linux puts it in its place */
static void keep_snapshot(const struct driver *d, const struct perf_event *e)
{
	if (!d->page)
		return;
	expect_eq(d->page->values[0] & e->max, pmu_read(e->index) & e->max,
		  "slot 0 after STOP of counter %u", e->index);
	d->page->values[e->index] = d->page->values[0];
	if (e->index != 0)
		d->page->values[0] = 0;
}

void event_stop(struct driver *d, struct perf_event *e)
{
	if (expect_value(pmu_stop(e->index, 1, snapshot_flag(d)), 0,
			 "STOP of counter %u", e->index))
		keep_snapshot(d, e);
	e->running = false;
	event_update(e);
}

void event_del(struct driver *d, struct perf_event *e)
{
	if (e->running)
		event_stop(d, e);
	expect_error(pmu_stop(e->index, 1, PMU_STOP_RESET | snapshot_flag(d)),
		     PMU_ERR_ALREADY_STOPPED,
		     "STOP with RESET of counter %u, which is stopped",
		     e->index);
	d->hw &= ~(1UL << e->index);
	d->fw &= ~(1UL << e->index);
	d->events[e->index] = NULL;
}

bool overflow_waits(void)
{
	return csr_read(CSR_SIP) >> IRQ_LCOFI & 1;
}

/* On RV32 there is a second call, for counters 32 to 63, with no member */
static void stop_hw(const struct driver *d)
{
	pmu_stop(0, d->hw, snapshot_flag(d));
	if (XLEN == 32)
		expect_error(pmu_stop(XLEN, 0, snapshot_flag(d)),
			     PMU_ERR_INVALID_PARAM, "STOP of an empty mask");
}

/* Here base is 0, so that each value is in its place already */
static unsigned long overflown_in_page(const struct driver *d)
{
	unsigned int i;

	for (i = 0; i < XLEN; i++) {
		if (d->hw >> i & 1 && d->events[i]->running)
			expect_eq(d->page->values[i], pmu_read(i),
				  "slot %u in the handler", i);
	}
	return (unsigned long)d->page->overflow & d->hw;
}

static unsigned long overflown(const struct driver *d)
{
	unsigned long csrs, found = 0;
	unsigned int i;

	if (d->page)
		return overflown_in_page(d);
	csrs = csr_read(CSR_SCOUNTOVF);
	for (i = 0; i < XLEN; i++) {
		if (d->hw >> i & 1 &&
		    csrs >> (facts.counter[i].csr - CSR_CYCLE) & 1)
			found |= 1UL << i;
	}
	return found;
}

static bool has_run_out(const struct perf_event *e, unsigned long overflow)
{
	return e && e->period && overflow >> e->index & 1;
}

static void take_sample(struct perf_event *e)
{
	event_update(e);
	e->samples++;
	/* Past the sample by a little: the next is as much nearer */
	if (e->left == 0 || e->left > e->max >> 1)
		e->left += e->period;
	set_period(e);
}

/* The others go on where they are; Linux 6.12 asks this for none, too */
static void restart(struct driver *d, unsigned long sampled)
{
	unsigned long others = d->hw & ~sampled;
	unsigned int i;

	expect_error(pmu_start(0, others, 0, 0),
		     others ? PMU_OK : PMU_ERR_INVALID_PARAM,
		     "START of mask %#lx without flags", others);
	if (XLEN == 32)
		expect_error(pmu_start(XLEN, 0, 0, 0), PMU_ERR_INVALID_PARAM,
			     "START of an empty mask");
	for (i = 0; i < XLEN; i++) {
		if (sampled >> i & 1)
			event_start(d, d->events[i]);
	}
}

/* The new values go to the slots; those of the others are there from STOP */
static void restart_from_page(struct driver *d, unsigned long sampled)
{
	unsigned int i;

	for (i = 0; i < XLEN; i++) {
		if (sampled >> i & 1)
			d->page->values[i] = d->events[i]->prev;
	}
	expect_value(pmu_start(0, d->hw, PMU_START_INIT_SNAPSHOT, 0), 0,
		     "START of mask %#lx with INIT_SNAPSHOT", d->hw);
}

unsigned long driver_interrupt(struct driver *d)
{
	unsigned long overflow, sampled = 0;
	unsigned int i;

	stop_hw(d);
	overflow = overflown(d);
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	if (!overflow)
		return 0;
	for (i = 0; i < XLEN; i++) {
		if (has_run_out(d->events[i], overflow)) {
			take_sample(d->events[i]);
			sampled |= 1UL << i;
		}
	}
	if (d->page)
		restart_from_page(d, sampled);
	else
		restart(d, sampled);
	return overflow;
}

void sample_until(struct driver *d, const struct perf_event *e,
		  unsigned int samples)
{
	/* Where time is counted, there is no saying how much work it takes */
	uint64_t end = time_now() + ticks_of_ms(facts.exact ? 200 : 2000);

	while (e->samples < samples && time_now() < end) {
		work_insns(1000);
		if (overflow_waits())
			driver_interrupt(d);
	}
	expect(e->samples >= samples, "%u samples of counter %u come, not %u",
	       samples, e->index, e->samples);
}

uint64_t event_work(struct driver *d, struct perf_event *e, unsigned long n)
{
	uint64_t before = e->count;

	event_start(d, e);
	work_insns(n);
	event_stop(d, e);
	return e->count - before;
}
