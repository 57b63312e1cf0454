// SPDX-License-Identifier: BSD-2-Clause
/* What the firmware and the device tree say of themselves. */
#include "bringup.h"

#define FID_VENDOR 4
#define FID_ARCHITECTURE 5
#define FID_IMPLEMENTATION 6

static unsigned long base_value(unsigned long fid)
{
	return sbi_ecall(SBI_EID_BASE, fid, 0, SBI_UNUSED_ARG, 0, 0, 0, 0)
		.value;
}

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

/* riscv,isa-extensions is many texts; told as one */
static void tell_isa(void)
{
	unsigned long hartid = hart_id(0);
	static char isa[560];
	unsigned int used = 0;
	int length, i = 0;
	const char *value = dt_hart_property(hartid, "riscv,isa", &length);

	if (value) {
		finding(OK, "isa.string", "", "%s", value);
		return;
	}
	value = dt_hart_property(hartid, "riscv,isa-extensions", &length);
	if (!value) {
		finding(UNKNOWN, "isa.string", "",
			"the device tree has none for this hart");
		advise("see that the firmware hands the device tree on: OpenSBI takes Sscofpmf and Smcntrpmf from it");
		return;
	}
	for (; i < length; i += (int)strlen(value + i) + 1)
		used += text(isa + used, sizeof(isa) - used, "%s%s",
			     used ? "_" : "", value + i);
	finding(OK, "isa.string", "", "%s", isa);
}

static void tell_extension(const char *name, bool need, const char *without)
{
	char id[32];

	text(id, sizeof(id), "isa.%s", name);
	finding(isa_has(name) ? OK : ABSENT, id, "", "%s",
		isa_has(name) ? "the device tree lists it" : without);
	if (!isa_has(name) && need)
		advise("if the core has it, add it to the device tree: firmware and Linux take it from there");
}

bool firmware_tell(void)
{
	unsigned long spec = sbi_spec_version();
	bool pmu;

	section("Firmware and hart");
	finding(spec >> 24 || spec >= 3 ? OK : ABSENT, "firmware.sbi", "",
		"SBI %lu.%lu", spec >> 24 & 0x7f, spec & 0xffffff);
	if (spec < 3)
		advise("the PMU extension needs SBI 0.3: take a newer firmware");
	finding(OK, "firmware.implementation", "",
		"%s, implementation %lu, version %#lx",
		sbi_impl_name(sbi_impl_id()), sbi_impl_id(),
		sbi_impl_version());
	finding(OK, "hart.ids", "", "mvendorid %#lx, marchid %#lx, mimpid %#lx",
		base_value(FID_VENDOR), base_value(FID_ARCHITECTURE),
		base_value(FID_IMPLEMENTATION));
	tell_extensions();
	tell_isa();
	tell_extension(
		"sscofpmf", true,
		"no overflow interrupt, and no filters of programmable counters");
	tell_extension("smcntrpmf", true,
		       "counters 0 and 2 cannot filter by mode");
	tell_extension("h", false, "no VS and VU mode");
	pmu = spec >= 3 && sbi_probe(PMU_EID);
	finding(pmu ? OK : ABSENT, "firmware.pmu", "",
		pmu ? "the firmware has the PMU extension"
		    : "the firmware has no PMU extension");
	if (!pmu)
		advise("take a firmware that has it: OpenSBI 1.0 and later, unless built without CONFIG_SBI_ECALL_PMU. Without it perf can read cycle and instret at most");
	return pmu;
}
