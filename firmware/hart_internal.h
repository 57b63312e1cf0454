/* SPDX-License-Identifier: BSD-2-Clause */
/* What the start code and the hart code share; not for payloads. */
#ifndef FIRMWARE_HART_INTERNAL_H
#define FIRMWARE_HART_INTERNAL_H

/* head.S */
extern char stacks[], secondary_entry[], resume_entry[];

/** Number the harts; hart 0 is the one that booted */
void harts_init(unsigned long boot_hartid);

/** What a started hart runs */
void hart_main(void) __attribute__((noreturn));

/** What the first hart runs, called by head.S */
void boot_main(unsigned long hartid, const void *dtb) __attribute__((noreturn));

#endif
