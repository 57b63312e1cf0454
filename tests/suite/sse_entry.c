// SPDX-License-Identifier: BSD-2-Clause
/* Where a supervisor software event enters S-mode; there are no cases here. */
#include "sse.h"

#if XLEN == 64
#define STORE "sd "
#define LOAD "ld "
#define AT(n) #n " * 8(a7)\n"
#else
#define STORE "sw "
#define LOAD "lw "
#define AT(n) #n " * 4(a7)\n"
#endif
/* All that a C function may change, but a6 and a7, which come back by
 * themselves */
#define EACH(op)                                                             \
	op "ra, " AT(0) op "t0, " AT(1) op "t1, " AT(2) op "t2, " AT(3) op   \
		"t3, " AT(4) op "t4, " AT(5) op "t5, " AT(6) op "t6, " AT(7) \
			op "a0, " AT(8) op "a1, " AT(9) op "a2, " AT(10) op  \
		"a3, " AT(11) op "a4, " AT(12) op "a5, " AT(13) op           \
		"sp, " AT(14)

/* Called with the hartid in a6 and our argument in a7; ends in complete, FID 6
 */
__asm__(".section .text.sse_entry, \"ax\"\n"
	".option push\n"
	".option norvc\n"
	".globl sse_entry\n"
	".balign 4\n"
	"sse_entry:\n" EACH(STORE) LOAD
	"sp, " AT(15) "addi sp, sp, -16\n" STORE "a7, 0(sp)\n"
		      "mv a0, a7\n"
		      "mv a1, a6\n"
		      "call sse_handle\n" LOAD
		      "a7, 0(sp)\n" EACH(LOAD) "li a6, 6\n"
					       "li a7, 0x535345\n"
					       "ecall\n"
					       "1: j 1b\n"
					       ".option pop\n"
					       ".text\n");
