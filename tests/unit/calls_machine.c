// SPDX-License-Identifier: BSD-2-Clause
/* Random machines: what the hart has, and the platform's event map */

#include "choose.h"

static struct sim_desc desc;

static void choose_desc(const char *name)
{
	unsigned int n;

	desc = machines[calls_random() % RIG_MACHINES];
	desc.name = name;
	desc.present = 5 | ((uint32_t)calls_random() & ~7u &
			    (once_in(2) ? ~0u : 0xffu));
	if (once_in(2))
		desc.present |= 0xf8;
	desc.no_inhibit = once_in(8);
	desc.hardwired = once_in(4) ? (uint32_t)calls_random() : 0;
	desc.sscofpmf = desc.device == SIM_NO_DEVICE && !once_in(3);
	desc.smcntrpmf = desc.device != SIM_ANDES && once_in(2);
	desc.narrow_events = !desc.sscofpmf && once_in(3);
	desc.event_missing = once_in(6) ? 0x00ffffff00000000ULL | HPM_UINH : 0;
	desc.h = once_in(2);
	desc.fw_width = once_in(4) ? (unsigned int)calls_random() % 64 : 0;
	memset(desc.width, 0, sizeof(desc.width));
	for (n = 3; n < PMU_HW_MAX; n++) {
		if (once_in(4))
			desc.width[n] = (uint8_t)(20 + calls_random() % 44);
	}
}

/* The map of rig_boot() */
static void usual_map(void)
{
	model_map_add(1, 2, ~0u);
	model_map_add(3, 10, 0x1f8);
	model_map_add(0x10000, 0x10034, ~0u << 4);
	model_map_add_raw(0, ~0xffffULL, ~0u);
}

static void random_row(void)
{
	uint32_t first = (uint32_t)calls_random() % 12;
	uint32_t last = first + (uint32_t)calls_random() % 12;

	if (once_in(2)) {
		first = 0x10000 + (uint32_t)calls_random() % 0x40;
		last = first + (uint32_t)calls_random() % 0x40;
	}
	/* Ranges over several types, upside down, or beyond all events */
	if (once_in(8))
		first = (uint32_t)choose_value();
	if (once_in(8))
		last = (uint32_t)choose_value();
	model_map_add(first, last, (uint32_t)choose_value());
}

static void random_raw_row(void)
{
	uint64_t mask = ~0ULL << calls_random() % 64;
	uint64_t select = calls_random() << calls_random() % 64;

	/* Any raw event at all */
	if (once_in(4))
		mask = 0;
	if (once_in(4))
		mask = choose_value();
	/* Without this most rows would match nothing */
	if (!once_in(8))
		select &= mask;
	model_map_add_raw(select, mask, (uint32_t)choose_value());
}

static void choose_map(void)
{
	unsigned int n;

	if (once_in(2))
		usual_map();
	for (n = (unsigned int)calls_random() % 4; n > 0; n--)
		random_row();
	for (n = (unsigned int)calls_random() % 4; n > 0; n--)
		random_raw_row();
	/* More than there is room for */
	for (n = once_in(64) ? 256 : 0; n > 0; n--)
		model_map_add_raw(n, ~0ULL, ~0u);
}

/* The indices of counters that only the boot hart has are holes */
static unsigned int choose_num_hw(void)
{
	unsigned int num_hw = 3, n;

	for (n = 3; n < PMU_HW_MAX; n++) {
		if (desc.present >> n & 1)
			num_hw = n + 1;
	}
	if (once_in(4))
		num_hw += (unsigned int)calls_random() % (33 - num_hw);
	return num_hw;
}

void choose_machine(const char *name)
{
	unsigned int num_hw;

	choose_anew();
	choose_desc(name);
	rig_begin(&desc);
	sim.plat_present = !desc.no_platform && !once_in(4);
	if (once_in(4))
		sim.plat_matches = (uint32_t)calls_random();
	machine.snapshot = !once_in(8);
	model_map_clear();
	choose_map();
	num_hw = choose_num_hw();
	model_map_finish(num_hw);
	rig_finish(num_hw);
	hart.has_smcdeleg = desc.sscofpmf && !desc.no_inhibit && once_in(4);
	/* The supervisor writes mcountinhibit then, as the glue knows */
	if (hart.has_smcdeleg)
		hart.resumes = hart.plain = false;
	model_memory_lose(false);
	model_memory_shut(false);
	model_memory_end(SIM_HOLE);
	model_boot();
	if (once_in(2))
		model_set_shmem(SIM_RAM, 0, 0);
}
