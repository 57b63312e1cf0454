// SPDX-License-Identifier: BSD-2-Clause
/*
 * QEMU's own cores: rv64, rv32, max and the profiles.
 *
 * Source: QEMU 10.0, target/riscv/pmu.c (riscv_pmu_generate_fdt_node() and
 * riscv_pmu_update_event_map()): mhpmevent takes event_idx, any counter counts
 * any of five events, and there are no raw ones. How many counters there are is
 * up to pmu-mask of -cpu.
 *
 * Ids: in 10.0 all three are 0, which says nothing, so the machine has to be
 * QEMU's virt. The architecture id 42 is QEMU's in marchid.md of the RISC-V ISA
 * manual.
 */

#include "rows.h"

#define ANY COUNTERS(3, 31)

static const struct pmu_table_event events[] = {
	{HW(CPU_CYCLES), 0x1, ANY},
	{HW(INSTRUCTIONS), 0x2, ANY},
	{CACHE(DTLB, READ, MISS), 0x10019, ANY},
	{CACHE(DTLB, WRITE, MISS), 0x1001b, ANY},
	{CACHE(ITLB, READ, MISS), 0x10021, ANY},
};

const struct pmu_table pmu_table_qemu = {
	.name = "qemu,virt",
	.machine = "riscv-virtio",
	.vendor = 0,
	.arch = 0,
	IMP(0),
	EVENTS(events),
};

const struct pmu_table pmu_table_qemu_ids = {
	.name = "qemu,42",
	.vendor = 0,
	.arch = 42,
	ANY_IMP,
	EVENTS(events),
};
