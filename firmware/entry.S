/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trap entry. sscratch always holds the struct hart, and the stack is the
 * one of the interrupted code: lower modes share it, see mode.h.
 *
 * There is one entry per counter CSR, so that the counter which a test wants
 * to see is read right away, with a known number of instructions before it.
 */
#include "riscv.h"

#define FRAME_SIZE ((37 * SZREG + 15) & ~15)
#define FRAME_X(n) ((n) * SZREG)
#define FRAME_SEPC (32 * SZREG)
#define FRAME_SCAUSE (33 * SZREG)
#define FRAME_STVAL (34 * SZREG)
#define FRAME_SSTATUS (35 * SZREG)

	.option norvc
	.altmacro

.macro counter_entry n
	.balign	32
	csrrw	tp, CSR_SSCRATCH, tp
	REG_S	t0, HART_TMP(tp)
	csrr	t0, 0xc00 + \n
	REG_S	t0, HART_ENTRY_LO(tp)
#if __riscv_xlen == 32
	csrr	t0, 0xc80 + \n
	REG_S	t0, HART_ENTRY_HI(tp)
#endif
	j	trap_common
.endm

.macro save n
	REG_S	x\n, FRAME_X(\n)(sp)
.endm

.macro load n
	REG_L	x\n, FRAME_X(\n)(sp)
.endm

	.text
	.balign	32
	.globl	trap_entries
trap_entries:
	n = 0
	.rept	32
	counter_entry %n
	n = n + 1
	.endr

	.balign	32
	.globl	trap_entry
trap_entry:
	csrrw	tp, CSR_SSCRATCH, tp
	REG_S	t0, HART_TMP(tp)

trap_common:
	addi	sp, sp, -FRAME_SIZE
	REG_S	x1, FRAME_X(1)(sp)
	REG_S	x3, FRAME_X(3)(sp)
	n = 6
	.rept	26
	save %n
	n = n + 1
	.endr
	addi	t0, sp, FRAME_SIZE
	REG_S	t0, FRAME_X(2)(sp)
	csrrw	t0, CSR_SSCRATCH, tp
	REG_S	t0, FRAME_X(4)(sp)
	REG_L	t0, HART_TMP(tp)
	REG_S	t0, FRAME_X(5)(sp)
	csrr	t0, CSR_SEPC
	REG_S	t0, FRAME_SEPC(sp)
	csrr	t0, CSR_SCAUSE
	REG_S	t0, FRAME_SCAUSE(sp)
	csrr	t0, CSR_STVAL
	REG_S	t0, FRAME_STVAL(sp)
	csrr	t0, CSR_SSTATUS
	REG_S	t0, FRAME_SSTATUS(sp)

	mv	a0, sp
	call	trap_handle

	REG_L	t0, FRAME_SEPC(sp)
	csrw	CSR_SEPC, t0
	REG_L	t0, FRAME_SSTATUS(sp)
	csrw	CSR_SSTATUS, t0
	REG_L	x1, FRAME_X(1)(sp)
	REG_L	x3, FRAME_X(3)(sp)
	REG_L	x4, FRAME_X(4)(sp)
	REG_L	x5, FRAME_X(5)(sp)
	n = 6
	.rept	26
	load %n
	n = n + 1
	.endr
	REG_L	x2, FRAME_X(2)(sp)
	sret
