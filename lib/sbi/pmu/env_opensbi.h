/* SPDX-License-Identifier: BSD-2-Clause */
/* The world of the core on the target: CSRs and OpenSBI. See env.h. */
#ifndef PMU_ENV_OPENSBI_H
#define PMU_ENV_OPENSBI_H

/* OpenSBI's headers are not written for the warnings that the core keeps */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wsign-compare"
#include <sbi/sbi_types.h>
#include <sbi/riscv_asm.h>
#include <sbi/riscv_encoding.h>
#include <sbi/sbi_ecall_interface.h>
#include <sbi/sbi_hart.h>
#include <sbi/sbi_platform.h>
#include <sbi/sbi_pmu.h>
#include <sbi/sbi_trap.h>
#pragma GCC diagnostic pop
#include "tables.h"

/** The PMU device of the platform, or NULL */
extern const struct sbi_pmu_device *env_device;

/*
 * The number of a CSR is part of the instruction, so csr.S has one for each of
 * a kind. It links by t0 and leaves all else alone: no function needs a stack
 * frame because it reads a counter.
 */
#define ENV_CSR_READ(kind, n)                                \
	({                                                   \
		register unsigned long word asm("a0") = (n); \
		asm volatile("call t0, pmu_csr_read_" #kind  \
			     : "+r"(word)                    \
			     :                               \
			     : "t0", "t1");                  \
		word;                                        \
	})

#define ENV_CSR_WRITE(kind, n, value)                          \
	do {                                                   \
		register unsigned long number asm("a0") = (n); \
		register unsigned long word asm("a1") =        \
			(unsigned long)(value);                \
		asm volatile("call t0, pmu_csr_write_" #kind   \
			     : "+r"(number)                    \
			     : "r"(word)                       \
			     : "t0", "t1");                    \
	} while (0)

static inline uint64_t env_counter_read(unsigned int n)
{
	uint64_t value = ENV_CSR_READ(counter, n);

#if __riscv_xlen == 32
	value |= (uint64_t)ENV_CSR_READ(counterh, n) << 32;
#endif
	return value;
}

static inline void env_counter_write(unsigned int n, uint64_t value)
{
#if __riscv_xlen == 32
	/* A low half of 0 cannot carry into the high half between the writes */
	ENV_CSR_WRITE(counter, n, 0);
	ENV_CSR_WRITE(counterh, n, value >> 32);
#endif
	ENV_CSR_WRITE(counter, n, value);
}

static inline uint64_t env_event_read(unsigned int n, bool wide)
{
	uint64_t value = ENV_CSR_READ(event, n);

#if __riscv_xlen == 32
	if (wide)
		value |= (uint64_t)ENV_CSR_READ(eventh, n) << 32;
#endif
	(void)wide;
	return value;
}

static inline void env_event_write(unsigned int n, uint64_t value, bool wide)
{
#if __riscv_xlen == 32
	if (wide)
		ENV_CSR_WRITE(eventh, n, value >> 32);
#endif
	(void)wide;
	ENV_CSR_WRITE(event, n, value);
}

static inline uint64_t env_fixed_cfg_read(unsigned int n)
{
	uint64_t value;

	value = n == 0 ? csr_read(CSR_MCYCLECFG) : csr_read(CSR_MINSTRETCFG);
#if __riscv_xlen == 32
	value |= (uint64_t)(n == 0 ? csr_read(CSR_MCYCLECFGH)
				   : csr_read(CSR_MINSTRETCFGH))
		 << 32;
#endif
	return value;
}

static inline void env_fixed_cfg_write(unsigned int n, uint64_t value)
{
	if (n == 0) {
#if __riscv_xlen == 32
		csr_write(CSR_MCYCLECFGH, value >> 32);
#endif
		csr_write(CSR_MCYCLECFG, (unsigned long)value);
	} else {
#if __riscv_xlen == 32
		csr_write(CSR_MINSTRETCFGH, value >> 32);
#endif
		csr_write(CSR_MINSTRETCFG, (unsigned long)value);
	}
}

static inline uint32_t env_inhibit_read(void)
{
	return (uint32_t)csr_read(CSR_MCOUNTINHIBIT);
}

static inline void env_inhibit_write(uint32_t value)
{
	csr_write(CSR_MCOUNTINHIBIT, value);
}

static inline uint32_t env_overflow_read(void)
{
	return (uint32_t)csr_read(CSR_SCOUNTOVF);
}

static inline bool env_overflow_pending(void)
{
	return (csr_read(CSR_MIP) & MIP_LCOFIP) != 0;
}

static inline uint64_t env_selector(uint32_t event_idx)
{
	uint64_t selector = pmu_table_selector(event_idx);

	if (selector)
		return selector;
	return sbi_platform_pmu_xlate_to_mhpmevent(sbi_platform_thishart_ptr(),
						   event_idx, 0);
}

static inline bool env_has_device(void)
{
	return env_device != NULL;
}

static inline bool env_dev_filters(void)
{
	return env_device && env_device->hw_counter_filter_mode;
}

