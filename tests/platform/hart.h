/* SPDX-License-Identifier: BSD-2-Clause */
/* A hart that boots with a device tree through OpenSBI's parser, on this
 * machine */
#ifndef PLATFORM_HART_H
#define PLATFORM_HART_H

#include <libfdt.h>
#include "internal.h"
#include "map.h"
#include "platform/table.h"
#include "rig.h"

/* What the hart says it is */
struct ids {
	unsigned long vendor, arch, imp;
};
extern struct ids ids;

/* The machine after boot; the boot may change the tree */
const struct pmu_machine *boot(void *fdt);

/* The counters of an event, by pmu_std_index(), that need the event map */
uint32_t programmable(const struct pmu_machine *m, unsigned int index);
/* Whether no event is known beyond those of the fixed counters */
bool is_empty(const struct pmu_machine *m);

#endif
