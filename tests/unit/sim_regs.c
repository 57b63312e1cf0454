// SPDX-License-Identifier: BSD-2-Clause
/* The register file of the simulated hart */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "bits.h"
#include "sim.h"

#define FIXED PMU_FIXED

struct sim sim;

static void trap(const char *reg, unsigned int n)
{
	fail_msg("%s: trap in M-mode: access to %s%u", sim.desc->name, reg, n);
}

void sim_violation(const char *what, unsigned int n)
{
	if (sim.stats.violations++ == 0) {
		sim.stats.violation = what;
		sim.stats.violator = n;
	}
}

void sim_clear_stats(void)
{
	sim.stats = (struct sim_stats){.violation = NULL};
}

uint64_t sim_counter_mask(unsigned int n)
{
	unsigned int width = sim.desc->width[n];

	return width == 0 || width == 64 ? ~0ULL : (1ULL << width) - 1;
}

/* The bits of mhpmevent that keep what is written to them */
static uint64_t event_mask(void)
{
	uint64_t mask = sim.desc->narrow_events ? 0xffffffffULL : ~0ULL;

	if (sim.desc->sscofpmf) {
		mask &= ~(3ULL << 56);
		if (!sim.desc->h)
			mask &= ~(HPM_VSINH | HPM_VUINH);
	}
	return mask & ~sim.desc->event_missing;
}

uint64_t sim_selector_of(uint64_t event)
{
	return sim.desc->sscofpmf ? event & ~HPM_SSCOFPMF : event;
}

static uint32_t inhibit_mask(void)
{
	return sim.desc->present & ~sim.desc->hardwired;
}

bool sim_is_running(unsigned int n)
{
	if (!sim.desc->no_inhibit && (sim.regs.inhibit & PMU_BIT(n)))
		return false;
	return (PMU_BIT(n) & FIXED) || sim_selector_of(sim.regs.event[n]) != 0;
}

/* Nothing but its event can stop a counter that has no inhibit bit */
static bool can_inhibit(unsigned int n)
{
	return !sim.desc->no_inhibit && (inhibit_mask() & PMU_BIT(n));
}

static void check_counter(unsigned int n, const char *reg)
{
	if (n >= PMU_HW_MAX || !(sim.desc->present & PMU_BIT(n)))
		trap(reg, n);
}

uint64_t env_counter_read(unsigned int n)
{
	check_counter(n, "mhpmcounter");
	return sim.regs.counter[n];
}

void env_counter_write(unsigned int n, uint64_t value)
{
	check_counter(n, "mhpmcounter");
	if (sim_is_running(n) && (can_inhibit(n) || !(PMU_BIT(n) & FIXED)))
		sim_violation("value of a running counter written", n);
	sim.stats.counter_writes++;
	sim.regs.counter[n] = value & sim_counter_mask(n);
}

static void check_event(unsigned int n, bool wide)
{
	if (n < 3)
		trap("mhpmevent", n);
	check_counter(n, "mhpmevent");
	if (wide == sim.desc->narrow_events)
		trap(wide ? "upper half of mhpmevent" : "narrow mhpmevent", n);
}

uint64_t env_event_read(unsigned int n, bool wide)
{
	check_event(n, wide);
	return sim.regs.event[n];
}

void env_event_write(unsigned int n, uint64_t value, bool wide)
{
	uint64_t old, now;

	check_event(n, wide);
	if (sim_is_running(n) && can_inhibit(n))
		sim_violation("event of a running counter written", n);
	if (!wide && value >> 32)
		sim_violation("more than 32 bits for a narrow mhpmevent", n);

	if (sim.desc->sscofpmf && !sim.desc->h &&
	    (value & (HPM_VSINH | HPM_VUINH)))
		sim_violation("filter of virtual modes without H", n);

	/* Some emulators let go of an event only when 0 is written */
	old = sim_selector_of(sim.regs.event[n]);
	now = sim_selector_of(value & event_mask());
	if (old != 0 && now != 0 && old != now)
		sim_violation("event replaced without a 0 between", n);
	sim.stats.event_writes++;
	sim.regs.event[n] = value & event_mask();
}

static void check_cfg(unsigned int n)
{
	if (n > 2 || !(PMU_BIT(n) & FIXED) || !sim.desc->smcntrpmf)
		trap("counter configuration ", n);
	check_counter(n, "counter configuration ");
}

uint64_t env_fixed_cfg_read(unsigned int n)
{
	check_cfg(n);
	return sim.regs.cfg[n];
}

void env_fixed_cfg_write(unsigned int n, uint64_t value)
{
	uint64_t mask = HPM_MINH | HPM_SINH | HPM_UINH;

	check_cfg(n);
	if (sim_is_running(n) && can_inhibit(n))
		sim_violation("filters of a running counter written", n);
	if (value & ~(mask | HPM_VSINH | HPM_VUINH))
		sim_violation("reserved bits in a counter configuration", n);
	if (sim.desc->h)
		mask |= HPM_VSINH | HPM_VUINH;
	else if (value & (HPM_VSINH | HPM_VUINH))
		sim_violation("filter of virtual modes without H", n);
	sim.stats.event_writes++;
	sim.regs.cfg[n] = value & mask;
}

