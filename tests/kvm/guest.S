/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest of known length: ROUNDS rounds of two instructions in VS-mode, as many
 * in VU-mode, and a shutdown. What else it executes is the same for any ROUNDS.
 */
#define EID_SRST 0x53525354
#define SSTATUS_SPP (1 << 8)

	.option	norvc
	.globl	_start
_start:
	li	s0, ROUNDS
1:	addi	s0, s0, -1
	bnez	s0, 1b
	la	t0, done
	csrw	stvec, t0
	la	t0, user
	csrw	sepc, t0
	li	t0, SSTATUS_SPP
	csrc	sstatus, t0
	sret

user:	li	s0, ROUNDS
1:	addi	s0, s0, -1
	bnez	s0, 1b
	ecall

	.balign	4
done:	li	a7, EID_SRST
	li	a6, 0
	li	a0, 0
	li	a1, 0
	ecall
	j	done
