// SPDX-License-Identifier: BSD-2-Clause
/*
 * The founding rule: CONFIG_MATCHING never starts a counter. It counts only
 * after START, or when AUTO_START was given.
 */

#include "measure.h"
#include "suite_internal.h"

struct event_kind {
	const char *name;
	unsigned long event;
};

static const struct event_kind hardware[] = {
	{"a general event", PMU_EVENT(PMU_TYPE_HW, PMU_HW_INSTRUCTIONS)},
	{"the cycles event", PMU_EVENT(PMU_TYPE_HW, PMU_HW_CPU_CYCLES)},
	{"a cache event",
	 PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS)},
};

static const struct event_kind firmware[] = {
	{"a firmware event", PMU_FW(PMU_FW_SET_TIMER)},
};

#define PAGES 32

/* Do everything that one of the events above counts */
static void provoke(void *pages)
{
	unsigned int i;

	work_insns(1000);
	__asm__ __volatile__("sfence.vma" ::: "memory");
	for (i = 0; i < PAGES; i++)
		*(volatile char *)((char *)pages + i * PAGE_SIZE);
	sbi_set_timer(~0ULL);
}

static void expect_still(unsigned long index, void *pages, const char *name,
			 unsigned long flags)
{
	uint64_t before = pmu_read(index);

	provoke(pages);
	expect_eq(pmu_read(index), before,
		  "counter %lu after CONFIG of %s with flags %#lx", index, name,
		  flags);
}

static void expect_moves(unsigned long index, void *pages, const char *name,
			 const char *after)
{
	uint64_t before = pmu_read(index);

	provoke(pages);
	expect_ne(pmu_read(index), before, "counter %lu, %s, after %s", index,
		  name, after);
}

/* Other firmware may want a match before SKIP_MATCH skips it */
static void match_first(unsigned long index, const struct event_kind *kind,
			unsigned long flags)
{
	if (!ours() && (flags & PMU_CFG_SKIP_MATCH))
		require_value(pmu_config(index, 1, 0, kind->event, 0), index,
			      "CONFIG of %s", kind->name);
}

/* One way of configuring one counter: quiet after it, counting after START */
static void check_config(unsigned long index, const struct event_kind *kind,
			 unsigned long flags, bool was_running, void *pages)
{
	struct sbiret ret;

	pmu_reset(index);
	if (was_running) {
		ret = pmu_config(index, 1,
				 PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START,
				 kind->event, 0);
		require_value(ret, index, "CONFIG with AUTO_START of %s",
			      kind->name);
	} else {
		match_first(index, kind, flags);
	}

	ret = pmu_config(index, 1, flags, kind->event, 0);
	require_value(ret, index, "CONFIG of %s with flags %#lx", kind->name,
		      flags);
	expect_still(index, pages, kind->name, flags);
	expect_still(index, pages, kind->name, flags);

	expect_ok(pmu_start_one(index), "START of counter %lu", index);
	expect_moves(index, pages, kind->name, "START");
	expect_ok(pmu_stop_one(index), "STOP of counter %lu", index);
	pmu_reset(index);
}

static void check_kind(unsigned long index, const struct event_kind *kind)
{
	void *pages = page_alloc(PAGES);
	unsigned long flags;

	require(pages != 0, "memory for the workload");
	for (flags = 0; flags <= (PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE);
	     flags++)
		check_config(index, kind, flags, false, pages);
	page_free_all();
}

/* Only SKIP_MATCH gets at a counter that runs */
static void check_running(unsigned long index, const struct event_kind *kind)
{
	void *pages = page_alloc(PAGES);

	require(pages != 0, "memory for the workload");
	check_config(index, kind, PMU_CFG_SKIP_MATCH, true, pages);
	check_config(index, kind, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE,
		     true, pages);
	page_free_all();
}

