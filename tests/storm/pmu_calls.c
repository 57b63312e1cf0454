// SPDX-License-Identifier: BSD-2-Clause
/* Random calls of the PMU extension. */
#include "storm.h"

#if XLEN == 64
#define ARG64(v) (v), 0
#else
#define ARG64(v) (unsigned long)(v), (unsigned long)((v) >> 32)
#endif

static struct sbiret pmu(unsigned long fid, unsigned long a0, unsigned long a1,
			 unsigned long a2, unsigned long a3, unsigned long a4,
			 unsigned long a5)
{
	return storm_sbi(PMU_EID, fid, a0, a1, a2, a3, a4, a5);
}

static void config(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long base, mask, event, flags;
	uint64_t data;

	any_set(d, &base, &mask);
	any_event(d, &event, &data);
	flags = below(d, 4) ? 0 : (unsigned long)roll(d) & PMU_CFG_DEFINED;
	pmu(PMU_FID_CONFIG, base, mask, mostly(d, flags), event, ARG64(data));
}

static void start(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long base, mask, flags = below(d, 2);
	uint64_t initial = storm_far(d);

	any_set(d, &base, &mask);
	if (below(d, 8) == 0)
		snapshot_start(s, base, mask);
	else
		pmu(PMU_FID_START, base, mask, mostly(d, flags), ARG64(initial),
		    0);
}

static void stop(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long base, mask, flags;

	any_set(d, &base, &mask);
	flags = mostly(d, below(d, 4));
	if (flags & PMU_STOP_TAKE_SNAPSHOT)
		snapshot_stop(s, base, mask, flags);
	else
		pmu(PMU_FID_STOP, base, mask, flags, any_value(d), 0, 0);
}

/* Functions that take no address, and those that do not exist */
static void any_call(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long fid =
		below(d, 2) ? below(d, PMU_FID_SET_SHMEM) : any_value(d);
	unsigned long a[8];

	if (fid == PMU_FID_SET_SHMEM || fid == PMU_FID_EVENT_INFO)
		fid += 2;
	/* A snapshot that was not prepared would be a loss to the checks */
	for (unsigned int i = 0; i < 6; i++)
		a[i] = any_value(d);
	a[6] = fid;
	a[7] = PMU_EID;
	if (fid == PMU_FID_STOP)
		a[2] &= ~PMU_STOP_TAKE_SNAPSHOT;
	if (fid == PMU_FID_START && !(a[2] & ~PMU_START_DEFINED))
		a[2] = 0; /* the initial value is not for QEMU, see storm_far()
			   */
	storm_call(a);
}

/*
 * Let a counter run over, as a profiler does. Nothing else is done meanwhile:
 * see storm_far().
 */
void sample_step(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long index;
	uint64_t until;

	if (!facts.hpms)
		return;
	index = facts.hpm[below(d, facts.hpms)];
	pmu(PMU_FID_CONFIG, index, 1, PMU_CFG_SKIP_MATCH,
	    below(d, 2) ? PMU_HW_CPU_CYCLES : PMU_HW_INSTRUCTIONS, 0, 0);
	/* QEMU takes a count for a nanosecond when it sets its alarm */
	pmu(PMU_FID_START, index, 1, PMU_START_SET_INIT_VALUE,
	    -(200000UL + below(d, 1800000)), ~0UL, 0);
	until = time_now() + ticks_of_ms(4);
	while (time_now() < until)
		work_insns(100);
	pmu(PMU_FID_CONFIG, index, 1, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE,
	    PMU_HW_CPU_CYCLES, 0, 0);
}

void pmu_step(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned int what = below(d, 100);

	if (what < 24)
		config(s);
	else if (what < 46)
		start(s);
	else if (what < 66)
		stop(s);
	else if (what < 72)
		pmu(PMU_FID_FW_READ, any_counter(d), any_value(d), 0, 0, 0, 0);
	else if (what < 75)
		pmu(PMU_FID_FW_READ_HI, any_counter(d), any_value(d), 0, 0, 0,
		    0);
	else if (what < 79)
		pmu(PMU_FID_GET_INFO, any_counter(d), any_value(d), 0, 0, 0, 0);
	else if (what < 80)
		pmu(PMU_FID_NUM_COUNTERS, any_value(d), any_value(d), 0, 0, 0,
		    0);
	else if (what < 86)
		set_shmem_step(s);
	else if (what < 96)
		event_info_step(s);
	else
		any_call(s);
}
