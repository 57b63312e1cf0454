// SPDX-License-Identifier: BSD-2-Clause
/*
 * Hostile arguments of the calls that take counters: each argument by itself,
 * in a case of its own, then every two of a function together.
 */

#include "hostile.h"
#include "measure.h"

CASE(hostile, num_args, "NUM_COUNTERS takes no notice of any register.")
{
	struct hostile h = {"NUM_COUNTERS", PMU_FID_NUM_COUNTERS, {0}, 6};
	unsigned int arg;

	hostile_begin();
	for (arg = 0; arg < h.count; arg++)
		hostile_edges(&h, arg);
	expect_value(pmu_num_counters(), facts.num, "NUM_COUNTERS");
	hostile_end();
}

/* The functions that take an index and nothing else */
static void check_index(const char *name, unsigned long fid)
{
	struct hostile h = {name, fid, {0, ~0UL, ~0UL, ~0UL, ~0UL, ~0UL}, 1};

	hostile_begin();
	hostile_arm(hostile_fw_victim(), true);
	h.args[0] = hostile_fw_victim();
	hostile_edges(&h, 0);
	hostile_bits(&h, 0);
	h.args[0] = facts.counter[0].exists ? 0 : facts.fw[0];
	hostile_edges(&h, 0);
	hostile_bits(&h, 0);
	hostile_end();
}

CASE(hostile, get_info_index,
     "GET_INFO answers for real counters only, and any index harms nothing.")
{
	check_index("GET_INFO", PMU_FID_GET_INFO);
}

CASE(hostile, fw_read_index,
     "FW_READ answers for real counters only, and any index harms nothing.")
{
	check_index("FW_READ", PMU_FID_FW_READ);
}

CASE(hostile, fw_read_hi_index,
     "FW_READ_HI answers for real counters only, and any index harms nothing.")
{
	check_index("FW_READ_HI", PMU_FID_FW_READ_HI);
}

static struct hostile good_config(void)
{
	unsigned int victim = hostile_victim();

	return (struct hostile){"CONFIG",
				PMU_FID_CONFIG,
				{victim, 1, 0,
				 facts.counter[victim].fw
					 ? PMU_FW(PMU_FW_SET_TIMER)
					 : DTLB_READ_MISS,
				 0, 0},
				XLEN == 32 ? 6 : 5};
}

/*
 * Whether a counter of TLB misses moves although we use no translation, as in a
 * guest. QEMU with -icount dies when it overflows, so it gets no start value
 * near that.
 */
static bool misses_by_itself(unsigned int index)
{
	static volatile char touched;
	bool moves;

	if (facts.counter[index].fw || !can_count(index, DTLB_READ_MISS))
		return false;
	pmu_config(index, 1, 0, DTLB_READ_MISS, 0);
	pmu_start_at(index, 0);
	__asm__ __volatile__("sfence.vma" ::: "memory");
	touched++;
	pmu_stop_one(index);
	moves = pmu_read(index) != 0;
	pmu_reset(index);
	return moves;
}

static struct hostile good_start(void)
{
	unsigned int victim = hostile_victim();

	if (misses_by_itself(victim))
		victim = hostile_fw_victim();
	hostile_arm(victim, false);
	return (struct hostile){"START",
				PMU_FID_START,
				{victim, 1, PMU_START_SET_INIT_VALUE, 7, 0, 0},
				XLEN == 32 ? 5 : 4};
}

static struct hostile good_stop(void)
{
	unsigned int victim = hostile_victim();

	hostile_arm(victim, true);
	return (struct hostile){
		"STOP", PMU_FID_STOP, {victim, 1, 0, 0, 0, 0}, 3};
}

static void check_arg(struct hostile (*good)(void), unsigned int arg)
{
	struct hostile h;

	hostile_begin();
	h = good();
	hostile_call(&h);
	hostile_edges(&h, arg);
	hostile_bits(&h, arg);
	hostile_end();
}

static void check_pairs(struct hostile (*good)(void))
{
	struct hostile h;

	hostile_begin();
	h = good();
	hostile_pairs(&h);
	hostile_end();
}

CASE(hostile, config_base,
     "CONFIG answers any base by its error table and touches no other counter.")
{
	check_arg(good_config, 0);
}

CASE(hostile, config_mask,
     "CONFIG answers any mask by its error table and touches no other counter.")
{
	check_arg(good_config, 1);
}

CASE(hostile, config_flags,
     "CONFIG answers any flags by its error table and touches no other counter.")
{
	check_arg(good_config, 2);
}

/* The ends of what each type of event defines */
static const unsigned long edge_events[] = {
	PMU_HW_NO_EVENT,
	PMU_HW_EVENTS,
	PMU_HW_EVENTS + 1,
	0xffff,
	PMU_EVENT(PMU_TYPE_CACHE, 0),
	PMU_EVENT(PMU_TYPE_CACHE, 0x35),
	PMU_EVENT(PMU_TYPE_CACHE, 0x36),
	PMU_EVENT(PMU_TYPE_CACHE, 0x38),
	PMU_EVENT(PMU_TYPE_CACHE, 0xffff),
	PMU_RAW_EVENT,
	PMU_RAW_EVENT + 1,
	PMU_RAW_V2_EVENT,
	PMU_RAW_V2_EVENT + 1,
	PMU_EVENT(4, 0),
	PMU_EVENT(14, 0xffff),
	PMU_FW(0),
	PMU_FW(PMU_FW_EVENTS - 1),
	PMU_FW(PMU_FW_EVENTS),
	PMU_FW(255),
	PMU_FW(256),
	PMU_FW(65534),
	PMU_FW(PMU_FW_PLATFORM_CODE),
	PMU_EVENT_BITS + 1,
	PMU_EVENT_BITS + 1 + PMU_HW_CPU_CYCLES,
};

