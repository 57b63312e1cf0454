/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counters and event registers by their number, which is in a0: an instruction
 * for each, as its CSR cannot be chosen when it runs. The value is in a0 when it
 * is read and in a1 when it is written. These link by t0 and change only a0 and
 * t1 besides; see ENV_CSR_READ() in env_opensbi.h.
 */

#include <sbi/riscv_encoding.h>

/* Instructions for 32 registers from \csr on, each with its way back */
.macro	all_of csr, write
	.option	push
	.option	norvc
	.set	number, 0
	.rept	32
	.if \write
	csrw	(\csr + number), a1
	.else
	csrr	a0, (\csr + number)
	.endif
	jr	t0
	.set	number, number + 1
	.endr
	.option	pop
.endm

.macro	function name, csr, write
	.align	3
	.globl	\name
\name:
	slli	a0, a0, 3
	lla	t1, 1f
	add	t1, t1, a0
	jr	t1
	.align	2
1:	all_of	\csr, \write
.endm

	.section .text, "ax", %progbits
function pmu_csr_read_counter, CSR_MCYCLE, 0
function pmu_csr_write_counter, CSR_MCYCLE, 1
function pmu_csr_read_event, (CSR_MHPMEVENT3 - 3), 0
function pmu_csr_write_event, (CSR_MHPMEVENT3 - 3), 1
#if __riscv_xlen == 32
function pmu_csr_read_counterh, CSR_MCYCLEH, 0
function pmu_csr_write_counterh, CSR_MCYCLEH, 1
function pmu_csr_read_eventh, (CSR_MHPMEVENT3H - 3), 0
function pmu_csr_write_eventh, (CSR_MHPMEVENT3H - 3), 1
#endif
