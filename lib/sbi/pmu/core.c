// SPDX-License-Identifier: BSD-2-Clause
/*
 * The core as the firmware has it: one unit, in which the compiler sees who
 * calls whom. Host tests and proofs take its files one by one.
 */

#define PMU_INTERNAL static

#include "map.c"
#include "event.c"
#include "fw.c"
#include "hpm.c"
#include "snapshot.c"
#include "hart.c"
#include "park.c"
#include "counter.c"
#include "event_info.c"
