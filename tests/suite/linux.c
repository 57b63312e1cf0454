// SPDX-License-Identifier: BSD-2-Clause
/*
 * The calls of the Linux driver, in its order. It never passes CLEAR_VALUE or
 * AUTO_START, its base is 0 unless it means one counter, and it gives every
 * mask that it has got from GET_INFO.
 */

#include "counters.h"

/* What the driver finds when it starts */
static struct set find_counters(void)
{
	struct set set = {0, 0};
	unsigned long i, num;
	struct sbiret ret = pmu_num_counters();

	require_ok(ret, "NUM_COUNTERS");
	num = ret.value < XLEN ? ret.value : XLEN;
	for (i = 0; i < num; i++) {
		ret = pmu_get_info(i);
		if (ret.error)
			continue;
		expect_ne(ret.value, 0, "GET_INFO of counter %lu", i);
		set.mask |= 1UL << i;
	}
	require(set.mask != 0, "there are counters");
	return set;
}

/* A new CPU: everything stops, although most of it never ran */
static struct set start_cpu(void)
{
	struct set all = find_counters();
	struct sbiret ret = set_stop(all, PMU_STOP_RESET);

	/* Linux does not look at the answer */
	if (ret.error)
		expect_legal(ret, PMU_ERR_ALREADY_STOPPED,
			     CODE(PMU_ERR_INVALID_PARAM),
			     "STOP with RESET of all counters");
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	return all;
}

/* CONFIG as the driver takes its answer: in the mask, and not in use by it */
static bool match(struct set all, unsigned long *used, unsigned long flags,
		  unsigned long event, unsigned int *index)
{
	struct sbiret ret = set_config(all, flags, event);

	if (ret.error)
		return false;
	require(ret.value < XLEN && all.mask >> ret.value & 1,
		"counter %lu for event %#lx is in the mask", ret.value, event);
	require(!(*used >> ret.value & 1),
		"counter %lu for event %#lx is not in use", ret.value, event);
	*used |= 1UL << ret.value;
	*index = (unsigned int)ret.value;
	return true;
}

/* Stop, read, and give back: a running event is taken away */
static uint64_t take_away(unsigned int index)
{
	uint64_t value;

	expect_ok(pmu_stop(index, 1, 0), "STOP of counter %u", index);
	value = pmu_read(index);
	expect_refused(pmu_stop(index, 1, PMU_STOP_RESET),
		       PMU_ERR_ALREADY_STOPPED,
		       "STOP with RESET of stopped counter %u", index);
	return value;
}

CASE(linux, boot,
     "Linux finds the counters and stops all of them; then all are free.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count, i;
	struct sbiret ret;

	/* As left behind by a kernel before this one */
	count = find_actors(actors);
	for (i = 0; i < count; i++)
		config_actor(&actors[i], PMU_CFG_AUTO_START);
	start_cpu();
	ret = pmu_set_shmem((unsigned long)page_alloc(1), 0, 0);
	if (ret.error)
		expect_refused(ret, PMU_ERR_NOT_SUPPORTED, "SET_SHMEM");
	for (i = 0; i < count; i++) {
		if (actors[i].index >= XLEN)
			continue;
		expect_still(&actors[i], "after boot");
		expect_free(&actors[i], "after boot");
	}
}

CASE(linux, probe_by_config,
     "Linux before SBI 3.0 asks CONFIG for 52 events, and gives each back.")
{
	struct set all = start_cpu();
	unsigned int n, known = 0;

	for (n = 0; n < STD_EVENTS; n++) {
		struct sbiret ret = set_config(all, 0, std_event(n));

		/* Any other error leaves the event as one that can be had */
		if (ret.error) {
			expect_refused(ret, PMU_ERR_NOT_SUPPORTED,
				       "CONFIG of event %#lx", std_event(n));
			continue;
		}
		known++;
		expect_refused(pmu_stop(ret.value, 1, PMU_STOP_RESET),
			       PMU_ERR_ALREADY_STOPPED,
			       "STOP with RESET of counter %lu", ret.value);
	}
	note("%u of %d events", known, STD_EVENTS);
}

CASE(linux, probe_by_info,
     "Linux from SBI 3.0 on asks for 52 events at once, with the same answer.")
{
	uint8_t *page = page_alloc(1);
	struct pmu_event_info *table = (struct pmu_event_info *)(page + 1040);
	struct set all = start_cpu();
	unsigned int n;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	for (n = 0; n < STD_EVENTS; n++)
		table[n].event_idx = (uint32_t)std_event(n);
	require_ok(pmu_event_info((unsigned long)table, 0, STD_EVENTS, 0),
		   "EVENT_GET_INFO");
	for (n = 0; n < STD_EVENTS; n++) {
		struct sbiret ret = set_config(all, 0, std_event(n));

		expect_eq(table[n].output & 1, !ret.error,
			  "whether event %#lx can be had", std_event(n));
		if (!ret.error)
			pmu_stop(ret.value, 1, PMU_STOP_RESET);
	}
}

