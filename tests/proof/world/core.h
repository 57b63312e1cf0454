/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The core as it is, in one file, but for hpm_sync(), which has a proof of its
 * own.
 */
#ifndef CORE_H
#define CORE_H

#include "world.h"
#include "event.c"
#include "map.c"
#include "fw.c"
#define hpm_sync hpm_sync_itself
#include "hpm.c"
#undef hpm_sync
#include "sync.h"
#include "hart.c"
#include "snapshot.c"
#include "counter.c"

#endif
