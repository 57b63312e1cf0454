// SPDX-License-Identifier: BSD-2-Clause
/*
 * A fuzzer of the event map. The bytes choose a hart and a device tree, either
 * property by property or as the bytes of a flattened tree. OpenSBI's parser
 * and our code behind it boot with that, and then every event is looked up and
 * held against a second reading of the same rows.
 */

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include "libfdt_env.h"
#include <libfdt.h>
#include "internal.h"
#include "model.h"
#include "map.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long lookups, trees;

/* -- Rows, read from the properties a second time ---------------------------
 */

struct property {
	const uint8_t *data;
	int cells;
};

static struct property get(const void *fdt, int node, const char *name)
{
	struct property p = {NULL, 0};
	int length = 0;

	p.data = fdt_getprop(fdt, node, name, &length);
	if (p.data)
		p.cells = length / 4;
	return p;
}

static uint32_t cell(struct property p, int n)
{
	uint32_t big;

	memcpy(&big, p.data + 4 * n, 4);
	return be32toh(big);
}

static uint64_t cells(struct property p, int n)
{
	return (uint64_t)cell(p, n) << 32 | cell(p, n + 1);
}

static struct property selectors;

/* The first row of an event counts, unless it says 0; else it is event_idx */
static uint64_t selector_by_rows(uint32_t event)
{
	int n;

	for (n = 0; n + 3 <= selectors.cells; n += 3) {
		if (cell(selectors, n) == event)
			return cells(selectors, n + 1) ? cells(selectors, n + 1)
						       : event;
	}
	return event;
}

static void read_rows(const void *fdt)
{
	struct property p;
	int node = -1, n;

	model_map_clear();
	selectors = (struct property){NULL, 0};
	if (fdt)
		node = fdt_node_offset_by_compatible(fdt, -1, "riscv,pmu");
	if (node < 0)
		return;
	p = get(fdt, node, "riscv,event-to-mhpmcounters");
	for (n = 0; n + 3 <= p.cells; n += 3)
		model_row(cell(p, n), cell(p, n + 1), cell(p, n + 2));
	selectors = get(fdt, node, "riscv,event-to-mhpmevent");
	p = get(fdt, node, "riscv,raw-event-to-mhpmcounters");
	for (n = 0; n + 5 <= p.cells; n += 5) {
		/* Others match nothing, and take no place */
		if (!(cells(p, n) & ~cells(p, n + 2)))
			model_raw_row(cells(p, n), cells(p, n + 2),
				      cell(p, n + 4));
	}
}

/* Of too many selectors the first are left, or none if they cannot be cut */
static void cut_selectors(const void *fdt)
{
	struct property left;

	if (selectors.cells < 129 * 3)
		return;
	left = get(fdt, fdt_node_offset_by_compatible(fdt, -1, "riscv,pmu"),
		   "riscv,event-to-mhpmevent");
	check(left.cells == 0 || left.cells == 128 * 3, "%d cells of selectors",
	      left.cells);
	selectors = left;
}

/* -- Checks ---------------------------------------------------------------- */

static void look_up(unsigned long event, uint64_t data)
{
	uint64_t want = model_counters(event, data), got = 0;
	struct pmu_event found;

	lookups++;
	if (pmu_event_find(&hart, event, data, &found)) {
		got = (uint64_t)found.counters.fw << model.num_hw |
		      found.counters.hw;
		check(got != 0, "event 0x%lx is found without counters", event);
		check((found.counters.hw & ~hart.present) == 0,
		      "event 0x%lx: counters 0x%x do not exist", event,
		      found.counters.hw & ~hart.present);
		check(!(got & 0xfffffff8 & hart.present) ||
			      found.selector == model_selector(event, data),
		      "event 0x%lx: selector 0x%llx", event,
		      (unsigned long long)found.selector);
	}
	check(got == want, "event 0x%lx, 0x%llx: counters 0x%llx, not 0x%llx",
	      event, (unsigned long long)data, (unsigned long long)got,
	      (unsigned long long)want);
}

