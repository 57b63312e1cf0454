// SPDX-License-Identifier: BSD-2-Clause
/*
 * The tables of platform/, as the firmware takes them at boot: which one, when,
 * and whether the event map is the one that the node of the table gives through
 * OpenSBI's parser. The folder of the nodes is the argument.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sbi/sbi_ecall_interface.h>
#include <sbi/sbi_pmu.h>
#include "hart.h"

#define ANY_OF_MASK 0x5a5a5a5a5a5a5a5aULL

static const char *folder;

/* -- Cores, and device trees ----------------------------------------------- */

static void be_core_of(const struct pmu_table *t)
{
	ids.vendor = t->vendor;
	ids.arch = t->arch;
	ids.imp = t->imp | (ANY_OF_MASK & ~t->imp_mask);
}

static void be_unknown(void)
{
	ids.vendor = 0x7ff;
	ids.arch = 1;
	ids.imp = 1;
}

static void *read_tree(const char *name)
{
	static uint64_t blob[2048];
	char path[256];
	size_t size;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s.dtb", folder, name);
	in = fopen(path, "rb");
	assert_non_null(in);
	size = fread(blob, 1, sizeof(blob), in);
	fclose(in);
	assert_true(size > 0 && size < sizeof(blob));
	assert_int_equal(fdt_check_header(blob), 0);
	return blob;
}

/* A tree without a node, of a machine; "" is no machine in particular */
static void *bare_tree(const char *compatible)
{
	static uint64_t blob[64];
	int bad = fdt_create(blob, sizeof(blob));

	bad |= fdt_finish_reservemap(blob);
	bad |= fdt_begin_node(blob, "");
	if (compatible[0])
		bad |= fdt_property(blob, "compatible", compatible,
				    (int)strlen(compatible) + 1);
	bad |= fdt_end_node(blob);
	bad |= fdt_finish(blob);
	assert_int_equal(bad, 0);
	return blob;
}

static void *bare_tree_of(const struct pmu_table *t)
{
	return bare_tree(t->machine ? t->machine : "");
}

/* The table that the boot line names, "" for none */
static const char *named(void)
{
	static char name[64];
	const char *at = strstr(glue_console(), ", events of ");

	name[0] = '\0';
	if (at)
		sscanf(at, ", events of %63[^\n]", name);
	return name;
}

/* -- Tests ----------------------------------------------------------------- */

static void same_maps(const struct pmu_table *t, const struct pmu_machine *a,
		      const struct pmu_machine *b)
{
	unsigned int i;

	for (i = 0; i < PMU_STD_EVENTS; i++) {
		check(a->std[i].counters == b->std[i].counters,
		      "%s: event %u: counters 0x%x, by the node 0x%x", t->name,
		      i, a->std[i].counters, b->std[i].counters);
		/* Without a counter it does not matter */
		check(!programmable(a, i) ||
			      a->std[i].selector == b->std[i].selector,
		      "%s: event %u: selector 0x%llx, by the node 0x%llx",
		      t->name, i, (unsigned long long)a->std[i].selector,
		      (unsigned long long)b->std[i].selector);
	}
	equal(a->num_raw, b->num_raw);
	for (i = 0; i < a->num_raw; i++) {
		equal(a->raw[i].select, b->raw[i].select);
		equal(a->raw[i].mask, b->raw[i].mask);
		equal(a->raw[i].counters, b->raw[i].counters);
	}
	assert_memory_equal(a->by_demand, b->by_demand, sizeof(a->by_demand));
}

/* Aim: a core without a node has the map that the node of its table gives. */
static void test_as_node(void **state)
{
	const struct pmu_table *const *t;
	struct pmu_machine by_table;

	(void)state;
	for (t = pmu_tables; *t; t++) {
		be_core_of(*t);
		by_table = *boot(bare_tree_of(*t));
		assert_string_equal(named(), (*t)->name);
		assert_false(is_empty(&by_table));

		be_unknown();
		same_maps(*t, &by_table, boot(read_tree((*t)->name)));
		assert_string_equal(named(), "");
	}
}

/* Aim: every row of a table is in the map, and nothing else is. */
static void test_rows(void **state)
{
	const struct pmu_table *const *t;
	unsigned int i, events;

	(void)state;
	for (t = pmu_tables; *t; t++) {
		const struct pmu_machine *m;

		be_core_of(*t);
		m = boot(bare_tree_of(*t));
		for (i = 0; i < (*t)->num_events; i++) {
			const struct pmu_table_event *e = &(*t)->events[i];
			int at = pmu_std_index(e->event_idx);

			check(at >= 0, "%s: event 0x%x", (*t)->name,
			      e->event_idx);
			equal(programmable(m, (unsigned int)at), e->counters);
			equal(m->std[at].selector, e->selector);
			check(e->selector != 0 && (e->counters & ~7u) != 0,
			      "%s: event 0x%x counts nothing", (*t)->name,
			      e->event_idx);
		}
		for (i = events = 0; i < PMU_STD_EVENTS; i++)
			events += programmable(m, i) != 0;
		/* Else two rows are of one event */
		equal(events, (*t)->num_events);
		equal(m->num_raw, (*t)->num_raw);
		for (i = 0; i < (*t)->num_raw; i++)
			check((m->raw[i].select & ~m->raw[i].mask) == 0 &&
				      m->raw[i].counters != 0,
			      "%s: raw row %u can match nothing", (*t)->name,
			      i);
	}
}

