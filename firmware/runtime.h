/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything a payload may use. */
#ifndef FIRMWARE_RUNTIME_H
#define FIRMWARE_RUNTIME_H

#include "riscv.h"
#include "string.h"
#include "sbi.h"
#include "pmu.h"
#include "console.h"
#include "trap.h"
#include "mode.h"
#include "hart.h"
#include "dt.h"
#include "mem.h"
#include "timer.h"
#include "work.h"
#include "power.h"

/**
 * The payload. Runs on hart 0 with traps and the console ready and interrupts
 * off; the machine is powered off when it returns (good when it returns true).
 */
bool payload_main(void);

/** Instructions from reset to the payload; 0 where it may not read instret */
extern unsigned long boot_length;

#endif
