/* SPDX-License-Identifier: BSD-2-Clause */
/* Smoke cases: the extension is there and answers. */
#include "suite.h"

CASE(base, probe, "The firmware says that it has the PMU extension.")
{
	expect_ne(sbi_probe(PMU_EID), 0, "probe_extension of the PMU");
}

CASE(base, version,
     "The firmware implements SBI 0.3, which has the PMU, or later.")
{
	expect(facts.spec_version >= 3 && !(facts.spec_version >> 31),
	       "spec version %#lx is 0.3 or later", facts.spec_version);
}

CASE(base, unknown_function,
     "A function that the extension does not have is refused.")
{
	/* A later version may have more functions */
	if (facts.spec_version <= (3UL << 24))
		expect_refused(sbi_ecall(PMU_EID, 9, 0, 0, 0, 0, 0, 0),
			       PMU_ERR_NOT_SUPPORTED, "FID 9");
	expect_refused(sbi_ecall(PMU_EID, ~0UL, 0, SBI_UNUSED_ARG, 0, 0, 0, 0),
		       PMU_ERR_NOT_SUPPORTED, "FID with all bits set");
}

CASE(base, registers, "A call changes no register but a0 and a1.")
{
	static const unsigned long fids[] = {PMU_FID_NUM_COUNTERS,
					     PMU_FID_GET_INFO, PMU_FID_FW_READ};

	for (unsigned int i = 0; i < ARRAY_SIZE(fids); i++) {
		unsigned long args[8] = {0,    0x11, 0x12,    0x13,
					 0x14, 0x15, fids[i], PMU_EID};
		struct sbiret ret;

		expect_eq(sbi_ecall_changed(&ret, args), 0,
			  "mask of the registers changed by FID %lu", fids[i]);
	}
}

CASE(num, counters, "NUM_COUNTERS succeeds, and the number is always the same.")
{
	struct sbiret ret = pmu_num_counters();

	require_ok(ret, "NUM_COUNTERS");
	if (ours())
		expect_ne(ret.value, 0, "the number of counters");
	expect_value(pmu_num_counters(), ret.value, "NUM_COUNTERS again");
}
