// SPDX-License-Identifier: BSD-2-Clause
/* The machines that tests run on, and how they boot */

#include "rig.h"

struct pmu_hart hart;
struct pmu_machine machine;

#define ALL_COUNTERS 0xfffffffdu

const struct sim_desc machines[RIG_MACHINES] = {
	[FULL] = {.name = "full",
		  .present = ALL_COUNTERS,
		  .sscofpmf = true,
		  .smcntrpmf = true,
		  .h = true},
	[SSCOF] = {.name = "Sscofpmf only",
		   .present = 0x0007fffd,
		   .sscofpmf = true},
	[CNTR] = {.name = "Smcntrpmf only",
		  .present = 0x000001fd,
		  .smcntrpmf = true,
		  .h = true},
	[PLAIN] = {.name = "plain", .present = 0x000001fd},
	[NO_HPM] = {.name = "no hpm", .present = 0x5, .smcntrpmf = true},
	[SPARSE] = {.name = "sparse",
		    .present = 0x80a5a0b5,
		    .sscofpmf = true,
		    .smcntrpmf = true},
	[NARROW] = {.name = "narrow counters",
		    .present = 0x000000fd,
		    .width = {[3] = 40, [4] = 40, [5] = 32, [6] = 63, [7] = 33},
		    .sscofpmf = true,
		    .h = true},
	[NARROW_EVENT] = {.name = "narrow mhpmevent",
			  .present = 0x000000fd,
			  .narrow_events = true},
	[WARL] = {.name = "few bits of mhpmevent",
		  .present = 0x000001fd,
		  .sscofpmf = true,
		  .event_missing = 0x00ffffffff000000ULL | HPM_UINH},
	[HARDWIRED] = {.name = "hardwired mcountinhibit",
		       .present = 0x000001fd,
		       .hardwired = 0x70,
		       .sscofpmf = true,
		       .smcntrpmf = true,
		       .h = true},
	[NO_INHIBIT] = {.name = "no mcountinhibit",
			.present = 0x0000007d,
			.no_inhibit = true},
	[ANDES] = {.name = "Andes-like",
		   .present = 0x0000007d,
		   .device = SIM_ANDES},
	[THEAD] = {.name = "T-HEAD-like",
		   .present = 0x0003fffd,
		   .device = SIM_THEAD},
	[QUICK] = {.name = "full, no device",
		   .present = 0x0007fffd,
		   .sscofpmf = true,
		   .smcntrpmf = true,
		   .h = true,
		   .no_platform = true,
		   .told = true},
	[QUICK_HARDWIRED] = {.name = "hardwired mcountinhibit, no device",
			     .present = 0x000001fd,
			     .hardwired = 0x70,
			     .sscofpmf = true,
			     .smcntrpmf = true,
			     .no_platform = true,
			     .told = true},
	[QUICK_PLAIN] = {.name = "plain, no device",
			 .present = 0x000001fd,
			 .no_platform = true,
			 .told = true},
	[QUICK_NARROW] = {.name = "narrow counters and mhpmevent, no device",
			  .present = 0x000000fd,
			  .width = {[3] = 40, [4] = 40, [5] = 32, [6] = 63},
			  .narrow_events = true,
			  .no_platform = true,
			  .told = true},
	[TOLD_ANDES] = {.name = "Andes-like, told of suspends",
			.present = 0x0000007d,
			.device = SIM_ANDES,
			.told = true},
};

void rig_begin(const struct sim_desc *desc)
{
	sim_reset(desc);
	sim.plat_present = !desc->no_platform;
	memset(&machine, 0, sizeof(machine));
	machine.snapshot = true;
}

static unsigned int highest(uint32_t word)
{
	unsigned int n, last = 0;

	for_each_bit(n, word)
		last = n;
	return last;
}

