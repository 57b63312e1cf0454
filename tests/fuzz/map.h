/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of the fuzzer of the event map */
#ifndef FUZZ_MAP_H
#define FUZZ_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pmu_hart;

/* map_upstream.c: OpenSBI's parser, as it is before its first call */
void upstream_reset(void);
uint64_t upstream_selector(uint32_t event);

/* map_glue.c: boot the simulated hart with our sbi_pmu.c and this tree,
 * which may change it */
struct pmu_hart *glue_boot(void *fdt);
/* What the last boot printed */
const char *glue_console(void);
/* What code of the platform does instead of reading the tree, or NULL */
extern int (*glue_platform)(void);

/* map_tree.c: what is in a device tree that bytes describe */
struct tree {
	uint64_t bytes[512];
	bool has_snapshot_option;
};
void tree_from_bytes(struct tree *tree, const uint8_t *data, size_t size);

#endif
