/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CSR numbers, bits and accessors of S-mode, from the RISC-V privileged
 * specification. Numbers are used instead of names so that any assembler takes
 * them. Also included by assembly files.
 */
#ifndef FIRMWARE_RISCV_H
#define FIRMWARE_RISCV_H

#define CSR_SSTATUS 0x100
#define CSR_SIE 0x104
#define CSR_STVEC 0x105
#define CSR_SCOUNTEREN 0x106
#define CSR_SENVCFG 0x10a
#define CSR_SSCRATCH 0x140
#define CSR_SEPC 0x141
#define CSR_SCAUSE 0x142
#define CSR_STVAL 0x143
#define CSR_SIP 0x144
#define CSR_SATP 0x180
#define CSR_VSSTATUS 0x200
#define CSR_VSATP 0x280
#define CSR_HSTATUS 0x600
#define CSR_HEDELEG 0x602
#define CSR_HIDELEG 0x603
#define CSR_HCOUNTEREN 0x606
#define CSR_HGATP 0x680
#define CSR_CYCLE 0xc00
#define CSR_TIME 0xc01
#define CSR_INSTRET 0xc02
#define CSR_TIMEH 0xc81
#define CSR_SCOUNTOVF 0xda0

#define SSTATUS_SIE (1UL << 1)
#define SSTATUS_SPIE (1UL << 5)
#define SSTATUS_SPP (1UL << 8)
#define HSTATUS_SPV (1UL << 7)

#define IRQ_SOFT 1
#define IRQ_TIMER 5
#define IRQ_EXT 9
#define IRQ_LCOFI 13

#define EXC_FETCH_ACCESS 1
#define EXC_ILLEGAL 2
#define EXC_BREAKPOINT 3
#define EXC_LOAD_MISALIGNED 4
#define EXC_LOAD_ACCESS 5
#define EXC_STORE_MISALIGNED 6
#define EXC_STORE_ACCESS 7
#define EXC_ECALL_U 8
#define EXC_ECALL_S 9
#define EXC_ECALL_VS 10
#define EXC_FETCH_PAGE 12
#define EXC_LOAD_PAGE 13
#define EXC_STORE_PAGE 15
#define EXC_VIRTUAL_INSN 22

/** The most harts the runtime keeps state for; further ones stay stopped */
#define MAX_HARTS 32
#define STACK_SIZE 16384

#ifdef __ASSEMBLER__

#if __riscv_xlen == 64
#define REG_S sd
#define REG_L ld
#define SZREG 8
#else
#define REG_S sw
#define REG_L lw
#define SZREG 4
#endif

/* Offsets in struct hart (hart.h), checked there */
#define HART_TMP (0 * SZREG)
#define HART_ENTRY_LO (1 * SZREG)
#define HART_ENTRY_HI (2 * SZREG)
#define HART_STACK (3 * SZREG)
#define HART_RESUME (4 * SZREG)

#else /* C */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XLEN __riscv_xlen

#define CSR_STR_(x) #x
#define CSR_STR(x) CSR_STR_(x)

/** The CSR accessors take a number known when compiling */
#define csr_read(csr)                                         \
	({                                                    \
		unsigned long v_;                             \
		__asm__ __volatile__("csrr %0, " CSR_STR(csr) \
				     : "=r"(v_)               \
				     :                        \
				     : "memory");             \
		v_;                                           \
	})
#define csr_write(csr, value)                                              \
	__asm__ __volatile__(                                              \
		"csrw " CSR_STR(csr) ", %0" ::"rK"((unsigned long)(value)) \
		: "memory")
#define csr_set(csr, bits)                                                \
	__asm__ __volatile__(                                             \
		"csrs " CSR_STR(csr) ", %0" ::"rK"((unsigned long)(bits)) \
		: "memory")
#define csr_clear(csr, bits)                                              \
	__asm__ __volatile__(                                             \
		"csrc " CSR_STR(csr) ", %0" ::"rK"((unsigned long)(bits)) \
		: "memory")

static inline void fence(void)
{
	__asm__ __volatile__("fence rw, rw" ::: "memory");
}

static inline void fence_i(void)
{
	__asm__ __volatile__("fence.i" ::: "memory");
}

static inline void wfi(void)
{
	__asm__ __volatile__("wfi" ::: "memory");
}

/** Turn S-mode interrupts off; returns what irq_restore() takes */
static inline unsigned long irq_off(void)
{
	unsigned long old;

	__asm__ __volatile__("csrrci %0, 0x100, 2" : "=r"(old)::"memory");
	return old & SSTATUS_SIE;
}

static inline void irq_restore(unsigned long old)
{
	csr_set(CSR_SSTATUS, old);
}

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif /* C */
#endif
