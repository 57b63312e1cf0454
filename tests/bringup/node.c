// SPDX-License-Identifier: BSD-2-Clause
/*
 * The riscv,pmu node for what was found: the counters of the events that count,
 * and the selectors that were guessed. It is printed and kept for the JSON.
 */
#include "node.h"
#include "search.h"

#define MAX_RAW_ROWS 32

static char node[12 * 1024];
static unsigned int length;

static void line(const char *fmt, ...) PRINTF(1);

static void line(const char *fmt, ...)
{
	char body[120];
	unsigned int begin = length;
	va_list args;

	va_start(args, fmt);
	vtext(body, sizeof(body), fmt, args);
	va_end(args);
	length += text(node + length, sizeof(node) - length, "%s\n", body);
	printf("%s", node + begin);
}

const char *node_text(void)
{
	return node;
}

struct row {
	unsigned long event;
	uint64_t counters; /* indices; 0 when the event is left out */
	uint64_t selector, other;
	bool taken; /* CONFIG takes it on the first hart */
	bool guess, counts;
};

static struct row rows[STD_EVENTS];

/* mhpmcounters, as the node names them, of indices */
static uint32_t hardware_mask(const struct view *v, uint64_t indices)
{
	uint32_t mask = 0;

	for (unsigned int i = 0; i < 64; i++) {
		if (indices >> i & 1)
			mask |= 1U << (v->counter[i].csr & 31);
	}
	return mask;
}

/* What one hart lacks none can be given */
static uint64_t common(unsigned int n)
{
	uint64_t counters = ~0ULL;

	for (unsigned int i = 0; i < hart_count(); i++) {
		if (views[i].measured)
			counters &= views[i].event[n].counters &
				    ~views[i].event[n].silent;
	}
	return counters;
}

/* An event of which only fixed counters are known may have a selector, too */
static bool is_open(const struct view *v, const struct row *r)
{
	for (unsigned int i = 0; i < 64; i++) {
		if (r->counters >> i & 1 && is_programmable(&v->counter[i]))
			return false;
	}
	return true;
}

/*
 * A workload of far memory misses the TLB, too, but not one of pages the
 * caches: what fits an event of the TLB is given to that first.
 */
static unsigned int rank_of(unsigned long event)
{
	unsigned int cache = PMU_EVENT_CODE(event) >> 3;

	if (event == PMU_HW_CPU_CYCLES || event == PMU_HW_INSTRUCTIONS)
		return 0;
	if (PMU_EVENT_TYPE(event) == PMU_TYPE_CACHE &&
	    (cache == PMU_CACHE_DTLB || cache == PMU_CACHE_ITLB))
		return 1;
	return 2;
}
#define RANKS 3

static void guess(const struct view *v, struct row *r)
{
	uint64_t selector, counters, other;

	/* Of an event that is there the selector is none of another one */
	if (!search_guess(r->event, &selector, &counters, &other) ||
	    !is_open(v, r))
		return;
	r->guess = true;
	r->counts = true;
	r->selector = selector;
	r->other = other;
	r->counters |= counters;
}

/* Counters on which it is silent are left out of its row, not the event */
static bool counts(const struct event *e, unsigned long event)
{
	struct event others = *e;

	others.silent = 0;
	return judge_count(&others, event) != BROKEN;
}

static void find_rows(const struct view *v)
{
	for (unsigned int n = 0; n < STD_EVENTS; n++) {
		struct row *r = &rows[n];

		r->event = std_event(n);
		r->counters = common(n);
		r->taken = v->event[n].counters;
		r->counts = counts(&v->event[n], r->event);
	}
	for (unsigned int rank = 0; rank < RANKS; rank++) {
		for (unsigned int n = 0; n < STD_EVENTS; n++) {
			if (rank_of(rows[n].event) == rank)
				guess(v, &rows[n]);
		}
	}
}

static bool is_told(const struct row *r)
{
	return r->counters && r->counts;
}

static unsigned int count_rows(bool guesses)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < STD_EVENTS; i++)
		n += is_told(&rows[i]) && (!guesses || rows[i].guess);
	return n;
}

