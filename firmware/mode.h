/* SPDX-License-Identifier: BSD-2-Clause */
/* Run code in S-mode or a less privileged mode, with all translation off. */
#ifndef FIRMWARE_MODE_H
#define FIRMWARE_MODE_H

#include "trap.h"

enum mode { MODE_S, MODE_U, MODE_VS, MODE_VU };

/** "S", "U", "VS" or "VU" */
const char *mode_name(enum mode mode);

/** True when the hypervisor extension is there, so VS and VU can be entered */
bool has_h(void);

/** S and U always; VS and VU with H */
bool mode_available(enum mode mode);

/**
 * Run fn(arg) in a mode and return to S-mode. Apart from fn itself, its ret
 * included, exactly MODE_EXIT_INSNS instruction is executed in the mode: the
 * ecall that comes back. (Whether a counter counts an ecall differs between
 * machines.) For MODE_S it is a plain call. fn shares the stack and may be any
 * C function that makes no SBI call; interrupts enabled in sie arrive as usual.
 * The mode must be available.
 */
void run_in_mode(enum mode mode, void (*fn)(unsigned long), unsigned long arg);
#define MODE_EXIT_INSNS 1

/** The same where fn may raise an exception, as with probe_run() */
bool probe_in_mode(enum mode mode, void (*fn)(unsigned long), unsigned long arg,
		   struct trap_info *info);

#endif
