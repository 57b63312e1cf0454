// SPDX-License-Identifier: BSD-2-Clause
/* Each function alone, and START and STOP of many counters. */
#include "bench.h"

void rows_empty(void)
{
	row("empty call of another extension");
	then(call_base());
	row_end();
	row("NUM_COUNTERS");
	then(call_pmu(PMU_FID_NUM_COUNTERS, 0));
	row_end();
}

void rows_calls(void)
{
	row("GET_INFO hw");
	then(call_pmu(PMU_FID_GET_INFO, facts.hpm[0]));
	row_end();
	row("GET_INFO fw");
	then(call_pmu(PMU_FID_GET_INFO, facts.fw[0]));
	row_end();
	row("CONFIG hw");
	then(call_config(facts.hpm[0], bits(facts.hpms), 0, INSTRUCTIONS, 0));
	row_end();
	row("START hw");
	claim_hw(1);
	then(call_start(facts.hpm[0], 1, 0, 0));
	row_end();
	row("START hw at a value");
	claim_hw(1);
	then(call_start(facts.hpm[0], 1, PMU_START_SET_INIT_VALUE, 1000));
	row_end();
	row("STOP hw");
	claim_hw(1);
	first(call_start(facts.hpm[0], 1, 0, 0));
	then(call_stop(facts.hpm[0], 1, 0));
	row_end();
	row("STOP hw, RESET");
	claim_hw(1);
	first(call_start(facts.hpm[0], 1, 0, 0));
	then(call_stop(facts.hpm[0], 1, PMU_STOP_RESET));
	row_end();
	row("FW_READ");
	claim_fw(1, PMU_FW_SET_TIMER);
	then(call_pmu(PMU_FID_FW_READ, facts.fw[0]));
	row_end();
	row("FW_READ_HI");
	claim_fw(1, PMU_FW_SET_TIMER);
	then(call_pmu(PMU_FID_FW_READ_HI, facts.fw[0]));
	row_end();
}

static void start_stop(unsigned long base, unsigned int count)
{
	then(call_start(base, bits(count), 0, 0));
	then(call_stop(base, bits(count), 0));
	row_end();
}

void rows_counters(void)
{
	static const unsigned int hw[] = {1, 2, 4, 8, 16, 29};
	static const unsigned int fw[] = {1, 4, 16};

	for (unsigned int i = 0; i < ARRAY_SIZE(hw); i++) {
		if (hw[i] > facts.hpms)
			continue;
		row("start+stop %u hw", hw[i]);
		claim_hw(hw[i]);
		start_stop(facts.hpm[0], hw[i]);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(fw); i++) {
		if (fw[i] > facts.fws)
			continue;
		row("start+stop %u fw", fw[i]);
		claim_fw(fw[i], PMU_FW_SET_TIMER);
		start_stop(facts.fw[0], fw[i]);
	}
}
