/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hart that was stopped and started again begins with a fresh PMU: so it is
 * with our firmware, the specification does not say.
 */
#include "fw.h"

static struct {
	unsigned int hpm, fw;
	struct pmu_snapshot *page;
} there;

static void need_there(void)
{
	need_harts(2);
	need_fws(1);
	there.hpm = claim_hpm(INSTRUCTIONS, 0);
	there.fw = claim_fw(PMU_FW_SET_TIMER, 0);
	there.page = NULL;
}

static void run_there(unsigned long (*fn)(unsigned long))
{
	require(hart_call(1, fn, 0, NULL), "hart 1 runs our code");
}

static void restart(void)
{
	require(hart_stop(1), "hart 1 stops");
	require(hart_start(1), "hart 1 starts again");
}

/* Leave as much as can be left: events, filters, values, shared memory */
static unsigned long leave_state(unsigned long arg)
{
	(void)arg;
	expect_value(pmu_config(there.hpm, 1, PMU_CFG_SINH, INSTRUCTIONS, 0),
		     there.hpm, "CONFIG of counter %u", there.hpm);
	expect_value(pmu_config(there.fw, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0),
		     there.fw, "CONFIG of counter %u", there.fw);
	expect_ok(pmu_start_at(there.hpm, 0x123456789ULL), "START of %u",
		  there.hpm);
	expect_ok(pmu_start_at(there.fw, 0x123456789ULL), "START of %u",
		  there.fw);
	fw_set_timer();
	if (facts.snapshot)
		expect_ok(pmu_set_shmem((unsigned long)there.page, 0, 0),
			  "SET_SHMEM on hart 1");
	return 0;
}

static unsigned long expect_unused(unsigned long arg)
{
	(void)arg;
	expect_error(pmu_start_one(there.hpm), PMU_ERR_INVALID_PARAM,
		     "START of counter %u after the restart", there.hpm);
	expect_error(pmu_start_one(there.fw), PMU_ERR_INVALID_PARAM,
		     "START of counter %u after the restart", there.fw);
	expect_ne((uint64_t)pmu_stop_one(there.hpm).error, PMU_OK,
		  "error of STOP of counter %u after the restart", there.hpm);
	expect_ne((uint64_t)pmu_stop_one(there.fw).error, PMU_OK,
		  "error of STOP of counter %u after the restart", there.fw);
	return 0;
}

CASE_OURS(harts, stop_frees, "After a hart was stopped its counters are free.")
{
	need_there();
	there.page = page_alloc(1);
	run_there(leave_state);
	restart();
	run_there(expect_unused);
}

static unsigned long expect_zero(unsigned long arg)
{
	(void)arg;
	expect_eq(pmu_read(there.hpm), 0, "counter %u after the restart",
		  there.hpm);
	work_insns(1000);
	fw_set_timer();
	expect_eq(pmu_read(there.hpm), 0, "counter %u after work", there.hpm);
	expect_value(pmu_config(there.hpm, 1, 0, INSTRUCTIONS, 0), there.hpm,
		     "CONFIG of counter %u", there.hpm);
	expect_value(pmu_config(there.fw, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0),
		     there.fw, "CONFIG of counter %u", there.fw);
	expect_eq(pmu_read(there.hpm), 0, "counter %u after CONFIG", there.hpm);
	expect_eq(pmu_read(there.fw), 0, "counter %u after CONFIG", there.fw);
	return 0;
}

CASE_OURS(harts, stop_clears,
	  "After a hart was stopped no value of a counter is left.")
{
	need_there();
	there.page = page_alloc(1);
	run_there(leave_state);
	restart();
	run_there(expect_zero);
}

static unsigned long expect_no_shmem(unsigned long arg)
{
	(void)arg;
	expect_value(pmu_config(there.fw, 1, PMU_CFG_AUTO_START,
				PMU_FW(PMU_FW_SET_TIMER), 0),
		     there.fw, "CONFIG of counter %u", there.fw);
	expect_error(pmu_stop(there.fw, 1, PMU_STOP_TAKE_SNAPSHOT),
		     PMU_ERR_NO_SHMEM, "TAKE_SNAPSHOT after the restart");
	return 0;
}

CASE_OURS(harts, stop_snapshot,
	  "After a hart was stopped its snapshot memory is no longer set.")
{
	unsigned int i;

	need_there();
	skip_unless(facts.snapshot, "this firmware offers no snapshot");
	there.page = page_alloc(1);
	require(there.page != NULL, "a page");
	run_there(leave_state);
	restart();
	run_there(expect_no_shmem);
	for (i = 0; i < PMU_SNAPSHOT_SLOTS; i++)
		expect_eq(there.page->values[i], 0, "slot %u of the old page",
			  i);
}

