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
	uint64_t selector = model.ctr[choose_counter()].selector;

	return once_in(4) ? calls_random() : selector;
}

/* The firmware event that some counter counts, its neighbour, or any code */
static unsigned int choose_code(void)
{
	unsigned int from = (unsigned int)calls_random(), n;

	for (n = from; n < from + PMU_FW_MAX; n++) {
		const struct model_counter *c =
			&model.ctr[model.num_hw + n % PMU_FW_MAX];

		if (c->started && c->event != PLATFORM)
			return ((unsigned int)c->event ^ (from >> 7 & 1)) &
			       0xffff;
	}
	return from;
}

/* How many events happen: some counter may overflow, or just not */
static uint64_t choose_count(void)
{
	uint64_t n = calls_random();
	unsigned int idx;

	if (once_in(2))
		return n & 0xfffff;
	idx = choose_counter() % PMU_HW_MAX;
	return (sim_counter_mask(idx) - model.ctr[idx].value) + n % 4;
}

static void pass_time(void)
{
	uint64_t n = choose_count();

	if (once_in(3))
		model_event(choose_selector(), choose_mode(), n);
	else
		model_run(choose_mode(), n);
	model_fw(choose_code());
	model_plat(SIM_PLAT(n % 3), n & 0xff);
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
		model_memory_lose(once_in(2));
		break;
	case 1:
		model_memory_shut(once_in(2));
		break;
	default:
		if (once_in(3))
			end = SIM_RAM + 8 * (calls_random() % 2048);
		model_memory_end(end);
		break;
	}
}

static void delegate(void)
{
	unsigned int idx = choose_counter() % PMU_HW_MAX;
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