uint32_t env_inhibit_read(void)
{
	if (sim.desc->no_inhibit)
		trap("mcountinhibit", 0);
	return sim.regs.inhibit;
}

void env_inhibit_write(uint32_t value)
{
	if (sim.desc->no_inhibit)
		trap("mcountinhibit", 0);
	sim.stats.inhibit_writes++;
	sim.regs.inhibit = value & inhibit_mask();
}

uint32_t env_overflow_read(void)
{
	uint32_t overflow = 0;
	unsigned int n;

	if (!sim.desc->sscofpmf)
		trap("scountovf", 0);
	for (n = 3; n < PMU_HW_MAX; n++)
		overflow |= (uint32_t)(sim.regs.event[n] >> 63) << n;
	return overflow;
}

bool env_overflow_pending(void)
{
	return sim.regs.lcofip != 0;
}

/* -- Time ------------------------------------------------------------------ */

static bool is_filtered(unsigned int n, enum sim_mode mode)
{
	static const uint64_t bits[SIM_MODES] = {HPM_MINH, HPM_SINH, HPM_UINH,
						 HPM_VSINH, HPM_VUINH};
	static const uint32_t flags[SIM_MODES] = {PMU_CFG_MINH, PMU_CFG_SINH,
						  PMU_CFG_UINH, PMU_CFG_VSINH,
						  PMU_CFG_VUINH};

	if (sim.desc->device == SIM_ANDES)
		return (sim.regs.dev_filter[n] & flags[mode]) != 0;
	if (PMU_BIT(n) & FIXED)
		return sim.desc->smcntrpmf && (sim.regs.cfg[n] & bits[mode]);
	return sim.desc->sscofpmf && (sim.regs.event[n] & bits[mode]);
}

static void overflow(unsigned int n)
{
	if (PMU_BIT(n) & FIXED)
		return;
	if (sim.desc->sscofpmf && !(sim.regs.event[n] & HPM_OF)) {
		sim.regs.event[n] |= HPM_OF & event_mask();
		sim.regs.lcofip = 1;
	}
	if (sim.desc->device != SIM_NO_DEVICE) {
		sim.regs.dev_overflow |= PMU_BIT(n);
		if (sim.regs.dev_irq & PMU_BIT(n))
			sim.regs.lcofip = 1;
	}
}

static void count(unsigned int n, enum sim_mode mode, uint64_t events)
{
	uint64_t mask = sim_counter_mask(n);
	uint64_t sum = sim.regs.counter[n] + events;

	if (!sim_is_running(n) || is_filtered(n, mode))
		return;
	sim.regs.counter[n] = sum & mask;
	if ((sum & ~mask) != 0 || sum < events)
		overflow(n);
}

void sim_run(enum sim_mode mode, uint64_t n)
{
	unsigned int c;

	for_each_bit(c, sim.desc->present)
		count(c, mode, n);
}

void sim_event(uint64_t selector, enum sim_mode mode, uint64_t n)
{
	uint64_t selects;
	unsigned int c;

	for_each_bit(c, sim.desc->present) {
		selects = sim_selector_of(sim.regs.event[c]);
		if (c == PMU_CTR_CYCLE)
			selects = PMU_HW_CPU_CYCLES;
		if (c == PMU_CTR_INSTRET)
			selects = PMU_HW_INSTRUCTIONS;
		if (selects == selector)
			count(c, mode, n);
	}
}

/* -- Reset ----------------------------------------------------------------- */

static void write_reset_values(void)
{
	unsigned int n;

	for_each_bit(n, sim.desc->present & ~FIXED) {
		sim.regs.event[n] = 0;
		if (sim.desc->sscofpmf)
			sim.regs.event[n] = HPM_OF | HPM_MINH;
	}
	sim.regs.inhibit = 0xfffffff8u & inhibit_mask();
	if (sim.desc->no_inhibit)
		sim.regs.inhibit = 0;
}

void sim_suspend(void)
{
	sim.regs.cfg[0] = 0;
	sim.regs.cfg[2] = 0;
	write_reset_values();
	sim.suspended = true;
}

void sim_reset(const struct sim_desc *desc)
{
	unsigned int n;

	memset(&sim, 0, sizeof(sim));
	sim.desc = desc;
	sim.plat_matches = ~0u;
	for_each_bit(n, desc->present)
		sim.regs.counter[n] =
			0x5a5a5a5a5a5a5a5aULL & sim_counter_mask(n);
	if (desc->smcntrpmf)
		sim.regs.cfg[0] = sim.regs.cfg[2] = HPM_SINH;
	write_reset_values();
	sim_memory_reset();
}
