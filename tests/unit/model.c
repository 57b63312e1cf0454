// SPDX-License-Identifier: BSD-2-Clause
/* What counters do, said once more and simply. See model.h. */

#include "model.h"

struct model model;

static bool is_fw(unsigned int idx)
{
	return idx >= machine.num_hw;
}

static bool is_platform(unsigned int idx)
{
	return model.ctr[idx].configured && model.ctr[idx].event == PLATFORM;
}

static uint64_t *value_of(unsigned int idx)
{
	return is_platform(idx) ? &model.ctr[idx].plat_value
				: &model.ctr[idx].value;
}

static void set_value(unsigned int idx, uint64_t value)
{
	*value_of(idx) = is_fw(idx) ? value : value & sim_counter_mask(idx);
}

void model_boot(void)
{
	unsigned int idx;

	memset(&model, 0, sizeof(model));
	for (idx = 0; idx < machine.num_hw + PMU_FW_MAX; idx++) {
		model.ctr[idx].exists =
			is_fw(idx) || (sim.desc->present & PMU_BIT(idx));
		if (idx < 3) {
			model.ctr[idx].started = model.ctr[idx].exists;
			model.ctr[idx].value = rig_value(idx);
		}
	}
}

bool model_set(unsigned long base, unsigned long mask, uint64_t *set)
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

long model_start(unsigned long base, unsigned long mask, unsigned long flags,
		 uint64_t initial)
{
	unsigned int idx;
	uint64_t set;
	long error = PMU_OK;

	if (flags > FROM_SNAPSHOT || !model_set(base, mask, &set))
		return INVALID;
	for (idx = 0; idx < 64; idx++) {
		if ((set >> idx & 1) && !model.ctr[idx].configured && idx > 2)
			return INVALID;
	}
	if (flags == FROM_SNAPSHOT && !model.has_page)
		return NO_SHMEM;
	for (idx = 0; idx < 64; idx++) {
		struct model_counter *c = &model.ctr[idx];

		if (!(set >> idx & 1))
			continue;
		if (c->started) {
			error = STARTED;
			continue;
		}
		if (!c->configured)
			c->filters = 0;
		c->configured = c->started = true;
		if (flags == INIT)
			set_value(idx, initial);
		if (flags == FROM_SNAPSHOT)
			set_value(idx,
				  sim_peek64(SIM_RAM + 8 + 8 * (idx - base)));
	}
	return error;
}

static void check_slot(unsigned long slot, unsigned int idx)
{
	equal(sim_peek64(SIM_RAM + 8 + 8 * slot), *value_of(idx));
}

long model_stop(unsigned long base, unsigned long mask, unsigned long flags)
{
	unsigned int idx;
	uint64_t set;
	long error = PMU_OK;

	if (flags > (RESET | SNAPSHOT) || !model_set(base, mask, &set))
		return INVALID;
	if ((flags & SNAPSHOT) && !model.has_page)
		return NO_SHMEM;
	for (idx = 0; idx < 64; idx++) {
		struct model_counter *c = &model.ctr[idx];

		if (!(set >> idx & 1))
			continue;
		if (!c->started)
			error = STOPPED;
		else if (flags & SNAPSHOT)
			check_slot(idx - base, idx);
		c->started = false;
		if (flags & RESET) {
			c->configured = false;
			c->filters = 0;
		}
	}
	return error;
}

bool model_can_count(unsigned int idx, unsigned long event, uint64_t data)
{
	struct model_counter *c = &model.ctr[idx];
	bool raw_fits = data != 0 && data <= 0xffff;

	if (!c->exists)
		return false;
	if (event == RAW || event == RAW2)
		return !is_fw(idx) && idx > 2 && raw_fits;
	if (event == PLATFORM)
		return is_fw(idx) && (data & ~0xffULL) == SIM_PLAT(0);
	if (data != 0)
		return false;
	if (event >> 16 == PMU_TYPE_FW)
		return is_fw(idx) && event < PMU_FW(PMU_FW_EVENTS);
	if (is_fw(idx) || event == SIM_EVENT_NO_SELECTOR)
		return false;
	if (event == CYCLES || event == INSTRET)
		return idx > 2 || idx == 2 * (event - 1);
	if (event >= 3 && event <= 8)
		return idx >= 3 && idx <= 8;
	return event >= 0x10000 && event <= 0x10034 && (event & 6) != 6 &&
	       idx >= 4;
}

/* With filters a fixed counter may be refused though it could count */
static bool may_be_refused(unsigned int idx, unsigned long flags)
{
	return idx <= 2 && (flags & PMU_CFG_INHIBITS) && sim.desc->sscofpmf &&
	       !sim.desc->smcntrpmf;
}

