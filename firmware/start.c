/* SPDX-License-Identifier: BSD-2-Clause */
#include "runtime.h"
#include "hart_internal.h"
#include "trap_internal.h"

unsigned long boot_length; /* set by head.S */

void boot_main(unsigned long hartid, const void *dtb)
{
	console_init();
	trap_init();
	mode_init();
	trap_init(); /* again: now it is known whether there is an H extension
		      */
	dt_init(dtb);
	harts_init(hartid);
	power_off(payload_main());
}