CASE(hostile, config_event,
     "CONFIG answers any event by its error table and touches no other counter.")
{
	struct hostile h;

	hostile_begin();
	h = good_config();
	hostile_edges(&h, 3);
	hostile_bits(&h, 3);
	hostile_values(&h, 3, edge_events, ARRAY_SIZE(edge_events));
	hostile_end();
}

CASE(hostile, config_data,
     "CONFIG answers any event_data by its error table and touches no other counter.")
{
	const unsigned long events[] = {PMU_HW_CPU_CYCLES, PMU_RAW_EVENT,
					PMU_RAW_V2_EVENT, PMU_FW(0),
					PMU_FW(PMU_FW_PLATFORM_CODE)};
	struct hostile h;
	unsigned int i, arg;

	hostile_begin();
	h = good_config();
	for (i = 0; i < ARRAY_SIZE(events); i++) {
		h.args[3] = events[i];
		for (arg = 4; arg < h.count; arg++) {
			hostile_edges(&h, arg);
			hostile_bits(&h, arg);
		}
	}
	hostile_end();
}

CASE(hostile, config_pairs,
     "CONFIG answers any two bad arguments by its table and touches no other counter.")
{
	check_pairs(good_config);
}

/* A counter of one type with an event that only the other type can count */
static void check_skip(unsigned int index, unsigned long flags,
		       const unsigned long events[], unsigned int count)
{
	struct hostile h = {"CONFIG with SKIP_MATCH",
			    PMU_FID_CONFIG,
			    {index, 1, PMU_CFG_SKIP_MATCH | flags, 0, 0, 0},
			    5};

	hostile_values(&h, 3, events, count);
}

CASE(hostile, skip_match_event,
     "SKIP_MATCH answers any event by its error table and touches no other counter.")
{
	unsigned int victims[2], i;

	hostile_begin();
	victims[0] = hostile_victim();
	victims[1] = hostile_fw_victim();
	for (i = 0; i < ARRAY_SIZE(victims); i++) {
		/* Free, configured and stopped */
		check_skip(victims[i], 0, edge_events, ARRAY_SIZE(edge_events));
		hostile_arm(victims[i], false);
		check_skip(victims[i], 0, edge_events, ARRAY_SIZE(edge_events));
	}
	hostile_end();
}

CASE(hostile, skip_match_clear_hardware,
     "SKIP_MATCH with CLEAR_VALUE on a hardware counter answers any event by its error table and touches no other counter.")
{
	hostile_begin();
	need_hpms(1);
	check_skip(hostile_victim(), PMU_CFG_CLEAR_VALUE, edge_events,
		   ARRAY_SIZE(edge_events));
	hostile_end();
}

CASE(hostile, skip_match_clear_firmware,
     "SKIP_MATCH with CLEAR_VALUE on a firmware counter answers any event by its error table and touches no other counter.")
{
	hostile_begin();
	check_skip(hostile_fw_victim(), PMU_CFG_CLEAR_VALUE, edge_events,
		   ARRAY_SIZE(edge_events));
	hostile_end();
}

CASE(hostile, skip_match_auto_start,
     "SKIP_MATCH with AUTO_START answers any event by its error table and touches no other counter.")
{
	hostile_begin();
	check_skip(hostile_victim(), PMU_CFG_AUTO_START, edge_events,
		   ARRAY_SIZE(edge_events));
	check_skip(hostile_fw_victim(), PMU_CFG_AUTO_START, edge_events,
		   ARRAY_SIZE(edge_events));
	hostile_end();
}

CASE(hostile, start_base,
     "START answers any base by its error table and touches no other counter.")
{
	check_arg(good_start, 0);
}

CASE(hostile, start_mask,
     "START answers any mask by its error table and touches no other counter.")
{
	check_arg(good_start, 1);
}

CASE(hostile, start_flags,
     "START answers any flags by its error table and touches no other counter.")
{
	check_arg(good_start, 2);
}

CASE(hostile, start_value,
     "START answers any initial value by its error table and touches no other counter.")
{
	check_arg(good_start, 3);
	if (XLEN == 32)
		check_arg(good_start, 4);
}

CASE(hostile, start_pairs,
     "START answers any two bad arguments by its table and touches no other counter.")
{
	check_pairs(good_start);
}

CASE(hostile, stop_base,
     "STOP answers any base by its error table and touches no other counter.")
{
	check_arg(good_stop, 0);
}

CASE(hostile, stop_mask,
     "STOP answers any mask by its error table and touches no other counter.")
{
	check_arg(good_stop, 1);
}

CASE(hostile, stop_flags,
     "STOP answers any flags by its error table and touches no other counter.")
{
	check_arg(good_stop, 2);
}

CASE(hostile, stop_pairs,
     "STOP answers any two bad arguments by its table and touches no other counter.")
{
	check_pairs(good_stop);
}
