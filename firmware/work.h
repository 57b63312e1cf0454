/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Workloads of known length. The counts are of instructions executed between
 * the call and the return: the call itself is not included, the ret is.
 */
#ifndef FIRMWARE_WORK_H
#define FIRMWARE_WORK_H

#include <stdint.h>

/** Exactly n instructions, n at least WORK_MIN */
void work_insns(unsigned long n);
#define WORK_MIN 8

/** 100 nops and a ret: 101 instructions; arg is ignored */
void work_nops_100(unsigned long arg);
#define WORK_NOPS_100 101

/**
 * Two reads of a counter CSR (0xc00 to 0xc1f) with exactly n instructions
 * between them, both reads not included; n at least WORK_BETWEEN_MIN. Returns
 * the difference: n + 1 on a machine that counts instructions exactly. On RV32
 * only the low halves are read.
 */
unsigned long work_between(unsigned int csr, unsigned long n);
#define WORK_BETWEEN_MIN 16

/** Spin for so many ticks of the time CSR */
void work_ticks(uint64_t ticks);

#endif
