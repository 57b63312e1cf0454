// SPDX-License-Identifier: BSD-2-Clause
/*
 * Sequences of calls into the core for callgrind, which counts instructions
 * from begin() to end() and writes them under the name of the sequence. Each is
 * done once before, so that nothing in it happens for the first time, and says
 * which answer of a call was not as it should be.
 */

#include <stdio.h>
#include <stdlib.h>
#include <valgrind/callgrind.h>
#include "bits.h"
#include "pmu.h"

volatile struct bench_regs regs;
static struct pmu_machine machine;
static struct pmu_hart hart;

/* As QEMU's default hart: 16 programmable counters from 3 on */
#define HPM 3u
#define HPMS 16u
#define HPM_ALL (((1u << HPMS) - 1u) << HPM)
#define NUM_HW (HPM + HPMS)
#define ALL_COUNTERS \
	((1UL << (NUM_HW + PMU_FW_MAX)) - 1 - (1UL << PMU_CTR_TIME))

#define CYCLES PMU_EVENT(PMU_TYPE_HW, PMU_HW_CPU_CYCLES)
#define INSTRUCTIONS PMU_EVENT(PMU_TYPE_HW, PMU_HW_INSTRUCTIONS)
#define DTLB_READ PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS)
#define DTLB_WRITE PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_WRITE, PMU_CACHE_MISS)
#define ITLB_READ PMU_CACHE(PMU_CACHE_ITLB, PMU_CACHE_READ, PMU_CACHE_MISS)

static void must(const char *what, bool good)
{
	if (good)
		return;
	fprintf(stderr, "%s does not answer as it should\n", what);
	exit(1);
}

static unsigned long value_of(const char *what, struct pmu_result got)
{
	must(what, got.error == PMU_OK);
	return got.value;
}

static void boot(void)
{
	static const unsigned long cache[] = {DTLB_READ, DTLB_WRITE, ITLB_READ};
	unsigned int i;

	machine = (struct pmu_machine){0};
	pmu_map_add(&machine, CYCLES, CYCLES, HPM_ALL | PMU_FIXED);
	pmu_map_add(&machine, INSTRUCTIONS, INSTRUCTIONS, HPM_ALL | PMU_FIXED);
	for (i = 0; i < sizeof(cache) / sizeof(cache[0]); i++)
		pmu_map_add(&machine, (uint32_t)cache[i], (uint32_t)cache[i],
			    HPM_ALL);
	pmu_map_finish(&machine, NUM_HW);
	hart = (struct pmu_hart){
		.machine = &machine,
		.present = HPM_ALL | PMU_FIXED,
		.has_inhibit = true,
		.has_sscofpmf = true,
		.has_interrupt = true,
		.has_smcntrpmf = true,
		.has_h = true,
		.resumes = true,
		.wide_events = true,
	};
	pmu_hart_init(&hart);
}

#define begin() CALLGRIND_ZERO_STATS
#define end(name) CALLGRIND_DUMP_STATS_AT(name)

static unsigned long set_of(unsigned int count)
{
	return (1UL << count) - 1;
}

static void claim_hw(unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		value_of("CONFIG", pmu_counter_config(&hart, HPM + i, 1, 0,
						      INSTRUCTIONS, 0));
}

static void num_counters(const char *name)
{
	struct pmu_result got;

	boot();
	begin();
	got = pmu_num_counters(&hart);
	end(name);
	must("NUM_COUNTERS",
	     value_of("NUM_COUNTERS", got) == NUM_HW + PMU_FW_MAX);
}

static void start_stop(const char *name, unsigned int count)
{
	struct pmu_result started, stopped;

	boot();
	claim_hw(count);
	for (unsigned int turn = 0; turn < 2; turn++) {
		begin();
		started = pmu_counter_start(&hart, HPM, set_of(count), 0, 0);
		stopped = pmu_counter_stop(&hart, HPM, set_of(count), 0);
		if (turn)
			end(name);
		value_of("START", started);
		value_of("STOP", stopped);
	}
}

static void config_reset(const char *name)
{
	struct pmu_result config, stopped;

	boot();
	for (unsigned int turn = 0; turn < 2; turn++) {
		begin();
		config = pmu_counter_config(&hart, 0, ALL_COUNTERS, 0,
					    INSTRUCTIONS, 0);
		stopped = pmu_counter_stop(&hart, config.value, 1,
					   PMU_STOP_RESET);
		if (turn)
			end(name);
		must("CONFIG", value_of("CONFIG", config) == HPM);
		must("STOP", stopped.error == PMU_ERR_ALREADY_STOPPED);
	}
}

