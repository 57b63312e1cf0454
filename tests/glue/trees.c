// SPDX-License-Identifier: BSD-2-Clause
/* Device trees that the loader of a machine would not give */

#include <libfdt.h>
#include "pmu/node.h"
#include "pmu/options.h"
#include "pmu/tables.h"
#include "glue.h"

/* As the file for platforms without a device tree is compiled into this test */
bool pmu_option_snapshot_none(const void *fdt);

static void test_options(struct sbi_scratch *scratch)
{
	static unsigned long tree[64];

	check(!pmu_option_snapshot(NULL));
	check(!pmu_option_snapshot(tree));
	check(!pmu_table_use(NULL));
	check(!pmu_table_use(tree));
	check(fdt_create_empty_tree(tree, sizeof(tree)) == 0);
	check(!pmu_option_snapshot(tree));
	check(!pmu_option_snapshot_none(tree));
	/* The first has no machine, the second a node */
	check(!pmu_table_use(tree));
	check(!pmu_table_use((const void *)scratch->next_arg1));
}

/* -- The node of the PMU --------------------------------------------------- */

static unsigned long tree[1024];
static int node;

static void set_rows(const char *name, const uint32_t *cells, int num)
{
	static fdt32_t row[3 * 130];
	int i;

	for (i = 0; i < num; i++)
		row[i] = cpu_to_fdt32(cells[i]);
	check(fdt_setprop(tree, node, name, row, num * 4) == 0);
}

static int length_of(const char *name)
{
	int length = -1;

	return fdt_getprop(tree, node, name, &length) ? length : -1;
}

static void begin_node(void)
{
	check(fdt_create_empty_tree(tree, sizeof(tree)) == 0);
	pmu_node_mend(tree);
	node = fdt_add_subnode(tree, 0, "pmu");
	check(node > 0);
	check(fdt_setprop_string(tree, node, "compatible", "riscv,pmu") == 0);
}

/* Below, in, and above the range that has counters, twice, and zeroes */
static const uint32_t counters[] = {3, 5, 0x18, 9, 9};
static const uint32_t selectors[] = {2, 0, 1, 4, 0, 1, 4, 0,
				     2, 6, 0, 1, 0, 0, 0};
static uint32_t many[129 * 3];

static void test_rows(void)
{
	begin_node();
	pmu_node_mend(tree);
	set_rows(PMU_NODE_COUNTERS, counters, 5);
	set_rows(PMU_NODE_SELECTORS, selectors, 15);
	set_rows(PMU_NODE_RAW, NULL, 0);
	pmu_node_mend(tree);
	check(length_of(PMU_NODE_COUNTERS) == 20);
	check(length_of(PMU_NODE_SELECTORS) == 60);
	check(length_of(PMU_NODE_RAW) == -1);

	set_rows(PMU_NODE_SELECTORS, selectors, 2);
	pmu_node_mend(tree);
	check(length_of(PMU_NODE_SELECTORS) == -1);
}

static void test_many_rows(void)
{
	begin_node();
	set_rows(PMU_NODE_SELECTORS, many, 128 * 3);
	pmu_node_mend(tree);
	check(length_of(PMU_NODE_SELECTORS) == 128 * 12);
	set_rows(PMU_NODE_SELECTORS, many, 129 * 3);
	pmu_node_mend(tree);
	check(length_of(PMU_NODE_SELECTORS) == 128 * 12);
	set_rows(PMU_NODE_SELECTORS, many, 129 * 3);
	/* Of this version nothing can be cut */
	fdt_set_version(tree, 16);
	pmu_node_mend(tree);
	check(length_of(PMU_NODE_SELECTORS) == -1);
}

void test_trees(struct sbi_scratch *scratch)
{
	pmu_node_mend(NULL);
	pmu_node_mend(many);
	test_options(scratch);
	test_rows();
	test_many_rows();
}
