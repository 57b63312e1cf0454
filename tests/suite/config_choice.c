// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG_MATCHING: which counter it chooses */

#include "counters.h"

/* CONFIG over all counters gives one that exists, of the right type */
static void check_choice(unsigned long event)
{
	struct sbiret ret = config_any(0, event, 0);
	bool fw = PMU_EVENT_TYPE(event) == PMU_TYPE_FW;

	if (ret.error) {
		expect_refused(ret, PMU_ERR_NOT_SUPPORTED, "CONFIG of %#lx",
			       event);
		return;
	}
	if (!expect(ret.value < facts.num, "event %#lx got counter %lu of %u",
		    event, ret.value, facts.num))
		return;
	expect(facts.counter[ret.value].exists &&
		       facts.counter[ret.value].fw == fw,
	       "event %#lx got counter %lu, a counter of its type", event,
	       ret.value);
	pmu_reset(ret.value);
}

CASE(config, counter_of_type,
     "CONFIG gives hardware counters to hardware events, firmware to firmware.")
{
	unsigned int n;

	for (n = 0; n < STD_EVENTS; n++)
		check_choice(std_event(n));
	for (n = 0; n < PMU_FW_EVENTS; n++)
		check_choice(PMU_FW(n));
}

CASE(config, only_in_mask,
     "CONFIG of one counter gives that counter or none, never another.")
{
	static const unsigned long events[] = {PMU_HW_CPU_CYCLES,
					       PMU_HW_INSTRUCTIONS,
					       PMU_FW(PMU_FW_SET_TIMER)};
	unsigned int i, n;

	for (i = 0; i < facts.num; i++) {
		if (!facts.counter[i].exists)
			continue;
		for (n = 0; n < ARRAY_SIZE(events); n++) {
			struct sbiret ret = pmu_config(i, 1, 0, events[n], 0);

			if (ret.error)
				expect_refused(ret, PMU_ERR_NOT_SUPPORTED,
					       "CONFIG of %#lx on counter %u",
					       events[n], i);
			else
				expect_eq(ret.value, i,
					  "the counter that CONFIG of %#lx on "
					  "counter %u gives",
					  events[n], i);
			pmu_reset(i);
		}
	}
}

/*
 * Take counters for an event until there are none; each may come only once.
 * They are started, for a counter that is only configured may be given again.
 */
static unsigned int take_all(unsigned long event, unsigned long flags,
			     bool taken[MAX_COUNTERS])
{
	unsigned int count = 0;
	struct sbiret ret;

	while (count <= facts.num) {
		ret = config_any(flags, event, 0);
		if (ret.error || ret.value >= facts.num)
			break;
		if (!expect(!taken[ret.value],
			    "counter %lu, given for event %#lx, was free",
			    ret.value, event))
			break;
		taken[ret.value] = true;
		count++;
	}
	expect_refused(ret, PMU_ERR_NOT_SUPPORTED,
		       "CONFIG of %#lx with %u counters taken", event, count);
	return count;
}

static void check_take_all(unsigned long event, unsigned long flags)
{
	bool taken[MAX_COUNTERS] = {false};
	unsigned int count = take_all(event, flags, taken), i;

	skip_unless(count > 0, "no counter can count event %#lx", event);
	for (i = 0; i < facts.num; i++) {
		if (!taken[i])
			continue;
		/* What was given back, and nothing else, is given again */
		pmu_reset(i);
		expect_value(config_any(flags, event, 0), i,
			     "CONFIG of %#lx after RESET of counter %u", event,
			     i);
	}
}

CASE(config, hardware_once,
     "A started hardware counter is not given to anybody else until RESET.")
{
	check_take_all(PMU_HW_INSTRUCTIONS, PMU_CFG_AUTO_START);
}

CASE(config, cycles_once,
     "A counter started for cycles is not given again until RESET.")
{
	check_take_all(PMU_HW_CPU_CYCLES, PMU_CFG_AUTO_START);
}

CASE(config, firmware_once,
     "A started firmware counter is not given to anybody else until RESET.")
{
	check_take_all(PMU_FW(PMU_FW_SET_TIMER), PMU_CFG_AUTO_START);
}

CASE_OURS(config, stopped_hardware_once,
	  "A hardware counter only configured is not given until RESET either.")
{
	check_take_all(PMU_HW_INSTRUCTIONS, 0);
}

CASE_OURS(
	config, stopped_cycles_once,
	"A counter only configured for cycles is not given until RESET either.")
{
	check_take_all(PMU_HW_CPU_CYCLES, 0);
}

CASE_OURS(config, stopped_firmware_once,
	  "A firmware counter only configured is not given until RESET either.")
{
	check_take_all(PMU_FW(PMU_FW_SET_TIMER), 0);
}

CASE(config, other_event_once,
     "A counter started for one event is not given for another event.")
{
	const unsigned long flags = PMU_CFG_AUTO_START;
	bool taken[MAX_COUNTERS] = {false};
	unsigned int count = take_all(PMU_HW_INSTRUCTIONS, flags, taken);

	skip_unless(count > 0, "no counter can count instructions");
	take_all(PMU_HW_CPU_CYCLES, flags, taken);
	take_all(PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS),
		 flags, taken);
	take_all(PMU_FW(PMU_FW_SET_TIMER), flags, taken);
	take_all(PMU_FW(PMU_FW_ILLEGAL_INSN), flags, taken);
}

CASE_OURS(config, all_firmware,
	  "Every firmware counter can be had, each for the same event.")
{
	bool taken[MAX_COUNTERS] = {false};

	need_fws(1);
	expect_eq(take_all(PMU_FW(PMU_FW_IPI_SENT), 0, taken), facts.fws,
		  "firmware counters given");
	expect_eq(take_all(PMU_FW(PMU_FW_SET_TIMER), 0, taken), 0,
		  "firmware counters given for another event");
}

