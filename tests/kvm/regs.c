// SPDX-License-Identifier: BSD-2-Clause
/* Registers of a hart of the guest, and the trap that KVM leaves to us. */
#include "vmm.h"

#include <sys/ioctl.h>

#define SSTATUS_SIE (1UL << 1)
#define SSTATUS_SPIE (1UL << 5)
#define SSTATUS_SPP (1UL << 8)
#define CAUSE_LOAD_ACCESS 5
#define CAUSE_STORE_ACCESS 7

bool get_reg(int vcpu, uint64_t id, uint64_t *value)
{
	struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)value};

	return ioctl(vcpu, KVM_GET_ONE_REG, &reg) == 0;
}

bool set_reg(int vcpu, uint64_t id, uint64_t value)
{
	struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)&value};

	return ioctl(vcpu, KVM_SET_ONE_REG, &reg) == 0;
}

static uint64_t get(int vcpu, uint64_t id)
{
	uint64_t value = 0;

	if (!get_reg(vcpu, id, &value))
		die("KVM does not tell register 0x%llx: %m",
		    (unsigned long long)id);
	return value;
}

static void set(int vcpu, uint64_t id, uint64_t value)
{
	if (!set_reg(vcpu, id, value))
		die("KVM refuses register 0x%llx: %m", (unsigned long long)id);
}

static void trap(int vcpu, uint64_t cause, uint64_t value)
{
	uint64_t status = get(vcpu, REG(KVM_REG_RISCV_CSR, CSR(sstatus)));
	uint64_t handler = get(vcpu, REG(KVM_REG_RISCV_CSR, CSR(stvec)));
	uint64_t mode = get(vcpu, REG(KVM_REG_RISCV_CORE, CORE_MODE));
	uint64_t pc = get(vcpu, REG(KVM_REG_RISCV_CORE, CORE_PC));
	uint64_t was = status;

	status &= ~(SSTATUS_SPP | SSTATUS_SPIE | SSTATUS_SIE);
	if (mode == KVM_RISCV_MODE_S)
		status |= SSTATUS_SPP;
	if (was & SSTATUS_SIE)
		status |= SSTATUS_SPIE;
	set(vcpu, REG(KVM_REG_RISCV_CSR, CSR(sstatus)), status);
	set(vcpu, REG(KVM_REG_RISCV_CSR, CSR(sepc)), pc);
	set(vcpu, REG(KVM_REG_RISCV_CSR, CSR(scause)), cause);
	set(vcpu, REG(KVM_REG_RISCV_CSR, CSR(stval)), value);
	set(vcpu, REG(KVM_REG_RISCV_CORE, CORE_MODE), KVM_RISCV_MODE_S);
	set(vcpu, REG(KVM_REG_RISCV_CORE, CORE_PC), handler & ~3UL);
}

void access_fault(int vcpu, struct kvm_run *run)
{
	uint64_t at = run->mmio.phys_addr;
	bool is_write = run->mmio.is_write;
	uint64_t regs[CORE_REGS];
	unsigned int n;

	/* KVM finishes the access first; take its effect back */
	for (n = 0; n < CORE_REGS; n++)
		regs[n] = get(vcpu, REG(KVM_REG_RISCV_CORE, n));
	run->immediate_exit = 1;
	if (ioctl(vcpu, KVM_RUN, NULL) == 0 || errno != EINTR)
		die("KVM does not finish the access to 0x%llx",
		    (unsigned long long)at);
	run->immediate_exit = 0;
	for (n = 0; n < CORE_REGS; n++)
		set(vcpu, REG(KVM_REG_RISCV_CORE, n), regs[n]);
	trap(vcpu, is_write ? CAUSE_STORE_ACCESS : CAUSE_LOAD_ACCESS, at);
}
