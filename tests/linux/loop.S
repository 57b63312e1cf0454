/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loop N: count down from N (1000000 without), which takes two instructions a
 * round, and exit. How many instructions the rest takes is told by "loop 0"
 * against "loop 1000", so no test has to know it.
 */
	.option	norvc
	.globl	_start
_start:
	ld	t0, 0(sp)		/* argc */
	li	a0, 1000000
	li	t1, 2
	blt	t0, t1, 2f
	ld	t2, 16(sp)		/* argv[1] */
	li	a0, 0
	li	t3, 10
1:	lbu	t4, 0(t2)
	beqz	t4, 2f
	addi	t4, t4, -48
	mul	a0, a0, t3
	add	a0, a0, t4
	addi	t2, t2, 1
	j	1b
2:	beqz	a0, done
	.globl	hot
	.type	hot, @function
hot:	addi	a0, a0, -1
	bnez	a0, hot
	.size	hot, . - hot
done:	li	a0, 0
	li	a7, 93			/* exit */
	ecall
