// SPDX-License-Identifier: BSD-2-Clause
/*
 * The standard events: which counters take them, and whether they are counted
 * when a workload makes them happen and when another one does not.
 */
#include "bringup.h"

#define INSTRUCTIONS PMU_HW_INSTRUCTIONS
/* How often a number is taken to see whether it is always the same */
#define REPEAT 8
#define PER_CACHE (PMU_CACHE_OPS * PMU_CACHE_RESULTS)

unsigned long std_event(unsigned int n)
{
	if (n < PMU_HW_EVENTS)
		return n + 1;
	n -= PMU_HW_EVENTS;
	return PMU_CACHE(n / PER_CACHE, n % PER_CACHE / PMU_CACHE_RESULTS,
			 n % PMU_CACHE_RESULTS);
}

const char *event_name(unsigned long event)
{
	static const char *const general[] = {
		"",
		"cycles",
		"instructions",
		"cache-references",
		"cache-misses",
		"branches",
		"branch-misses",
		"bus-cycles",
		"stalled-frontend",
		"stalled-backend",
		"ref-cycles",
	};
	static const char *const caches[] = {"L1d",  "L1i", "LL",  "dTLB",
					     "iTLB", "bpu", "node"};
	static const char *const ops[] = {"load", "store", "prefetch"};
	static char name[32];
	unsigned int code = PMU_EVENT_CODE(event);

	if (PMU_EVENT_TYPE(event) == PMU_TYPE_HW)
		return code <= PMU_HW_EVENTS ? general[code] : "?";
	text(name, sizeof(name), "%s-%s%s",
	     code >> 3 < PMU_CACHE_IDS ? caches[code >> 3] : "?",
	     (code >> 1 & 3) < PMU_CACHE_OPS ? ops[code >> 1 & 3] : "?",
	     code & 1		    ? "-misses"
	     : (code >> 1 & 3) == 2 ? "es"
				    : "s");
	return name;
}

static const struct rule general_rules[] = {
	[PMU_HW_CPU_CYCLES] = {&work_arith, NULL, 5},
	[PMU_HW_INSTRUCTIONS] = {&work_arith, NULL, 90},
	[PMU_HW_CACHE_REFERENCES] = {&work_far_reads, &work_arith, 40},
	[PMU_HW_CACHE_MISSES] = {&work_far_reads, &work_arith, 20},
	[PMU_HW_BRANCH_INSTRUCTIONS] = {&work_branches, &work_nops, 40},
	[PMU_HW_BRANCH_MISSES] = {&work_random, &work_branches, 10},
	[PMU_HW_BUS_CYCLES] = {&work_arith, NULL, 1},
	[PMU_HW_STALLED_CYCLES_FRONTEND] = {&work_far_code, NULL, 1},
	[PMU_HW_STALLED_CYCLES_BACKEND] = {&work_far_reads, NULL, 1},
	[PMU_HW_REF_CPU_CYCLES] = {&work_arith, NULL, 1},
};

static const struct rule cache_rules[PMU_CACHE_IDS][4] = {
	/* load, load miss, store, store miss */
	[PMU_CACHE_L1D] = {{&work_loads, &work_nops, 40},
			   {&work_far_reads, &work_loads, 20},
			   {&work_stores, &work_nops, 40},
			   {&work_far_writes, &work_stores, 20}},
	[PMU_CACHE_L1I] = {{&work_nops, NULL, 3},
			   {&work_far_code, &work_nops, 20}},
	[PMU_CACHE_LL] = {{&work_far_reads, &work_loads, 20},
			  {&work_far_reads, &work_loads, 5},
			  {&work_far_writes, &work_stores, 20},
			  {&work_far_writes, &work_stores, 5}},
	[PMU_CACHE_DTLB] = {{&work_loads, &work_nops, 40},
			    {&work_page_reads, &work_loads, 50},
			    {&work_stores, &work_nops, 40},
			    {&work_page_writes, &work_stores, 50}},
	[PMU_CACHE_ITLB] = {{&work_nops, NULL, 3},
			    {&work_code_pages, &work_nops, 50}},
	[PMU_CACHE_BPU] = {{&work_branches, &work_nops, 40},
			   {&work_random, &work_branches, 10}},
	[PMU_CACHE_NODE] = {{&work_far_reads, &work_loads, 5},
			    {&work_far_reads, &work_loads, 5},
			    {&work_far_writes, &work_stores, 5},
			    {&work_far_writes, &work_stores, 5}},
};

struct rule rule_of(unsigned long event)
{
	unsigned int code = PMU_EVENT_CODE(event);

	if (PMU_EVENT_TYPE(event) == PMU_TYPE_HW && code <= PMU_HW_EVENTS)
		return general_rules[code];
	if (PMU_EVENT_TYPE(event) == PMU_TYPE_CACHE &&
	    code >> 3 < PMU_CACHE_IDS && (code & 7) < 4)
		return cache_rules[code >> 3][code & 7];
	return (struct rule){NULL, NULL, 0};
}