/* Aim: the selector of a standard event can be had as a raw event as well. */
static void test_raw_selectors(void **state)
{
	const struct pmu_table *const *t;
	unsigned int i, row;

	(void)state;
	for (t = pmu_tables; *t; t++) {
		for (i = 0; (*t)->num_raw && i < (*t)->num_events; i++) {
			const struct pmu_table_event *e = &(*t)->events[i];
			uint32_t counters = 0;

			for (row = 0; row < (*t)->num_raw; row++) {
				if ((e->selector & (*t)->raw[row].mask) ==
				    (*t)->raw[row].select)
					counters |= (*t)->raw[row].counters;
			}
			check(counters == e->counters,
			      "%s: event 0x%x: counters 0x%x, raw 0x%x",
			      (*t)->name, e->event_idx, e->counters, counters);
		}
	}
}

/* Aim: no ids are those of two tables. */
static void test_no_two(void **state)
{
	const struct pmu_table *const *a;
	const struct pmu_table *const *b;

	(void)state;
	for (a = pmu_tables; *a; a++) {
		assert_int_equal((*a)->imp & ~(*a)->imp_mask, 0);
		for (b = a + 1; *b; b++) {
			uint64_t both = (*a)->imp_mask & (*b)->imp_mask;

			check((*a)->vendor != (*b)->vendor ||
				      (*a)->arch != (*b)->arch ||
				      (((*a)->imp ^ (*b)->imp) & both) != 0,
			      "%s and %s have ids in common", (*a)->name,
			      (*b)->name);
			check(strcmp((*a)->name, (*b)->name) != 0,
			      "%s is there twice", (*a)->name);
		}
	}
}

/* Aim: a core whose ids differ in anything from a table's is not taken for it.
 */
static void test_other_ids(void **state)
{
	const struct pmu_table *const *t;

	(void)state;
	for (t = pmu_tables; *t; t++) {
		be_core_of(*t);
		ids.vendor ^= 0x1000;
		assert_true(is_empty(boot(bare_tree_of(*t))));
		be_core_of(*t);
		ids.arch ^= 1UL << 62;
		assert_true(is_empty(boot(bare_tree_of(*t))));
		be_core_of(*t);
		ids.imp ^= 1UL << 62;
		equal(is_empty(boot(bare_tree_of(*t))), (*t)->imp_mask != 0);
	}
	be_unknown();
	assert_true(is_empty(boot(bare_tree("riscv-virtio"))));
	assert_string_equal(named(), "");
}

/* Aim: ids that say nothing are QEMU's only on a machine of QEMU. */
static void test_machine(void **state)
{
	(void)state;
	ids.vendor = ids.arch = ids.imp = 0;
	assert_true(is_empty(boot(bare_tree(""))));
	assert_true(is_empty(boot(bare_tree("riscv-virtio2"))));
	assert_false(is_empty(boot(bare_tree("riscv-virtio"))));
	assert_string_equal(named(), "qemu,virt");
}

/* Aim: a node wins over a table, also one that says nothing. */
static void test_node_wins(void **state)
{
	const struct pmu_machine *m;

	(void)state;
	be_core_of(&pmu_table_u74);
	assert_true(is_empty(boot(read_tree("empty"))));
	assert_string_equal(named(), "");
	m = boot(read_tree("thead,c900"));
	assert_string_equal(named(), "");
	equal(programmable(m, PMU_HW_BRANCH_MISSES - 1), 0x100);
	equal(m->std[PMU_HW_BRANCH_MISSES - 1].selector, 0x6);
}

static int platform_row(void)
{
	return sbi_pmu_add_hw_event_counter_map(3, 3, 0x20);
}

static int platform_raw_row(void)
{
	return sbi_pmu_add_raw_event_counter_map(7, ~0ULL, 0x20);
}

static int platform_none(void)
{
	return 0;
}

/* Aim: rows of platform code win over a table, too. */
static void test_platform_wins(void **state)
{
	const struct pmu_machine *m;

	(void)state;
	be_core_of(&pmu_table_u74);
	glue_platform = platform_row;
	m = boot(bare_tree(""));
	equal(programmable(m, PMU_HW_CACHE_REFERENCES - 1), 0x20);
	equal(programmable(m, PMU_HW_BRANCH_MISSES - 1), 0);
	glue_platform = platform_raw_row;
	equal(boot(bare_tree(""))->num_raw, 1);
	assert_string_equal(named(), "");
	glue_platform = platform_none;
	assert_false(is_empty(boot(bare_tree(""))));
	glue_platform = NULL;
}

/* Aim: without a valid device tree there is no table. */
static void test_no_tree(void **state)
{
	static struct fdt_header zeroes;

	(void)state;
	be_core_of(&pmu_table_u74);
	assert_true(is_empty(boot(NULL)));
	assert_true(is_empty(boot(&zeroes)));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_node),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_raw_selectors),
		cmocka_unit_test(test_no_two),
		cmocka_unit_test(test_other_ids),
		cmocka_unit_test(test_machine),
		cmocka_unit_test(test_node_wins),
		cmocka_unit_test(test_platform_wins),
		cmocka_unit_test(test_no_tree),
	};

	if (argc != 2) {
		fprintf(stderr, "usage: tables FOLDER\n");
		return 2;
	}
	folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
