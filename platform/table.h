/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables of the events that known cores can count, for harts whose device tree
 * has no riscv,pmu node. They say what such a node would; docs/platform.md has
 * the sources and tells how to add one.
 */
#ifndef PLATFORM_TABLE_H
#define PLATFORM_TABLE_H

#include <sbi/sbi_types.h>

/** An event that a value of mhpmevent selects */
struct pmu_table_event {
	uint32_t event_idx; /* SBI v3.0, "Event Encodings": type 0 or 1 */
	uint32_t selector; /* for mhpmevent; never 0, which counts nothing */
	uint32_t counters; /* bit n: where mhpmcounterN can count it */
};

/** A class of raw events: those whose bits in @mask are the ones of @select */
struct pmu_table_raw {
	uint64_t select;
	uint64_t mask;
	uint32_t counters;
};

/** What is known of the cores with these ids */
struct pmu_table {
	const char *name; /* vendor,core */
	/* The root of the device tree is compatible with this; NULL: any is
	 * right. Ids of 0 alone may be anybody's */
	const char *machine;
	uint64_t vendor; /* mvendorid */
	uint64_t arch; /* marchid */
	uint64_t imp; /* mimpid, its bits in @imp_mask */
	uint64_t imp_mask;
	const struct pmu_table_event *events;
	const struct pmu_table_raw *raw;
	unsigned int num_events;
	unsigned int num_raw;
};

/** All tables, and a NULL behind them; no two have the same ids */
extern const struct pmu_table *const pmu_tables[];

extern const struct pmu_table pmu_table_qemu, pmu_table_qemu_ids;
extern const struct pmu_table pmu_table_u74, pmu_table_p550;
extern const struct pmu_table pmu_table_c900, pmu_table_c920v2;
extern const struct pmu_table pmu_table_ax45;
extern const struct pmu_table pmu_table_cva6;
extern const struct pmu_table pmu_table_x60;

#endif