/*
 * Three times the work must be three times the instructions, again and again.
 * least and most are what one time was.
 */
static bool counts_exactly(const struct view *v, unsigned int index,
			   struct event *e)
{
	bool exact = true;

	e->least = e->most = e->own;
	for (unsigned int i = 0; i < REPEAT; i++) {
		uint64_t one = count_work(v, index, &work_arith, 1);
		uint64_t three = count_work(v, index, &work_arith, 3);
		uint64_t per_call = three - one - 2 * work_arith.amount;

		e->least = one < e->least ? one : e->least;
		e->most = one > e->most ? one : e->most;
		/* The call of the workload takes a few instructions, too */
		exact &= three > one && per_call <= 200;
	}
	return exact;
}

static void measure_event(struct view *v, unsigned int n, uint64_t all)
{
	unsigned long event = std_event(n);
	struct event *e = &v->event[n];
	struct rule rule = rule_of(event);
	struct sbiret ret = config_of(all, PMU_CFG_CLEAR_VALUE, event, 0);
	uint64_t before;
	unsigned int index;

	e->error = ret.error;
	if (ret.error)
		return;
	if (ret.value >= 64 || !(all >> ret.value & 1)) {
		e->outside = true;
		pmu_reset(ret.value);
		return;
	}
	index = (unsigned int)ret.value;
	before = counter_value(v, index);
	work_arith.run();
	if (rule.own)
		rule.own->run();
	e->moved = counter_value(v, index) - before;
	if (rule.own) {
		e->measured = true;
		/* Pages and lines are there already the second time */
		count_work(v, index, rule.own, 1);
		e->own = count_work(v, index, rule.own, 1);
	}
	if (rule.other)
		e->other = count_work(v, index, rule.other, 1);
	if (event == INSTRUCTIONS) {
		v->exact = counts_exactly(v, index, e);
		e->time = v->one_clock && !v->exact;
	}
	pmu_reset(index);
}

static uint64_t least(unsigned long event)
{
	struct rule rule = rule_of(event);

	return (uint64_t)rule.own->amount * rule.least / 100;
}

static uint16_t percent_of(uint64_t seen, unsigned long amount)
{
	if (seen / amount >= UINT16_MAX / 100)
		return UINT16_MAX;
	return (uint16_t)(seen * 100 / amount);
}

/*
 * Each counter alone: whether it takes the event, and counts it. Here a tenth
 * of what is expected will do, whether it is the right event is seen elsewhere.
 */
static void find_counters(struct view *v, unsigned int n, uint64_t all)
{
	struct event *e = &v->event[n];
	struct rule rule = rule_of(std_event(n));

	for (unsigned int i = 0; i < 64; i++) {
		struct sbiret ret;
		uint64_t seen;

		if (!(all >> i & 1))
			continue;
		ret = pmu_config(i, 1, 0, std_event(n), 0);
		if (ret.error)
			continue;
		if (ret.value != i) {
			e->outside = true;
			pmu_reset(ret.value);
			continue;
		}
		e->counters |= 1ULL << i;
		if (rule.own && v->counter[i].readable) {
			seen = count_work(v, i, rule.own, 1);
			e->percent[i] = percent_of(seen, rule.own->amount);
			if (seen <= least(std_event(n)) / 10)
				e->silent |= 1ULL << i;
		}
		pmu_reset(i);
	}
}

static struct pmu_event_info infos[MAX_HARTS][STD_EVENTS]
	__attribute__((aligned(16)));

static void ask_info(struct view *v)
{
	struct pmu_event_info *info = infos[v - views];
	uintptr_t address = (uintptr_t)info;
	bool known;

	for (unsigned int n = 0; n < STD_EVENTS; n++)
		info[n] = (struct pmu_event_info){(uint32_t)std_event(n),
						  0xffffffff, 0};
	known = sbi_spec_version() >= 3UL << 24 &&
		!pmu_event_info((unsigned long)address, 0, STD_EVENTS, 0).error;
	for (unsigned int n = 0; n < STD_EVENTS; n++)
		v->event[n].info = known ? (int)(info[n].output & 1) : -1;
}

void events_measure(struct view *v)
{
	uint64_t all = hardware_set(v);

	for (unsigned int n = 0; n < STD_EVENTS; n++) {
		find_counters(v, n, all);
		measure_event(v, n, all);
	}
	ask_info(v);
}

/* Nothing can be said of a number that is another one each time */
static bool unsteady(const struct event *e)
{
	return e->most > e->least + e->least / 100;
}

enum verdict judge_count(const struct event *e, unsigned long event)
{
	if (e->error)
		return ABSENT;
	if (!e->measured || e->time || unsteady(e))
		return UNKNOWN;
	if (e->own < least(event))
		return BROKEN;
	return e->silent || e->other * 4 > e->own ? BROKEN : OK;
}

