// SPDX-License-Identifier: BSD-2-Clause
/* What is wrong with a riscv,pmu node, and does not have to stop the boot */

#include <libfdt.h>
#include <sbi/sbi_console.h>
#include "node.h"

/* OpenSBI takes heap for each, and the specification has 52 events */
#define MAX_SELECTORS 128

struct rows {
	const fdt32_t *cells;
	int count;
};

static struct rows get_rows(const void *fdt, int node, const char *name,
			    int row_cells)
{
	struct rows rows;
	int length = 0;

	rows.cells = fdt_getprop(fdt, node, name, &length);
	rows.count = rows.cells ? length / (row_cells * 4) : 0;
	return rows;
}

/*
 * OpenSBI asks for memory for the selectors, and reads no further if there are
 * none: it gets none.
 */
static void mend_length(void *fdt, int node, const char *name, int row_cells)
{
	int length, size = row_cells * 4;

	if (!fdt_getprop(fdt, node, name, &length))
		return;
	if (length == 0)
		sbi_printf("sbi-pmu: %s: ignored, it has no row\n", name);
	else if (length % size)
		sbi_printf("sbi-pmu: %s, row %d: ignored, it has %d bytes of "
			   "%d\n",
			   name, length / size + 1, length % size, size);
	if (length < size)
		fdt_nop_property(fdt, node, name);
}

/* Too many selectors would leave no memory to boot with */
static void mend_number(void *fdt, int node)
{
	struct rows rows = get_rows(fdt, node, PMU_NODE_SELECTORS, 3);
	void *cells;

	if (rows.count <= MAX_SELECTORS)
		return;
	sbi_printf("sbi-pmu: %s, row %d: ignored as all after it\n",
		   PMU_NODE_SELECTORS, MAX_SELECTORS + 1);
	if (fdt_setprop_placeholder(fdt, node, PMU_NODE_SELECTORS,
				    MAX_SELECTORS * 12, &cells)) {
		sbi_printf(
			"sbi-pmu: %s: ignored, this tree cannot be changed\n",
			PMU_NODE_SELECTORS);
		fdt_nop_property(fdt, node, PMU_NODE_SELECTORS);
	}
}

static bool has_counters(struct rows counters, uint32_t event)
{
	const fdt32_t *row = counters.cells;
	int i;

	for (i = 0; i < counters.count; i++, row += 3) {
		if (fdt32_to_cpu(row[0]) <= event &&
		    event <= fdt32_to_cpu(row[1]))
			return true;
	}
	return false;
}

/* The first of the rows that are of the same event as row @i, from 0 */
static int first_row(struct rows selectors, int i)
{
	int first = 0;

	while (selectors.cells[first * 3] != selectors.cells[i * 3])
		first++;
	return first;
}

static void check_selectors(const void *fdt, int node)
{
	struct rows selectors = get_rows(fdt, node, PMU_NODE_SELECTORS, 3);
	struct rows counters = get_rows(fdt, node, PMU_NODE_COUNTERS, 3);
	uint32_t event;
	int i, first;

	for (i = 0; i < selectors.count; i++) {
		event = fdt32_to_cpu(selectors.cells[i * 3]);
		first = first_row(selectors, i);
		/* Some device trees end in rows of zeroes */
		if (!event)
			continue;
		if (first != i)
			sbi_printf("sbi-pmu: %s, row %d: ignored, row %d is of "
				   "event 0x%x as well\n",
				   PMU_NODE_SELECTORS, i + 1, first + 1, event);
		else if (!has_counters(counters, event))
			sbi_printf("sbi-pmu: %s, row %d: ignored, no counter "
				   "is given for event 0x%x\n",
				   PMU_NODE_SELECTORS, i + 1, event);
	}
}

void pmu_node_mend(void *fdt)
{
	int node;

	if (!fdt || fdt_check_header(fdt) != 0)
		return;
	node = fdt_node_offset_by_compatible(fdt, -1, "riscv,pmu");
	if (node < 0)
		return;
	mend_length(fdt, node, PMU_NODE_COUNTERS, 3);
	mend_length(fdt, node, PMU_NODE_SELECTORS, 3);
	mend_length(fdt, node, PMU_NODE_RAW, 5);
	mend_number(fdt, node);
	check_selectors(fdt, node);
}
