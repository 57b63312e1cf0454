// SPDX-License-Identifier: BSD-2-Clause
/* What the calls on counters do, said once more and simply. See model.h. */

#include "model.h"

struct model model;

bool model_is_fw(unsigned int idx)
{
	return idx >= model.num_hw;
}

bool model_is_fixed(unsigned int idx)
{
	return idx <= 2;
}

bool model_is_platform(unsigned int idx)
{
	return model.ctr[idx].configured && model.ctr[idx].event == PLATFORM;
}

void model_boot(void)
{
	unsigned int idx;

	memset(model.ctr, 0, sizeof(model.ctr));
	model.suspended = model.has_page = false;
	rig_told = model_resume;
	for (idx = 0; idx < model.num_hw + PMU_FW_MAX; idx++) {
		model.ctr[idx].exists =
			model_is_fw(idx) || (sim.desc->present >> idx & 1);
		if (model.ctr[idx].exists && !model_is_fw(idx))
			model_hw_boot(idx);
	}
}

/* Whether a set is valid, and its members relative to base 0 */
static bool is_set(unsigned long base, unsigned long mask, uint64_t *set)
{
	unsigned int bit;

	*set = 0;
	for (bit = 0; bit < 64; bit++) {
		if (!(mask >> bit & 1))
			continue;
		if (base >= 64 || base + bit >= 64 ||
		    !model.ctr[base + bit].exists)
			return false;
		*set |= 1ULL << (base + bit);
	}
	return mask != 0;
}

/* -- CONFIG_MATCHING ------------------------------------------------------- */

/* The counter that must be chosen, or -1 */
static int choice(uint64_t set, unsigned long flags, unsigned long event,
		  uint64_t data)
{
	uint64_t able = model_counters(event, data) & set;
	unsigned int idx;

	if (flags & SKIP) {
		idx = (unsigned int)__builtin_ctzll(set);
		return able >> idx & 1 ? (int)idx : -1;
	}
	for (idx = 0; idx < 64; idx++) {
		if (model.ctr[idx].configured)
			able &= ~(1ULL << idx);
	}
	return model_choose(able, flags);
}

static void configure(unsigned int idx, unsigned long flags,
		      unsigned long event, uint64_t data)
{
	struct model_counter *c = &model.ctr[idx];

	c->configured = true;
	c->started = false;
	c->event = event;
	c->data = data;
	c->filters = flags & PMU_CFG_INHIBITS;
	if (!model_is_fw(idx))
		model_hw_configure(idx);
	if (flags & CLEAR)
		model_set_value(idx, 0);
	if (flags & AUTO && model_is_fw(idx))
		c->started = true;
	else if (flags & AUTO)
		model_hw_start(idx);
}

void model_config(unsigned long base, unsigned long mask, unsigned long flags,
		  unsigned long event, uint64_t data)
{
	struct pmu_result got;
	uint64_t set;
	bool refused;
	int idx;

	if (flags > 0xff || !is_set(base, mask, &set)) {
		expect(config(base, mask, flags, event, data), INVALID);
		return;
	}
	idx = choice(set, flags, event, data);
	if (idx < 0) {
		expect(config(base, mask, flags, event, data), UNSUPPORTED);
		return;
	}
	refused = event == PLATFORM && (flags & AUTO) && sim.plat_refuses;
	if (refused)
		rig_allow_effect();
	got = config(base, mask, flags, event, data);
	if (!model_is_fw((unsigned int)idx))
		model_resume();
	configure((unsigned int)idx, flags, event, data);
	if (refused) {
		expect(got, UNSUPPORTED);
		model.ctr[idx].configured = model.ctr[idx].started = false;
	} else {
		equal(ok(got), idx);
	}
}

/* -- START ----------------------------------------------------------------- */

/* What became of the members; the error may name any of it but the successes */
struct outcome {
	bool no_value, refused, running;
};

