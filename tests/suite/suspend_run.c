/* SPDX-License-Identifier: BSD-2-Clause */
/* Firmware counters, running counters and overflow across a suspend. */
#include "fw.h"
#include "overflow.h"

static const unsigned long types[] = {SUSPEND_RETENTIVE, SUSPEND_NON_RETENTIVE};

static void check_firmware(unsigned long type)
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);
	uint64_t value = 0xabcdef0123456789ULL;

	require_ok(pmu_start_at(index, value), "START of counter %u", index);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	suspend_hart(type);
	expect_eq(pmu_read(index), value, "stopped counter %u after the resume",
		  index);
	fw_set_timer();
	expect_eq(pmu_read(index), value, "stopped counter %u after its event",
		  index);
	expect_ok(pmu_start_one(index), "START after the resume");
	fw_set_timer();
	fw_set_timer();
	expect_ok(pmu_stop_one(index), "STOP after the resume");
	expect_eq(pmu_read(index), value + 2, "counter %u, two events later",
		  index);
}

CASE(suspend, firmware_retentive,
     "A stopped firmware counter keeps event and value over a retentive suspend.")
{
	check_firmware(SUSPEND_RETENTIVE);
}

/*
 * Linux gives a value to START after a suspend, and so needs the event alone.
 */
CASE(suspend, firmware_event,
     "A stopped firmware counter keeps its event over a non-retentive suspend.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);

	require_ok(pmu_start_at(index, 5), "START of counter %u", index);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	suspend_hart(SUSPEND_NON_RETENTIVE);
	expect_ok(pmu_start_at(index, 70), "START after the resume");
	fw_set_timer();
	fw_set_timer();
	expect_ok(pmu_stop_one(index), "STOP after the resume");
	expect_eq(pmu_read(index), 72, "counter %u, two events later", index);
}

CASE_OURS(
	suspend, firmware_non_retentive,
	"A stopped firmware counter keeps event and value over a non-retentive suspend.")
{
	check_firmware(SUSPEND_NON_RETENTIVE);
}

static void check_firmware_running(unsigned long type)
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);
	uint64_t before;

	require_ok(pmu_start_at(index, 10), "START of counter %u", index);
	suspend_hart(type);
	/* Suspending takes one set_timer before and one after */
	expect_between(pmu_read(index), 10, 12, "counter %u after the resume",
		       index);
	before = pmu_read(index);
	fw_set_timer();
	fw_set_timer();
	expect_eq(pmu_read(index), before + 2, "counter %u, two events later",
		  index);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
}

CASE(suspend, firmware_running_retentive,
     "A running firmware counter goes on counting after a retentive suspend.")
{
	check_firmware_running(SUSPEND_RETENTIVE);
}

CASE_OURS(
	suspend, firmware_running,
	"A running firmware counter goes on counting after a non-retentive suspend.")
{
	check_firmware_running(SUSPEND_NON_RETENTIVE);
}

/* A counter that ran is stopped by the first STOP, and may be started again */
static void check_stoppable(unsigned int index, unsigned long type)
{
	uint64_t value;

	require_ok(pmu_start_at(index, 1000), "START of counter %u", index);
	suspend_hart(type);
	expect_error(pmu_start_one(index), PMU_ERR_ALREADY_STARTED,
		     "START of counter %u, which was running", index);
	work_insns(5000);
	expect_ok(pmu_stop_one(index), "STOP of counter %u after the resume",
		  index);
	value = pmu_read(index);
	work_insns(5000);
	expect_eq(pmu_read(index), value, "counter %u after STOP", index);
	expect_ok(pmu_start_at(index, 1000), "START of counter %u", index);
	work_insns(5000);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect(pmu_read(index) > 1000, "counter %u counts again", index);
}

CASE(suspend, running_programmable_retentive,
     "A programmable counter runs through a retentive suspend.")
{
	check_stoppable(claim_hpm(INSTRUCTIONS, 0), SUSPEND_RETENTIVE);
}

CASE_OURS(suspend, running_programmable,
	  "A programmable counter that ran through a suspend can be stopped.")
{
	check_stoppable(claim_hpm(INSTRUCTIONS, 0), SUSPEND_NON_RETENTIVE);
}

CASE(suspend, running_instret_retentive,
     "The instruction counter runs through a retentive suspend.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_stoppable(PMU_CTR_INSTRET, SUSPEND_RETENTIVE);
}

