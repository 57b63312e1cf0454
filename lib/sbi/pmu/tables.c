// SPDX-License-Identifier: BSD-2-Clause
/* The event map of a core that a table of platform/ knows */

#include <libfdt.h>
#include <sbi/riscv_asm.h>
#include <sbi/riscv_encoding.h>
#include <sbi/sbi_ecall_interface.h>
#include <sbi/sbi_pmu.h>
#include "tables.h"
#include "platform/table.h"

static const struct pmu_table *in_use;

static bool is_of_this_hart(const struct pmu_table *t, const void *fdt)
{
	if (t->vendor != csr_read(CSR_MVENDORID) ||
	    t->arch != csr_read(CSR_MARCHID) ||
	    t->imp != (csr_read(CSR_MIMPID) & t->imp_mask))
		return false;
	return !t->machine ||
	       fdt_node_check_compatible(fdt, 0, t->machine) == 0;
}

static void add_rows(const struct pmu_table *t)
{
	unsigned int i;

	for (i = 0; i < t->num_events; i++)
		sbi_pmu_add_hw_event_counter_map(t->events[i].event_idx,
						 t->events[i].event_idx,
						 t->events[i].counters);
	for (i = 0; i < t->num_raw; i++)
		sbi_pmu_add_raw_event_counter_map(
			t->raw[i].select, t->raw[i].mask, t->raw[i].counters);
}

const char *pmu_table_use(const void *fdt)
{
	const struct pmu_table *const *t;

	/* Also a node without any event in it is what its author meant */
	if (!fdt || fdt_check_header(fdt) != 0 ||
	    fdt_node_offset_by_compatible(fdt, -1, "riscv,pmu") >= 0)
		return NULL;

	for (t = pmu_tables; *t; t++) {
		if (is_of_this_hart(*t, fdt)) {
			in_use = *t;
			add_rows(in_use);
			return in_use->name;
		}
	}
	return NULL;
}

uint64_t pmu_table_selector(uint32_t event_idx)
{
	unsigned int i;

	for (i = 0; in_use && i < in_use->num_events; i++) {
		if (in_use->events[i].event_idx == event_idx)
			return in_use->events[i].selector;
	}
	return 0;
}