void rig_finish(unsigned int num_hw)
{
	const struct sim_desc *desc = sim.desc;

	pmu_map_finish(&machine, num_hw ? num_hw : highest(desc->present) + 1);

	/* State of a hart that was up before may be anything */
	memset(&hart, 0xa5, sizeof(hart));
	hart.machine = &machine;
	hart.hartid = SIM_HARTID;
	hart.present = desc->present;
	hart.has_inhibit = !desc->no_inhibit;
	hart.has_sscofpmf = desc->sscofpmf;
	hart.has_interrupt = desc->sscofpmf || desc->device;
	hart.has_smcntrpmf = desc->smcntrpmf;
	hart.has_h = desc->h;
	hart.has_smcdeleg = false;
	hart.resumes = desc->told;
	hart.wide_events = !desc->narrow_events;
	pmu_hart_init(&hart);

	check(pmu_hart_is_valid(&hart), "invalid after pmu_hart_init()");
	check(sim.stats.violations == 0, "pmu_hart_init(): %s (counter %u)",
	      sim.stats.violation, sim.stats.violator);
	sim_clear_stats();
	sim.suspended = false;
	rig_told = NULL;
}

bool rig_boot(unsigned int name)
{
	rig_begin(&machines[name]);
	pmu_map_add(&machine, 1, 2, ~0u);
	pmu_map_add(&machine, 3, 10, 0x1f8);
	pmu_map_add(&machine, 0x10000, 0x10034, ~0u << 4);
	pmu_map_add_raw(&machine, 0, ~0xffffULL, ~0u);
	rig_finish(0);
	return true;
}

unsigned long rig_all(void)
{
	return hart.present | 0xfffful << machine.num_hw;
}

unsigned long rig_fw(unsigned int n)
{
	return machine.num_hw + n;
}

unsigned long rig_platform(void)
{
	return sim.plat_present ? PLATFORM : TIMER;
}

uint64_t rig_platform_data(unsigned int n)
{
	return sim.plat_present ? SIM_PLAT(n) : 0;
}

bool rig_can_inhibit(unsigned int n)
{
	return !sim.desc->no_inhibit && !(sim.desc->hardwired & PMU_BIT(n));
}

static bool is_platform(unsigned int n)
{
	return (hart.configured.fw & PMU_BIT(n)) &&
	       hart.fw_event[n] == PMU_FW_PLATFORM_CODE;
}

uint64_t rig_value(unsigned long idx)
{
	unsigned int n = (unsigned int)idx;

	if (n < machine.num_hw)
		return sim.regs.counter[n];
	n -= machine.num_hw;
	if (is_platform(n))
		return sim.regs.plat_value[n];
	return hart.fw_value[n] +
	       (hart.started.fw >> n & 1 ? hart.fw_total[hart.fw_event[n]] : 0);
}

void rig_elapse(void)
{
	unsigned int code;

	sim_run(SIM_S, 3);
	sim_run(SIM_U, 4);
	sim_plat_event(SIM_PLAT(1), 5);
	sim_plat_event(SIM_PLAT(2), 6);
	for (code = 0; code < PMU_FW_EVENTS; code++)
		pmu_fw_count(&hart, code);
}

bool rig_moves(unsigned long idx)
{
	uint64_t before = rig_value(idx);

	rig_elapse();
	return rig_value(idx) != before;
}

void rig_no_registers_left(void)
{
	unsigned int n;

	for (n = 0; n < PMU_HW_MAX; n++) {
		equal(sim.regs.counter[n], 0);
		equal(sim.regs.event[n], 0);
		equal(sim.regs.dev_filter[n], 0);
	}
	equal(sim.regs.cfg[0] | sim.regs.cfg[2], 0);
	equal(sim.regs.dev_irq, 0);
	equal(sim.regs.plat_running, 0);
}

void rig_nothing_left(void)
{
	unsigned int n;

	rig_no_registers_left();
	equal(hart.shmem, PMU_NO_SHMEM);
	equal(hart.configured.hw | hart.configured.fw, 0);
	equal(hart.started.hw | hart.started.fw, 0);
	for (n = 0; n < PMU_FW_MAX; n++)
		equal(hart.fw_value[n] | hart.fw_data[n], 0);
	for (n = 0; n < PMU_FW_EVENTS; n++)
		equal(hart.fw_total[n], 0);
}