static void check_choice(uint64_t set, unsigned long flags, unsigned long event,
			 uint64_t data, struct pmu_result got)
{
	unsigned int idx, able = 0, sure = 0, first = 64;

	for (idx = 0; idx < 64; idx++) {
		if (!(set >> idx & 1))
			continue;
		if (first == 64)
			first = idx;
		if (model.ctr[idx].configured ||
		    !model_can_count(idx, event, data))
			continue;
		able++;
		sure += !may_be_refused(idx, flags);
	}
	if (flags & SKIP)
		able = sure = model_can_count(first, event, data);
	check(got.error == (got.error ? UNSUPPORTED : PMU_OK),
	      "CONFIG_MATCHING: error %ld", got.error);
	check(got.error || able, "event 0x%lx: no counter can", event);
	check(!got.error || !sure, "event 0x%lx: a counter can", event);
	if (got.error)
		return;
	idx = (unsigned int)got.value;
	check(idx < 64 && (set >> idx & 1), "counter %u not in the set", idx);
	check(model_can_count(idx, event, data), "counter %u cannot", idx);
	if (flags & SKIP)
		equal(idx, first);
	else
		check(!model.ctr[idx].configured, "counter %u is busy", idx);
}

void model_config(unsigned long base, unsigned long mask, unsigned long flags,
		  unsigned long event, uint64_t data, struct pmu_result got)
{
	struct model_counter *c;
	uint64_t set;

	if (flags > PMU_CFG_DEFINED || !model_set(base, mask, &set)) {
		equal(got.error, INVALID);
		return;
	}
	check_choice(set, flags, event, data, got);
	if (got.error)
		return;
	c = &model.ctr[got.value];
	c->configured = true;
	c->started = (flags & AUTO) != 0;
	c->event = event;
	c->data = data;
	c->filters = flags & PMU_CFG_INHIBITS;
	if (flags & CLEAR)
		set_value((unsigned int)got.value, 0);
}

static bool keeps_out(unsigned int idx, enum sim_mode mode)
{
	static const unsigned long flag[SIM_MODES] = {
		PMU_CFG_MINH, PMU_CFG_SINH, PMU_CFG_UINH, PMU_CFG_VSINH,
		PMU_CFG_VUINH};
	bool filters = sim.desc->device == SIM_ANDES ||
		       (idx <= 2 ? sim.desc->smcntrpmf : sim.desc->sscofpmf);

	/* One machine lacks the bit for U-mode */
	if (mode == SIM_U && idx > 2 && sim.desc->sscofpmf &&
	    (sim.desc->event_missing & HPM_UINH))
		return false;
	/* At boot, and released, even M-mode counts on the fixed counters */
	if (!filters || !model.ctr[idx].configured)
		return false;
	return mode == SIM_M || (model.ctr[idx].filters & flag[mode]);
}

void model_run(enum sim_mode mode, uint64_t n)
{
	unsigned int idx;

	for (idx = 0; idx < machine.num_hw; idx++) {
		struct model_counter *c = &model.ctr[idx];
		bool runs = c->started || (idx <= 2 && !rig_can_inhibit(idx));

		if (c->exists && runs && !keeps_out(idx, mode))
			set_value(idx, c->value + n);
	}
}

void model_fw(unsigned int code)
{
	unsigned int idx;

	for (idx = machine.num_hw; idx < 64; idx++) {
		if (model.ctr[idx].started &&
		    model.ctr[idx].event == PMU_FW(code))
			model.ctr[idx].value++;
	}
}

void model_plat(uint64_t data, uint64_t n)
{
	unsigned int idx;

	for (idx = machine.num_hw; idx < 64; idx++) {
		if (model.ctr[idx].started && is_platform(idx) &&
		    model.ctr[idx].data == data)
			model.ctr[idx].plat_value += n;
	}
}

void model_compare(const char *call)
{
	unsigned int idx;

	for (idx = 0; idx < machine.num_hw + PMU_FW_MAX; idx++) {
		if (!model.ctr[idx].exists)
			continue;
		check(rig_value(idx) == *value_of(idx),
		      "after %s counter %u is 0x%llx, expected 0x%llx", call,
		      idx, (unsigned long long)rig_value(idx),
		      (unsigned long long)*value_of(idx));
		if (is_fw(idx))
			check((pmu_counter_fw_read(&hart, idx).error ==
			       PMU_OK) == model.ctr[idx].configured,
			      "after %s: is counter %u configured?", call, idx);
	}
}
