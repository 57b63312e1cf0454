/* SPDX-License-Identifier: BSD-2-Clause */
#include "hart.h"
#include "trap_internal.h"

bool probe_run(void (*fn)(unsigned long), unsigned long arg,
	       struct trap_info *info)
{
	struct hart *hart = this_hart();
	struct probe *volatile outer = hart->probe;
	struct context ctx;
	struct probe probe = {.ctx = &ctx};

	if (context_save(&ctx)) {
		hart = this_hart();
		hart->probe = outer;
		if (info)
			*info = probe.info;
		return false;
	}
	hart->probe = &probe;
	fn(arg);
	this_hart()->probe = outer;
	return true;
}

struct access {
	uintptr_t addr;
	unsigned int size;
	unsigned long value;
};

static void load(unsigned long arg)
{
	struct access *a = (struct access *)arg;

	switch (a->size) {
	case 1:
		a->value = *(volatile uint8_t *)a->addr;
		break;
	case 2:
		a->value = *(volatile uint16_t *)a->addr;
		break;
	case 4:
		a->value = *(volatile uint32_t *)a->addr;
		break;
	default:
		a->value = *(volatile unsigned long *)a->addr;
	}
}

static void store(unsigned long arg)
{
	struct access *a = (struct access *)arg;

	switch (a->size) {
	case 1:
		*(volatile uint8_t *)a->addr = (uint8_t)a->value;
		break;
	case 2:
		*(volatile uint16_t *)a->addr = (uint16_t)a->value;
		break;
	case 4:
		*(volatile uint32_t *)a->addr = (uint32_t)a->value;
		break;
	default:
		*(volatile unsigned long *)a->addr = a->value;
	}
}

bool probe_load(uintptr_t addr, unsigned int size, unsigned long *value,
		struct trap_info *info)
{
	struct access a = {addr, size, 0};

	if (!probe_run(load, (unsigned long)&a, info))
		return false;
	*value = a.value;
	return true;
}

bool probe_store(uintptr_t addr, unsigned int size, unsigned long value,
		 struct trap_info *info)
{
	struct access a = {addr, size, value};

	return probe_run(store, (unsigned long)&a, info);
}

/*
 * The number of a CSR is part of the instruction, so the instruction is
 * written to the hart's code[]: "csrr a0, csr" or "csrw csr, a0", then ret.
 */
#define INSN_CSRR_A0(csr) ((uint32_t)(csr) << 20 | 0x2573)
#define INSN_CSRW_A0(csr) ((uint32_t)(csr) << 20 | 0x51073)
#define INSN_RET 0x8067

static void run_code(unsigned long arg)
{
	struct access *a = (struct access *)arg;
	unsigned long (*code)(unsigned long) =
		(unsigned long (*)(unsigned long))this_hart()->code;

	a->value = code(a->value);
}

static bool probe_csr(uint32_t insn, unsigned long *value,
		      struct trap_info *info)
{
	struct access a = {.value = *value};
	struct hart *hart = this_hart();
	unsigned long flags = irq_off();
	bool good;

	hart->code[0] = insn;
	hart->code[1] = INSN_RET;
	fence_i();
	good = probe_run(run_code, (unsigned long)&a, info);
	irq_restore(flags);
	if (good)
		*value = a.value;
	return good;
}

bool probe_csr_read(unsigned int csr, unsigned long *value,
		    struct trap_info *info)
{
	unsigned long v = 0;

	if (!probe_csr(INSN_CSRR_A0(csr), &v, info))
		return false;
	*value = v;
	return true;
}

bool probe_csr_write(unsigned int csr, unsigned long value,
		     struct trap_info *info)
{
	return probe_csr(INSN_CSRW_A0(csr), &value, info);
}