static unsigned long filter_fixed(unsigned long arg)
{
	(void)arg;
	expect_value(pmu_config(PMU_CTR_INSTRET, 1, PMU_CFG_INHIBITS,
				INSTRUCTIONS, 0),
		     PMU_CTR_INSTRET, "CONFIG of counter 2, all inhibited");
	expect_eq(measure(PMU_CTR_INSTRET, MODE_S, work_insns, 5000), 0,
		  "counter 2 with all inhibited");
	return 0;
}

static unsigned long expect_unfiltered(unsigned long arg)
{
	uint64_t before = pmu_read(PMU_CTR_INSTRET);

	(void)arg;
	work_insns(5000);
	expect_ne(pmu_read(PMU_CTR_INSTRET), before,
		  "counter 2, running as at boot, after work");
	return 0;
}

CASE_OURS(
	harts, stop_fixed,
	"After a hart was stopped the instruction counter runs unfiltered as at boot.")
{
	need_harts(2);
	need_filter(PMU_CTR_INSTRET, INSTRUCTIONS);
	run_there(filter_fixed);
	restart();
	run_there(expect_unfiltered);
}

static unsigned long expect_no_overflow(unsigned long arg)
{
	(void)arg;
	expect_eq(csr_read(CSR_SCOUNTOVF), 0, "scountovf after the restart");
	expect_eq(csr_read(CSR_SIP) & 1UL << IRQ_LCOFI, 0,
		  "interrupt 13 in sip after the restart");
	return 0;
}

static void start_to_overflow(void)
{
	expect_value(pmu_config(there.hpm, 1, 0, INSTRUCTIONS, 0), there.hpm,
		     "CONFIG of counter %u", there.hpm);
	expect_ok(pmu_start_at(there.hpm, 0 - 10000ULL), "START of %u",
		  there.hpm);
}

static unsigned long leave_overflow(unsigned long arg)
{
	(void)arg;
	start_to_overflow();
	expect(wait_until(csr_read(CSR_SCOUNTOVF) != 0, 500),
	       "counter %u overflows", there.hpm);
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	return 0;
}

CASE_OURS(harts, stop_overflow, "After a hart was stopped no overflow is left.")
{
	need_lcofi();
	need_there();
	/* RV32 machines that ignore filters lose overflows */
	need_filter(there.hpm, INSTRUCTIONS);
	run_there(leave_overflow);
	restart();
	run_there(expect_no_overflow);
}

static unsigned long stop_with_overflow(unsigned long arg)
{
	(void)arg;
	start_to_overflow();
	expect(wait_until(csr_read(CSR_SIP) & 1UL << IRQ_LCOFI, 500),
	       "the interrupt of counter %u pends", there.hpm);
	/* Not by hart_stop(), which leaves no interrupt behind */
	sbi_hart_stop();
	return 0;
}

static bool is_stopped(unsigned int index)
{
	struct sbiret ret = sbi_hart_status(hart_id(index));

	return !ret.error && ret.value == SBI_HART_STOPPED;
}

CASE_OURS(
	harts, stop_pending,
	"A hart stopped with an overflow interrupt pending starts without it.")
{
	need_lcofi();
	need_there();
	need_filter(there.hpm, INSTRUCTIONS);
	require(hart_call_async(1, stop_with_overflow, 0),
		"hart 1 runs our code");
	require(wait_until(is_stopped(1), 4000), "hart 1 stops");
	harts[1].state = HART_STOPPED;
	require(hart_start(1), "hart 1 starts again");
	run_there(expect_no_overflow);
}

static unsigned long leave_fixed(unsigned long arg)
{
	(void)arg;
	expect_value(pmu_config(PMU_CTR_INSTRET, 1, 0, INSTRUCTIONS, 0),
		     PMU_CTR_INSTRET, "CONFIG of counter 2");
	expect_ok(pmu_start_at(PMU_CTR_INSTRET, 1ULL << 62),
		  "START of counter 2");
	return 0;
}

static unsigned long expect_low(unsigned long arg)
{
	(void)arg;
	expect_between(pmu_read(PMU_CTR_INSTRET), 0, 1ULL << 61,
		       "counter 2 after the restart");
	return 0;
}

CASE_OURS(
	harts, stop_fixed_value,
	"After a hart was stopped no value of the instruction counter is left.")
{
	need_harts(2);
	claim_fixed(PMU_CTR_INSTRET, 0);
	run_there(leave_fixed);
	restart();
	run_there(expect_low);
}