CASE_OURS(suspend, running_instret,
	  "The instruction counter that ran through a suspend can be stopped.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_stoppable(PMU_CTR_INSTRET, SUSPEND_NON_RETENTIVE);
}

/*
 * OpenSBI sets the overflow bits of all counters after a suspend. With counter
 * delegation the idle ones belong to the supervisor, which has to clear them.
 */
static void need_own_idle_counters(void)
{
	skip_unless(!isa_has("smcdeleg"),
		    "idle counters belong to the supervisor here");
}

CASE_OURS(suspend, scountovf,
	  "No overflow bit is set after a suspend and a STOP.")
{
	unsigned int index, i;

	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	need_own_idle_counters();
	index = claim_hpm(INSTRUCTIONS, 0);
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		require_ok(pmu_start_at(index, 0), "START of counter %u",
			   index);
		suspend_hart(types[i]);
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
		expect_eq(csr_read(CSR_SCOUNTOVF), 0,
			  "scountovf after type %#lx", types[i]);
	}
}

/* Fixed counters run and all others stand after a reset, too */
CASE_OURS(
	suspend, scountovf_as_reset,
	"No overflow bit is set after a suspend that stopped and started nothing.")
{
	unsigned int index, i;

	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	need_own_idle_counters();
	index = claim_hpm(INSTRUCTIONS, 0);
	claim_fixed(PMU_CTR_CYCLE, 0);
	claim_fixed(PMU_CTR_INSTRET, 0);
	require_ok(pmu_start_one(PMU_CTR_CYCLE), "START of counter 0");
	require_ok(pmu_start_one(PMU_CTR_INSTRET), "START of counter 2");
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		suspend_hart(types[i]);
		expect_error(pmu_stop_one(index), PMU_ERR_ALREADY_STOPPED,
			     "STOP of counter %u, which did not run", index);
		expect_eq(csr_read(CSR_SCOUNTOVF), 0,
			  "scountovf after type %#lx", types[i]);
	}
}

static void check_overflow(unsigned long type)
{
	unsigned int index;

	need_lcofi();
	need_own_idle_counters();
	index = claim_hpm(INSTRUCTIONS, 0);
	suspend_hart(type);
	irq_enable(IRQ_LCOFI);
	start_before(index, 10000);
	expect(overflow_comes(1), "the interrupt comes after the resume");
	expect_eq(judged(irq_record(IRQ_LCOFI)->scountovf, ovf_bit(index)),
		  ovf_bit(index), "scountovf in the handler");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
}

CASE(suspend, overflow_retentive,
     "A counter overflows as usual after a retentive suspend.")
{
	check_overflow(SUSPEND_RETENTIVE);
}

CASE(suspend, overflow,
     "A counter overflows as usual after a non-retentive suspend.")
{
	check_overflow(SUSPEND_NON_RETENTIVE);
}

/* Nothing else runs, so that the registers alone tell of the suspend */
static void check_running_filter(unsigned long type)
{
	static const unsigned int fixed[] = {PMU_CTR_CYCLE, PMU_CTR_INSTRET};
	unsigned int n;

	need_filter(PMU_CTR_INSTRET, INSTRUCTIONS);
	for (n = 0; n < ARRAY_SIZE(fixed); n++) {
		pmu_reset(fixed[n]);
		claim_fixed(fixed[n], PMU_CFG_SINH);
		require_ok(pmu_start_one(fixed[n]), "START of counter %u",
			   fixed[n]);
	}
	suspend_hart(type);
	expect_error(pmu_start(0, 5, 0, 0), PMU_ERR_ALREADY_STARTED,
		     "START of counters 0 and 2, which were running");
	for (n = 0; n < ARRAY_SIZE(fixed); n++) {
		uint64_t value = pmu_read(fixed[n]);

		work_insns(5000);
		expect_eq(pmu_read(fixed[n]), value,
			  "counter %u after work in S, type %#lx", fixed[n],
			  type);
		run_in_mode(MODE_U, work_insns, 5000);
		expect_ne(pmu_read(fixed[n]), value,
			  "counter %u after work in U, type %#lx", fixed[n],
			  type);
	}
}

CASE(suspend, running_filter_retentive,
     "The filters of running fixed counters hold over a retentive suspend.")
{
	check_running_filter(SUSPEND_RETENTIVE);
}

CASE_OURS(
	suspend, running_filter,
	"The filters of running fixed counters hold after a suspend and one PMU call.")
{
	check_running_filter(SUSPEND_NON_RETENTIVE);
}