static const char *end_of(unsigned int *left)
{
	return --*left ? "," : ";";
}

static void tell_selectors(void)
{
	unsigned int left = count_rows(true);

	if (!left) {
		line("\t\t/*");
		line("\t\t * S-mode cannot see the selectors. Without a property");
		line("\t\t * riscv,event-to-mhpmevent the index of an event is its");
		line("\t\t * selector; if the firmware's own tree has one, keep it.");
		line("\t\t */");
		return;
	}
	line("\t\t/* Guesses by workload: compare with the core's manual */");
	line("\t\triscv,event-to-mhpmevent =");
	for (unsigned int i = 0; i < STD_EVENTS; i++) {
		const struct row *r = &rows[i];

		if (!is_told(r) || !r->guess)
			continue;
		if (r->other)
			line("\t\t\t/* guess: %s; 0x%llx fits, too */",
			     event_name(r->event),
			     (unsigned long long)r->other);
		else
			line("\t\t\t/* guess: %s */", event_name(r->event));
		line("\t\t\t<0x%05lx 0x%08x 0x%08x>%s", r->event,
		     (unsigned int)(r->selector >> 32),
		     (unsigned int)r->selector, end_of(&left));
	}
}

static void tell_counters(const struct view *v)
{
	unsigned int left = count_rows(false);

	for (unsigned int i = 0; i < STD_EVENTS; i++) {
		if (rows[i].taken && !is_told(&rows[i]))
			line("\t\t/* left out: 0x%05lx %s, see the report */",
			     rows[i].event, event_name(rows[i].event));
	}
	if (!left)
		return;
	line("\t\triscv,event-to-mhpmcounters =");
	for (unsigned int i = 0; i < STD_EVENTS; i++) {
		const struct row *r = &rows[i];

		if (!is_told(r))
			continue;
		line("\t\t\t<0x%05lx 0x%05lx 0x%08x>%s /* %s */", r->event,
		     r->event, hardware_mask(v, r->counters), end_of(&left),
		     event_name(r->event));
	}
}

static uint32_t idle_mask(const struct view *v)
{
	uint32_t mask = 0;

	for (unsigned int i = 0; i < 64; i++) {
		if (is_programmable(&v->counter[i]))
			mask |= 1U << (v->counter[i].csr & 31);
	}
	for (unsigned int n = 0; n < STD_EVENTS; n++)
		mask &= ~hardware_mask(v, v->event[n].counters);
	return mask;
}

static void tell_every_selector(const char *why, uint32_t mask)
{
	line("\t\t/* %s */", why);
	line("\t\triscv,raw-event-to-mhpmcounters =");
	line("\t\t\t<0x0 0x0 0x0 0x0 0x%08x>;", mask);
}

static void tell_raw(const struct view *v)
{
	unsigned int n = 0, count = 0;
	uint64_t selector, counters;

	while (search_selector(count, &selector, &counters))
		count++;
	if (!count) {
		/* Nothing can be searched without a row of raw events */
		if (idle_mask(v))
			tell_every_selector(
				"every selector, to search with raw=",
				idle_mask(v));
		else if (!search_tried())
			line("\t\t/* no raw events were tried: keep their rows */");
		return;
	}
	if (search_all() || count > MAX_RAW_ROWS) {
		tell_every_selector("all selectors tried found these counters",
				    hardware_mask(v, search_counters()));
		return;
	}
	line("\t\triscv,raw-event-to-mhpmcounters =");
	while (search_selector(n++, &selector, &counters))
		line("\t\t\t<0x%08x 0x%08x 0xffffffff 0xffffffff 0x%08x>%s",
		     (unsigned int)(selector >> 32), (unsigned int)selector,
		     hardware_mask(v, counters), n < count ? "," : ";");
}

void node_tell(const struct view *v)
{
	find_rows(v);
	printf("// begin\n");
	line("/ {");
	line("\tpmu {");
	line("\t\tcompatible = \"riscv,pmu\";");
	tell_selectors();
	tell_counters(v);
	tell_raw(v);
	line("\t};");
	line("};");
	printf("// end\n");
}
