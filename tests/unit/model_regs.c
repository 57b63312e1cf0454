// SPDX-License-Identifier: BSD-2-Clause
/* What the registers of a hardware counter hold, by what was asked of it */

#include "model.h"

uint64_t *model_value(unsigned int idx)
{
	return model_is_platform(idx) ? &model.ctr[idx].plat_value
				      : &model.ctr[idx].value;
}

void model_set_value(unsigned int idx, uint64_t value)
{
	*model_value(idx) =
		model_is_fw(idx) ? value : value & sim_counter_mask(idx);
}

static bool filters(unsigned int idx)
{
	return model_is_fixed(idx) ? sim.desc->smcntrpmf : sim.desc->sscofpmf;
}

/* While the interrupt is pending nobody may take its cause away */
static void clear_overflow(struct model_counter *c)
{
	if (!sim.regs.lcofip)
		c->overflow = false;
}

/* M-mode is always kept out; virtual modes need H */
static void program(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];

	c->selector = 0;
	if (!model_is_fixed(idx))
		c->selector = model_selector(c->event, c->data);
	c->out = 0;
	if (filters(idx))
		c->out = PMU_CFG_MINH |
			 (c->filters & (sim.desc->h ? 0xf8 : 0xe0));
	c->device_out = PMU_CFG_MINH | c->filters;
}

static void take_event_away(struct model_counter *c)
{
	c->selector = 0;
	c->out = 0;
}

void model_hw_boot(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];

	c->started = model_is_fixed(idx);
	c->inhibited = !c->started;
	if (c->started)
		c->value = sim.regs.counter[idx];
}

void model_hw_configure(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];

	program(idx);
	/* What cannot be inhibited has no event until it starts */
	if (!rig_can_inhibit(idx) && !model_is_fixed(idx))
		take_event_away(c);
	c->inhibited = true;
	c->started = c->irq = false;
	clear_overflow(c);
}

void model_hw_start(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];

	program(idx);
	c->started = c->irq = true;
	c->inhibited = false;
	clear_overflow(c);
}

void model_hw_stop(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];

	c->started = c->irq = false;
	c->inhibited = true;
	if (!rig_can_inhibit(idx) && !model_is_fixed(idx))
		take_event_away(c);
}

void model_hw_reset(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];

	take_event_away(c);
	c->device_out = 0;
	clear_overflow(c);
}

/* The bits of mhpmevent and mcyclecfg, from those of config_flags */
static uint64_t filter_bits(unsigned long out)
{
	return (uint64_t)(!!(out & PMU_CFG_MINH)) << 62 |
	       (uint64_t)(!!(out & PMU_CFG_SINH)) << 61 |
	       (uint64_t)(!!(out & PMU_CFG_UINH)) << 60 |
	       (uint64_t)(!!(out & PMU_CFG_VSINH)) << 59 |
	       (uint64_t)(!!(out & PMU_CFG_VUINH)) << 58;
}

static unsigned long out_of(uint64_t bits)
{
	unsigned long out, found = 0;

	for (out = PMU_CFG_VUINH; out <= PMU_CFG_MINH; out <<= 1)
		found |= bits & filter_bits(out) ? out : 0;
	return found;
}

/* -- Suspend --------------------------------------------------------------- */

void model_suspend(bool device_too)
{
	unsigned int idx;

	model.suspended = true;
	for (idx = 0; idx < model.num_hw; idx++) {
		struct model_counter *c = &model.ctr[idx];

		if (!c->exists)
			continue;
		take_event_away(c);
		c->inhibited = !model_is_fixed(idx);
		if (!model_is_fixed(idx) && sim.desc->sscofpmf) {
			c->out = PMU_CFG_MINH;
			c->overflow = true;
		}
		if (device_too) {
			c->device_out = 0;
			c->irq = false;
		}
	}
}

static void take_device(unsigned int idx)
{
	model.ctr[idx].irq = sim.regs.dev_irq >> idx & 1;
	model.ctr[idx].device_out = sim.regs.dev_filter[idx];
}

/*
 * Which of its registers a stopped counter has back is nobody's business until
 * it is started, configured or given back.
 */
