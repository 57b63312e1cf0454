// SPDX-License-Identifier: BSD-2-Clause
/*
 * A hart that goes from one domain to the other and back: what happens in
 * between. OpenSBI does not tell of it, so the first PMU call of the other
 * domain is where the counters change hands.
 */

#include "witness.h"
#include "fw.h"
#include "sse.h"

/* From entering the other domain to its first call, and back to ours */
#define SLACK 20000

CASE_OURS(isolation, running_waits,
	  "A running counter waits while the other domain uses the hart.")
{
	unsigned int index, fw;
	uint64_t value;

	need_switch();
	need_exact();
	index = claim_hpm(INSTRUCTIONS, 0);
	fw = claim_fw(PMU_FW_SET_TIMER, PMU_CFG_AUTO_START);
	require_ok(pmu_start_at(index, 0), "START of counter %u", index);
	witness_call(PMU_EID, PMU_FID_NUM_COUNTERS, 0, 0, 0, 0, 0, 0);
	witness_ask(WITNESS_WORK, 1000000, 0);
	expect_error(pmu_start_one(fw), PMU_ERR_ALREADY_STARTED,
		     "START of counter %u, which runs", fw);
	value = pmu_read(index);
	expect_between(value, 100, SLACK, "counter %u, work was there", index);
	work_insns(50000);
	expect_between(pmu_read(index) - value, 50000, 50100,
		       "the same after work here");
}

CASE_OURS(isolation, exact_there,
	  "A count in the other domain is exact, whatever this one runs.")
{
	unsigned int index;
	uint64_t value;

	need_switch();
	need_exact();
	index = claim_hpm(INSTRUCTIONS, PMU_CFG_AUTO_START);
	expect_value(witness_config(index, PMU_CFG_AUTO_START, INSTRUCTIONS),
		     index, "CONFIG of counter %u there", index);
	value = witness_read(index);
	expect_ok(pmu_reset(index), "RESET here");
	claim_hpm(CYCLES, PMU_CFG_AUTO_START);
	work_insns(1000000);
	pmu_clean();
	witness_call(PMU_EID, PMU_FID_NUM_COUNTERS, 0, 0, 0, 0, 0, 0);
	expect_between(witness_read(index) - value, 10, SLACK,
		       "counter %u there, work was here", index);
	value = witness_read(index);
	witness_ask(WITNESS_WORK, 50000, 0);
	expect_between(witness_read(index) - value, 50000, 50000 + SLACK,
		       "the same after work there");
}

CASE_OURS(
	isolation, suspend,
	"A suspend just before the switch loses no configuration of either domain.")
{
	unsigned int index;

	need_switch();
	index = claim_hpm(INSTRUCTIONS, 0);
	require_ok(pmu_start_at(index, 1000), "START of counter %u", index);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_value(witness_config(index, 0, CYCLES), index,
		     "CONFIG of counter %u there", index);
	pmu_num_counters();
	suspend_hart(SUSPEND_NON_RETENTIVE);
	expect_ok(witness_start_at(index, 7ULL << 40), "START there");
	witness_ask(WITNESS_WORK, 5000, 0);
	expect_ok(witness_stop(index, 0), "STOP there");
	expect_between(witness_read(index), (7ULL << 40) + 1000,
		       (7ULL << 40) + (1ULL << 39), "counter %u there", index);
	if (facts.sscofpmf)
		expect_eq(witness_ask(WITNESS_OVERFLOWS, 0, 0), 0,
			  "scountovf there");
	expect_ok(pmu_start_one(index), "START here");
	if (facts.sscofpmf)
		expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf here");
	work_insns(5000);
	expect_ok(pmu_stop_one(index), "STOP here");
	expect_between(pmu_read(index), 6000, 1000000, "counter %u here",
		       index);
}

CASE_OURS(isolation, software_event,
	  "An overflow as a software event waits for the domain that asked.")
{
	unsigned int index;

	need_switch();
	index = sse_begin();
	sse_start(index, 50000);
	/* No PMU call: the counter goes on and overflows there */
	witness_ask(WITNESS_WORK, 200000, 0);
	witness_ask(WITNESS_WORK, 200000, 0);
	expect_eq(sse_state.count, 0, "events before our next call");
	pmu_num_counters();
	expect(sse_comes(1), "the event comes after that");
	expect_eq(sse_state.seen, ovf_bit(index), "scountovf in the handler");
	linger();
	expect_eq(sse_state.count, 1, "events");
	sse_end();
}

CASE_OURS(
	isolation, interrupt_delegated,
	"The other domain gets its overflow interrupt while this one has events.")
{
	unsigned int index;

	need_switch();
	index = sse_begin();
	expect_value(witness_config(index, 0, INSTRUCTIONS), index,
		     "CONFIG of counter %u there", index);
	expect_eq(witness_ask(WITNESS_OVERFLOW, index, 100000), ovf_bit(index),
		  "scountovf there");
	expect_ne(witness_second() & 1UL << IRQ_LCOFI, 0,
		  "interrupt 13 in sip there");
	pmu_num_counters();
	linger();
	expect_eq(sse_state.count, 0, "events here");
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf here");
	sse_start(index, 20000);
	expect(sse_comes(1), "the event comes for a counter of ours");
	sse_end();
}
