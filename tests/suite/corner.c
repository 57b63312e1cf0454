// SPDX-License-Identifier: BSD-2-Clause
/*
 * Single demands of the specification that firmware in the field is known to
 * miss: one to a case, so that a verdict names one defect and not several.
 */

#include "counters.h"
#include "fw.h"

/* Two firmware counters with different events, the lower index first */
static void two_fw(unsigned int pair[2])
{
	unsigned int i;

	need_fws(2);
	for (i = 0; i < 2; i++) {
		pair[i] = facts.fw[i];
		require_value(pmu_config(pair[i], 1, PMU_CFG_CLEAR_VALUE,
					 PMU_FW(PMU_FW_SET_TIMER + i), 0),
			      pair[i], "CONFIG of counter %u", pair[i]);
	}
}

static struct sbiret start_pair(const unsigned int pair[2])
{
	return pmu_start(pair[0], 1 | 1UL << (pair[1] - pair[0]), 0, 0);
}

static struct sbiret stop_pair(const unsigned int pair[2])
{
	return pmu_stop(pair[0], 1 | 1UL << (pair[1] - pair[0]), 0);
}

CASE(corner, config_flag, "CONFIG refuses the lowest reserved flag.")
{
	need_fws(1);
	expect_error(pmu_config(facts.fw[0], 1, PMU_CFG_DEFINED + 1,
				PMU_FW(PMU_FW_SET_TIMER), 0),
		     PMU_ERR_INVALID_PARAM, "CONFIG with flag bit 8");
}

CASE(corner, start_flag, "START refuses the lowest reserved flag.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);

	expect_error(pmu_start(index, 1, PMU_START_DEFINED + 1, 0),
		     PMU_ERR_INVALID_PARAM, "START with flag bit 2");
}

CASE(corner, stop_flag, "STOP refuses the lowest reserved flag.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);

	require_ok(pmu_start_one(index), "START of counter %u", index);
	expect_error(pmu_stop(index, 1, PMU_STOP_DEFINED + 1),
		     PMU_ERR_INVALID_PARAM, "STOP with flag bit 2");
}

/* Which error it is the specification does not say */
CASE(corner, event_bits,
     "CONFIG finds no counter for an event_idx of more than 20 bits.")
{
	need_fws(1);
	expect_ne((uint64_t)pmu_config(
			  fw_base(), fw_mask(), 0,
			  PMU_FW(PMU_FW_SET_TIMER) | (PMU_EVENT_BITS + 1), 0)
			  .error,
		  PMU_OK, "error of SET_TIMER with bit 20 set");
}

/* Reserved, but that it has to be refused is our reading */
CASE_OURS(corner, event_data,
	  "CONFIG finds no counter for a firmware event with event_data.")
{
	need_fws(1);
	expect_ne((uint64_t)pmu_config(fw_base(), fw_mask(), 0,
				       PMU_FW(PMU_FW_SET_TIMER), 1)
			  .error,
		  PMU_OK, "error of SET_TIMER with event_data 1");
}

CASE(corner, no_event, "SKIP_MATCH does not count the event 0.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	expect_ne((uint64_t)pmu_config(PMU_CTR_INSTRET, 1, PMU_CFG_SKIP_MATCH,
				       PMU_HW_NO_EVENT, 0)
			  .error,
		  PMU_OK, "error of event 0 on the instruction counter");
}

CASE(corner, firmware_reserved,
     "CONFIG says NOT_SUPPORTED to a firmware event that is reserved.")
{
	need_fws(1);
	expect_error(
		pmu_config(fw_base(), fw_mask(), 0, PMU_FW(PMU_FW_EVENTS), 0),
		PMU_ERR_NOT_SUPPORTED, "firmware event 22");
	expect_error(pmu_config(fw_base(), fw_mask(), 0, PMU_FW(255), 0),
		     PMU_ERR_NOT_SUPPORTED, "firmware event 255");
}

CASE(corner, start_running_first,
     "START says ALREADY_STARTED, though the last counter of the set was not.")
{
	unsigned int pair[2];

	two_fw(pair);
	require_ok(pmu_start_one(pair[0]), "START of counter %u", pair[0]);
	expect_error(start_pair(pair), PMU_ERR_ALREADY_STARTED,
		     "START of running %u and stopped %u", pair[0], pair[1]);
}

CASE(corner, start_running_last,
     "START says ALREADY_STARTED, though the first counter of the set was not.")
{
	unsigned int pair[2];

	two_fw(pair);
	require_ok(pmu_start_one(pair[1]), "START of counter %u", pair[1]);
	expect_error(start_pair(pair), PMU_ERR_ALREADY_STARTED,
		     "START of stopped %u and running %u", pair[0], pair[1]);
}

CASE(corner, stop_stopped_first,
     "STOP says ALREADY_STOPPED, though the last counter of the set was not.")
{
	unsigned int pair[2];

	two_fw(pair);
	require_ok(pmu_start_one(pair[1]), "START of counter %u", pair[1]);
	expect_error(stop_pair(pair), PMU_ERR_ALREADY_STOPPED,
		     "STOP of stopped %u and running %u", pair[0], pair[1]);
}

