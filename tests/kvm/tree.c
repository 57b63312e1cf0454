// SPDX-License-Identifier: BSD-2-Clause
/* The device tree of the guest: harts, memory, arguments. */
#include "libfdt_env.h"
#include <libfdt.h>

#include "vmm.h"

#include <stdio.h>
#include <string.h>

static int bad;

static void text(void *to, const char *name, const char *value)
{
	bad |= fdt_property_string(to, name, value);
}

static void number(void *to, const char *name, uint32_t value)
{
	bad |= fdt_property_u32(to, name, value);
}

static void write_cpus(void *to, const struct guest *guest)
{
	char name[16];
	unsigned int n;

	bad |= fdt_begin_node(to, "cpus");
	number(to, "#address-cells", 1);
	number(to, "#size-cells", 0);
	number(to, "timebase-frequency", (uint32_t)guest->timebase);
	for (n = 0; n < guest->cpus; n++) {
		sprintf(name, "cpu@%x", n);
		bad |= fdt_begin_node(to, name);
		text(to, "device_type", "cpu");
		text(to, "compatible", "riscv");
		text(to, "riscv,isa", guest->isa);
		number(to, "reg", n);
		bad |= fdt_end_node(to);
	}
	bad |= fdt_end_node(to);
}

static void write_memory(void *to)
{
	const fdt64_t reg[] = {cpu_to_fdt64(RAM_BASE), cpu_to_fdt64(RAM_SIZE)};

	bad |= fdt_begin_node(to, "memory@80000000");
	text(to, "device_type", "memory");
	bad |= fdt_property(to, "reg", reg, sizeof(reg));
	bad |= fdt_end_node(to);
}

void write_tree(void *to, const struct guest *guest)
{
	bad = fdt_create(to, TREE_SIZE);
	bad |= fdt_finish_reservemap(to);
	bad |= fdt_begin_node(to, "");
	number(to, "#address-cells", 2);
	number(to, "#size-cells", 2);
	text(to, "compatible", "linux,dummy-virt");
	bad |= fdt_begin_node(to, "chosen");
	text(to, "bootargs", guest->bootargs);
	bad |= fdt_end_node(to);
	write_cpus(to, guest);
	write_memory(to);
	bad |= fdt_end_node(to);
	bad |= fdt_finish(to);
	if (bad)
		die("the arguments do not fit into a device tree");
}
