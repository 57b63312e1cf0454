// SPDX-License-Identifier: BSD-2-Clause
/*
 * The walk looks at all hardware counters right before and right after a step.
 * It is assembly, so that the instructions between the two looks are known.
 */

#include "walk.h"

_Static_assert(offsetof(struct walk_window, arg) == 5 * sizeof(long),
	       "the assembly below knows the layout");

/* work.S */
unsigned long counter_read(unsigned long csr);

#if XLEN == 64
#define REGS ".equ SZ, 8\n .macro LX a, b\n ld \\a, \\b\n .endm\n"
#define REGS2 ".macro SX a, b\n sd \\a, \\b\n .endm\n"
#else
#define REGS ".equ SZ, 4\n .macro LX a, b\n lw \\a, \\b\n .endm\n"
#define REGS2 ".macro SX a, b\n sw \\a, \\b\n .endm\n"
#endif

void walk_window_run(struct walk_window *window);
extern const char walk_readers[];

/*
 * Each round of the reading loop has 9 instructions, 3 of them up to the read
 * and 6 after it. Around the loop: 2 to enter and 1 to leave it, 1 to call it;
 * 3 to get to fn and 1 from fn to the second look.
 */
__asm__(REGS REGS2 "	.pushsection .text\n"
		   "	.option push\n"
		   "	.option norvc\n"
		   "	.balign 64\n"
		   "	.globl walk_readers\n"
		   "walk_readers:\n"
		   "	.set n, 0xc00\n"
		   "	.rept 32\n"
		   "	csrr	t3, n\n"
		   "	jr	t2\n"
		   "	.set n, n + 1\n"
		   "	.endr\n"
		   "	.globl walk_window_run\n"
		   "walk_window_run:\n"
		   "	addi	sp, sp, -16\n"
		   "	SX	ra, 0(sp)\n"
		   "	SX	s0, SZ(sp)\n"
		   "	mv	s0, a0\n"
		   "	LX	a1, 2*SZ(s0)\n"
		   "	jal	t6, 1f\n"
		   "	LX	a0, 5*SZ(s0)\n"
		   "	LX	t1, 4*SZ(s0)\n"
		   "	jalr	t1\n"
		   "	LX	a1, 3*SZ(s0)\n"
		   "	jal	t6, 1f\n"
		   "	LX	ra, 0(sp)\n"
		   "	LX	s0, SZ(sp)\n"
		   "	addi	sp, sp, 16\n"
		   "	ret\n"
		   "1:	LX	t0, 0(s0)\n"
		   "	LX	t4, SZ(s0)\n"
		   "2:	LX	t1, 0(t4)\n"
		   "	jalr	t2, t1\n"
		   "	SX	t3, 0(a1)\n"
		   "	addi	t4, t4, SZ\n"
		   "	addi	a1, a1, SZ\n"
		   "	addi	t0, t0, -1\n"
		   "	bnez	t0, 2b\n"
		   "	jr	t6\n"
		   "	.globl walk_ecall\n"
		   "walk_ecall:\n"
		   "	mv	t0, a0\n"
		   "	LX	a1, 1*SZ(t0)\n"
		   "	LX	a2, 2*SZ(t0)\n"
		   "	LX	a3, 3*SZ(t0)\n"
		   "	LX	a4, 4*SZ(t0)\n"
		   "	LX	a5, 5*SZ(t0)\n"
		   "	LX	a6, 6*SZ(t0)\n"
		   "	LX	a7, 7*SZ(t0)\n"
		   "	LX	a0, 0*SZ(t0)\n"
		   "	ecall\n"
		   "	SX	a0, 8*SZ(t0)\n"
		   "	SX	a1, 9*SZ(t0)\n"
		   "	ret\n"
		   "	.option pop\n"
		   "	.popsection\n");

#define ROUND 9ul

unsigned long walk_window_length(unsigned int j)
{
	(void)j;
	return 17 + ROUND * (walk_machine.hws - 1);
}

unsigned long walk_before_ecall(unsigned int j)
{
	return 10 + ROUND * (walk_machine.hws - 1 - j) + 9;
}

unsigned long walk_after_ecall(unsigned int j)
{
	return 3 + 7 + ROUND * j;
}

/* A hart reads its counters by CSR number; each reader has 8 bytes */
static void find_readers(unsigned long *readers)
{
	unsigned int i;

	for (i = 0; i < walk_machine.hws; i++) {
		unsigned int csr =
			PMU_INFO_CSR(walk_machine.info[walk_machine.hw[i]]);

		readers[i] = (unsigned long)walk_readers +
			     8ul * (csr - PMU_CSR_CYCLE);
	}
}

/* On RV32 a value is two registers: look by C code, and do not count */
static void look(uint64_t *values)
{
	unsigned int i;

	for (i = 0; i < walk_machine.hws; i++)
		values[i] = pmu_read_csr(
			PMU_INFO_CSR(walk_machine.info[walk_machine.hw[i]]));
}

void walk_run_window(struct walk *w, void (*fn)(unsigned long),
		     unsigned long arg)
{
	unsigned long readers[WALK_HW];
	struct walk_window window = {walk_machine.hws, readers, 0, 0, fn, arg};

	if (XLEN == 32 || window.count == 0) {
		look(w->before);
		fn(arg);
		look(w->after);
		return;
	}
	find_readers(readers);
	window.before = (unsigned long *)w->before;
	window.after = (unsigned long *)w->after;
	walk_window_run(&window);
}
