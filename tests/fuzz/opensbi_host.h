/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * OpenSBI around lib/sbi/sbi_pmu.c and the parser of the event map, on the
 * host. Included before all else, it carries the guards of those headers of
 * OpenSBI that are for RISC-V only, and has what is used of them.
 */
#ifndef OPENSBI_HOST_H
#define OPENSBI_HOST_H

#define __SBI_TYPES_H__
#define __RISCV_ASM_H__
#define __RISCV_ENCODING_H__
#define __SBI_TRAP_H__
#define __SBI_SCRATCH_H__
#define __SBI_DOMAIN_H__
#define __SBI_HART_H__
#define __SBI_HART_PROTECTION_H__
#define __SBI_HEAP_H__
#define __SBI_PLATFORM_H__
#define __SBI_CONSOLE_H__
#define __SBI_BITOPS_H__
#define __SBI_SSE_H__
#define __FDT_HELPER_H__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t u32;
typedef uint64_t u64;

#define __riscv_xlen 64
#define array_size(array) (sizeof(array) / sizeof((array)[0]))

/* -- Registers ------------------------------------------------------------- */

enum {
	CSR_MIE,
	CSR_MIP,
	CSR_MIDELEG,
	CSR_MCOUNTEREN,
	CSR_MVENDORID,
	CSR_MARCHID,
	CSR_MIMPID,
};
#define IRQ_PMU_OVF 13
#define csr_set(csr, bits) ((void)(csr), (void)(bits))
#define csr_clear(csr, bits) ((void)(csr), (void)(bits))
#define csr_write(csr, value) ((void)(csr), (void)(value))
/* Ids only, and only with the tables of platform/ */
unsigned long csr_read(int csr);
bool misa_extension(char letter);

/* -- Harts ----------------------------------------------------------------- */

struct sbi_scratch {
	unsigned long next_arg1, options;
};
struct sbi_domain;
struct sbi_platform;
struct sbi_trap_regs;

#define SBI_SCRATCH_NO_BOOT_PRINTS 1

enum { SBI_HART_EXT_SSCOFPMF, SBI_HART_EXT_SMCNTRPMF, SBI_HART_EXT_SMCDELEG };
enum { SBI_HART_PRIV_VER_1_10 = 1, SBI_HART_PRIV_VER_1_11 };

struct sbi_scratch *sbi_scratch_thishart_ptr(void);
#define sbi_scratch_read_type(scratch, type, offset) \
	(*(type *)((char *)(scratch) + (offset)))
unsigned int current_hartid(void);
unsigned int sbi_hart_mhpm_mask(struct sbi_scratch *scratch);
int sbi_hart_priv_version(struct sbi_scratch *scratch);
bool sbi_hart_has_extension(struct sbi_scratch *scratch, int extension);

/* Smepmp; the name depends on the version */
int sbi_hart_map_saddr(unsigned long addr, unsigned long size);
void sbi_hart_unmap_saddr(void);
int sbi_hart_protection_map_range(unsigned long addr, unsigned long size);
void sbi_hart_protection_unmap_range(unsigned long addr, unsigned long size);

/* -- The rest of its library ----------------------------------------------- */

const struct sbi_platform *sbi_platform_ptr(struct sbi_scratch *scratch);
int sbi_platform_pmu_init(const struct sbi_platform *platform);

int sbi_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* As in OpenSBI, no memory is what a request for none gets */
void *sbi_calloc(size_t count, size_t size);
int sbi_fls(unsigned long word);

struct sbi_sse_cb_ops {
	void (*set_hartid_cb)(uint32_t event, unsigned long hart);
	void (*complete_cb)(uint32_t event);
	void (*register_cb)(uint32_t event);
	void (*unregister_cb)(uint32_t event);
	void (*enable_cb)(uint32_t event);
	void (*disable_cb)(uint32_t event);
};
int sbi_sse_add_event(uint32_t event, const struct sbi_sse_cb_ops *ops);
int sbi_sse_set_cb_ops(uint32_t event, const struct sbi_sse_cb_ops *ops);
int sbi_sse_inject_event(uint32_t event);

#endif
