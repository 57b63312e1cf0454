// SPDX-License-Identifier: BSD-2-Clause
/*
 * A riscv,pmu node with faults: the boot goes on, each fault is named with its
 * property and row, and the good rows are kept.
 */

#include <stdio.h>
#include <stdlib.h>
#include "hart.h"

#define MAX_CELLS 1600

/* -- A tree with these rows; a property of -1 cells is not there ----------- */

static uint32_t counters[MAX_CELLS], selectors[MAX_CELLS], raw[MAX_CELLS];
static int num_counters, num_selectors, num_raw;
/* Bytes that the last cell of each property does not have */
static int cut;

static int property(void *to, const char *name, const uint32_t *cells, int num)
{
	fdt32_t data[MAX_CELLS];
	int i;

	if (num < 0)
		return 0;
	for (i = 0; i < num; i++)
		data[i] = cpu_to_fdt32(cells[i]);
	return fdt_property(to, name, data, num * 4 - cut);
}

static void *tree(void)
{
	static uint64_t blob[4096];
	int bad = fdt_create(blob, sizeof(blob));

	bad |= fdt_finish_reservemap(blob);
	bad |= fdt_begin_node(blob, "");
	bad |= fdt_begin_node(blob, "pmu");
	bad |= fdt_property_string(blob, "compatible", "riscv,pmu");
	bad |= property(blob, "riscv,event-to-mhpmcounters", counters,
			num_counters);
	bad |= property(blob, "riscv,event-to-mhpmevent", selectors,
			num_selectors);
	bad |= property(blob, "riscv,raw-event-to-mhpmcounters", raw, num_raw);
	bad |= fdt_end_node(blob);
	bad |= fdt_end_node(blob);
	bad |= fdt_finish(blob);
	assert_int_equal(bad, 0);
	return blob;
}

#define SET(property, ...)                                                \
	do {                                                              \
		static const uint32_t cells[] = {__VA_ARGS__};            \
                                                                          \
		memcpy(property, cells, sizeof(cells));                   \
		num_##property = (int)(sizeof(cells) / sizeof(cells[0])); \
	} while (0)

/* Two events with selectors of their own, and two groups of raw events */
static int set_good(void **state)
{
	(void)state;
	ids.vendor = 0x7ff;
	cut = 0;
	SET(counters, 3, 3, 0x18, 5, 6, 0xf0);
	SET(selectors, 3, 0, 0x302, 5, 1, 0x11);
	SET(raw, 0, 0, ~0u, ~0xffu, 0x18, 0, 0x100, ~0u, ~0xffu, 0xe0);
	return 0;
}

static const struct pmu_map_row {
	uint32_t counters;
	uint64_t selector;
} good[] = {{0x18, 0x302}, {0xf0, 0x100000011}, {0xf0, 6}};

static void has_event(const struct pmu_machine *m, unsigned int event,
		      struct pmu_map_row row)
{
	equal(programmable(m, event - 1), row.counters);
	if (row.counters)
		equal(m->std[event - 1].selector, row.selector);
}

static void has_good(const struct pmu_machine *m)
{
	has_event(m, 3, good[0]);
	has_event(m, 5, good[1]);
	has_event(m, 6, good[2]);
	equal(m->num_raw, 2);
	equal(m->raw[0].counters, 0x18);
	equal(m->raw[1].counters, 0xe0);
}

/* All that the boot said before its last line, which tells what there is */
static void said(const char *lines)
{
	char all[4096], *end;

	snprintf(all, sizeof(all), "%s", glue_console());
	end = strstr(all, "SBI PMU Extension");
	assert_non_null(end);
	*end = '\0';
	assert_string_equal(all, lines);
}

/* -- Tests ----------------------------------------------------------------- */

/* Aim: nothing is said of a good node, nor of rows of zeroes at its end. */
static void test_good(void **state)
{
	(void)state;
	has_good(boot(tree()));
	said("");
	num_selectors = num_raw = -1;
	boot(tree());
	said("");
	num_counters = -1;
	assert_true(is_empty(boot(tree())));
	said("");

	set_good(NULL);
	memset(counters + num_counters, 0, 24);
	memset(selectors + num_selectors, 0, 24);
	num_counters += 6;
	num_selectors += 6;
	has_good(boot(tree()));
	said("");
}

