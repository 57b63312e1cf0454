/* SPDX-License-Identifier: BSD-2-Clause */
/* What the device tree says about the machine. */
#ifndef FIRMWARE_DT_H
#define FIRMWARE_DT_H

#include <stdbool.h>
#include <stdint.h>

struct range {
	uint64_t base;
	uint64_t size;
};

/** False when there is no valid device tree; everything is then empty */
bool dt_init(const void *blob);

/** The tree itself, for libfdt; NULL when there is none */
const void *dt_blob(void);

/** bootargs of /chosen, "" if absent */
const char *dt_bootargs(void);

/**
 * What stands behind a name in bootargs, e.g. behind "seed=", up to a blank or
 * the end; NULL when no word begins so
 */
const char *dt_bootarg(const char *name);

/** Fills in the n-th range of memory; false when there are no more */
bool dt_memory(unsigned int n, struct range *range);

/** The same for /reserved-memory and then the memory reservation block */
bool dt_reserved(unsigned int n, struct range *range);

/** The n-th hart that is not disabled; false when there are no more */
bool dt_hart(unsigned int n, unsigned long *hartid);

/**
 * A property of a hart's node that is text, or several texts with a zero after
 * each; NULL when there is none
 */
const char *dt_hart_property(unsigned long hartid, const char *name,
			     int *length);

/** Ticks of the time CSR per second; 10 MHz when the tree does not say */
uint64_t dt_timebase(void);

/** True when a path exists, e.g. "/pmu" */
bool dt_has_node(const char *path);

/** True when some node has this string in its compatible property */
bool dt_has_compatible(const char *compatible);

/** First reg range of the first node with this compatible string */
bool dt_compatible_reg(const char *compatible, struct range *range);

/**
 * True when the device tree lists an ISA extension for a hart, in
 * riscv,isa-extensions or in riscv,isa. Names in lower case: "h", "sscofpmf".
 */
bool dt_isa_has(unsigned long hartid, const char *extension);

/** The same for the hart the payload booted on */
bool isa_has(const char *extension);

#endif
