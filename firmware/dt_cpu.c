/* SPDX-License-Identifier: BSD-2-Clause */
/* The harts of the device tree and their ISA extensions. */
#include "dt.h"
#include "hart.h"
#include <libfdt.h>

static bool string_is(const void *fdt, int node, const char *name,
		      const char *value)
{
	int length;
	const char *text = fdt_getprop(fdt, node, name, &length);

	return text && length == (int)strlen(value) + 1 &&
	       !memcmp(text, value, (size_t)length);
}

/* A cpu node of a hart that may be used */
static bool usable(const void *fdt, int node, unsigned long *hartid)
{
	int length,
		cells = fdt_address_cells(fdt, fdt_parent_offset(fdt, node));
	const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &length);

	if (!string_is(fdt, node, "device_type", "cpu") || !reg || cells < 1 ||
	    length < cells * 4)
		return false;
	*hartid = fdt32_to_cpu(reg[cells - 1]);
	if (cells > 1 && sizeof(long) > 4)
		*hartid |=
			(unsigned long)((uint64_t)fdt32_to_cpu(reg[cells - 2])
					<< 32);
	return !fdt_getprop(fdt, node, "status", &length) ||
	       string_is(fdt, node, "status", "okay") ||
	       string_is(fdt, node, "status", "ok");
}

static int next_hart(int node, unsigned long *hartid)
{
	const void *fdt = dt_blob();
	int cpus;

	if (!fdt)
		return -1;
	cpus = fdt_path_offset(fdt, "/cpus");
	if (cpus < 0)
		return -1;
	node = node < 0 ? fdt_first_subnode(fdt, cpus)
			: fdt_next_subnode(fdt, node);
	while (node >= 0 && !usable(fdt, node, hartid))
		node = fdt_next_subnode(fdt, node);
	return node;
}

bool dt_hart(unsigned int n, unsigned long *hartid)
{
	int node = next_hart(-1, hartid);

	while (node >= 0 && n--)
		node = next_hart(node, hartid);
	return node >= 0;
}

/*
 * riscv,isa is "rv64", single letters without separator, then names separated
 * by '_'. Single letters may be separated too. Version numbers do not occur in
 * the trees of the machines known.
 */
static bool isa_string_has(const char *isa, const char *extension)
{
	size_t length = strlen(extension);
	const char *single = isa + strnlen(isa, 4);

	if (length == 1) {
		for (; *single && *single != '_'; single++) {
			if (*single == *extension)
				return true;
		}
	}
	for (isa = strchr(isa, '_'); isa; isa = strchr(isa, '_')) {
		isa++;
		if (!strncmp(isa, extension, length) &&
		    (!isa[length] || isa[length] == '_'))
			return true;
	}
	return false;
}

/* The node of a hart, negative when there is none */
static int hart_node(unsigned long hartid)
{
	unsigned long id;
	int node = next_hart(-1, &id);

	while (node >= 0 && id != hartid)
		node = next_hart(node, &id);
	return node;
}

const char *dt_hart_property(unsigned long hartid, const char *name,
			     int *length)
{
	int node = hart_node(hartid);
	const char *value;

	*length = 0;
	if (node < 0)
		return NULL;
	value = fdt_getprop(dt_blob(), node, name, length);
	if (value && *length > 0 && !value[*length - 1])
		return value;
	*length = 0;
	return NULL;
}

bool dt_isa_has(unsigned long hartid, const char *extension)
{
	int length, node = hart_node(hartid);
	const char *isa;

	if (node < 0)
		return false;
	if (fdt_stringlist_search(dt_blob(), node, "riscv,isa-extensions",
				  extension) >= 0)
		return true;
	isa = dt_hart_property(hartid, "riscv,isa", &length);
	return isa && isa_string_has(isa, extension);
}

bool isa_has(const char *extension)
{
	return dt_isa_has(hart_id(0), extension);
}
