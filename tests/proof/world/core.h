/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The core as it is, in one file, but for functions that have proofs of their
 * own: hpm_sync() in sync, fw_start() and fw_stop() in fw.
 */
#ifndef CORE_H
#define CORE_H

#include "world.h"
#include "event.c"
#include "map.c"
#define fw_start fw_start_itself
#define fw_stop fw_stop_itself
#include "fw.c"
#undef fw_start
#undef fw_stop
#include "watch.h"
#define hpm_sync hpm_sync_itself
#include "hpm.c"
#undef hpm_sync
#include "sync.h"
#include "hart.c"
#include "snapshot.c"
#include "counter.c"

#endif