static void start_one(unsigned int idx, unsigned long flags, uint64_t initial,
		      unsigned long base, struct outcome *out)
{
	struct model_counter *c = &model.ctr[idx];

	if (c->started) {
		out->running = true;
		return;
	}
	if (flags == FROM_SNAPSHOT && !model_slot(idx - base, &initial)) {
		out->no_value = true;
		return;
	}
	/* Counters 0 and 2 have one event, which they need not be told */
	if (!c->configured) {
		c->configured = true;
		c->filters = 0;
		c->event = idx == 0 ? CYCLES : INSTRET;
	}
	if (flags)
		model_set_value(idx, initial);
	if (!model_is_fw(idx))
		model_hw_start(idx);
	else if (model_is_platform(idx) && sim.plat_refuses)
		out->refused = true;
	else
		c->started = true;
}

static long start_error(const struct outcome *out, long got)
{
	if (out->no_value && out->refused)
		return got == NO_SHMEM ? NO_SHMEM : INVALID;
	if (out->no_value)
		return NO_SHMEM;
	if (out->refused)
		return INVALID;
	return out->running ? STARTED : PMU_OK;
}

void model_start(unsigned long base, unsigned long mask, unsigned long flags,
		 uint64_t initial)
{
	struct outcome out = {false, false, false};
	struct pmu_result got;
	unsigned int idx, writes;
	uint64_t set;
	long error = PMU_OK;

	if (flags > FROM_SNAPSHOT || !is_set(base, mask, &set))
		error = INVALID;
	for (idx = 0; idx < 64 && !error; idx++) {
		if ((set >> idx & 1) && !model.ctr[idx].configured &&
		    !model_is_fixed(idx))
			error = INVALID;
	}
	if (!error && flags == FROM_SNAPSHOT && !model_page_usable())
		error = NO_SHMEM;
	if (error) {
		expect(start(base, mask, flags, initial), error);
		return;
	}
	/* Some members may start though the answer is an error */
	rig_allow_effect();
	rig_tell();
	writes = sim.stats.inhibit_writes;
	got = start(base, mask, flags, initial);
	/* They start at the same moment, unless somebody else started them */
	check(model.suspended || hart.has_smcdeleg ||
		      sim.stats.inhibit_writes - writes <= 1,
	      "START writes mcountinhibit %u times",
	      sim.stats.inhibit_writes - writes);
	model_resume();
	for (idx = 0; idx < 64; idx++) {
		if (set >> idx & 1)
			start_one(idx, flags, initial, base, &out);
	}
	expect(got, start_error(&out, got.error));
}

/* -- STOP ------------------------------------------------------------------ */

static void give_back(unsigned int idx)
{
	bool ours = model.ctr[idx].configured || !hart.has_smcdeleg;

	if (!model_is_fw(idx) && ours)
		model_hw_reset(idx);
	model.ctr[idx].configured = false;
}

void model_stop(unsigned long base, unsigned long mask, unsigned long flags)
{
	unsigned int idx, stores = sim_all_stores();
	uint64_t set, stopped = 0;
	struct pmu_result got;

	if (flags > (RESET | SNAPSHOT) || !is_set(base, mask, &set)) {
		expect(stop(base, mask, flags), INVALID);
		return;
	}
	if ((flags & SNAPSHOT) && !model_page_usable()) {
		expect(stop(base, mask, flags), NO_SHMEM);
		return;
	}
	got = stop(base, mask, flags);
	model_resume();
	for (idx = 0; idx < 64; idx++) {
		if (!(set >> idx & 1) || !model.ctr[idx].started)
			continue;
		stopped |= 1ULL << idx;
		if (model_is_fw(idx))
			model.ctr[idx].started = false;
		else
			model_hw_stop(idx);
	}
	expect(got, stopped == set ? PMU_OK : STOPPED);
	if (flags & SNAPSHOT)
		model_check_snapshot(base, stopped, sim_all_stores() - stores);
	else
		equal(sim_all_stores(), stores);
	for (idx = 0; idx < 64; idx++) {
		if ((flags & RESET) && (set >> idx & 1))
			give_back(idx);
	}
}
