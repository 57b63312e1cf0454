// SPDX-License-Identifier: BSD-2-Clause
/*
 * A core's manual names a selector for each event. Where there is none, each
 * selector is told by which workloads it counts. That is a guess, and said so.
 */
#include "search.h"

#define MAX_SELECTORS 256
/* So many times what a workload makes happen is another event */
#define MOST 6

static const struct work *const works[] = {
	&work_arith,	  &work_nops,	     &work_loads,      &work_stores,
	&work_page_reads, &work_page_writes, &work_far_reads,  &work_far_writes,
	&work_branches,	  &work_random,	     &work_code_pages, &work_far_code,
	&work_fences,
};
#define WORKS ARRAY_SIZE(works)

static struct selector {
	uint64_t data, counters;
	uint64_t count[WORKS];
	bool given;
} selectors[MAX_SELECTORS];

static unsigned int found, tried;
/* What the fixed counters make of the workloads, for comparison */
static uint64_t cycles[WORKS], insns[WORKS];

bool search_tried(void)
{
	return tried;
}

bool search_all(void)
{
	return tried && found == tried;
}

uint64_t search_counters(void)
{
	uint64_t set = 0;

	for (unsigned int i = 0; i < found; i++)
		set |= selectors[i].counters;
	return set;
}

bool search_selector(unsigned int n, uint64_t *selector, uint64_t *counters)
{
	if (n >= found)
		return false;
	*selector = selectors[n].data;
	*counters = selectors[n].counters;
	return true;
}

static uint64_t programmable(const struct view *v)
{
	uint64_t set = 0;

	for (unsigned int i = 0; i < 64; i++) {
		if (is_programmable(&v->counter[i]) && v->counter[i].readable)
			set |= 1ULL << i;
	}
	return set;
}

/* A firmware of SBI 3.0 has raw events of both kinds, or the second only */
static struct sbiret config_raw(uint64_t set, uint64_t data)
{
	struct sbiret ret = {PMU_ERR_NOT_SUPPORTED, 0};

	if (sbi_spec_version() >= 3UL << 24)
		ret = config_of(set, PMU_CFG_CLEAR_VALUE, PMU_RAW_V2_EVENT,
				data);
	if (ret.error)
		ret = config_of(set, PMU_CFG_CLEAR_VALUE, PMU_RAW_EVENT, data);
	return ret;
}

static void count_all(const struct view *v, unsigned int index,
		      uint64_t count[WORKS])
{
	for (unsigned int i = 0; i < WORKS; i++)
		count[i] = count_work(v, index, works[i], 1);
	pmu_reset(index);
}

static void count_event(const struct view *v, unsigned long event,
			uint64_t count[WORKS])
{
	struct sbiret ret = config_of(hardware_set(v) & ~programmable(v),
				      PMU_CFG_CLEAR_VALUE, event, 0);

	if (!ret.error && ret.value < 64)
		count_all(v, (unsigned int)ret.value, count);
}

static void tell_selector(const struct selector *s)
{
	char about[32], body[400] = "";
	unsigned int length = 0;

	text(about, sizeof(about), "%#llx", (unsigned long long)s->data);
	for (unsigned int i = 0; i < WORKS; i++) {
		if (s->count[i])
			length += text(body + length, sizeof(body) - length,
				       "%s %llu in %lu %s", length ? "," : "",
				       (unsigned long long)s->count[i],
				       works[i]->amount, works[i]->name);
	}
	finding(length ? OK : UNKNOWN, "raw", about, "on %s; counts%s",
		list_of(s->counters), length ? body : " nothing here");
}

static void try_selector(const struct view *v, uint64_t data)
{
	struct selector *s = &selectors[found];
	const uint64_t all = programmable(v);
	struct sbiret ret;

	tried++;
	*s = (struct selector){.data = data};
	for (unsigned int i = 0; i < 64; i++) {
		if (!(all >> i & 1))
			continue;
		ret = config_raw(1ULL << i, data);
		if (ret.error)
			continue;
		if (ret.value == i)
			s->counters |= 1ULL << i;
		pmu_reset(ret.value);
	}
	if (!s->counters)
		return;
	ret = config_raw(s->counters, data);
	if (ret.error || ret.value >= 64)
		return;
	count_all(v, (unsigned int)ret.value, s->count);
	found++;
	tell_selector(s);
}