static void stat_one(struct set all, unsigned long event, const char *name)
{
	/* Not sampling: as far from the overflow as can be */
	const uint64_t start = 1ULL << 63;
	unsigned long used = 0;
	unsigned int index, round;

	if (!match(all, &used, PMU_CFG_VSINH | PMU_CFG_VUINH, event, &index)) {
		note("no counter for %s", name);
		return;
	}
	for (round = 0; round < 2; round++) {
		expect_ok(pmu_start(index, 1, PMU_START_SET_INIT_VALUE, start),
			  "START for %s", name);
		provoke();
		expect_between(pmu_read(index), start + 1,
			       start + a_few_calls(), "%s, while it runs",
			       name);
		expect_ok(pmu_stop(index, 1, 0), "STOP for %s", name);
		expect_between(pmu_read(index), start + 1,
			       start + a_few_calls(), "%s, after STOP", name);
		expect_refused(pmu_stop(index, 1, 0), PMU_ERR_ALREADY_STOPPED,
			       "STOP for %s again", name);
	}
	expect_refused(pmu_stop(index, 1, PMU_STOP_RESET),
		       PMU_ERR_ALREADY_STOPPED, "STOP with RESET for %s", name);
}

CASE(linux, stat, "perf stat: one event is counted, stopped and taken away.")
{
	struct set all = start_cpu();

	stat_one(all, PMU_HW_CPU_CYCLES, "cycles");
	stat_one(all, PMU_HW_INSTRUCTIONS, "instructions");
	stat_one(all, PMU_FW(PMU_FW_SET_TIMER), "set_timer");
}

CASE(linux, delete_running,
     "A deleted event is stopped, read, reset while stopped, and free again.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, round;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];

		for (round = 0; round < 3; round++) {
			config_actor(a, 0);
			expect_ok(pmu_start_at(a->index, 1ULL << 63), "START");
			provoke();
			expect_between(take_away(a->index), (1ULL << 63) + 1,
				       (1ULL << 63) + a_few_calls(),
				       "value of %s counter %u", a->kind,
				       a->index);
		}
		expect_free(a, "after it was taken away");
	}
}

CASE(linux, legacy_access,
     "Legacy user access takes counters 0 and 2 with SKIP_MATCH and their mask.")
{
	static const struct {
		unsigned int index;
		unsigned long event, flags;
	} asks[] = {
		{0, PMU_HW_CPU_CYCLES, 0},
		{2, PMU_HW_INSTRUCTIONS, 0},
		{0, PMU_HW_CPU_CYCLES, PMU_CFG_VSINH | PMU_CFG_VUINH},
		{2, PMU_HW_INSTRUCTIONS, PMU_CFG_VSINH | PMU_CFG_VUINH},
	};
	unsigned int n;

	start_cpu();
	skip_unless(facts.counter[0].csr == CSR_CYCLE &&
			    facts.counter[2].csr == CSR_INSTRET,
		    "counters 0 and 2 are not cycle and instret");
	for (n = 0; n < ARRAY_SIZE(asks); n++) {
		const struct actor a = {asks[n].index, asks[n].event, "legacy"};

		expect_value(pmu_config(0, 1UL << a.index,
					PMU_CFG_SKIP_MATCH | asks[n].flags,
					a.event, 0),
			     a.index, "CONFIG with SKIP_MATCH of mask %#lx",
			     1UL << a.index);
		expect_still(&a, "after CONFIG");
		expect_ok(pmu_start_at(a.index, 1ULL << 63), "START");
		expect_counting(&a, "after START");
		take_away(a.index);
	}
}

#define EVENTS 4

CASE(linux, rotation,
     "perf rotates four events: none is lost, each is counted in its turn.")
{
	static const unsigned long events[EVENTS] = {
		PMU_HW_INSTRUCTIONS, PMU_HW_CPU_CYCLES,
		PMU_FW(PMU_FW_SET_TIMER), PMU_FW(PMU_FW_MISALIGNED_STORE)};
	uint64_t totals[EVENTS] = {0}, start = 1ULL << 63;
	struct set all = start_cpu();
	unsigned int round, n, index[EVENTS];

	for (round = 0; round < 50; round++) {
		unsigned long used = 0;
		bool on[EVENTS];

		for (n = 0; n < EVENTS; n++) {
			unsigned int e = (n + round) % EVENTS;

			on[e] = match(all, &used, 0, events[e], &index[e]);
			if (on[e])
				expect_ok(pmu_start_at(index[e], start),
					  "START for event %#lx", events[e]);
		}
		provoke();
		for (n = 0; n < EVENTS; n++) {
			if (on[n])
				totals[n] += take_away(index[n]) - start;
		}
	}
	expect_eq(totals[2], facts.fws ? 50 : 0, "set_timer, in 50 rounds");
	expect_eq(totals[3], 0, "misaligned stores, in 50 rounds");
	for (n = 0; n < 2; n++)
		expect(totals[n] >= 50 * 1000 || !facts.exact,
		       "%llu of event %#lx, in 50 rounds of 1000 and more",
		       (unsigned long long)totals[n], events[n]);
}
