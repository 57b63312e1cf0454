/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot-image header that Linux defines for RISC-V, and the entries of the
 * payload: the first hart, a hart started through HSM, a hart that resumes.
 * LINK_BASE is the address the image is linked for; it may be loaded anywhere.
 */
#include "riscv.h"

#if __riscv_xlen == 64
#define TEXT_OFFSET 0x200000
#define RELA_SIZE 24
#else
#define TEXT_OFFSET 0x400000
#define RELA_SIZE 12
#endif
#define R_RISCV_RELATIVE 3

	.option norvc

	.section .head, "ax"
	.globl _start
_start:
	j	boot
	nop
#if __riscv_xlen == 64
	.dword	TEXT_OFFSET
	.dword	_end - _start
#else
	.word	TEXT_OFFSET, 0
	.word	_end - _start, 0
#endif
	.word	0, 0			/* flags: little endian */
	.word	2, 0			/* header version 0.2 */
	.word	0, 0
	.ascii	"RISCV\0\0\0"
	.ascii	"RSC\x05"
	.word	0

	.text
boot:
	/* How long the way here was; a supervisor that may not know goes on */
	li	s2, 0
	lla	t0, 1f
	csrw	CSR_STVEC, t0
	csrr	s2, CSR_INSTRET
	.balign	4
1:	csrw	CSR_SIE, zero
	csrw	CSR_SATP, zero
	mv	s0, a0
	mv	s1, a1

	/* Firmware without HSM sends every hart here: the first one goes on. */
	lla	t0, boot_lottery
	li	t1, 1
	amoadd.w t1, t1, (t0)
	bnez	t1, park

	/* Move the pointers in the image from LINK_BASE to where it is. */
	lla	t0, _start
	li	t1, LINK_BASE
	sub	t0, t0, t1
	lla	t1, __rela_start
	lla	t2, __rela_end
1:	bgeu	t1, t2, 3f
	REG_L	t3, SZREG(t1)		/* r_info */
	li	t4, R_RISCV_RELATIVE
	bne	t3, t4, 2f
	REG_L	t3, 0(t1)		/* r_offset */
	REG_L	t4, (2 * SZREG)(t1)	/* r_addend */
	add	t3, t3, t0
	add	t4, t4, t0
	REG_S	t4, 0(t3)
2:	addi	t1, t1, RELA_SIZE
	j	1b

3:	lla	t0, __bss_start
	lla	t1, __bss_end
4:	bgeu	t0, t1, 5f
	REG_S	zero, 0(t0)
	addi	t0, t0, SZREG
	j	4b

5:	lla	t0, boot_length
	REG_S	s2, 0(t0)
	fence.i
	lla	tp, harts
	lla	sp, stacks
	li	t0, STACK_SIZE
	add	sp, sp, t0
	mv	a0, s0
	mv	a1, s1
	call	load_gp
	call	boot_main
park:
	wfi
	j	park

load_gp:
	.option push
	.option norelax
	lla	gp, __global_pointer$
	.option pop
	ret

/* a1 is the struct hart, as given to HSM hart_start */
	.globl secondary_entry
secondary_entry:
	csrw	CSR_SIE, zero
	csrw	CSR_SATP, zero
	mv	tp, a1
	REG_L	sp, HART_STACK(tp)
	call	load_gp
	call	hart_main
	j	park

/* a1 is the struct hart, as given to HSM hart_suspend */
	.globl resume_entry
resume_entry:
	csrw	CSR_SIE, zero
	csrw	CSR_SATP, zero
	mv	tp, a1
	call	load_gp
	REG_L	a0, HART_RESUME(tp)
	li	a1, 1
	tail	context_jump

	.section .data
	.balign	4
boot_lottery:
	.word	0

	.section .stacks, "aw", @nobits
	.balign	16
	.globl	stacks
stacks:
	.space	MAX_HARTS * STACK_SIZE
