/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest that vmm.c runs, and what older headers of Linux do not name. */
#ifndef VMM_H
#define VMM_H

#include <linux/kvm.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RAM_BASE 0x80000000UL
#define RAM_SIZE (128UL << 20)
#define TREE_SIZE (64UL << 10)

/** A register of KVM_GET_ONE_REG, of 64 bits */
#define REG(type, number) \
	(KVM_REG_RISCV | KVM_REG_SIZE_U64 | (uint64_t)(type) | (number))
#define CONFIG_ISA KVM_REG_RISCV_CONFIG_REG(isa)
#define TIMER_FREQUENCY KVM_REG_RISCV_TIMER_REG(frequency)
/* pc and x1 to x31, in this order */
#define CORE_REGS 32
#define CORE_MODE KVM_REG_RISCV_CORE_REG(mode)
#define CSR(name) (KVM_REG_RISCV_CSR_REG(name))
#define CORE_PC KVM_REG_RISCV_CORE_REG(regs.pc)
#define CORE_A0 KVM_REG_RISCV_CORE_REG(regs.a0)
#define CORE_A1 KVM_REG_RISCV_CORE_REG(regs.a1)

/* KVM's numbers, from Linux 6.4 and later */
#ifndef KVM_REG_RISCV_SBI_EXT
#define KVM_REG_RISCV_SBI_EXT (0x08 << KVM_REG_RISCV_TYPE_SHIFT)
#endif
#define SBI_EXT_DBCN 9
#define ISA_SSTC 8
#define ISA_SSCOFPMF 54

/* The calls of the guest that come here */
#define EID_LEGACY_PUTCHAR 0x01
#define EID_DBCN 0x4442434e
#define DBCN_WRITE 0
#define DBCN_READ 1
#define DBCN_WRITE_BYTE 2
#define SBI_NOT_SUPPORTED ((unsigned long)-2)
#define SBI_INVALID_PARAM ((unsigned long)-3)

struct guest {
	unsigned int cpus;
	const char *bootargs;
	uint64_t timebase;
	char isa[128];
};

/** Registers of KVM_GET_ONE_REG; false with errno if KVM has no such register
 */
bool get_reg(int vcpu, uint64_t id, uint64_t *value);
bool set_reg(int vcpu, uint64_t id, uint64_t value);

/** The guest accessed an address that nobody backs: take its trap handler there
 */
void access_fault(int vcpu, struct kvm_run *run);

/** Write the device tree of a guest into TREE_SIZE bytes */
void write_tree(void *to, const struct guest *guest);

/** One line on stderr, and the end with status 2 */
void die(const char *format, ...)
	__attribute__((noreturn, format(printf, 1, 2)));

#endif
