// SPDX-License-Identifier: BSD-2-Clause
/*
 * Whether a mode that is inhibited is left out, and one that is not is counted:
 * work in each mode, with that mode shut out and with all others shut out. The
 * way to the mode and back is S-mode, so that one is always shut out with it.
 */
#include "bringup.h"

#define WORK 20000
#define CALLS 20

static const unsigned long inhibit_of[] = {
	[MODE_S] = PMU_CFG_SINH,
	[MODE_U] = PMU_CFG_UINH,
	[MODE_VS] = PMU_CFG_VSINH,
	[MODE_VU] = PMU_CFG_VUINH,
};
#define MODES ARRAY_SIZE(inhibit_of)
#define INHIBIT_ALL \
	(PMU_CFG_SINH | PMU_CFG_UINH | PMU_CFG_VSINH | PMU_CFG_VUINH)

static const struct kind {
	const char *id;
	const char *extension; /* without which there is no filter */
} kinds[] = {
	[FILTER_CYCLE] = {"filter.cycle", "smcntrpmf"},
	[FILTER_INSTRET] = {"filter.instret", "smcntrpmf"},
	[FILTER_HPM] = {"filter.programmable", "sscofpmf"},
};

static bool is_kind(const struct counter *c, enum filter_kind kind)
{
	if (!c->examined || c->fw || !c->readable)
		return false;
	if (kind == FILTER_CYCLE)
		return c->csr == CSR_CYCLE;
	if (kind == FILTER_INSTRET)
		return c->csr == CSR_INSTRET;
	return is_programmable(c) && (c->event == PMU_HW_INSTRUCTIONS ||
				      c->event == PMU_HW_CPU_CYCLES);
}

static void choose(struct view *v, enum filter_kind kind)
{
	struct filter *f = &v->filter[kind];

	for (unsigned int i = 0; i < MAX_COUNTERS && !f->exists; i++) {
		if (!is_kind(&v->counter[i], kind))
			continue;
		f->exists = true;
		f->index = i;
		f->event = v->counter[i].event;
	}
}

static long config(const struct filter *f, unsigned long flags)
{
	struct sbiret ret;

	pmu_reset(f->index);
	ret = pmu_config(f->index, 1, PMU_CFG_CLEAR_VALUE | flags, f->event, 0);
	if (!ret.error && ret.value != f->index) {
		pmu_reset(ret.value);
		return PMU_ERR_NOT_SUPPORTED;
	}
	return ret.error;
}

static uint64_t count_in(const struct view *v, const struct filter *f,
			 enum mode mode)
{
	pmu_start_at(f->index, 0);
	run_in_mode(mode, work_insns, WORK);
	pmu_stop_one(f->index);
	return counter_value(v, f->index);
}

static void measure_mode(struct view *v, struct filter *f, enum mode mode)
{
	const unsigned long inhibit = inhibit_of[mode];

	f->error[mode] = config(f, PMU_CFG_MINH | PMU_CFG_SINH | inhibit);
	if (f->error[mode])
		return;
	f->shut[mode] = count_in(v, f, mode);
	f->error[mode] = config(f, PMU_CFG_MINH | (INHIBIT_ALL & ~inhibit));
	if (!f->error[mode])
		f->open[mode] = count_in(v, f, mode);
}

static uint64_t count_calls(struct view *v, struct filter *f,
			    unsigned long flags)
{
	if (config(f, INHIBIT_ALL | flags))
		return 0;
	pmu_start_at(f->index, 0);
	for (unsigned int i = 0; i < CALLS; i++)
		pmu_num_counters();
	pmu_stop_one(f->index);
	return counter_value(v, f->index);
}

void filter_measure(struct view *v)
{
	for (enum filter_kind kind = 0; kind < FILTER_KINDS; kind++) {
		struct filter *f = &v->filter[kind];

		choose(v, kind);
		if (!f->exists)
			continue;
		for (enum mode mode = MODE_S; mode < MODES; mode++) {
			if (mode_available(mode))
				measure_mode(v, f, mode);
		}
		f->m_default = count_calls(v, f, 0);
		f->m_asked = count_calls(v, f, PMU_CFG_MINH);
		pmu_reset(f->index);
		f->measured = true;
	}
}

static bool counted(const struct view *v, const struct filter *f,
		    enum mode mode)
{
	uint64_t least = v->exact && f->event == PMU_HW_INSTRUCTIONS ? WORK : 1;

	return f->open[mode] >= least;
}

enum outcome { GOOD, REFUSED, IGNORED, SILENT, OUTCOMES };

static enum outcome outcome_of(const struct view *v, const struct filter *f,
			       enum mode mode)
{
	if (f->error[mode])
		return REFUSED;
	if (f->shut[mode])
		return IGNORED;
	return counted(v, f, mode) ? GOOD : SILENT;
}

/* Without the extension nobody promised that a filter works */
static enum verdict verdict_of(const struct view *v, const struct filter *f,
			       const struct kind *kind, enum mode mode)
{
	enum outcome outcome = outcome_of(v, f, mode);

	if (outcome == GOOD)
		return OK;
	if (outcome == SILENT)
		return BROKEN;
	return view_has(v, kind->extension) ? BROKEN : ABSENT;
}