CASE(corner, stop_stopped_last,
     "STOP says ALREADY_STOPPED, though the first counter of the set was not.")
{
	unsigned int pair[2];

	two_fw(pair);
	require_ok(pmu_start_one(pair[0]), "START of counter %u", pair[0]);
	expect_error(stop_pair(pair), PMU_ERR_ALREADY_STOPPED,
		     "STOP of running %u and stopped %u", pair[0], pair[1]);
}

/* Counter 1 would be the time CSR, which is no counter */
static void need_time_hole(void)
{
	skip_unless(facts.num > 1 && !facts.counter[PMU_CTR_TIME].exists,
		    "there is a counter 1");
	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	/* Firmware may leave them running */
	pmu_stop(PMU_CTR_CYCLE, 5, 0);
}

CASE(corner, start_hole,
     "START refuses a set that has the time CSR among its counters.")
{
	need_time_hole();
	expect_error(pmu_start(PMU_CTR_CYCLE, 7, 0, 0), PMU_ERR_INVALID_PARAM,
		     "START of counters 0, 1 and 2");
}

CASE(corner, stop_hole,
     "STOP refuses a set that has the time CSR among its counters.")
{
	need_time_hole();
	pmu_start(PMU_CTR_CYCLE, 5, 0, 0);
	expect_error(pmu_stop(PMU_CTR_CYCLE, 7, 0), PMU_ERR_INVALID_PARAM,
		     "STOP of counters 0, 1 and 2");
}

CASE(corner, two_on_event,
     "Two firmware counters that are started on one event both count it.")
{
	unsigned int pair[2], i;

	need_fws(2);
	for (i = 0; i < 2; i++) {
		pair[i] = facts.fw[i];
		require_value(pmu_config(pair[i], 1, PMU_CFG_CLEAR_VALUE,
					 PMU_FW(PMU_FW_SET_TIMER), 0),
			      pair[i], "CONFIG of counter %u", pair[i]);
	}
	require_ok(start_pair(pair), "START of both");
	for (i = 0; i < 5; i++)
		fw_set_timer();
	for (i = 0; i < 2; i++)
		expect_eq(pmu_read(pair[i]), 5, "counter %u", pair[i]);
}

CASE(corner, info_wide_index,
     "GET_INFO does not take 2^32 for the first counter.")
{
	skip_unless(XLEN > 32, "an index has 32 bits");
	expect_error(pmu_get_info((unsigned long)(1ULL << 32)),
		     PMU_ERR_INVALID_PARAM, "GET_INFO of 2^32");
}

CASE(corner, read_hi_hardware, "FW_READ_HI refuses a hardware counter.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	expect_error(pmu_fw_read_hi(PMU_CTR_INSTRET), PMU_ERR_INVALID_PARAM,
		     "FW_READ_HI of the instruction counter");
}

CASE(corner, read_hi_beyond, "FW_READ_HI refuses an index without counter.")
{
	expect_error(pmu_fw_read_hi(facts.num), PMU_ERR_INVALID_PARAM,
		     "FW_READ_HI of the index behind the last");
}

/*
 * Each single counter of a kind, asked for an event: as base 0 and a bit, for
 * that needs arithmetic that can go wrong
 */
static void expect_in_mask(const unsigned int *index, unsigned int count,
			   unsigned long event, uint64_t data)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		struct set set = {index[i] < XLEN ? 0 : index[i] - XLEN + 1, 0};
		struct sbiret ret;

		set.mask = 1UL << (index[i] - set.base);
		ret = pmu_config(set.base, set.mask, 0, event, data);
		if (ret.error) {
			expect_error(ret, PMU_ERR_NOT_SUPPORTED,
				     "CONFIG of %#lx on counter %u", event,
				     index[i]);
			continue;
		}
		expect_eq(ret.value, index[i],
			  "the counter that CONFIG of %#lx on %u gives", event,
			  index[i]);
		pmu_reset(ret.value);
	}
}

CASE(corner, cycles_in_mask,
     "CONFIG of cycles on one programmable counter gives that or none.")
{
	need_hpms(1);
	expect_in_mask(facts.hpm, facts.hpms, CYCLES, 0);
}

CASE(corner, instructions_in_mask,
     "CONFIG of instructions on one programmable counter gives that or none.")
{
	need_hpms(1);
	expect_in_mask(facts.hpm, facts.hpms, INSTRUCTIONS, 0);
}

CASE(corner, raw_in_mask,
     "CONFIG of a raw event on one counter gives that or none.")
{
	static const uint64_t data[] = {0, 1, 2, 0x21, 0xabcdef, 0xffff0000};
	unsigned int i;

	need_hpms(1);
	for (i = 0; i < ARRAY_SIZE(data); i++) {
		expect_in_mask(facts.hpm, facts.hpms, PMU_RAW_EVENT, data[i]);
		expect_in_mask(facts.hpm, facts.hpms, PMU_RAW_V2_EVENT,
			       data[i]);
	}
}
