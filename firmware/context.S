/* SPDX-License-Identifier: BSD-2-Clause */
#include "riscv.h"

	.text
	.globl context_save
context_save:
	REG_S	ra, (0 * SZREG)(a0)
	REG_S	sp, (1 * SZREG)(a0)
	REG_S	s0, (2 * SZREG)(a0)
	REG_S	s1, (3 * SZREG)(a0)
	REG_S	s2, (4 * SZREG)(a0)
	REG_S	s3, (5 * SZREG)(a0)
	REG_S	s4, (6 * SZREG)(a0)
	REG_S	s5, (7 * SZREG)(a0)
	REG_S	s6, (8 * SZREG)(a0)
	REG_S	s7, (9 * SZREG)(a0)
	REG_S	s8, (10 * SZREG)(a0)
	REG_S	s9, (11 * SZREG)(a0)
	REG_S	s10, (12 * SZREG)(a0)
	REG_S	s11, (13 * SZREG)(a0)
	csrr	a1, CSR_SSTATUS
	andi	a1, a1, 2
	REG_S	a1, (14 * SZREG)(a0)
	li	a0, 0
	ret

	.globl context_jump
context_jump:
	csrci	CSR_SSTATUS, 2
	REG_L	ra, (0 * SZREG)(a0)
	REG_L	sp, (1 * SZREG)(a0)
	REG_L	s0, (2 * SZREG)(a0)
	REG_L	s1, (3 * SZREG)(a0)
	REG_L	s2, (4 * SZREG)(a0)
	REG_L	s3, (5 * SZREG)(a0)
	REG_L	s4, (6 * SZREG)(a0)
	REG_L	s5, (7 * SZREG)(a0)
	REG_L	s6, (8 * SZREG)(a0)
	REG_L	s7, (9 * SZREG)(a0)
	REG_L	s8, (10 * SZREG)(a0)
	REG_L	s9, (11 * SZREG)(a0)
	REG_L	s10, (12 * SZREG)(a0)
	REG_L	s11, (13 * SZREG)(a0)
	REG_L	t0, (14 * SZREG)(a0)
	mv	a0, a1
	csrs	CSR_SSTATUS, t0
	ret