CASE(config, busy_fixed,
     "A fixed counter that runs is not handed out again, and goes on counting.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i, checked = 0;

	for (i = 0; i < count; i++) {
		struct actor *a = &actors[i];
		bool taken[MAX_COUNTERS] = {false};

		if (strncmp(a->kind, "fixed", 5))
			continue;
		checked++;
		config_actor(a, 0);
		expect_held(a, "stopped");
		expect_ok(pmu_start_at(a->index, 1ULL << 40), "START");
		expect_claimed(a, "running");
		/* Every other counter taken, and the filter another one */
		taken[a->index] = true;
		take_all(a->event, PMU_CFG_AUTO_START, taken);
		expect_refused(config_any(PMU_CFG_UINH | PMU_CFG_CLEAR_VALUE,
					  a->event, 0),
			       PMU_ERR_NOT_SUPPORTED,
			       "CONFIG with all counters taken");
		expect_running(a, "after others asked for its event");
		expect(pmu_read(a->index) >= 1ULL << 40,
		       "the value of %s counter %u is its own", a->kind,
		       a->index);
		pmu_clean();
	}
	skip_unless(checked > 0, "no fixed counter can count anything");
}

CASE(config, fixed_outside_mask,
     "With all counters of the mask taken, a fixed one outside is not given.")
{
	struct actor fixed = fixed_actor();
	unsigned long index, mask = 0;
	unsigned int i;

	need_hpms(1);
	for (i = 0; i < facts.hpms; i++)
		mask |= 1UL << facts.hpm[i];
	for (i = 0; i <= facts.hpms; i++) {
		struct sbiret ret =
			pmu_config(0, mask, PMU_CFG_AUTO_START, fixed.event, 0);

		if (ret.error) {
			expect_refused(ret, PMU_ERR_NOT_SUPPORTED,
				       "CONFIG of mask %#lx", mask);
			break;
		}
		index = ret.value;
		if (!expect(index < XLEN && mask >> index & 1,
			    "counter %lu is in mask %#lx", index, mask))
			break;
	}
	expect_free(&fixed, "after CONFIG of masks without it");
}

CASE_OURS(config, fixed_last_or_first,
	  "A fixed counter is given last if others interrupt, else first.")
{
	static const unsigned long events[] = {PMU_HW_CPU_CYCLES,
					       PMU_HW_INSTRUCTIONS};
	struct sbiret ret;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(events); i++) {
		unsigned long fixed = 2 * i;

		ret = config_any(0, events[i], 0);
		while (facts.sscofpmf && !ret.error && ret.value != fixed)
			ret = config_any(0, events[i], 0);
		expect(!ret.error && ret.value == fixed,
		       "the counter for event %lu is %lu, received %ld, %lu",
		       events[i], fixed, ret.error, ret.value);
		if (facts.sscofpmf)
			expect_refused(config_any(0, events[i], 0),
				       PMU_ERR_NOT_SUPPORTED,
				       "CONFIG of %lu after the fixed counter",
				       events[i]);
		pmu_clean();
	}
}

CASE_OURS(config, filter_on_fixed,
	  "A fixed counter that cannot filter is not given for a filter.")
{
	static const unsigned long filters[] = {PMU_CFG_UINH, PMU_CFG_SINH,
						PMU_CFG_UINH | PMU_CFG_SINH};
	struct actor fixed = fixed_actor();
	unsigned int i;

	skip_unless(facts.sscofpmf && !facts.smcntrpmf,
		    "programmable and fixed counters filter alike");
	for (i = 0; i < ARRAY_SIZE(filters); i++) {
		expect_refused(
			pmu_config(fixed.index, 1, filters[i], fixed.event, 0),
			PMU_ERR_NOT_SUPPORTED,
			"CONFIG of %s counter %u with flags %#lx", fixed.kind,
			fixed.index, filters[i]);
		pmu_reset(fixed.index);
	}
	expect_free(&fixed, "without filters");
}

CASE(config, filters_programmable,
     "A programmable counter takes every combination of filters.")
{
	struct actor a = programmable_actor();
	unsigned long filter;

	for (filter = 0; filter < 32; filter++) {
		config_actor(&a, filter * PMU_CFG_VUINH);
		pmu_reset(a.index);
	}
}

CASE(config, filters_fixed,
     "A fixed counter takes every combination of filters when it has them.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;
	unsigned long filter;

	skip_unless(facts.smcntrpmf, "this hart has no Smcntrpmf");
	for (i = 0; i < count; i++) {
		if (strncmp(actors[i].kind, "fixed", 5))
			continue;
		for (filter = 0; filter < 32; filter++) {
			config_actor(&actors[i], filter * PMU_CFG_VUINH);
			pmu_reset(actors[i].index);
		}
	}
}

CASE(config, virtual_filters_without_h,
     "Without H, filters of VS and VU ask nothing of any counter.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), i;

	skip_unless(!facts.h, "this hart has VS-mode and VU-mode");
	for (i = 0; i < count; i++) {
		config_actor(&actors[i], PMU_CFG_VSINH | PMU_CFG_VUINH |
						 PMU_CFG_AUTO_START);
		expect_counting(&actors[i], "with VSINH and VUINH");
	}
}

CASE(config, filters_firmware, "Firmware counters take filters as hints.")
{
	struct actor a = firmware_actor();
	unsigned long filter;

	for (filter = 0; filter < 32; filter++) {
		config_actor(&a, filter * PMU_CFG_VUINH);
		pmu_reset(a.index);
	}
}
