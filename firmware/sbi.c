/* SPDX-License-Identifier: BSD-2-Clause */
#include "sbi.h"
#include "riscv.h"

/* in[] and out[] are the x registers */
void sbi_call_registers(const unsigned long in[32], unsigned long out[32]);

struct sbiret sbi_ecall(unsigned long eid, unsigned long fid, unsigned long a0_,
			unsigned long a1_, unsigned long a2_, unsigned long a3_,
			unsigned long a4_, unsigned long a5_)
{
	register unsigned long a0 __asm__("a0") = a0_;
	register unsigned long a1 __asm__("a1") = a1_;
	register unsigned long a2 __asm__("a2") = a2_;
	register unsigned long a3 __asm__("a3") = a3_;
	register unsigned long a4 __asm__("a4") = a4_;
	register unsigned long a5 __asm__("a5") = a5_;
	register unsigned long a6 __asm__("a6") = fid;
	register unsigned long a7 __asm__("a7") = eid;
	struct sbiret ret;

	__asm__ __volatile__("ecall"
			     : "+r"(a0), "+r"(a1)
			     : "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a6),
			       "r"(a7)
			     : "memory");
	ret.error = (long)a0;
	ret.value = a1;
	return ret;
}

unsigned long sbi_ecall_changed(struct sbiret *ret, const unsigned long a[8])
{
	unsigned long in[32], out[32], changed = 0;

	for (unsigned int i = 0; i < 32; i++)
		in[i] = 0x5000 + i;
	for (unsigned int i = 0; i < 8; i++)
		in[10 + i] = a[i];
	__asm__ __volatile__("mv %0, gp" : "=r"(in[3]));
	__asm__ __volatile__("mv %0, tp" : "=r"(in[4]));
	sbi_call_registers(in, out);
	ret->error = (long)out[10];
	ret->value = out[11];
	for (unsigned int i = 1; i < 32; i++) {
		/* The callee cannot see a broken sp, it would be lost. */
		if (i != 2 && i != 10 && i != 11 && in[i] != out[i])
			changed |= 1UL << i;
	}
	return changed;
}

const char *sbi_error_name(long error)
{
	static const char *const names[] = {
		"SUCCESS",
		"FAILED",
		"NOT_SUPPORTED",
		"INVALID_PARAM",
		"DENIED",
		"INVALID_ADDRESS",
		"ALREADY_AVAILABLE",
		"ALREADY_STARTED",
		"ALREADY_STOPPED",
		"NO_SHMEM",
		"INVALID_STATE",
		"BAD_RANGE",
		"TIMEOUT",
		"IO",
	};
	unsigned long index = -(unsigned long)error;

	return index < ARRAY_SIZE(names) ? names[index] : "unknown";
}

static struct sbiret call0(unsigned long eid, unsigned long fid)
{
	return sbi_ecall(eid, fid, 0, SBI_UNUSED_ARG, 0, 0, 0, 0);
}

unsigned long sbi_spec_version(void)
{
	return call0(SBI_EID_BASE, 0).value;
}

unsigned long sbi_impl_id(void)
{
	return call0(SBI_EID_BASE, 1).value;
}

const char *sbi_impl_name(unsigned long id)
{
	static const char *const names[] = {
		"BBL",		 "OpenSBI",  "Xvisor",	"KVM",
		"RustSBI",	 "Diosix",   "Coffer",	"Xen",
		"PolarFire HSS", "coreboot", "oreboot", "bhyve",
	};

	return id < ARRAY_SIZE(names) ? names[id] : "unknown";
}

unsigned long sbi_impl_version(void)
{
	return call0(SBI_EID_BASE, 2).value;
}

unsigned long sbi_probe(unsigned long eid)
{
	struct sbiret ret =
		sbi_ecall(SBI_EID_BASE, 3, eid, SBI_UNUSED_ARG, 0, 0, 0, 0);

	return ret.error ? 0 : ret.value;
}

