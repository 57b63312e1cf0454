/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sbi_call_registers(in, out): load the x registers from in[32], make the SBI
 * call and store them to out[32]. sp, gp and tp are not loaded. All is kept on
 * the stack, so only sp has to survive the call for this code to go on.
 */
#include "riscv.h"

#define OURS(n) ((n) * SZREG)
#define SEEN(n) ((32 + (n)) * SZREG)
#define FRAME (64 * SZREG)

	.altmacro
.macro keep n
	REG_S	x\n, OURS(\n)(sp)
.endm
.macro restore n
	REG_L	x\n, OURS(\n)(sp)
.endm
.macro see n
	REG_S	x\n, SEEN(\n)(sp)
.endm
.macro preset n
	REG_L	x\n, ((\n) * SZREG)(a0)
.endm
.macro each what, from, to
	n = \from
	.rept	\to - \from + 1
	\what	%n
	n = n + 1
	.endr
.endm

	.text
	.globl	sbi_call_registers
sbi_call_registers:
	addi	sp, sp, -FRAME
	each	keep, 1, 1
	each	keep, 3, 31
	preset	1
	each	preset, 5, 9
	each	preset, 11, 31
	preset	10

	ecall

	each	see, 1, 31
	restore	1
	each	restore, 3, 9
	each	restore, 11, 31
	addi	a0, sp, FRAME
	REG_S	a0, SEEN(2)(sp)

	/* a1 is out again */
	addi	t0, sp, SEEN(0)
	li	t1, 32
1:	REG_L	t2, 0(t0)
	REG_S	t2, 0(a1)
	addi	t0, t0, SZREG
	addi	a1, a1, SZREG
	addi	t1, t1, -1
	bnez	t1, 1b
	addi	sp, sp, FRAME
	ret