enum verdict judge_event(const struct event *e, unsigned long event)
{
	return !e->error && e->moved ? BROKEN : judge_count(e, event);
}

static void tell_broken(const struct event *e, unsigned long event,
			const char *on)
{
	struct rule rule = rule_of(event);
	const char *id = "event";
	char about[40];

	text(about, sizeof(about), "%s", event_name(event));
	if (e->moved) {
		finding(BROKEN, id, about, "counts %llu before START",
			(unsigned long long)e->moved);
		expected("no count before START or AUTO_START");
		advise("see control.still");
	} else if (e->own < least(event)) {
		finding(BROKEN, id, about, "on %s, but counts only %llu", on,
			(unsigned long long)e->own);
		expected("at least %llu during %lu %s",
			 (unsigned long long)least(event), rule.own->amount,
			 rule.own->name);
		advise("see whether its selector in riscv,event-to-mhpmevent is the one of the core's manual");
	} else if (e->silent) {
		finding(BROKEN, id, about, "taken by %s, but not counted on %s",
			on, list_of(e->silent));
		expected("counts on each of these counters during %s",
			 rule.own->name);
		advise("take those counters out of its row of riscv,event-to-mhpmcounters");
	} else {
		finding(BROKEN, id, about,
			"on %s, counts %llu, but %llu where there are hardly any",
			on, (unsigned long long)e->own,
			(unsigned long long)e->other);
		expected("more during %s than during %s", rule.own->name,
			 rule.other->name);
		advise("its selector counts something else: see the core's manual");
	}
}

static void tell_event(const struct view *v, unsigned int n)
{
	unsigned long event = std_event(n);
	const struct event *e = &v->event[n];
	enum verdict verdict = judge_event(e, event);
	char about[40], on[200];

	text(on, sizeof(on), "%s", list_of(e->counters));
	text(about, sizeof(about), "%s", event_name(event));
	if (verdict == BROKEN) {
		tell_broken(e, event, on);
	} else if (verdict == UNKNOWN && e->measured) {
		finding(UNKNOWN, "event", about,
			"on %s; counts %llu to %llu in %lu %s", on,
			(unsigned long long)e->least,
			(unsigned long long)e->most, rule_of(event).own->amount,
			rule_of(event).own->name);
		advise("an emulator may count time instead; on a core, see whether others use the counter");
	} else if (verdict == UNKNOWN) {
		finding(UNKNOWN, "event", about,
			"on %s; no workload is known that makes it happen", on);
	} else if (verdict == OK) {
		finding(OK, "event", about, "on %s; counts %llu in %lu %s", on,
			(unsigned long long)e->own, rule_of(event).own->amount,
			rule_of(event).own->name);
	}
	if (e->outside) {
		finding(BROKEN, "event.choice", about,
			"CONFIG gives a counter that it was not offered");
		expected(
			"a counter of the set in counter_idx_base and counter_idx_mask");
		advise("mend CONFIG: Linux refuses the event then, and the counter is lost");
	}
	if (e->info >= 0 && e->info != !e->error) {
		finding(BROKEN, "event.info", about,
			"EVENT_GET_INFO says %s, CONFIG %s",
			e->info ? "yes" : "no", e->error ? "no" : "yes");
		expected("the same answer");
		advise("mend EVENT_GET_INFO: a Linux that finds SBI 3.0 asks nothing else");
	}
	if (e->error && e->error != PMU_ERR_NOT_SUPPORTED) {
		finding(BROKEN, "event.error", about, "CONFIG gives %s",
			sbi_error_name(e->error));
		expected("NOT_SUPPORTED of an event that cannot be counted");
		advise("mend CONFIG: Linux takes the event for supported");
	}
}

static bool is_absent(const struct view *v, unsigned int n)
{
	return judge_event(&v->event[n], std_event(n)) == ABSENT;
}

/* In one line each: the general events, and those of a cache */
static void tell_absent(const struct view *v)
{
	unsigned int begin = 0, end = PMU_HW_EVENTS;
	char names[300];

	for (; begin < STD_EVENTS; begin = end, end += PER_CACHE) {
		unsigned int length = 0;

		for (unsigned int n = begin; n < end; n++) {
			if (is_absent(v, n))
				length += text(names + length,
					       sizeof(names) - length, "%s%s",
					       length ? ", " : "",
					       event_name(std_event(n)));
		}
		if (length)
			finding(ABSENT, "event", names, "no counter takes it");
	}
	advise("what the core can count of these belongs into the riscv,pmu node, see below");
}

void events_tell(const struct view *v)
{
	for (unsigned int n = 0; n < STD_EVENTS; n++)
		tell_event(v, n);
	tell_absent(v);
	if (!v->event[INSTRUCTIONS - 1].measured)
		return;
	finding(v->exact ? OK : UNKNOWN, "event.exact", "",
		v->exact ? "instructions are counted one by one"
			 : "the number of instructions is not exact");
	if (!v->exact)
		advise("take exact numbers of instructions for nothing but an estimate here");
}
