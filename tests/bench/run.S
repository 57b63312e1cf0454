/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instructions that a list of steps takes. The same code without the calls
 * tells how many of them are its own.
 */
#include "riscv.h"

#define STEP_ERROR (8 * SZREG)
#define STEP_VALUE (9 * SZREG)
#define STEP_SIZE (12 * SZREG)
#define FRAME (4 * SZREG)

	.option norvc
	.text

.macro run name, instruction
	.globl	\name
	.balign	64
\name:
	addi	sp, sp, -FRAME
	REG_S	s0, (0 * SZREG)(sp)
	REG_S	s1, (1 * SZREG)(sp)
	REG_S	s2, (2 * SZREG)(sp)
	mv	s0, a0
	mv	s1, a1
	csrr	s2, CSR_INSTRET
1:	REG_L	a0, (0 * SZREG)(s0)
	REG_L	a1, (1 * SZREG)(s0)
	REG_L	a2, (2 * SZREG)(s0)
	REG_L	a3, (3 * SZREG)(s0)
	REG_L	a4, (4 * SZREG)(s0)
	REG_L	a5, (5 * SZREG)(s0)
	REG_L	a6, (6 * SZREG)(s0)
	REG_L	a7, (7 * SZREG)(s0)
	\instruction
	REG_S	a0, STEP_ERROR(s0)
	REG_S	a1, STEP_VALUE(s0)
	addi	s0, s0, STEP_SIZE
	bltu	s0, s1, 1b
	csrr	a0, CSR_INSTRET
	sub	a0, a0, s2
	REG_L	s0, (0 * SZREG)(sp)
	REG_L	s1, (1 * SZREG)(sp)
	REG_L	s2, (2 * SZREG)(sp)
	addi	sp, sp, FRAME
	ret
.endm

	run	bench_run, ecall
	run	bench_dry

/* From the last read to be made on, the code goes down to hpmcounter3. */
	.altmacro
.macro read_counter n
	csrr	a1, CSR_CYCLE + \n
.endm

	.globl	bench_read_csrs
	.balign	64
bench_read_csrs:
	lla	a1, 1f
	slli	a0, a0, 2
	sub	a1, a1, a0
	csrr	a2, CSR_INSTRET
	jr	a1
	n = 18
	.rept	16
	read_counter %n
	n = n - 1
	.endr
1:	csrr	a0, CSR_INSTRET
	sub	a0, a0, a2
	addi	a0, a0, -2
	ret