/* Aim: a row that is no range of events does not cost the rows after it. */
static void test_range(void **state)
{
	const struct pmu_machine *m;

	(void)state;
	SET(counters, 3, 3, 0x18, 9, 8, 0x18, 7, 0x100000, 8, 5, 6, 0xf0);
	m = boot(tree());
	has_good(m);
	has_event(m, 7, (struct pmu_map_row){0, 0});
	has_event(m, 8, (struct pmu_map_row){0, 0});
	said("sbi-pmu: riscv,event-to-mhpmcounters, row 2: ignored, 0x9 to 0x8 "
	     "is no range of events\n"
	     "sbi-pmu: riscv,event-to-mhpmcounters, row 3: ignored, 0x7 to "
	     "0x100000 is no range of events\n");
}

/* Aim: raw events that nothing can match are named, and take no place. */
static void test_raw_bits(void **state)
{
	(void)state;
	SET(raw, 0, 0, ~0u, ~0xffu, 0x18, 0, 1, ~0u, ~0xffu, 0x18, 0, 0x100,
	    ~0u, ~0xffu, 0xe0, 1, 0, 0, ~0u, 0x18);
	has_good(boot(tree()));
	said("sbi-pmu: riscv,raw-event-to-mhpmcounters, row 2: ignored, select "
	     "has bits that the mask does not have\n"
	     "sbi-pmu: riscv,raw-event-to-mhpmcounters, row 4: ignored, select "
	     "has bits that the mask does not have\n");
}

/* Aim: as many rows of raw events are kept as there is room for. */
static void test_raw_number(void **state)
{
	const struct pmu_machine *m;
	uint32_t i;

	(void)state;
	for (i = 0; i < PMU_RAW_ROWS + 2; i++) {
		raw[i * 5] = 0;
		raw[i * 5 + 1] = i + 1;
		raw[i * 5 + 2] = raw[i * 5 + 3] = ~0u;
		raw[i * 5 + 4] = 0x18;
	}
	num_raw = (PMU_RAW_ROWS + 2) * 5;
	m = boot(tree());
	equal(m->num_raw, PMU_RAW_ROWS);
	equal(m->raw[PMU_RAW_ROWS - 1].select, PMU_RAW_ROWS);
	said("sbi-pmu: riscv,raw-event-to-mhpmcounters, row 257: ignored, "
	     "there are 256 already\n"
	     "sbi-pmu: riscv,raw-event-to-mhpmcounters, row 258: ignored, "
	     "there are 256 already\n");
}

/* Aim: the part of a row at the end of a property is not taken for one. */
static void test_part(void **state)
{
	(void)state;
	SET(counters, 3, 3, 0x18, 5, 6, 0xf0, 7, 8);
	SET(selectors, 3, 0, 0x302, 5, 1, 0x11, 6);
	SET(raw, 0, 0, ~0u, ~0xffu, 0x18, 0, 0x100, ~0u, ~0xffu, 0xe0, 1, 2, 3,
	    4);
	has_good(boot(tree()));
	said("sbi-pmu: riscv,event-to-mhpmcounters, row 3: ignored, it has 8 "
	     "bytes of 12\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 3: ignored, it has 4 "
	     "bytes of 12\n"
	     "sbi-pmu: riscv,raw-event-to-mhpmcounters, row 3: ignored, it has "
	     "16 bytes of 20\n");
	cut = 3;
	has_good(boot(tree()));
	said("sbi-pmu: riscv,event-to-mhpmcounters, row 3: ignored, it has 5 "
	     "bytes of 12\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 3: ignored, it has 1 "
	     "bytes of 12\n"
	     "sbi-pmu: riscv,raw-event-to-mhpmcounters, row 3: ignored, it has "
	     "13 bytes of 20\n");
}