struct sbiret sbi_set_timer(uint64_t when)
{
#if XLEN == 64
	return sbi_ecall(SBI_EID_TIME, 0, when, SBI_UNUSED_ARG, 0, 0, 0, 0);
#else
	return sbi_ecall(SBI_EID_TIME, 0, (unsigned long)when,
			 (unsigned long)(when >> 32), 0, 0, 0, 0);
#endif
}

struct sbiret sbi_send_ipi(unsigned long mask, unsigned long base)
{
	return sbi_ecall(SBI_EID_IPI, 0, mask, base, 0, 0, 0, 0);
}

struct sbiret sbi_hart_start(unsigned long hartid, unsigned long address,
			     unsigned long opaque)
{
	return sbi_ecall(SBI_EID_HSM, 0, hartid, address, opaque, 0, 0, 0);
}

struct sbiret sbi_hart_stop(void)
{
	return call0(SBI_EID_HSM, 1);
}

struct sbiret sbi_hart_status(unsigned long hartid)
{
	return sbi_ecall(SBI_EID_HSM, 2, hartid, SBI_UNUSED_ARG, 0, 0, 0, 0);
}

struct sbiret sbi_hart_suspend(unsigned long type, unsigned long address,
			       unsigned long opaque)
{
	return sbi_ecall(SBI_EID_HSM, 3, type, address, opaque, 0, 0, 0);
}

struct sbiret sbi_fence_i(unsigned long mask, unsigned long base)
{
	return sbi_ecall(SBI_EID_RFENCE, 0, mask, base, 0, 0, 0, 0);
}

struct sbiret sbi_sfence_vma(unsigned long mask, unsigned long base,
			     unsigned long start, unsigned long size)
{
	return sbi_ecall(SBI_EID_RFENCE, 1, mask, base, start, size, 0, 0);
}

struct sbiret sbi_sfence_vma_asid(unsigned long mask, unsigned long base,
				  unsigned long start, unsigned long size,
				  unsigned long asid)
{
	return sbi_ecall(SBI_EID_RFENCE, 2, mask, base, start, size, asid, 0);
}

struct sbiret sbi_hfence_gvma_vmid(unsigned long mask, unsigned long base,
				   unsigned long start, unsigned long size,
				   unsigned long vmid)
{
	return sbi_ecall(SBI_EID_RFENCE, 3, mask, base, start, size, vmid, 0);
}

struct sbiret sbi_hfence_gvma(unsigned long mask, unsigned long base,
			      unsigned long start, unsigned long size)
{
	return sbi_ecall(SBI_EID_RFENCE, 4, mask, base, start, size, 0, 0);
}

struct sbiret sbi_hfence_vvma_asid(unsigned long mask, unsigned long base,
				   unsigned long start, unsigned long size,
				   unsigned long asid)
{
	return sbi_ecall(SBI_EID_RFENCE, 5, mask, base, start, size, asid, 0);
}

struct sbiret sbi_hfence_vvma(unsigned long mask, unsigned long base,
			      unsigned long start, unsigned long size)
{
	return sbi_ecall(SBI_EID_RFENCE, 6, mask, base, start, size, 0, 0);
}

struct sbiret sbi_system_reset(unsigned long type, unsigned long reason)
{
	return sbi_ecall(SBI_EID_SRST, 0, type, reason, 0, 0, 0, 0);
}

struct sbiret sbi_debug_write(unsigned long count, uint64_t address)
{
	return sbi_ecall(SBI_EID_DBCN, 0, count, (unsigned long)address,
			 (unsigned long)(address >> 16 >> (XLEN - 16)), 0, 0,
			 0);
}

void sbi_legacy_putchar(char c)
{
	sbi_ecall(SBI_EID_LEGACY_PUTCHAR, 0, (unsigned char)c, 0, 0, 0, 0, 0);
}

void sbi_legacy_shutdown(void)
{
	sbi_ecall(SBI_EID_LEGACY_SHUTDOWN, 0, 0, 0, 0, 0, 0, 0);
}
