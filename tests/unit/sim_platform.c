// SPDX-License-Identifier: BSD-2-Clause
/* Platform hooks of the simulation: selectors, PMU device, firmware events */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "bits.h"
#include "sim.h"

uint64_t env_selector(uint32_t event_idx)
{
	if (sim.selector)
		return sim.selector(event_idx);
	if (event_idx == SIM_EVENT_NO_SELECTOR)
		return 0;
	if (event_idx == SIM_EVENT_BIG_SELECTOR)
		return SIM_BIG_SELECTOR;
	if (event_idx == SIM_EVENT_HIGH_SELECTOR)
		return SIM_HIGH_SELECTOR;
	return event_idx;
}

static void check_device_counter(unsigned int n)
{
	if (n >= PMU_HW_MAX || !(sim.desc->present & PMU_BIT(n)))
		fail_msg("%s: device hook called for counter %u",
			 sim.desc->name, n);
}

bool env_has_device(void)
{
	return sim.desc->device != SIM_NO_DEVICE || sim.plat_present;
}

bool env_dev_filters(void)
{
	return sim.desc->device == SIM_ANDES;
}

void env_dev_filter(unsigned int n, unsigned long config_flags)
{
	check_device_counter(n);
	if (sim.desc->device != SIM_ANDES)
		return;
	/* What a suspend took may come back at any time */
	if (sim_is_running(n) && !sim.desc->no_inhibit &&
	    !((sim.desc->hardwired | sim.dev_lost) & PMU_BIT(n)) &&
	    sim.regs.dev_filter[n] != (uint32_t)config_flags)
		sim_violation("device filter of a running counter changed", n);
	if (config_flags & ~PMU_CFG_INHIBITS)
		sim_violation("flags that are no filters given to device", n);
	sim.regs.dev_filter[n] = (uint32_t)config_flags;
	sim.dev_lost &= ~PMU_BIT(n);
}

void env_dev_irq_enable(unsigned int n)
{
	check_device_counter(n);
	if (sim.desc->device == SIM_NO_DEVICE)
		return;
	if (!sim.regs.lcofip)
		sim.regs.dev_overflow &= ~PMU_BIT(n);
	sim.regs.dev_irq |= PMU_BIT(n);
}

void env_dev_irq_disable(unsigned int n)
{
	check_device_counter(n);
	sim.regs.dev_irq &= ~PMU_BIT(n);
}

void sim_device_lose(void)
{
	memset(sim.regs.dev_filter, 0, sizeof(sim.regs.dev_filter));
	sim.regs.dev_irq = 0;
	sim.dev_lost = ~0u;
}

/* -- Platform firmware events ---------------------------------------------- */

static void check_plat(uint32_t hartid, unsigned int n)
{
	if (hartid != SIM_HARTID || n >= PMU_FW_MAX || !sim.plat_present)
		fail_msg("%s: firmware event hook: hart %u, counter %u",
			 sim.desc->name, hartid, n);
}

bool env_fw_valid(uint32_t hartid, uint64_t data)
{
	if (hartid != SIM_HARTID)
		fail_msg("firmware event hook: hart %u", hartid);
	return sim.plat_present && (data & ~0xffULL) == SIM_PLAT(0);
}

bool env_fw_match(uint32_t hartid, unsigned int n, uint64_t data)
{
	check_plat(hartid, n);
	if (!env_fw_valid(hartid, data))
		sim_violation("match hook asked about an invalid event", n);
	return (sim.plat_matches & PMU_BIT(n)) != 0;
}

bool env_fw_start(uint32_t hartid, unsigned int n, uint64_t data)
{
	check_plat(hartid, n);
	if (!env_fw_valid(hartid, data))
		sim_violation("platform event started with wrong data", n);
	if (sim.plat_refuses)
		return false;
	if (sim.regs.plat_running & PMU_BIT(n))
		sim_violation("running platform counter started", n);
	sim.regs.plat_data[n] = data;
	sim.regs.plat_running |= PMU_BIT(n);
	return true;
}

void env_fw_stop(uint32_t hartid, unsigned int n)
{
	check_plat(hartid, n);
	if (!(sim.regs.plat_running & PMU_BIT(n)))
		sim_violation("stopped platform counter stopped", n);
	sim.regs.plat_running &= ~PMU_BIT(n);
}

uint64_t env_fw_read(uint32_t hartid, unsigned int n)
{
	check_plat(hartid, n);
	return sim.regs.plat_value[n];
}

void env_fw_write(uint32_t hartid, unsigned int n, uint64_t value)
{
	check_plat(hartid, n);
	if (sim.regs.plat_running & PMU_BIT(n))
		sim_violation("value of a running platform counter", n);
	sim.regs.plat_value[n] = value;
}

unsigned int env_fw_width(void)
{
	return sim.desc->fw_width ? sim.desc->fw_width : 64;
}

void sim_plat_event(uint64_t data, uint64_t n)
{
	unsigned int c;

	for_each_bit(c, sim.regs.plat_running) {
		if (sim.regs.plat_data[c] == data)
			sim.regs.plat_value[c] += n;
	}
}