/* False when the machine cannot count the event on a programmable counter */
static bool can_count(unsigned long index, const struct event_kind *kind)
{
	struct sbiret ret = pmu_config(index, 1, 0, kind->event, 0);

	pmu_reset(index);
	if (ret.error == PMU_ERR_NOT_SUPPORTED)
		note("counter %lu cannot count %s", index, kind->name);
	else if (!ret.error)
		require_in_set(ret.value, index, 1);
	return ret.error != PMU_ERR_NOT_SUPPORTED;
}

static void check_hardware(unsigned int which)
{
	unsigned long index;

	need_hpms(1);
	index = facts.hpm[facts.hpms - 1];
	skip_unless(can_count(index, &hardware[which]),
		    "programmable counters of this machine cannot count %s",
		    hardware[which].name);
	check_kind(index, &hardware[which]);
}

CASE(founding, programmable_general,
     "A programmable counter configured for a general event is still until START.")
{
	check_hardware(0);
}

CASE(founding, programmable_cycles,
     "A programmable counter configured for cycles is still until START.")
{
	check_hardware(1);
}

CASE(founding, programmable_cache,
     "A programmable counter configured for a cache event is still until START.")
{
	check_hardware(2);
}

CASE(founding, fixed_cycle,
     "The cycle counter, configured for cycles, is still until START.")
{
	skip_unless(facts.counter[PMU_CTR_CYCLE].exists,
		    "the firmware has no cycle counter");
	check_kind(PMU_CTR_CYCLE, &hardware[1]);
}

CASE(founding, fixed_instret,
     "The instret counter, configured for instructions, is still until START.")
{
	skip_unless(facts.counter[PMU_CTR_INSTRET].exists,
		    "the firmware has no instret counter");
	check_kind(PMU_CTR_INSTRET, &hardware[0]);
}

CASE(founding, firmware, "A configured firmware counter is still until START.")
{
	need_fws(1);
	check_kind(facts.fw[facts.fws - 1], &firmware[0]);
}

/* What becomes of a running counter is open: it might as well go on */
CASE_OURS(founding, running,
	  "SKIP_MATCH of a running counter of any kind stops it until START.")
{
	unsigned int i;

	check_running(PMU_CTR_CYCLE, &hardware[1]);
	check_running(PMU_CTR_INSTRET, &hardware[0]);
	for (i = 0; facts.hpms && i < ARRAY_SIZE(hardware); i++) {
		if (can_count(facts.hpm[0], &hardware[i]))
			check_running(facts.hpm[0], &hardware[i]);
	}
	if (facts.fws)
		check_running(facts.fw[0], &firmware[0]);
}

/*
 * Firmware may let the fixed counters run when a hart starts, for kernels
 * without a PMU driver. The framework stops them before each case, so this
 * looks at them earlier: on the boot hart before the first case, on another
 * hart right after its start.
 */
struct fixed_look {
	struct sbiret config, start;
	uint64_t running; /* how far it went before CONFIG ... */
	uint64_t configured; /* ... after it ... */
	uint64_t started; /* ... and after START */
};

static uint64_t way(unsigned long index)
{
	uint64_t before = pmu_read_csr(PMU_CSR_CYCLE + (unsigned int)index);

	work_insns(1000);
	return pmu_read_csr(PMU_CSR_CYCLE + (unsigned int)index) - before;
}

static void look_at_fixed(unsigned long index, struct fixed_look *look)
{
	unsigned long event = index == PMU_CTR_CYCLE ? PMU_HW_CPU_CYCLES
						     : PMU_HW_INSTRUCTIONS;

	look->running = way(index);
	look->config = pmu_config(index, 1, 0, event, 0);
	look->configured = way(index);
	look->start = pmu_start_one(index);
	look->started = way(index);
}

