/* SPDX-License-Identifier: BSD-2-Clause */
/* Branches that a compiler must not turn into something else, and memory. */
#include "riscv.h"
#include "memory.h"

	.option norvc
	.text

/* plain_branches(n): n branches, each like the one before; n is even */
	.globl	plain_branches
	.balign	64
plain_branches:
	srli	a0, a0, 1
1:	beq	a0, zero, 2f
	addi	a0, a0, -1
	bnez	a0, 1b
2:	ret

/* random_branches(n): n branches that go either way, and n that do not */
	.globl	random_branches
	.balign	64
random_branches:
	li	t0, 0x12345678
	li	t1, 1103515245
	li	t2, 12345
1:	mul	t0, t0, t1
	add	t0, t0, t2
	srli	t3, t0, 16
	andi	t3, t3, 1
	beqz	t3, 2f
	addi	t4, t4, 1
2:	addi	a0, a0, -1
	bnez	a0, 1b
	ret

/* More than the caches of a core hold; not cleared, nor part of the file */
	.section .pages, "aw", @nobits
	.balign	4096
	.globl	far_memory
far_memory:
	.space	FAR_SIZE
