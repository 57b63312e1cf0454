/* SPDX-License-Identifier: BSD-2-Clause */
/* The PMU state belongs to a hart: nothing of it shows on another one. */
#include "fw.h"

/* A counter of each type: what is done on one hart, and seen on another */
struct pair {
	unsigned int hpm, fw;
};

static struct pair pair;

static struct pair claim_pair(void)
{
	struct pair p;

	need_harts(2);
	need_fws(1);
	p.hpm = claim_hpm(INSTRUCTIONS, 0);
	p.fw = claim_fw(PMU_FW_SET_TIMER, 0);
	return p;
}

static void run_there(unsigned long (*fn)(unsigned long), unsigned long arg)
{
	require(hart_call(1, fn, arg, NULL), "hart 1 runs our code");
}

static unsigned long expect_nothing(unsigned long arg)
{
	(void)arg;
	expect_error(pmu_start_one(pair.hpm), PMU_ERR_INVALID_PARAM,
		     "START of counter %u, not configured on hart 1", pair.hpm);
	expect_error(pmu_start_one(pair.fw), PMU_ERR_INVALID_PARAM,
		     "START of counter %u, not configured on hart 1", pair.fw);
	expect_ne((uint64_t)pmu_stop_one(pair.hpm).error, PMU_OK,
		  "error of STOP of counter %u on hart 1", pair.hpm);
	expect_ne((uint64_t)pmu_stop_one(pair.fw).error, PMU_OK,
		  "error of STOP of counter %u on hart 1", pair.fw);
	return 0;
}

CASE_OURS(harts, not_visible,
	  "A counter configured and started on one hart is free on another.")
{
	pair = claim_pair();
	require_ok(pmu_start_one(pair.hpm), "START of counter %u", pair.hpm);
	require_ok(pmu_start_one(pair.fw), "START of counter %u", pair.fw);
	run_there(expect_nothing, 0);
}

/* What the answers are is open for a counter without an event */
static unsigned long stop_same(unsigned long arg)
{
	(void)arg;
	pmu_stop_one(pair.hpm);
	pmu_stop_one(pair.fw);
	pmu_reset(pair.hpm);
	pmu_reset(pair.fw);
	return 0;
}

CASE(harts, stop_elsewhere,
     "STOP and RESET on one hart leave the counters of another one running.")
{
	uint64_t before;

	pair = claim_pair();
	require_ok(pmu_start_one(pair.hpm), "START of counter %u", pair.hpm);
	require_ok(pmu_start_at(pair.fw, 5), "START of counter %u", pair.fw);
	run_there(stop_same, 0);
	before = pmu_read(pair.hpm);
	work_insns(1000);
	fw_set_timer();
	expect_ne(pmu_read(pair.hpm), before, "counter %u here", pair.hpm);
	expect_eq(pmu_read(pair.fw), 6, "counter %u here", pair.fw);
	expect_error(pmu_start_one(pair.hpm), PMU_ERR_ALREADY_STARTED,
		     "START on this hart after STOP on hart 1");
	expect_error(pmu_start_one(pair.fw), PMU_ERR_ALREADY_STARTED,
		     "START on this hart after STOP on hart 1");
}

static unsigned long config_here(unsigned int index, unsigned long event)
{
	struct sbiret ret = pmu_config(index, 1, PMU_CFG_CLEAR_VALUE, event, 0);

	expect_value(ret, index, "CONFIG of counter %u on hart %u", index,
		     this_hart()->index);
	return ret.error;
}

/* The same indices with other events, started, counted, and released */
static unsigned long use_same(unsigned long arg)
{
	(void)arg;
	config_here(pair.hpm, CYCLES);
	config_here(pair.fw, PMU_FW(PMU_FW_SET_TIMER));
	expect_ok(pmu_start_at(pair.hpm, 3ULL << 39), "START on hart 1");
	expect_ok(pmu_start_at(pair.fw, 1000), "START on hart 1");
	fw_set_timer();
	fw_set_timer();
	work_insns(1000);
	expect_ok(pmu_stop_one(pair.hpm), "STOP on hart 1");
	expect_eq(pmu_read(pair.hpm) >> 40, 1, "counter %u on hart 1",
		  pair.hpm);
	expect_eq(pmu_read(pair.fw), 1002, "counter %u on hart 1", pair.fw);
	expect_ok(pmu_reset(pair.fw), "STOP and RESET on hart 1");
	expect_error(pmu_reset(pair.hpm), PMU_ERR_ALREADY_STOPPED,
		     "RESET on hart 1");
	return 0;
}

