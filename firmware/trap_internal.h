/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of trap handling share; not for payloads. */
#ifndef FIRMWARE_TRAP_INTERNAL_H
#define FIRMWARE_TRAP_INTERNAL_H

#include "trap.h"

/* entry.S */
extern char trap_entry[], trap_entries[];
#define TRAP_ENTRY_STRIDE 32

/* mode.S */
extern char mode_exit[];
void mode_sret(void (*fn)(unsigned long), unsigned long arg)
	__attribute__((noreturn));

static inline unsigned long gp_value(void)
{
	unsigned long gp;

	__asm__("mv %0, gp" : "=r"(gp));
	return gp;
}

/** Set up traps on this hart; tp must be set */
void trap_init(void);

/** Called by entry.S */
void trap_handle(struct trap_frame *frame);

/** False when the interrupt is none of ours */
bool irq_handle(struct trap_frame *frame, unsigned long irq, uint64_t counter);

/** Find out whether there is an H extension, once, on the first hart */
void mode_init(void);

#endif
