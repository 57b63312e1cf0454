/* SPDX-License-Identifier: BSD-2-Clause */
#include "riscv.h"

	.option norvc
	.text

/* mode_sret(fn, arg): sstatus and hstatus already name the mode */
	.globl	mode_sret
mode_sret:
	csrw	CSR_SEPC, a0
	mv	a0, a1
	lla	ra, mode_exit
	sret

/* Where fn returns to. The trap handler knows this ecall by its address. */
	.globl	mode_exit
mode_exit:
	ecall
	j	mode_exit