static void check_look(const struct fixed_look *look, unsigned long index,
		       const char *hart)
{
	if (look->running == 0)
		note("counter %lu of %s does not run before CONFIG", index,
		     hart);
	/* One that runs may count as started, which CONFIG does not take */
	skip_unless(ours() || look->config.error != PMU_ERR_NOT_SUPPORTED,
		    "CONFIG does not take counter %lu of %s", index, hart);
	expect_value(look->config, index, "CONFIG of counter %lu of %s", index,
		     hart);
	expect_eq(look->configured, 0, "progress of counter %lu of %s", index,
		  hart);
	expect_ok(look->start, "START of counter %lu of %s", index, hart);
	expect_ne(look->started, 0, "progress of counter %lu of %s after START",
		  index, hart);
}

static struct fixed_look boot_cycle, boot_instret, other_look;
static bool boot_looked;

void founding_at_boot(void)
{
	unsigned long value;

	if (!sbi_probe(PMU_EID) || !probe_csr_read(PMU_CSR_CYCLE, &value, 0) ||
	    !probe_csr_read(PMU_CSR_CYCLE + PMU_CTR_INSTRET, &value, 0))
		return;
	look_at_fixed(PMU_CTR_CYCLE, &boot_cycle);
	look_at_fixed(PMU_CTR_INSTRET, &boot_instret);
	boot_looked = true;
}

CASE(founding, running_since_boot,
     "A fixed counter that runs since boot stops when it is configured.")
{
	skip_unless(boot_looked, "the fixed counters cannot be read");
	check_look(&boot_cycle, PMU_CTR_CYCLE, "the boot hart");
	check_look(&boot_instret, PMU_CTR_INSTRET, "the boot hart");
}

static unsigned long look_from_hart(unsigned long index)
{
	look_at_fixed(index, &other_look);
	return 0;
}

CASE(founding, running_since_hart_start,
     "A fixed counter that runs since its hart started stops when configured.")
{
	need_harts(2);
	require(hart_start(1), "start of a second hart");
	require(hart_call(1, look_from_hart, PMU_CTR_CYCLE, 0),
		"a look at the cycle counter of the second hart");
	check_look(&other_look, PMU_CTR_CYCLE, "the second hart");
	require(hart_call(1, look_from_hart, PMU_CTR_INSTRET, 0),
		"a look at the instret counter of the second hart");
	check_look(&other_look, PMU_CTR_INSTRET, "the second hart");
}

static void check_auto_start(unsigned long index, const struct event_kind *kind)
{
	const unsigned long flags[] = {
		PMU_CFG_AUTO_START, PMU_CFG_AUTO_START | PMU_CFG_SKIP_MATCH,
		PMU_CFG_AUTO_START | PMU_CFG_CLEAR_VALUE};
	void *pages = page_alloc(PAGES);
	struct sbiret ret;
	unsigned int i;

	require(pages != 0, "memory for the workload");
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		match_first(index, kind, flags[i]);
		ret = pmu_config(index, 1, flags[i], kind->event, 0);
		require_value(ret, index, "CONFIG of %s with flags %#lx",
			      kind->name, flags[i]);
		expect_moves(index, pages, kind->name,
			     "CONFIG with AUTO_START");
		expect_error(pmu_start_one(index), PMU_ERR_ALREADY_STARTED,
			     "START of a counter that AUTO_START started");
		expect_ok(pmu_stop_one(index), "STOP of counter %lu", index);
		expect_still(index, pages, kind->name, flags[i]);
		pmu_reset(index);
	}
	page_free_all();
}

CASE(founding, auto_start,
     "With AUTO_START a counter of any kind counts at once.")
{
	unsigned int i;

	if (facts.counter[PMU_CTR_CYCLE].exists)
		check_auto_start(PMU_CTR_CYCLE, &hardware[1]);
	if (facts.counter[PMU_CTR_INSTRET].exists)
		check_auto_start(PMU_CTR_INSTRET, &hardware[0]);
	for (i = 0; facts.hpms && i < ARRAY_SIZE(hardware); i++) {
		if (can_count(facts.hpm[0], &hardware[i]))
			check_auto_start(facts.hpm[0], &hardware[i]);
	}
	if (facts.fws)
		check_auto_start(facts.fw[0], &firmware[0]);
}