static void take_as_it_is(unsigned int idx)
{
	struct model_counter *c = &model.ctr[idx];
	uint64_t event = sim.regs.event[idx];

	take_device(idx);
	if (model_is_fixed(idx)) {
		c->out = out_of(sim.regs.cfg[idx]);
		return;
	}
	if (sim.desc->sscofpmf)
		c->out = out_of(event);
	if (rig_can_inhibit(idx))
		c->selector = sim_selector_of(event);
}

void model_resume(void)
{
	unsigned int idx;

	if (!model.suspended)
		return;
	model.suspended = false;
	for (idx = 0; idx < model.num_hw; idx++) {
		struct model_counter *c = &model.ctr[idx];

		/* Delegated counters are put back by the supervisor */
		if (!c->exists || (hart.has_smcdeleg && !c->configured))
			continue;
		c->inhibited = !c->started;
		clear_overflow(c);
		take_event_away(c);
		if (!c->configured || !c->started) {
			take_as_it_is(idx);
			continue;
		}
		program(idx);
		/* To enable the interrupt of a device may lose its cause */
		c->irq = !model_is_fixed(idx) || sim.regs.dev_irq >> idx & 1;
	}
}

/* -- Comparison ------------------------------------------------------------ */

static void compare_event(const char *call, unsigned int idx)
{
	const struct model_counter *c = &model.ctr[idx];
	uint64_t want = c->selector | filter_bits(c->out);
	uint64_t got = sim.regs.event[idx];

	if (sim.desc->sscofpmf) {
		check(c->overflow == got >> 63,
		      "after %s OF of counter %u is %d", call, idx,
		      (int)(got >> 63));
		got &= ~HPM_OF;
	}
	want &= ~sim.desc->event_missing;
	check(got == want,
	      "after %s the event of counter %u is 0x%llx, expected 0x%llx",
	      call, idx, (unsigned long long)got, (unsigned long long)want);
}

static void compare_hw(const char *call, unsigned int idx)
{
	const struct model_counter *c = &model.ctr[idx];

	if (!model_is_fixed(idx))
		compare_event(call, idx);
	else if (sim.desc->smcntrpmf)
		check(sim.regs.cfg[idx] == filter_bits(c->out),
		      "after %s the filters of counter %u are 0x%llx", call,
		      idx, (unsigned long long)sim.regs.cfg[idx]);
	if (rig_can_inhibit(idx))
		check(c->inhibited == (sim.regs.inhibit >> idx & 1),
		      "after %s counter %u is %sinhibited", call, idx,
		      c->inhibited ? "not " : "");
	if (!sim.desc->device)
		return;
	check(c->irq == (sim.regs.dev_irq >> idx & 1),
	      "after %s the device interrupt of counter %u is %s", call, idx,
	      c->irq ? "off" : "on");
	check(sim.desc->device != SIM_ANDES ||
		      sim.regs.dev_filter[idx] == c->device_out,
	      "after %s the device filter of counter %u is 0x%x", call, idx,
	      sim.regs.dev_filter[idx]);
}

static void compare_fw(const char *call, unsigned int idx)
{
	struct pmu_result low = pmu_counter_fw_read(&hart, idx);
	struct pmu_result high = pmu_counter_fw_read_hi(&hart, idx);
	bool configured = model.ctr[idx].configured;

	check((low.error == PMU_OK) == configured && high.error == low.error,
	      "after %s: is counter %u configured?", call, idx);
	/* A register has room for all of it */
	check(low.value == (configured ? *model_value(idx) : 0) &&
		      high.value == 0,
	      "after %s FW_READ of counter %u is 0x%lx, 0x%lx", call, idx,
	      low.value, high.value);
}

void model_compare(const char *call)
{
	unsigned int idx;

	for (idx = 0; idx < model.num_hw + PMU_FW_MAX; idx++) {
		if (!model.ctr[idx].exists)
			continue;
		check(rig_value(idx) == *model_value(idx),
		      "after %s counter %u is 0x%llx, expected 0x%llx", call,
		      idx, (unsigned long long)rig_value(idx),
		      (unsigned long long)*model_value(idx));
		if (model_is_fw(idx))
			compare_fw(call, idx);
		else
			compare_hw(call, idx);
	}
}
