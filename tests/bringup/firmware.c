// SPDX-License-Identifier: BSD-2-Clause
/* What the firmware says of itself. */
#include "bringup.h"

static void tell_extensions(void)
{
	static const struct {
		const char *name;
		unsigned long eid;
	} known[] = {
		{"TIME", SBI_EID_TIME},	  {"IPI", SBI_EID_IPI},
		{"RFNC", SBI_EID_RFENCE}, {"HSM", SBI_EID_HSM},
		{"SRST", SBI_EID_SRST},	  {"DBCN", SBI_EID_DBCN},
		{"SSE", SBI_EID_SSE},
	};
	char here[80] = "", not [80] = "";
	unsigned int length = 0, missing = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(known); i++) {
		if (sbi_probe(known[i].eid))
			length += text(here + length, sizeof(here) - length,
				       " %s", known[i].name);
		else
			missing += text(not +missing, sizeof(not ) - missing,
					" %s", known[i].name);
	}
	finding(OK, "firmware.extensions", "", "has%s%s%s",
		length ? here : " none", missing ? "; has no" : "", not );
}

bool firmware_tell(void)
{
	unsigned long spec = sbi_spec_version();
	bool pmu;

	section("Firmware");
	finding(spec >> 24 || spec >= 3 ? OK : ABSENT, "firmware.sbi", "",
		"SBI %lu.%lu", spec >> 24 & 0x7f, spec & 0xffffff);
	if (spec < 3)
		advise("the PMU extension needs SBI 0.3: take a newer firmware");
	finding(OK, "firmware.implementation", "",
		"%s, implementation %lu, version %#lx",
		sbi_impl_name(sbi_impl_id()), sbi_impl_id(),
		sbi_impl_version());
	tell_extensions();
	pmu = spec >= 3 && sbi_probe(PMU_EID);
	finding(pmu ? OK : ABSENT, "firmware.pmu", "",
		pmu ? "the firmware has the PMU extension"
		    : "the firmware has no PMU extension");
	if (!pmu)
		advise("take a firmware that has it: OpenSBI 1.0 and later, unless built without CONFIG_SBI_ECALL_PMU. Without it perf can read cycle and instret at most");
	return pmu;
}
