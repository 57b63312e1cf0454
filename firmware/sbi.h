/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls to the SBI firmware. The PMU has its own header, pmu.h. */
#ifndef FIRMWARE_SBI_H
#define FIRMWARE_SBI_H

#include <stdbool.h>
#include <stdint.h>

struct sbiret {
	long error;
	unsigned long value;
};

#define SBI_SUCCESS 0
#define SBI_ERR_FAILED (-1)
#define SBI_ERR_NOT_SUPPORTED (-2)
#define SBI_ERR_INVALID_PARAM (-3)

#define SBI_EID_BASE 0x10
#define SBI_EID_TIME 0x54494d45
#define SBI_EID_IPI 0x735049
#define SBI_EID_RFENCE 0x52464e43
#define SBI_EID_HSM 0x48534d
#define SBI_EID_SRST 0x53525354
#define SBI_EID_DBCN 0x4442434e
#define SBI_EID_SSE 0x535345
#define SBI_EID_LEGACY_PUTCHAR 1
#define SBI_EID_LEGACY_SHUTDOWN 8

/**
 * Wrappers of functions that take fewer than two arguments put this in a1, so
 * that a firmware that leaves a1 alone is seen to do so.
 */
#define SBI_UNUSED_ARG ((unsigned long)0x5a5a5a5a5a5a5a5aULL)

/**
 * Any SBI call. All of a0 to a5 are set as given, so a1 can be preset here
 * when the function does not use it.
 */
struct sbiret sbi_ecall(unsigned long eid, unsigned long fid, unsigned long a0,
			unsigned long a1, unsigned long a2, unsigned long a3,
			unsigned long a4, unsigned long a5);

/**
 * The same with other registers loaded with known values. Returns a bit mask
 * of the x registers that changed across the call, a0 and a1 left out. 0 is
 * what the SBI calling convention asks for.
 */
unsigned long sbi_ecall_changed(struct sbiret *ret, const unsigned long a[8]);

/** The name of an SBI error code, for messages */
const char *sbi_error_name(long error);

unsigned long sbi_spec_version(void);
unsigned long sbi_impl_id(void);
/** The name behind an implementation id, for messages */
const char *sbi_impl_name(unsigned long id);
unsigned long sbi_impl_version(void);
/** The value of probe_extension; 0 when the extension is absent */
unsigned long sbi_probe(unsigned long eid);

struct sbiret sbi_set_timer(uint64_t when);
struct sbiret sbi_send_ipi(unsigned long mask, unsigned long base);

struct sbiret sbi_hart_start(unsigned long hartid, unsigned long address,
			     unsigned long opaque);
struct sbiret sbi_hart_stop(void);
struct sbiret sbi_hart_status(unsigned long hartid);
struct sbiret sbi_hart_suspend(unsigned long type, unsigned long address,
			       unsigned long opaque);
#define SBI_HART_STARTED 0
#define SBI_HART_STOPPED 1

struct sbiret sbi_fence_i(unsigned long mask, unsigned long base);
struct sbiret sbi_sfence_vma(unsigned long mask, unsigned long base,
			     unsigned long start, unsigned long size);
struct sbiret sbi_sfence_vma_asid(unsigned long mask, unsigned long base,
				  unsigned long start, unsigned long size,
				  unsigned long asid);
struct sbiret sbi_hfence_gvma_vmid(unsigned long mask, unsigned long base,
				   unsigned long start, unsigned long size,
				   unsigned long vmid);
struct sbiret sbi_hfence_gvma(unsigned long mask, unsigned long base,
			      unsigned long start, unsigned long size);
struct sbiret sbi_hfence_vvma_asid(unsigned long mask, unsigned long base,
				   unsigned long start, unsigned long size,
				   unsigned long asid);
struct sbiret sbi_hfence_vvma(unsigned long mask, unsigned long base,
			      unsigned long start, unsigned long size);

struct sbiret sbi_system_reset(unsigned long type, unsigned long reason);
struct sbiret sbi_debug_write(unsigned long count, uint64_t address);
void sbi_legacy_putchar(char c);
void sbi_legacy_shutdown(void);

#endif
