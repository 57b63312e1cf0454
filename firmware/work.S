/* SPDX-License-Identifier: BSD-2-Clause */
#include "riscv.h"

	.option norvc
	.text

/*
 * Overhead 5 and two instructions per round; an even n takes one more and one
 * round less. Rounds: (n - 5) / 2 for odd n, (n - 6) / 2 for even n.
 */
	.globl	work_insns
	.balign	64
work_insns:
	srli	a1, a0, 1
	andi	a0, a0, 1
	bnez	a0, 1f
	addi	a1, a1, -1
1:	addi	a1, a1, -2
2:	addi	a1, a1, -1
	bnez	a1, 2b
	ret

	.globl	work_nops_100
	.balign	64
work_nops_100:
	.rept	100
	nop
	.endr
	ret

/*
 * work_between(csr, n): the address of a pair of code pieces follows from the
 * csr number. Each reads the counter to a2 and jumps back through t0.
 */
	.altmacro
.macro read_counter n
	csrr	a2, 0xc00 + \n
	jr	t0
.endm

	.balign	64
read_counters:
	n = 0
	.rept	32
	read_counter %n
	n = n + 1
	.endr

/*
 * Between the reads: jr, mv, the rounds and their set-up, lla (2), jr.
 * Fixed part 10, one more for even n.
 */
	.globl	work_between
work_between:
	andi	a0, a0, 31
	slli	a0, a0, 3
	lla	t1, read_counters
	add	t1, t1, a0
	lla	t0, 1f
	jr	t1
1:	mv	a3, a2
	srli	t2, a1, 1
	andi	t3, a1, 1
	bnez	t3, 2f
	addi	t2, t2, -1
2:	addi	t2, t2, -4
3:	addi	t2, t2, -1
	bnez	t2, 3b
	lla	t0, 4f
	jr	t1
4:	sub	a0, a2, a3
	ret

/* counter_read(csr), on RV32 counter_read_hi(csr) too */
	.globl	counter_read
counter_read:
	andi	a0, a0, 31
	slli	a0, a0, 3
	lla	t1, value_readers
	add	t1, t1, a0
	jr	t1

.macro value_reader csr
	csrr	a0, \csr
	ret
.endm

	.balign	64
value_readers:
	n = 0xc00
	.rept	32
	value_reader %n
	n = n + 1
	.endr

#if __riscv_xlen == 32
	.globl	counter_read_hi
counter_read_hi:
	andi	a0, a0, 31
	slli	a0, a0, 3
	lla	t1, value_readers_hi
	add	t1, t1, a0
	jr	t1

	.balign	64
value_readers_hi:
	n = 0xc80
	.rept	32
	value_reader %n
	n = n + 1
	.endr
#endif
