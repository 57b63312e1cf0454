// SPDX-License-Identifier: BSD-2-Clause
/* What the firmware and the device tree say of a hart. */
#include "bringup.h"

#define FID_VENDOR 4
#define FID_ARCHITECTURE 5
#define FID_IMPLEMENTATION 6

static unsigned long base_value(unsigned long fid)
{
	return sbi_ecall(SBI_EID_BASE, fid, 0, SBI_UNUSED_ARG, 0, 0, 0, 0)
		.value;
}

void isa_measure(struct view *v)
{
	v->vendor = base_value(FID_VENDOR);
	v->architecture = base_value(FID_ARCHITECTURE);
	v->implementation = base_value(FID_IMPLEMENTATION);
}

bool view_has(const struct view *v, const char *extension)
{
	return dt_isa_has(hart_id((unsigned int)(v - views)), extension);
}

/* riscv,isa-extensions is many texts; told as one */
static void tell_isa(const struct view *v)
{
	unsigned long hartid = hart_id((unsigned int)(v - views));
	static char isa[560];
	unsigned int used = 0;
	int length, i = 0;
	const char *value = dt_hart_property(hartid, "riscv,isa", &length);

	if (value) {
		finding(OK, "isa.string", value, "%s", "");
		return;
	}
	value = dt_hart_property(hartid, "riscv,isa-extensions", &length);
	if (!value) {
		finding(UNKNOWN, "isa.string", "",
			"the device tree has none for this hart");
		advise("see that the firmware hands the device tree on: Linux takes Sscofpmf from it");
		return;
	}
	for (; i < length; i += (int)strlen(value + i) + 1)
		used += text(isa + used, sizeof(isa) - used, "%s%s",
			     used ? "_" : "", value + i);
	finding(OK, "isa.string", isa, "%s", "");
}

static void tell_extension(const struct view *v, const char *name, bool need,
			   const char *without)
{
	bool has = view_has(v, name);
	char id[32];

	text(id, sizeof(id), "isa.%s", name);
	finding(has ? OK : ABSENT, id, "", "%s",
		has ? "the device tree lists it" : without);
	if (!has && need)
		advise("if the core has it, add it to the device tree: Linux takes it from there");
}

void isa_tell(const struct view *v)
{
	char ids[80];

	text(ids, sizeof(ids), "mvendorid %#lx, marchid %#lx, mimpid %#lx",
	     v->vendor, v->architecture, v->implementation);
	finding(OK, "hart.ids", ids, "%s", "");
	tell_isa(v);
	tell_extension(
		v, "sscofpmf", true,
		"no overflow interrupt, and no filters of programmable counters");
	tell_extension(v, "smcntrpmf", true,
		       "counters 0 and 2 cannot filter by mode");
	tell_extension(v, "h", false, "no VS and VU mode");
}