static void firmware_event(const char *name, unsigned int count)
{
	unsigned int first = NUM_HW;

	boot();
	for (unsigned int i = 0; i < count; i++)
		value_of("CONFIG",
			 pmu_counter_config(&hart, first + i, 1,
					    PMU_CFG_AUTO_START,
					    PMU_FW(PMU_FW_SET_TIMER), 0));
	for (unsigned int turn = 0; turn < 2; turn++) {
		begin();
		pmu_fw_count(&hart, PMU_FW_SET_TIMER);
		if (turn)
			end(name);
	}
	for (unsigned int i = 0; i < count; i++)
		must("FW_READ",
		     value_of("FW_READ",
			      pmu_counter_fw_read(&hart, first + i)) == 2);
}

static unsigned int std_events(struct pmu_event_info *table)
{
	unsigned int n = 0;

	for (unsigned int i = 1; i <= PMU_HW_EVENTS; i++)
		table[n++].event_idx = (uint32_t)PMU_EVENT(PMU_TYPE_HW, i);
	for (unsigned int id = 0; id < PMU_CACHE_IDS; id++)
		for (unsigned int op = 0; op < PMU_CACHE_OPS; op++)
			for (unsigned int r = 0; r < PMU_CACHE_RESULTS; r++)
				table[n++].event_idx =
					(uint32_t)PMU_CACHE(id, op, r);
	return n;
}

static void event_info(const char *name)
{
	static struct pmu_event_info table[PMU_STD_EVENTS]
		__attribute__((aligned(4096)));
	unsigned int good = 0, num = std_events(table);
	struct pmu_result got;

	boot();
	for (unsigned int turn = 0; turn < 2; turn++) {
		begin();
		got = pmu_event_get_info(&hart, (unsigned long)table, 0, num,
					 0);
		if (turn)
			end(name);
		value_of("EVENT_GET_INFO", got);
	}
	for (unsigned int i = 0; i < num; i++)
		good += table[i].output;
	must("EVENT_GET_INFO", num == PMU_STD_EVENTS && good == 5);
}

/* The calls of a counted process that comes and goes; see docs/linux-calls.md
 */
static void context_switch(const char *name)
{
	static const unsigned long events[] = {CYCLES, DTLB_READ, DTLB_WRITE,
					       ITLB_READ};
	enum { EVENTS = sizeof(events) / sizeof(events[0]) };
	struct pmu_result config[EVENTS], start[EVENTS], stop[EVENTS],
		reset[EVENTS];
	unsigned int i;

	boot();
	for (unsigned int turn = 0; turn < 2; turn++) {
		begin();
		for (i = 0; i < EVENTS; i++) {
			config[i] =
				pmu_counter_config(&hart, 0, ALL_COUNTERS,
						   PMU_CFG_SINH, events[i], 0);
			start[i] = pmu_counter_start(&hart, config[i].value, 1,
						     PMU_START_SET_INIT_VALUE,
						     0x8000000000000001ULL);
		}
		for (i = 0; i < EVENTS; i++) {
			stop[i] =
				pmu_counter_stop(&hart, config[i].value, 1, 0);
			reset[i] = pmu_counter_stop(&hart, config[i].value, 1,
						    PMU_STOP_RESET);
		}
		if (turn)
			end(name);
		for (i = 0; i < EVENTS; i++) {
			value_of("CONFIG", config[i]);
			value_of("START", start[i]);
			value_of("STOP", stop[i]);
			must("STOP, RESET",
			     reset[i].error == PMU_ERR_ALREADY_STOPPED);
		}
	}
}

int main(void)
{
	num_counters("NUM_COUNTERS");
	start_stop("start+stop 1 hw", 1);
	start_stop("start+stop 8 hw", 8);
	config_reset("config+reset hw");
	firmware_event("firmware event, 0 fw running", 0);
	firmware_event("firmware event, 1 fw running", 1);
	firmware_event("firmware event, 16 fw running", 16);
	event_info("EVENT_GET_INFO of 52");
	context_switch("linux: context switch, 4 events");
	return 0;
}