/* One range of raw=; NULL when it is none */
static const char *next_range(const char *s, unsigned long *first,
			      unsigned long *last)
{
	char *end;

	*first = *last = strtoul(s, &end, 0);
	if (end == s)
		return NULL;
	s = end;
	if (*s == '-') {
		*last = strtoul(s + 1, &end, 0);
		if (end == s + 1)
			return NULL;
		s = end;
	}
	return *s && *s != ',' && *s != ' ' ? NULL : s;
}

static void tell_bounds(const char *bounds)
{
	finding(UNKNOWN, "raw.bounds", "", "not understood: raw=%s", bounds);
	advise("write raw=FIRST-LAST[,FIRST-LAST...] into the boot arguments, for instance raw=0x1-0x40");
}

void search_run(const struct view *v)
{
	const char *bounds = dt_bootarg("raw="), *s = bounds;
	unsigned long first, last;

	if (!s) {
		finding(UNKNOWN, "raw", "", "no selectors were tried");
		advise("name bounds in the boot arguments, for instance raw=0x1-0x40, when the selectors of the core are not known");
		return;
	}
	count_event(v, PMU_HW_CPU_CYCLES, cycles);
	count_event(v, PMU_HW_INSTRUCTIONS, insns);
	do {
		s = next_range(s, &first, &last);
		if (!s || last < first) {
			tell_bounds(bounds);
			return;
		}
		for (unsigned long n = first; found < MAX_SELECTORS; n++) {
			try_selector(v, n);
			if (n == last)
				break;
		}
	} while (*s++ == ',');
	if (found == MAX_SELECTORS)
		finding(UNKNOWN, "raw.bounds", "",
			"ended after %d selectors that found a counter",
			MAX_SELECTORS);
	if (found)
		return;
	finding(ABSENT, "raw", "", "the firmware takes none of %u selectors",
		tried);
	advise("give the firmware the node below, boot again with the same bounds, and see the node then");
}

static bool near(uint64_t a, uint64_t b)
{
	return a && b && a <= b + b / 20 + 500 && b <= a + a / 20 + 500;
}

static bool like(const uint64_t a[WORKS], const uint64_t b[WORKS])
{
	for (unsigned int i = 0; i < WORKS; i++) {
		if (!near(a[i], b[i]))
			return false;
	}
	return true;
}

static unsigned int number_of(const struct work *work)
{
	unsigned int i = 0;

	while (works[i] != work)
		i++;
	return i;
}

static bool fits(const struct selector *s, unsigned long event)
{
	struct rule rule = rule_of(event);
	uint64_t own, other;

	if (event == PMU_HW_CPU_CYCLES)
		return like(s->count, cycles);
	if (event == PMU_HW_INSTRUCTIONS)
		return like(s->count, insns);
	/* Without a contrast anything fits */
	if (!rule.own || !rule.other)
		return false;
	own = s->count[number_of(rule.own)];
	other = s->count[number_of(rule.other)];
	return own >= (uint64_t)rule.own->amount * rule.least / 100 &&
	       own <= (uint64_t)rule.own->amount * MOST && other * 4 <= own;
}

bool search_guess(unsigned long event, uint64_t *selector, uint64_t *counters,
		  uint64_t *other)
{
	bool any = false;

	*other = 0;
	for (unsigned int i = 0; i < found; i++) {
		struct selector *s = &selectors[i];

		if (s->given || !fits(s, event))
			continue;
		if (any) {
			*other = s->data;
			break;
		}
		any = true;
		s->given = true;
		*selector = s->data;
		*counters = s->counters;
	}
	return any;
}
