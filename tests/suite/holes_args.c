/* SPDX-License-Identifier: BSD-2-Clause */
/* Cases that a fault in the firmware asked for: arguments */

#include "counters.h"

CASE_OURS(num, last, "The counter with the highest index exists.")
{
	expect(facts.counter[facts.num - 1].exists, "counter %u of %u exists",
	       facts.num - 1, facts.num);
}

CASE(registers, unused_upper_half,
     "On RV64 nothing is read from the register behind a 64-bit argument.")
{
	const unsigned long x = SBI_UNUSED_ARG;
	struct actor a = firmware_actor();

	skip_unless(XLEN == 64, "two registers hold a 64-bit argument here");
	expect_value(sbi_ecall(PMU_EID, PMU_FID_CONFIG, a.index, 1, 0, a.event,
			       0, x),
		     a.index, "CONFIG with a value in a5");
	expect_ok(sbi_ecall(PMU_EID, PMU_FID_START, a.index, 1,
			    PMU_START_SET_INIT_VALUE, 7, x, x),
		  "START with values in a4 and a5");
	expect_eq(pmu_read(a.index), 7, "%s counter %u after START at 7",
		  a.kind, a.index);
}

static bool defined_cache(unsigned int code)
{
	return code >> 3 < PMU_CACHE_IDS && (code >> 1 & 3) < PMU_CACHE_OPS;
}

static void expect_undefined(unsigned long event)
{
	struct sbiret ret = config_any(0, event, 0);

	/* Which error it has to be is a matter of other cases */
	if (!expect(ret.error != PMU_OK, "CONFIG refuses event %#lx", event))
		pmu_reset(ret.value);
}

CASE(config, undefined_codes,
     "CONFIG gives no counter to a code that the specification leaves out.")
{
	unsigned int code;

	/* Enough codes to meet one that a wrong index would count */
	for (code = PMU_HW_EVENTS + 1; code < 1024; code++)
		expect_undefined(PMU_EVENT(PMU_TYPE_HW, code));
	for (code = 0; code < 1024; code++) {
		if (!defined_cache(code))
			expect_undefined(PMU_EVENT(PMU_TYPE_CACHE, code));
	}
}