static void look_up_all(void)
{
	unsigned long event;
	unsigned int i;

	for (event = 0; event < 0x10; event++)
		look_up(event, 0);
	for (event = 0x10000; event < 0x10048; event++)
		look_up(event, 0);
	look_up(0x80000, 0);
	for (i = 0; i < model.raw_rows; i++) {
		look_up(RAW, model.raw[i].select);
		look_up(RAW2, model.raw[i].select);
		look_up(RAW2, model.raw[i].select | ~model.raw[i].mask);
		look_up(RAW, model.raw[i].select ^ 1);
	}
}

/* What CONFIG_MATCHING chooses depends on the map as well */
static void configure_all(void)
{
	unsigned long event;

	for (event = 1; event <= 10; event++)
		model_config(0, rig_all(), 0, event, 0);
	for (event = 0x10000; event < 0x10008; event++)
		model_config(0, rig_all(), 0, event, 0);
	model_compare("CONFIG_MATCHING of all events");
}

/* @snapshot is what the option must be, if that is known */
static void boot_and_check(void *fdt, const bool *snapshot)
{
	struct pmu_hart *booted;

	read_rows(fdt);
	upstream_reset();
	sim.selector = upstream_selector;
	booted = glue_boot(fdt);
	check(booted != NULL, "no PMU");
	memcpy(&hart, booted, sizeof(hart));
	memcpy(&machine, booted->machine, sizeof(machine));
	hart.machine = &machine;
	check(pmu_hart_is_valid(&hart), "invalid after boot");

	cut_selectors(fdt);
	/* From here on the model's selectors are those of the second reading */
	model.selector = selector_by_rows;
	model_map_finish(32 - (unsigned int)__builtin_clz(sim.desc->present));
	equal(machine.num_hw, model.num_hw);
	check(!snapshot || machine.snapshot == *snapshot, "snapshots are %s",
	      machine.snapshot ? "offered" : "refused");
	equal(hart.present, sim.desc->present);
	model_memory_lose(false);
	model_memory_shut(false);
	model_memory_end(SIM_HOLE);
	model_boot();
	look_up_all();
	configure_all();
	trees++;
}

/* -- Input ----------------------------------------------------------------- */

/* Bytes of the input that say what the hart has */
#define HART_BYTES 5

static struct sim_desc desc;

static void choose_hart(const uint8_t *from)
{
	memset(&desc, 0, sizeof(desc));
	desc.name = "booted with the tree";
	memcpy(&desc.present, from + 1, 4);
	desc.present = (desc.present & ~7u) | 5;
	desc.sscofpmf = from[0] & 2;
	desc.smcntrpmf = from[0] & 4;
	desc.h = from[0] & 8;
	rig_begin(&desc);
	sim.plat_present = false;
}

/*
 * OpenSBI checks the header of its tree when it boots, and what the header says
 * is there is its memory. Instead of one that is cut off the hart has none, or
 * zeroes, and so it has where the structure block is not aligned:
 * fdt_check_header() lets that pass, and fdt_next_tag() loads misaligned words
 * then.
 */
static void try_flattened(const uint8_t *data, size_t size)
{
	static const bool none = false;
	static struct fdt_header zeroes;
	void *fdt = aligned_alloc(8, (size + 8) & ~(size_t)7);

	memcpy(fdt, data, size);
	if (size >= sizeof(struct fdt_header) && fdt_check_header(fdt) == 0 &&
	    fdt_totalsize(fdt) <= size && fdt_off_dt_struct(fdt) % 4 == 0)
		boot_and_check(fdt, NULL);
	else
		boot_and_check(size % 2 ? NULL : &zeroes, &none);
	free(fdt);
}

static void say_total(void)
{
	fprintf(stderr, "fuzz: %lu lookups in %lu trees agree with the rows\n",
		lookups, trees);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	atexit(say_total);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct tree tree;
	uint8_t start[HART_BYTES] = {0};
	size_t used = size < HART_BYTES ? size : HART_BYTES;

	memcpy(start, data, used);
	choose_hart(start);
	if (start[0] & 1) {
		try_flattened(data + used, size - used);
		return 0;
	}
	tree_from_bytes(&tree, data + used, size - used);
	boot_and_check(tree.bytes, &tree.has_snapshot_option);
	return 0;
}
