// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints a table of platform/ as the riscv,pmu node that says the same, for
 * make platform-node and for the tests. Without an argument it lists the
 * tables.
 */

#include <stdio.h>
#include <string.h>
#include "table.h"

static void print_list(void)
{
	const struct pmu_table *const *t;

	printf("%-14s %-9s %-18s %-9s %s\n", "core", "mvendorid", "marchid",
	       "mimpid", "machine");
	for (t = pmu_tables; *t; t++) {
		printf("%-14s %#-9llx %#-18llx ", (*t)->name,
		       (unsigned long long)(*t)->vendor,
		       (unsigned long long)(*t)->arch);
		if ((*t)->imp_mask)
			printf("%#-9llx", (unsigned long long)(*t)->imp);
		else
			printf("%-9s", "any");
		printf(" %s\n", (*t)->machine ? (*t)->machine : "any");
	}
}

static void print_property(const char *name)
{
	printf("\t\t%s =", name);
}

static void print_row(bool last)
{
	printf(last ? ";\n" : ",");
}

static uint32_t upper(uint64_t word)
{
	return (uint32_t)(word >> 32);
}

static void print_selectors(const struct pmu_table *t)
{
	unsigned int i;

	print_property("riscv,event-to-mhpmevent");
	for (i = 0; i < t->num_events; i++) {
		printf("\n\t\t\t<0x%05x 0x0 0x%x>", t->events[i].event_idx,
		       t->events[i].selector);
		print_row(i + 1 == t->num_events);
	}
}

/* Neighbours that the same counters can count are one range */
static void print_counters(const struct pmu_table *t)
{
	const struct pmu_table_event *first, *e, *end;

	print_property("riscv,event-to-mhpmcounters");
	first = t->events;
	end = t->events + t->num_events;
	for (e = first; e < end; e++) {
		if (e + 1 < end && e[1].event_idx == e->event_idx + 1 &&
		    e[1].counters == e->counters)
			continue;
		printf("\n\t\t\t<0x%05x 0x%05x 0x%08x>", first->event_idx,
		       e->event_idx, e->counters);
		print_row(e + 1 == end);
		first = e + 1;
	}
}

static void print_raw(const struct pmu_table *t)
{
	unsigned int i;

	if (t->num_raw == 0)
		return;
	print_property("riscv,raw-event-to-mhpmcounters");
	for (i = 0; i < t->num_raw; i++) {
		printf("\n\t\t\t<0x%x 0x%x 0x%08x 0x%08x 0x%08x>",
		       upper(t->raw[i].select), (uint32_t)t->raw[i].select,
		       upper(t->raw[i].mask), (uint32_t)t->raw[i].mask,
		       t->raw[i].counters);
		print_row(i + 1 == t->num_raw);
	}
}

static void print_node(const struct pmu_table *t)
{
	printf("/ {\n\tpmu {\n\t\tcompatible = \"riscv,pmu\";\n");
	print_selectors(t);
	print_counters(t);
	print_raw(t);
	printf("\t};\n};\n");
}

int main(int argc, char **argv)
{
	const struct pmu_table *const *t;

	if (argc < 2) {
		print_list();
		return 0;
	}
	for (t = pmu_tables; *t; t++) {
		if (strcmp((*t)->name, argv[1]) == 0) {
			print_node(*t);
			return 0;
		}
	}
	fprintf(stderr,
		"sbi-pmu: CORE=%s: there is no table of that core; make "
		"platform-node lists those that there are\n",
		argv[1]);
	return 1;
}
