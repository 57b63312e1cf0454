// SPDX-License-Identifier: BSD-2-Clause
/* What happens between calls: events, and the life of the hart */

#include "model.h"

static bool runs(unsigned int idx)
{
	const struct model_counter *c = &model.ctr[idx];

	if (!c->exists || (c->inhibited && rig_can_inhibit(idx)))
		return false;
	return model_is_fixed(idx) ||
	       (c->selector & ~sim.desc->event_missing) != 0;
}

static bool keeps_out(unsigned int idx, enum sim_mode mode)
{
	static const unsigned long flag[SIM_MODES] = {
		PMU_CFG_MINH, PMU_CFG_SINH, PMU_CFG_UINH, PMU_CFG_VSINH,
		PMU_CFG_VUINH};
	const struct model_counter *c = &model.ctr[idx];

	if (sim.desc->device == SIM_ANDES)
		return c->device_out & flag[mode];
	/* One machine lacks the bit for U-mode */
	if (mode == SIM_U && !model_is_fixed(idx) &&
	    (sim.desc->event_missing & HPM_UINH))
		return false;
	return c->out & flag[mode];
}

static void count(unsigned int idx, enum sim_mode mode, uint64_t n)
{
	struct model_counter *c = &model.ctr[idx];
	uint64_t room = sim_counter_mask(idx) - c->value;

	if (!runs(idx) || keeps_out(idx, mode))
		return;
	model_set_value(idx, c->value + n);
	if (n > room && sim.desc->sscofpmf && !model_is_fixed(idx))
		c->overflow = true;
}

void model_run(enum sim_mode mode, uint64_t n)
{
	unsigned int idx;

	sim_run(mode, n);
	for (idx = 0; idx < model.num_hw; idx++)
		count(idx, mode, n);
}

void model_event(uint64_t selector, enum sim_mode mode, uint64_t n)
{
	unsigned int idx;
	uint64_t selects;

	sim_event(selector, mode, n);
	for (idx = 0; idx < model.num_hw; idx++) {
		selects = model.ctr[idx].selector & ~sim.desc->event_missing;
		/* Counter 0 counts event 1, counter 2 event 2 */
		if (model_is_fixed(idx))
			selects = idx == 0 ? 1 : 2;
		if (selects == selector)
			count(idx, mode, n);
	}
}

void model_fw(unsigned int code)
{
	unsigned int idx;

	pmu_fw_count(&hart, code);
	for (idx = model.num_hw; idx < model.num_hw + PMU_FW_MAX; idx++) {
		if (model.ctr[idx].started && code < PMU_FW_EVENTS &&
		    model.ctr[idx].event == PMU_FW(code))
			model.ctr[idx].value++;
	}
}

void model_plat(uint64_t data, uint64_t n)
{
	unsigned int idx;

	sim_plat_event(data, n);
	for (idx = model.num_hw; idx < model.num_hw + PMU_FW_MAX; idx++) {
		if (model.ctr[idx].started && model_is_platform(idx) &&
		    model.ctr[idx].data == data)
			model.ctr[idx].plat_value += n;
	}
}

/* -- The life of the hart -------------------------------------------------- */

void model_restart(bool reset_between)
{
	unsigned int stores = sim_all_stores(), n;
	uint64_t plat_value[PMU_FW_MAX];

	for (n = 0; n < PMU_FW_MAX; n++)
		plat_value[n] = model.ctr[model.num_hw + n].plat_value;
	pmu_hart_exit(&hart);
	rig_nothing_left();
	if (reset_between)
		sim_suspend();
	pmu_hart_init(&hart);
	check(pmu_hart_is_valid(&hart), "invalid after a restart");
	check(sim.stats.violations == 0, "restart: %s (counter %u)",
	      sim.stats.violation, sim.stats.violator);
	equal(sim_all_stores(), stores);
	model_boot();
	/* The platform keeps its own values */
	for (n = 0; n < PMU_FW_MAX; n++)
		model.ctr[model.num_hw + n].plat_value = plat_value[n];
}

void model_delegated(unsigned int idx, bool inhibited, uint64_t event,
		     uint64_t value)
{
	struct model_counter *c = &model.ctr[idx];
	uint32_t bit = (uint32_t)1 << idx;

	if (!hart.has_smcdeleg || idx >= model.num_hw || !c->exists ||
	    c->configured)
		return;
	if (!model_is_fixed(idx)) {
		c->overflow = event >> 63;
		c->selector = event & 0xffff & ~sim.desc->event_missing;
		c->out = 0;
		sim.regs.event[idx] = c->selector | (uint64_t)c->overflow << 63;
	}
	c->inhibited = inhibited;
	if (rig_can_inhibit(idx))
		sim.regs.inhibit =
			(sim.regs.inhibit & ~bit) | (inhibited ? bit : 0);
	model_set_value(idx, value);
	sim.regs.counter[idx] = c->value;
}
