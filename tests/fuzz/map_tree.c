// SPDX-License-Identifier: BSD-2-Clause
/*
 * A device tree with the properties that matter here. One byte says which
 * nodes and properties there are, three how long the properties are, and what
 * follows is in them.
 */

#include <stdlib.h>
#include <string.h>
#include "libfdt_env.h"
#include <libfdt.h>
#include "map.h"

enum {
	HAS_COUNTERS = 1,
	HAS_SELECTORS = 2,
	HAS_RAW = 4,
	IS_PMU = 8, /* the node says that it is one */
	HAS_CHOSEN = 16,
	CHOSEN_SNAPSHOT = 32,
	PMU_SNAPSHOT = 64,
	IS_CONFIG = 128,
};

static const uint8_t *next, *end;

static size_t take(size_t size)
{
	return size < (size_t)(end - next) ? size : (size_t)(end - next);
}

static uint8_t byte(void)
{
	return next < end ? *next++ : 0;
}

static int property(void *to, const char *name, size_t size)
{
	int bad;

	size = take(size);
	bad = fdt_property(to, name, size ? (const void *)next : "", (int)size);
	next += size;
	return bad;
}

static int pmu_node(void *to, unsigned int has)
{
	size_t counters = byte(), selectors = byte(), raw = byte();
	int bad = fdt_begin_node(to, "pmu");

	bad |= fdt_property_string(to, "compatible",
				   has & IS_PMU ? "riscv,pmu" : "riscv,pmu2");
	if (has & HAS_COUNTERS)
		bad |= property(to, "riscv,event-to-mhpmcounters", counters);
	if (has & HAS_SELECTORS)
		bad |= property(to, "riscv,event-to-mhpmevent", selectors);
	if (has & HAS_RAW)
		bad |= property(to, "riscv,raw-event-to-mhpmcounters", raw);
	if (has & PMU_SNAPSHOT)
		bad |= fdt_property(to, "sbi-pmu,snapshot", "", 0);
	return bad | fdt_end_node(to);
}

static int chosen_node(void *to, unsigned int has)
{
	int bad = fdt_begin_node(to, "chosen");

	bad |= fdt_begin_node(to, "opensbi-config");
	bad |= fdt_property_string(to, "compatible",
				   has & IS_CONFIG ? "opensbi,config" : "none");
	if (has & CHOSEN_SNAPSHOT)
		bad |= fdt_property(to, "sbi-pmu,snapshot", "", 0);
	bad |= fdt_end_node(to);
	return bad | fdt_end_node(to);
}

void tree_from_bytes(struct tree *tree, const uint8_t *data, size_t size)
{
	void *to = tree->bytes;
	unsigned int has;
	int bad;

	next = data;
	end = data + size;
	has = byte();
	bad = fdt_create(to, sizeof(tree->bytes));
	bad |= fdt_finish_reservemap(to);
	bad |= fdt_begin_node(to, "");
	if (has & HAS_CHOSEN)
		bad |= chosen_node(to, has);
	bad |= pmu_node(to, has);
	bad |= fdt_end_node(to);
	bad |= fdt_finish(to);
	/* All of it always has room */
	if (bad)
		abort();
	tree->has_snapshot_option = ((has & PMU_SNAPSHOT) && (has & IS_PMU)) ||
				    ((has & CHOSEN_SNAPSHOT) &&
				     (has & HAS_CHOSEN) && (has & IS_CONFIG));
}