static enum verdict verdict_of_m(const struct view *v, const struct filter *f,
				 const struct kind *kind)
{
	if (!f->m_default)
		return OK;
	return view_has(v, kind->extension) ? BROKEN : ABSENT;
}

/* What is wrong in some modes; the numbers are those of the first */
static void tell_bad(const struct view *v, const struct filter *f,
		     const struct kind *kind, enum outcome outcome,
		     const char *modes, enum mode first)
{
	bool hardware = view_has(v, kind->extension);

	if (outcome == REFUSED) {
		finding(verdict_of(v, f, kind, first), kind->id, modes,
			"CONFIG with the filter gives %s",
			sbi_error_name(f->error[first]));
		if (hardware)
			expected("the counter, as %s is there",
				 kind->extension);
	} else if (outcome == IGNORED) {
		finding(verdict_of(v, f, kind, first), kind->id, modes,
			"counts %llu in %d instructions though the mode is inhibited",
			(unsigned long long)f->shut[first], WORK);
		if (hardware)
			expected("0, as %s is there", kind->extension);
	} else {
		finding(BROKEN, kind->id, modes,
			"counts %llu in %d instructions though only the other modes are inhibited",
			(unsigned long long)f->open[first], WORK);
		expected("%d instructions, or their cycles", WORK);
	}
	if (hardware)
		advise("see that the firmware writes the inhibit bits (%s) and that the core obeys them; perf's :u and :k are wrong until then",
		       kind->extension);
	else
		advise("without %s perf cannot tell user from kernel on this counter: expect :u and :k to fail",
		       kind->extension);
}

static void tell_m(const struct view *v, const struct filter *f,
		   const struct kind *kind)
{
	bool hardware = view_has(v, kind->extension);

	if (!f->m_default) {
		finding(OK, kind->id, "M", "never counted");
		return;
	}
	finding(verdict_of_m(v, f, kind), kind->id, "M",
		"%d SBI calls count %llu in the firmware, %llu with SET_MINH",
		CALLS, (unsigned long long)f->m_default,
		(unsigned long long)f->m_asked);
	if (hardware)
		expected("0, asked or not: Linux never asks");
	advise(hardware ? "have the firmware set MINH always"
			: "take off what the firmware takes when you compare");
}

static void tell_kind(const struct view *v, enum filter_kind which)
{
	const struct kind *kind = &kinds[which];
	const struct filter *f = &v->filter[which];

	for (enum outcome outcome = GOOD; outcome < OUTCOMES; outcome++) {
		char modes[32];
		unsigned int length = 0;
		enum mode first = MODE_S;

		for (enum mode mode = MODE_S; mode < MODES; mode++) {
			if (!mode_available(mode) ||
			    outcome_of(v, f, mode) != outcome)
				continue;
			first = length ? first : mode;
			length += text(modes + length, sizeof(modes) - length,
				       "%s%s", length ? "," : "",
				       mode_name(mode));
		}
		if (!length)
			continue;
		if (outcome == GOOD)
			finding(OK, kind->id, modes,
				"counted, and left out when inhibited");
		else
			tell_bad(v, f, kind, outcome, modes, first);
	}
	tell_m(v, f, kind);
}

void filter_tell(const struct view *v)
{
	for (enum filter_kind kind = 0; kind < FILTER_KINDS; kind++) {
		if (v->filter[kind].measured)
			tell_kind(v, kind);
		else
			finding(v->filter[kind].exists ? UNKNOWN : ABSENT,
				kinds[kind].id, "",
				"no such counter for cycles or instructions");
	}
	if (!has_h())
		finding(ABSENT, "filter.guest", "",
			"no H extension, so no VS and VU mode to leave out");
}

static void json_kind(const struct view *v, enum filter_kind which)
{
	const struct kind *kind = &kinds[which];
	const struct filter *f = &v->filter[which];

	printf("{\"id\":\"%s\",\"counter\":%u,\"event\":%lu,\"work\":%d,\"modes\":[",
	       kind->id, f->index, f->event, WORK);
	for (enum mode mode = MODE_S; mode < MODES; mode++) {
		if (!mode_available(mode))
			continue;
		printf("{\"mode\":\"%s\",\"verdict\":\"%s\",\"error\":%ld,\"shut\":%llu,\"open\":%llu},",
		       mode_name(mode),
		       verdict_name(verdict_of(v, f, kind, mode)),
		       f->error[mode], (unsigned long long)f->shut[mode],
		       (unsigned long long)f->open[mode]);
	}
	printf("{\"mode\":\"M\",\"verdict\":\"%s\",\"error\":0,\"shut\":%llu}]}",
	       verdict_name(verdict_of_m(v, f, kind)),
	       (unsigned long long)f->m_default);
}

void filter_json(const struct view *v)
{
	bool first = true;

	printf("\"filters\":[");
	for (enum filter_kind kind = 0; kind < FILTER_KINDS; kind++) {
		if (!v->filter[kind].measured)
			continue;
		if (!first)
			printf(",");
		first = false;
		json_kind(v, kind);
	}
	printf("]");
}