CASE(harts, independent,
     "Two harts use the same counter index for different things at a time.")
{
	uint64_t before;

	pair = claim_pair();
	require_ok(pmu_start_at(pair.fw, 5), "START of counter %u", pair.fw);
	require_ok(pmu_start_at(pair.hpm, 77), "START of counter %u", pair.hpm);
	require_ok(pmu_stop_one(pair.hpm), "STOP of counter %u", pair.hpm);
	before = pmu_read(pair.hpm);
	fw_set_timer();
	run_there(use_same, 0);
	fw_set_timer();
	expect_eq(pmu_read(pair.hpm), before, "counter %u here", pair.hpm);
	expect_eq(pmu_read(pair.fw), 7, "counter %u here", pair.fw);
	expect_ok(pmu_start_one(pair.hpm), "START here after RESET there");
	work_insns(1000);
	expect_ok(pmu_stop_one(pair.hpm), "STOP here");
	expect_ne(pmu_read(pair.hpm), before, "counter %u here", pair.hpm);
	expect_ok(pmu_stop_one(pair.fw), "STOP of counter %u here", pair.fw);
}

static unsigned long timers_there(unsigned long times)
{
	while (times--)
		fw_set_timer();
	return 0;
}

CASE(harts, own_events, "A firmware counter counts the events of its own hart.")
{
	unsigned int index, hart;

	need_harts(2);
	index = claim_fw(PMU_FW_SET_TIMER, 0);
	require_ok(pmu_start_one(index), "START of counter %u", index);
	for (hart = 1; hart < facts.harts; hart++)
		require(hart_call(hart, timers_there, 20, NULL),
			"hart %u runs our code", hart);
	expect_eq(pmu_read(index), 0, "counter %u after events of other harts",
		  index);
	fw_set_timer();
	expect_eq(pmu_read(index), 1, "counter %u after one here", index);
}

/* Answers of one hart, gathered there and compared here */
#define EVENTS 96
struct answers {
	struct sbiret num;
	struct sbiret info[MAX_COUNTERS];
	struct sbiret config[EVENTS];
	struct pmu_event_info event[EVENTS];
	struct sbiret event_info;
};

static struct answers answers[2] __attribute__((aligned(16)));

static unsigned long event_number(unsigned int n)
{
	if (n < 12)
		return PMU_EVENT(PMU_TYPE_HW, n);
	if (n < 12 + 56)
		return PMU_EVENT(PMU_TYPE_CACHE, n - 12);
	return PMU_FW(n - 12 - 56);
}

static unsigned long ask(unsigned long arg)
{
	struct answers *a = (struct answers *)arg;
	unsigned int i, base;

	memset(a, 0, sizeof(*a));
	a->num = pmu_num_counters();
	for (i = 0; i < MAX_COUNTERS; i++)
		a->info[i] = pmu_get_info(i);
	for (i = 0; i < EVENTS; i++) {
		base = PMU_EVENT_TYPE(event_number(i)) == PMU_TYPE_FW
			       ? (unsigned int)fw_base()
			       : (unsigned int)hpm_base();
		a->event[i].event_idx = (uint32_t)event_number(i);
		a->config[i] = pmu_config(
			base, base == fw_base() ? fw_mask() : hpm_mask(), 0,
			event_number(i), 0);
		if (!a->config[i].error)
			pmu_reset(a->config[i].value);
	}
	a->event_info = pmu_event_info((unsigned long)a->event, 0, EVENTS, 0);
	return 0;
}

static void expect_same(struct sbiret there, struct sbiret here,
			const char *what, unsigned long of)
{
	expect_eq((uint64_t)there.error, (uint64_t)here.error,
		  "error of %s %#lx there and here", what, of);
	expect_eq(there.value, here.value, "value of %s %#lx there and here",
		  what, of);
}

CASE(harts, same_answers,
     "GET_INFO, CONFIG and EVENT_GET_INFO answer the same on all harts.")
{
	struct answers *here = &answers[0], *there = &answers[1];
	unsigned int hart, i;

	need_harts(2);
	need_fws(1);
	need_hpms(1);
	ask((unsigned long)here);
	for (hart = 1; hart < facts.harts; hart++) {
		require(hart_call(hart, ask, (unsigned long)there, NULL),
			"hart %u runs our code", hart);
		expect_same(there->num, here->num, "NUM_COUNTERS", 0);
		for (i = 0; i < MAX_COUNTERS; i++)
			expect_same(there->info[i], here->info[i], "GET_INFO",
				    i);
		expect_same(there->event_info, here->event_info,
			    "EVENT_GET_INFO", EVENTS);
		for (i = 0; i < EVENTS; i++) {
			expect_same(there->config[i], here->config[i], "CONFIG",
				    event_number(i));
			expect_eq(there->event[i].output, here->event[i].output,
				  "output for event %#lx there and here",
				  event_number(i));
		}
	}
}
