// SPDX-License-Identifier: BSD-2-Clause
/* The events of a walk: valid ones of all types, reserved and unknown ones */

#include "counters.h"
#include "measure.h"
#include "walk.h"

#define M (&walk_machine)

static void add_event(unsigned long event, uint64_t data, bool reserved)
{
	if (M->events < WALK_EVENTS)
		M->event[M->events++] = (struct walk_event){
			.event = event, .data = data, .reserved = reserved};
}

/* @event is valid; with any event_data it is not */
static void add_with_data(unsigned long event)
{
	add_event(event, 1, true);
	add_event(event, 1ULL << 32, true);
	add_event(event, 1ULL << 63, true);
}

static void list_hardware_events(void)
{
	unsigned int n;

	add_event(CYCLES, 0, false);
	add_event(INSTRUCTIONS, 0, false);
	for (n = 0; n < STD_EVENTS; n++) {
		if (std_event(n) != CYCLES && std_event(n) != INSTRUCTIONS)
			add_event(std_event(n), 0, false);
	}
	add_with_data(INSTRUCTIONS);
	add_with_data(DTLB_READ_MISS);
	add_event(PMU_HW_NO_EVENT, 0, true);
	add_event(PMU_HW_EVENTS + 1, 0, true);
	add_event(0xffff, 0, true);
	for (n = 0; n < PMU_CACHE_IDS; n++) {
		add_event(PMU_CACHE(n, 3, 0), 0, true);
		add_event(PMU_CACHE(n, 3, 1), 0, true);
	}
	add_event(PMU_CACHE(7, 0, 0), 0, true);
	add_event(0x1ffff, 0, true);
}

static void list_raw_events(void)
{
	static const uint64_t any[] = {
		0, 1, 2, 0xabcd, 0xabcdef, 0xffff, 1ULL << 32, 1ULL << 47};
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(any); n++) {
		add_event(PMU_RAW_EVENT, any[n], false);
		add_event(PMU_RAW_V2_EVENT, any[n], false);
	}
	add_event(PMU_RAW_EVENT, 1ULL << 48, true);
	add_event(PMU_RAW_EVENT, ~0ULL, true);
	add_event(PMU_RAW_EVENT | 1, 2, true);
	add_event(PMU_RAW_V2_EVENT, 1ULL << 55, false);
	add_event(PMU_RAW_V2_EVENT, 1ULL << 56, true);
	add_event(PMU_RAW_V2_EVENT, 1ULL << 63 | 2, true);
	add_event(PMU_RAW_V2_EVENT | 0x8000, 2, true);
}

static void list_other_events(void)
{
	unsigned int n;

	for (n = 0; n < PMU_FW_EVENTS; n++)
		add_event(PMU_FW(n), 0, false);
	add_with_data(PMU_FW(PMU_FW_SET_TIMER));
	add_event(PMU_FW(22), 0, true);
	add_event(PMU_FW(255), 0, true);
	for (n = 4; n < PMU_TYPE_FW; n += 5)
		add_event(PMU_EVENT(n, 1), 0, true);
	/* Bits that no event index has */
	add_event(1UL << 20 | INSTRUCTIONS, 0, true);
	add_event(1UL << 20 | PMU_FW(PMU_FW_SET_TIMER), 0, true);
	add_event(1UL << 31 | PMU_FW(PMU_FW_SET_TIMER), 0, true);
	add_event(1UL << (XLEN - 1) | CYCLES, 0, true);
#if XLEN == 64
	add_event(1UL << 32 | INSTRUCTIONS, 0, true);
#endif
}

static unsigned int find_event(unsigned long event, uint64_t data)
{
	unsigned int n = 0;

	while (M->event[n].event != event || M->event[n].data != data)
		n++;
	return n;
}

static bool is_raw(unsigned long event)
{
	return event == PMU_RAW_EVENT || event == PMU_RAW_V2_EVENT;
}

static void know_event(struct walk_event *e)
{
	unsigned int type = PMU_EVENT_TYPE(e->event), i;
	bool first_data = !e->data || type > PMU_TYPE_CACHE;

	e->selector = (uint32_t)(is_raw(e->event) ? e->data : e->event);
	e->ticks = !e->data && (e->event == CYCLES || e->event == INSTRUCTIONS);
	e->plain = (unsigned int)(e - M->event);
	if (!first_data)
		e->plain = find_event(e->event, 0);
	for (i = 0; i < facts.num; i++) {
		struct sbiret ret;

		if (!facts.counter[i].exists)
			continue;
		ret = pmu_config(i, 1, 0, e->event, e->data);
		pmu_reset(i);
		e->can[i] = !ret.error && ret.value == i;
		e->countable |= e->can[i];
		if (e->can[i] && facts.counter[i].fw != (type == PMU_TYPE_FW))
			fail("counter %u takes event %#lx of the other kind", i,
			     e->event);
	}
	if (ours() && e->reserved)
		expect(!e->countable, "no counter takes event %#lx, data %#llx",
		       e->event, (unsigned long long)e->data);
}

/* A fixed counter has an event of its own, and may be unable to filter */
static void know_fixed(unsigned int i)
{
	bool cycles = PMU_INFO_CSR(M->info[i]) == CSR_CYCLE;
	unsigned long flag;

	M->own_event[i] = find_event(cycles ? CYCLES : INSTRUCTIONS, 0);
	M->filters[i] = 0;
	for (flag = PMU_CFG_VUINH; flag <= PMU_CFG_MINH; flag <<= 1) {
		if (!pmu_config(i, 1, flag, M->event[M->own_event[i]].event, 0)
			     .error)
			M->filters[i] |= flag;
		pmu_reset(i);
	}
}

void walk_know_events(void)
{
	unsigned int n, i;

	M->events = 0;
	list_hardware_events();
	list_raw_events();
	list_other_events();
	for (n = 0; n < M->events; n++)
		know_event(&M->event[n]);
	M->set_timer = find_event(PMU_FW(PMU_FW_SET_TIMER), 0);
	for (i = 0; i < facts.num; i++) {
		M->filters[i] = PMU_CFG_INHIBITS;
		if (facts.counter[i].exists && walk_is_fixed(i))
			know_fixed(i);
	}
}
