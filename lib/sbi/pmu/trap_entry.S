/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The short way into the PMU: trap entries in front of OpenSBI's, one for harts
 * with H and one for those without. An ecall of the supervisor to the PMU saves
 * what a C function may change and nothing else; every other trap goes on in
 * OpenSBI's entry as if this one were not there.
 */

#include <sbi/riscv_asm.h>
#include <sbi/riscv_encoding.h>
#include <sbi/sbi_scratch.h>
#include <sbi_pmu/abi.h>

/* Words of the frame; mepc and mstatus, for a guarded access may trap again */
#define FRAME_T(n)	((n) * SZREG)
#define FRAME_A(n)	((7 + (n)) * SZREG)
#define FRAME_RA	(7 * SZREG)
#define FRAME_SP	(8 * SZREG)
#define FRAME_MEPC	(15 * SZREG)
#define FRAME_MSTATUS	(16 * SZREG)
#define FRAME_MSTATUSH	(17 * SZREG)
/* The stack stays aligned to 16 bytes on both widths */
#define FRAME_SIZE	(20 * SZREG)

.macro	temporaries op
	\op	t1, FRAME_T(1)(sp)
	\op	t2, FRAME_T(2)(sp)
	\op	t3, FRAME_T(3)(sp)
	\op	t4, FRAME_T(4)(sp)
	\op	t5, FRAME_T(5)(sp)
	\op	t6, FRAME_T(6)(sp)
	\op	a2, FRAME_A(2)(sp)
	\op	a3, FRAME_A(3)(sp)
	\op	a4, FRAME_A(4)(sp)
	\op	a5, FRAME_A(5)(sp)
	\op	a6, FRAME_A(6)(sp)
	\op	ra, FRAME_RA(sp)
.endm

/* With Smdbltrp a second trap kills the hart until MDT is clear */
.macro	allow_traps
#if __riscv_xlen == 32
#ifdef MSTATUSH_MDT
	li	t0, MSTATUSH_MDT
	csrc	CSR_MSTATUSH, t0
#endif
#else
#ifdef MSTATUS_MDT
	li	t0, MSTATUS_MDT
	csrc	CSR_MSTATUS, t0
#endif
#endif
.endm

.macro	trap_entry name, opensbi, with_mstatush
	.align	3
	.globl	\name
\name:
	/*
	 * OpenSBI's entry begins with these two as well and goes on after them;
	 * pmu_trap_install() looks whether it really does.
	 */
	csrrw	tp, CSR_MSCRATCH, tp
	REG_S	t0, SBI_SCRATCH_TMP0_OFFSET(tp)
	li	t0, PMU_EID
	bne	t0, a7, 1f
	csrr	t0, CSR_MCAUSE
	addi	t0, t0, -CAUSE_SUPERVISOR_ECALL
	beqz	t0, 2f
1:	j	\opensbi + 8

2:	/* From the supervisor, so the stack of M-mode is empty */
	REG_S	sp, (FRAME_SP - FRAME_SIZE)(tp)
	addi	sp, tp, -FRAME_SIZE
	REG_L	t0, SBI_SCRATCH_TMP0_OFFSET(tp)
	REG_S	t0, FRAME_T(0)(sp)
	/* What is in a7 is known; it takes the state of the hart, or NULL */
	lla	a7, pmu_domain_undivided
	REG_L	a7, (a7)
	beqz	a7, 3f
	add	a7, a7, tp
	REG_L	a7, (a7)
3:	csrrw	tp, CSR_MSCRATCH, tp
	temporaries REG_S
	csrr	t0, CSR_MEPC
	REG_S	t0, FRAME_MEPC(sp)
	csrr	t0, CSR_MSTATUS
	REG_S	t0, FRAME_MSTATUS(sp)
	.if \with_mstatush
	csrr	t0, CSR_MSTATUSH
	REG_S	t0, FRAME_MSTATUSH(sp)
	.endif
	allow_traps

	/* The arguments and the results are where C has them */
	beqz	a7, 4f
	call	pmu_trap_call
5:

	.if \with_mstatush
	REG_L	t0, FRAME_MSTATUSH(sp)
	csrw	CSR_MSTATUSH, t0
	.endif
	REG_L	t0, FRAME_MSTATUS(sp)
	csrw	CSR_MSTATUS, t0
	REG_L	t0, FRAME_MEPC(sp)
	addi	t0, t0, 4
	csrw	CSR_MEPC, t0
	temporaries REG_L
	REG_L	t0, FRAME_T(0)(sp)
	li	a7, PMU_EID
	REG_L	sp, FRAME_SP(sp)
	mret

4:	call	pmu_trap_call_divided
	j	5b
.endm

	.section .text, "ax", %progbits
trap_entry pmu_trap_entry, _trap_handler, 0
#if __riscv_xlen == 32
trap_entry pmu_trap_entry_hyp, _trap_handler_hyp, 1
#else
trap_entry pmu_trap_entry_hyp, _trap_handler_hyp, 0
#endif