static inline void env_dev_filter(unsigned int n, unsigned long config_flags)
{
	if (env_dev_filters())
		env_device->hw_counter_filter_mode(config_flags, (int)n);
}

static inline void env_dev_irq_enable(unsigned int n)
{
	if (env_device && env_device->hw_counter_enable_irq)
		env_device->hw_counter_enable_irq(n);
}

static inline void env_dev_irq_disable(unsigned int n)
{
	if (env_device && env_device->hw_counter_disable_irq)
		env_device->hw_counter_disable_irq(n);
}

static inline bool env_fw_valid(uint32_t hartid, uint64_t data)
{
	/* Upstream cannot start platform counters without the last two */
	return env_device && env_device->fw_event_validate_encoding &&
	       env_device->fw_counter_start &&
	       env_device->fw_counter_write_value &&
	       env_device->fw_event_validate_encoding(hartid, data) >= 0;
}

static inline bool env_fw_match(uint32_t hartid, unsigned int n, uint64_t data)
{
	return !env_device->fw_counter_match_encoding ||
	       env_device->fw_counter_match_encoding(hartid, n, data);
}

static inline bool env_fw_start(uint32_t hartid, unsigned int n, uint64_t data)
{
	return env_device->fw_counter_start(hartid, n, data) == 0;
}

static inline void env_fw_stop(uint32_t hartid, unsigned int n)
{
	if (env_device->fw_counter_stop)
		env_device->fw_counter_stop(hartid, n);
}

static inline uint64_t env_fw_read(uint32_t hartid, unsigned int n)
{
	if (!env_device->fw_counter_read_value)
		return 0;
	return env_device->fw_counter_read_value(hartid, n);
}

static inline void env_fw_write(uint32_t hartid, unsigned int n, uint64_t value)
{
	env_device->fw_counter_write_value(hartid, n, value);
}

static inline unsigned int env_fw_width(void)
{
	int width = 0;

	if (env_device && env_device->fw_counter_width)
		width = env_device->fw_counter_width();
	return width > 0 && width < 64 ? (unsigned int)width : 64;
}

/* shmem.c */
bool env_shmem_owned(unsigned long addr, unsigned long size, bool write);
bool env_shmem_open(unsigned long addr, unsigned long size, bool write);
void env_shmem_close(unsigned long addr, unsigned long size);
bool env_entries_fit(unsigned long entries, unsigned long size, bool *fit);

/*
 * Accesses run under a trap handler that skips one which faults: OpenSBI's for
 * expected traps, which takes the address of the trap info in a3, uses a4, and
 * goes on 4 bytes later, so the access must be a wide one. @access may use
 * %[addr], and the variables @first and @second in and out.
 */
#define ENV_GUARDED(access)                                                   \
	do {                                                                  \
		struct sbi_trap_info trap;                                    \
		register unsigned long info asm("a3") = (unsigned long)&trap; \
		register unsigned long scratch asm("a4");                     \
		unsigned long mtvec = (unsigned long)sbi_hart_expected_trap;  \
                                                                              \
		trap.cause = 0;                                               \
		asm volatile(".option push\n"                                 \
			     ".option norvc\n"                                \
			     "csrrw %[mtvec], mtvec, %[mtvec]\n" access       \
			     "csrw mtvec, %[mtvec]\n"                         \
			     ".option pop\n"                                  \
			     : [mtvec] "+&r"(mtvec), "+&r"(info),             \
			       "=&r"(scratch), [first] "+&r"(first),          \
			       [second] "+&r"(second)                         \
			     : [addr] "r"(addr)                               \
			     : "memory");                                     \
		answered = trap.cause == 0;                                   \
	} while (0)

static inline bool env_load32(unsigned long addr, uint32_t *value)
{
	unsigned long first = 0, second = 0;
	bool answered;

	ENV_GUARDED("lw %[first], 0(%[addr])\n");
	*value = (uint32_t)first;
	return answered;
}

static inline bool env_store32(unsigned long addr, uint32_t value)
{
	unsigned long first = value, second = 0;
	bool answered;

	ENV_GUARDED("sw %[first], 0(%[addr])\n");
	return answered;
}

#if __riscv_xlen == 32

static inline bool env_load64(unsigned long addr, uint64_t *value)
{
	unsigned long first = 0, second = 0;
	bool answered;

	ENV_GUARDED("lw %[first], 0(%[addr])\n"
		    "lw %[second], 4(%[addr])\n");
	*value = (uint64_t)second << 32 | first;
	return answered;
}

static inline bool env_store64(unsigned long addr, uint64_t value)
{
	return env_store32(addr, (uint32_t)value) &&
	       env_store32(addr + 4, (uint32_t)(value >> 32));
}

#else

static inline bool env_load64(unsigned long addr, uint64_t *value)
{
	unsigned long first = 0, second = 0;
	bool answered;

	ENV_GUARDED("ld %[first], 0(%[addr])\n");
	*value = first;
	return answered;
}

static inline bool env_store64(unsigned long addr, uint64_t value)
{
	unsigned long first = value, second = 0;
	bool answered;

	ENV_GUARDED("sd %[first], 0(%[addr])\n");
	return answered;
}

#endif

#endif
