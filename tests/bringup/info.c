// SPDX-License-Identifier: BSD-2-Clause
/* NUM_COUNTERS and GET_INFO, and whether S-mode may read what they name. */
#include "bringup.h"

bool is_programmable(const struct counter *c)
{
	return c->exists && !c->fw && c->csr > CSR_INSTRET &&
	       c->csr <= CSR_CYCLE + 31;
}

uint64_t hardware_set(const struct view *v)
{
	uint64_t set = 0;

	for (unsigned int i = 0; i < 64; i++) {
		if (v->counter[i].exists && !v->counter[i].fw)
			set |= 1ULL << i;
	}
	return set;
}

static void measure_counter(struct counter *c, unsigned int index)
{
	struct sbiret ret = pmu_get_info(index);
	unsigned long value;

	if (ret.error)
		return;
	c->exists = true;
	c->fw = ret.value & PMU_INFO_TYPE_FW;
	c->csr = PMU_INFO_CSR(ret.value);
	c->width = PMU_INFO_WIDTH(ret.value) + 1;
	c->readable =
		c->fw || (c->csr >= CSR_CYCLE && c->csr <= CSR_CYCLE + 31 &&
			  probe_csr_read(c->csr, &value, NULL));
}

void info_measure(struct view *v)
{
	struct sbiret ret = pmu_num_counters();

	v->num_error = ret.error;
	if (ret.error)
		return;
	v->num = ret.value;
	for (unsigned int i = 0; i < MAX_COUNTERS && i < v->num; i++)
		measure_counter(&v->counter[i], i);
}

static void tell_number(const struct view *v)
{
	unsigned int fixed = 0, programmable = 0, fw = 0, holes = 0;

	for (unsigned int i = 0; i < MAX_COUNTERS && i < v->num; i++) {
		const struct counter *c = &v->counter[i];

		fw += c->exists && c->fw;
		programmable += is_programmable(c);
		fixed += c->exists && !c->fw && !is_programmable(c);
		holes += !c->exists;
	}
	finding(v->num <= MAX_COUNTERS && fixed + programmable + fw ? OK
								    : BROKEN,
		"counters.number", "",
		"%lu counters: %u fixed, %u programmable, %u firmware, and %u indices that are none",
		v->num, fixed, programmable, fw, holes);
	if (v->num > MAX_COUNTERS)
		expected("at most %u; only those are looked at", MAX_COUNTERS);
	if (v->num > 64) {
		finding(UNKNOWN, "counters.number", "64 and on",
			"these counters are not judged");
		advise("Linux uses the first 64 only, too");
	}
	finding(programmable ? OK : ABSENT, "counters.programmable", "",
		"%u counters that can be programmed", programmable);
	if (!programmable)
		advise("perf counts cycles and instructions only, and cannot sample. If the core has mhpmcounters, see whether the firmware finds them: OpenSBI prints \"MHPM Info\" at boot");
}

/* Counters that cannot be used, one line each */
static void tell_csrs(const struct view *v)
{
	char about[16];

	for (unsigned int i = 0; i < MAX_COUNTERS; i++) {
		const struct counter *c = &v->counter[i];

		if (!c->exists || c->fw)
			continue;
		text(about, sizeof(about), "%u", i);
		if (c->csr < CSR_CYCLE || c->csr > CSR_CYCLE + 31 ||
		    c->csr == CSR_TIME) {
			finding(BROKEN, "counters.csr", about,
				"GET_INFO names CSR %#x, which is no counter",
				c->csr);
			expected("0xc00, or 0xc02 to 0xc1f");
			advise("mend GET_INFO: Linux cannot read this counter");
		} else if (!c->readable) {
			finding(BROKEN, "counters.readable", about,
				"S-mode cannot read CSR %#x: illegal instruction",
				c->csr);
			expected(
				"a counter that GET_INFO names can be read, bit %u of mcounteren is set",
				c->csr - CSR_CYCLE);
			advise("set mcounteren in the firmware: Linux dies when it reads this counter");
		}
	}
}

/* Indices whose counters have all of this in common */
static void tell_groups(const struct view *v)
{
	uint64_t told = 0;

	for (unsigned int i = 0; i < 64; i++) {
		const struct counter *c = &v->counter[i];
		uint64_t group = 0;
		bool in_line = true;

		if (!c->exists || told >> i & 1)
			continue;
		for (unsigned int j = i; j < 64; j++) {
			const struct counter *d = &v->counter[j];

			if (!d->exists || d->fw != c->fw ||
			    d->width != c->width)
				continue;
			if (!c->fw && d->csr - c->csr != j - i)
				in_line = false;
			if (in_line || c->fw)
				group |= 1ULL << j;
		}
		told |= group;
		if (c->fw)
			finding(c->width > 1 ? OK : BROKEN, "counters.info",
				list_of(group), "firmware, %u bits", c->width);
		else
			finding(OK, "counters.info", list_of(group),
				"CSR %#x%s, %u bits", c->csr,
				group & (group - 1) ? " and on" : "", c->width);
		if (c->fw && c->width <= 1) {
			expected(
				"63 in the width, whatever the specification says of it");
			advise("mend GET_INFO: Linux takes the width of firmware counters for true, too");
		}
	}
}

void info_tell(const struct view *v)
{
	if (v->num_error) {
		finding(BROKEN, "counters.number", "", "NUM_COUNTERS gives %s",
			sbi_error_name(v->num_error));
		expected("a number");
		advise("mend the firmware: Linux has no perf at all then");
		return;
	}
	tell_number(v);
	tell_groups(v);
	tell_csrs(v);
}
