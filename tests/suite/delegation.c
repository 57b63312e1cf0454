// SPDX-License-Identifier: BSD-2-Clause
/*
 * Smcdeleg and Ssccfg: the supervisor programs hardware counters by CSRs of its
 * own, and uses the SBI for firmware counters only.
 */

#include "suite.h"

#define CSR_SCOUNTINHIBIT 0x120
#define CSR_SISELECT 0x150
#define CSR_SIREG2 0x152
#define SELECT_COUNTER(n) (0x40ul + (n))

/* A programmable counter that the supervisor runs, past the firmware */
static unsigned int run_delegated(void)
{
	unsigned long inhibit;
	unsigned int n;

	need_hpms(1);
	skip_unless(XLEN == 64 && isa_has("smcdeleg") && isa_has("ssccfg") &&
			    probe_csr_read(CSR_SCOUNTINHIBIT, &inhibit, 0),
		    "this hart has no counter delegation");
	n = facts.counter[facts.hpm[0]].csr - PMU_CSR_CYCLE;
	csr_write(CSR_SISELECT, SELECT_COUNTER(n));
	csr_write(CSR_SIREG2, PMU_HW_INSTRUCTIONS);
	csr_clear(CSR_SCOUNTINHIBIT, 1UL << n);
	return n;
}

/* The firmware need not know of this counter, so no RESET frees it */
static void give_back(unsigned int n)
{
	csr_set(CSR_SCOUNTINHIBIT, 1UL << n);
	csr_write(CSR_SIREG2, 0);
}

static void expect_running(unsigned int n, const char *after)
{
	uint64_t before = pmu_read_csr(PMU_CSR_CYCLE + n);

	work_insns(1000);
	expect_eq(csr_read(CSR_SIREG2) & 0xffffffff, PMU_HW_INSTRUCTIONS,
		  "the event of the supervisor's counter after %s", after);
	expect_eq(csr_read(CSR_SCOUNTINHIBIT) >> n & 1, 0,
		  "its inhibit bit after %s", after);
	expect_ne(pmu_read_csr(PMU_CSR_CYCLE + n), before, "its value after %s",
		  after);
}

CASE(delegation, firmware_counter,
     "Calls for a firmware counter leave the supervisor's own counters alone.")
{
	unsigned int n;
	unsigned long fw;

	need_fws(1);
	n = run_delegated();
	fw = facts.fw[0];
	expect_running(n, "setting it up");
	require_value(pmu_config(fw, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0), fw,
		      "CONFIG of a firmware counter");
	expect_ok(pmu_start_one(fw), "START of a firmware counter");
	expect_running(n, "START of a firmware counter");
	expect_ok(pmu_stop_one(fw), "STOP of a firmware counter");
	expect_running(n, "STOP of a firmware counter");
	give_back(n);
}

CASE_OURS(
	delegation, other_counter,
	"Calls for another hardware counter leave the supervisor's own ones alone.")
{
	unsigned int n = run_delegated();

	require_value(pmu_config(PMU_CTR_CYCLE, 1, 0, PMU_HW_CPU_CYCLES, 0),
		      PMU_CTR_CYCLE, "CONFIG of the cycle counter");
	expect_running(n, "CONFIG of the cycle counter");
	expect_ok(pmu_start_one(PMU_CTR_CYCLE), "START of the cycle counter");
	expect_running(n, "START of the cycle counter");
	expect_ok(pmu_stop_one(PMU_CTR_CYCLE), "STOP of the cycle counter");
	expect_running(n, "STOP of the cycle counter");
	give_back(n);
}

CASE_OURS(
	delegation, reset,
	"RESET of all that is free leaves the supervisor's own counters alone.")
{
	unsigned int n = run_delegated();
	unsigned long index = facts.hpm[0];

	expect_error(
		pmu_stop(index, 1, PMU_STOP_RESET), PMU_ERR_ALREADY_STOPPED,
		"STOP with RESET of a counter that the firmware never gave");
	expect_running(n, "STOP with RESET");
	give_back(n);
}