/* Aim: a property without a row does not keep the others from being read. */
static void test_no_row(void **state)
{
	const struct pmu_machine *m;

	(void)state;
	num_selectors = 0;
	m = boot(tree());
	has_event(m, 3, (struct pmu_map_row){0x18, 3});
	equal(m->num_raw, 2);
	said("sbi-pmu: riscv,event-to-mhpmevent: ignored, it has no row\n");

	num_selectors = 2;
	m = boot(tree());
	has_event(m, 3, (struct pmu_map_row){0x18, 3});
	equal(m->num_raw, 2);
	said("sbi-pmu: riscv,event-to-mhpmevent, row 1: ignored, it has 8 "
	     "bytes of 12\n");

	set_good(NULL);
	num_counters = num_raw = 0;
	m = boot(tree());
	assert_true(is_empty(m));
	said("sbi-pmu: riscv,event-to-mhpmcounters: ignored, it has no row\n"
	     "sbi-pmu: riscv,raw-event-to-mhpmcounters: ignored, it has no row\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 1: ignored, no counter is "
	     "given for event 0x3\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 2: ignored, no counter is "
	     "given for event 0x5\n");
}

/* Aim: selectors that have no effect are named. */
static void test_selectors(void **state)
{
	(void)state;
	SET(selectors, 0xb, 0, 1, 3, 0, 0x302, 4, 0, 9, 5, 1, 0x11, 3, 0, 0x17,
	    7, 0, 9);
	has_good(boot(tree()));
	said("sbi-pmu: riscv,event-to-mhpmevent, row 1: ignored, no counter is "
	     "given for event 0xb\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 3: ignored, no counter is "
	     "given for event 0x4\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 5: ignored, row 2 is of "
	     "event 0x3 as well\n"
	     "sbi-pmu: riscv,event-to-mhpmevent, row 6: ignored, no counter is "
	     "given for event 0x7\n");
}

static void fill_selectors(uint32_t num)
{
	uint32_t i;

	/* No event of ours, but counters are given for them */
	SET(counters, 3, 3, 0x18, 5, 6, 0xf0, 0x100, 0x400, 0x18);
	for (i = 2; i < num; i++) {
		selectors[i * 3] = 0x100 + i;
		selectors[i * 3 + 1] = 0;
		selectors[i * 3 + 2] = i;
	}
	num_selectors = (int)num * 3;
}

/* Aim: so many selectors that memory could run out are cut off. */
static void test_selectors_number(void **state)
{
	(void)state;
	fill_selectors(128);
	has_good(boot(tree()));
	said("");
	fill_selectors(129);
	has_good(boot(tree()));
	said("sbi-pmu: riscv,event-to-mhpmevent, row 129: ignored as all after "
	     "it\n");
	fill_selectors(500);
	selectors[127 * 3] = 6;
	selectors[128 * 3] = 3;
	equal(boot(tree())->std[6 - 1].selector, 127);
	said("sbi-pmu: riscv,event-to-mhpmevent, row 129: ignored as all after "
	     "it\n");
}

/* Aim: a tree in which nothing can be cut off loses its selectors instead. */
static void test_selectors_old_tree(void **state)
{
	const struct pmu_machine *m;
	void *fdt;

	(void)state;
	fill_selectors(129);
	fdt = tree();
	fdt_set_version(fdt, 16);
	m = boot(fdt);
	has_event(m, 3, (struct pmu_map_row){0x18, 3});
	equal(m->num_raw, 2);
	said("sbi-pmu: riscv,event-to-mhpmevent, row 129: ignored as all after "
	     "it\n"
	     "sbi-pmu: riscv,event-to-mhpmevent: ignored, this tree cannot be "
	     "changed\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_good, set_good),
		cmocka_unit_test_setup(test_range, set_good),
		cmocka_unit_test_setup(test_raw_bits, set_good),
		cmocka_unit_test_setup(test_raw_number, set_good),
		cmocka_unit_test_setup(test_part, set_good),
		cmocka_unit_test_setup(test_no_row, set_good),
		cmocka_unit_test_setup(test_selectors, set_good),
		cmocka_unit_test_setup(test_selectors_number, set_good),
		cmocka_unit_test_setup(test_selectors_old_tree, set_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
