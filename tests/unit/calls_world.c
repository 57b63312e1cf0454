// SPDX-License-Identifier: BSD-2-Clause
/* What happens beside calls: time, suspend, memory that goes, restarts */

#include "choose.h"

static enum sim_mode choose_mode(void)
{
	enum sim_mode mode = (enum sim_mode)(calls_random() % SIM_MODES);

	return !sim.desc->h && mode >= SIM_VS ? SIM_S : mode;
}

/* The event of some counter, or any selector */
static uint64_t choose_selector(void)
{
	unsigned int idx = (unsigned int)calls_random() % PMU_HW_MAX;

	return once_in(4) ? calls_random() : model.ctr[idx].selector;
}

/* The firmware event of some counter, or any code */
static unsigned int choose_code(void)
{
	unsigned int n = model.num_hw + (unsigned int)calls_random() % 16;

	return once_in(4) ? (unsigned int)calls_random()
			  : (unsigned int)(model.ctr[n].event & 0xffff);
}

static void pass_time(void)
{
	uint64_t n = once_in(4) ? choose_value() & 0xffff : calls_random();

	/* No counter has fewer bits than the events that happen at once */
	n &= 0xfffff;
	if (once_in(3))
		model_event(choose_selector(), choose_mode(), n);
	else
		model_run(choose_mode(), n);
	model_fw(choose_code());
	model_plat(SIM_PLAT(n % 3), n);
	/* The supervisor takes the interrupt */
	if (once_in(2))
		sim.regs.lcofip = 0;
}

static void suspend(void)
{
	bool device_too = once_in(2);

	sim_suspend();
	if (device_too)
		sim_device_lose();
	/* The pending bit loses its power like all other registers */
	sim.regs.lcofip = 0;
	model_suspend(device_too);
}

static void change_memory(void)
{
	unsigned long end = SIM_HOLE;

	switch (calls_random() % 4) {
	case 0:
		model_memory_lose(!once_in(3));
		break;
	case 1:
		model_memory_shut(!once_in(3));
		break;
	default:
		if (once_in(2))
			end = SIM_RAM + 8 * (calls_random() % 2048);
		model_memory_end(end);
		break;
	}
}

static void delegate(void)
{
	unsigned int idx = (unsigned int)calls_random() % PMU_HW_MAX;
	uint64_t event = calls_random() & 0xffff;

	if (once_in(3))
		event |= HPM_OF;
	model_delegated(idx, once_in(2), event, choose_value());
}

const char *happen(void)
{
	switch (calls_random() % 16) {
	case 0:
		suspend();
		return "suspend";
	case 1:
		change_memory();
		return "change of memory";
	case 2:
		delegate();
		return "change by the supervisor";
	case 3:
		sim.plat_refuses = once_in(2);
		return "change of the platform";
	case 4:
		if (once_in(4)) {
			model_restart(once_in(2));
			return "restart";
		}
		return "nothing";
	default:
		pass_time();
		return "time";
	}
}
