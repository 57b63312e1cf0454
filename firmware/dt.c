/* SPDX-License-Identifier: BSD-2-Clause */
#include "dt.h"
#include "hart.h"
#include <libfdt.h>

#define DEFAULT_TIMEBASE 10000000

static const void *fdt;
static uint64_t timebase = DEFAULT_TIMEBASE;

static uint64_t read_cells(const fdt32_t *cells, int count)
{
	uint64_t value = 0;

	while (count-- > 0)
		value = value << 32 | fdt32_to_cpu(*cells++);
	return value;
}

static void read_timebase(void)
{
	int length, cpus = fdt_path_offset(fdt, "/cpus");
	const fdt32_t *value =
		fdt_getprop(fdt, cpus, "timebase-frequency", &length);

	if (value && (length == 4 || length == 8))
		timebase = read_cells(value, length / 4);
	if (!timebase)
		timebase = DEFAULT_TIMEBASE;
}

bool dt_init(const void *blob)
{
	if (!blob || fdt_check_header(blob))
		return false;
	fdt = blob;
	read_timebase();
	return true;
}

const void *dt_blob(void)
{
	return fdt;
}

uint64_t dt_timebase(void)
{
	return timebase;
}

const char *dt_bootargs(void)
{
	int length;
	const char *args;

	if (!fdt)
		return "";
	args = fdt_getprop(fdt, fdt_path_offset(fdt, "/chosen"), "bootargs",
			   &length);
	return args && length > 0 && !args[length - 1] ? args : "";
}

const char *dt_bootarg(const char *name)
{
	const char *args = dt_bootargs();
	size_t length = strlen(name);

	for (; *args; args++) {
		if (!strncmp(args, name, length))
			return args + length;
		while (*args && *args != ' ')
			args++;
		if (!*args)
			break;
	}
	return NULL;
}

/* The n-th entry of a node's reg property; counts *n down past the others */
static bool reg_entry(int parent, int node, unsigned int *n,
		      struct range *range)
{
	int length, address = fdt_address_cells(fdt, parent);
	int size = fdt_size_cells(fdt, parent);
	const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &length);
	int cells = address + size;

	if (!reg || address < 1 || size < 0)
		return false;
	for (; length >= cells * 4; length -= cells * 4, reg += cells) {
		if ((*n)--)
			continue;
		range->base = read_cells(reg, address);
		range->size = read_cells(reg + address, size);
		return true;
	}
	return false;
}

static bool is_memory(int node)
{
	int length;
	const char *type = fdt_getprop(fdt, node, "device_type", &length);

	return type && length == 7 && !memcmp(type, "memory", 7);
}

bool dt_memory(unsigned int n, struct range *range)
{
	int node;

	if (!fdt)
		return false;
	fdt_for_each_subnode(node, fdt, 0)
	{
		if (is_memory(node) && reg_entry(0, node, &n, range))
			return true;
	}
	return false;
}

bool dt_reserved(unsigned int n, struct range *range)
{
	int parent, node;

	if (!fdt)
		return false;
	parent = fdt_path_offset(fdt, "/reserved-memory");
	if (parent >= 0) {
		fdt_for_each_subnode(node, fdt, parent)
		{
			if (reg_entry(parent, node, &n, range))
				return true;
		}
	}
	return (int)n < fdt_num_mem_rsv(fdt) &&
	       !fdt_get_mem_rsv(fdt, (int)n, &range->base, &range->size);
}

bool dt_has_node(const char *path)
{
	return fdt && fdt_path_offset(fdt, path) >= 0;
}

static int find_compatible(const char *compatible)
{
	return fdt ? fdt_node_offset_by_compatible(fdt, -1, compatible) : -1;
}

bool dt_has_compatible(const char *compatible)
{
	return find_compatible(compatible) >= 0;
}

bool dt_compatible_reg(const char *compatible, struct range *range)
{
	int node = find_compatible(compatible);
	unsigned int first = 0;

	return node >= 0 &&
	       reg_entry(fdt_parent_offset(fdt, node), node, &first, range);
}
