/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world of the core while its instructions are counted: registers are plain
 * memory, which does what it is told, and all of the supervisor's memory is
 * there. Everything is inline, as CSR accesses are on the target, so that an
 * access is an instruction or two. See env.h.
 */
#ifndef ENV_BENCH_H
#define ENV_BENCH_H

#include <stdbool.h>
#include <stdint.h>

/** Volatile, so that the compiler leaves each access where it is */
struct bench_regs {
	uint64_t counter[32];
	uint64_t event[32];
	uint32_t inhibit;
	uint32_t overflow;
	uint32_t pending;
	bool device; /* never; the target has to ask, too */
};
extern volatile struct bench_regs regs;

static inline uint64_t env_counter_read(unsigned int n)
{
	return regs.counter[n];
}

static inline void env_counter_write(unsigned int n, uint64_t value)
{
	regs.counter[n] = value;
}

static inline uint64_t env_event_read(unsigned int n, bool wide)
{
	(void)wide;
	return regs.event[n];
}

static inline void env_event_write(unsigned int n, uint64_t value, bool wide)
{
	(void)wide;
	regs.event[n] = value;
}

static inline uint64_t env_fixed_cfg_read(unsigned int n)
{
	return regs.event[n];
}

static inline void env_fixed_cfg_write(unsigned int n, uint64_t value)
{
	regs.event[n] = value;
}

static inline uint32_t env_inhibit_read(void)
{
	return regs.inhibit;
}

static inline void env_inhibit_write(uint32_t value)
{
	regs.inhibit = value;
}

static inline uint32_t env_overflow_read(void)
{
	return regs.overflow;
}

static inline bool env_overflow_pending(void)
{
	return regs.pending != 0;
}

static inline uint64_t env_selector(uint32_t event_idx)
{
	return event_idx;
}

static inline bool env_dev_filters(void)
{
	return regs.device;
}

static inline void env_dev_filter(unsigned int n, unsigned long config_flags)
{
	if (regs.device)
		regs.event[n] = config_flags;
}

static inline bool env_has_device(void)
{
	return regs.device;
}

static inline void env_dev_irq_enable(unsigned int n)
{
	if (regs.device)
		regs.pending = n;
}

static inline void env_dev_irq_disable(unsigned int n)
{
	if (regs.device)
		regs.pending = n;
}

static inline bool env_fw_valid(uint32_t hartid, uint64_t data)
{
	(void)hartid;
	(void)data;
	return regs.device;
}

static inline bool env_fw_match(uint32_t hartid, unsigned int n, uint64_t data)
{
	(void)n;
	return env_fw_valid(hartid, data);
}

static inline bool env_fw_start(uint32_t hartid, unsigned int n, uint64_t data)
{
	return env_fw_match(hartid, n, data);
}

static inline void env_fw_stop(uint32_t hartid, unsigned int n)
{
	(void)hartid;
	(void)n;
}

static inline uint64_t env_fw_read(uint32_t hartid, unsigned int n)
{
	(void)hartid;
	return regs.counter[n];
}

static inline void env_fw_write(uint32_t hartid, unsigned int n, uint64_t value)
{
	(void)hartid;
	regs.counter[n] = value;
}

static inline unsigned int env_fw_width(void)
{
	return 64;
}

static inline bool env_shmem_owned(unsigned long addr, unsigned long size,
				   bool write)
{
	(void)addr;
	(void)size;
	(void)write;
	return true;
}

static inline bool env_shmem_open(unsigned long addr, unsigned long size,
				  bool write)
{
	return env_shmem_owned(addr, size, write);
}

static inline void env_shmem_close(unsigned long addr, unsigned long size)
{
	(void)addr;
	(void)size;
}

static inline bool env_load32(unsigned long addr, uint32_t *value)
{
	*value = *(volatile uint32_t *)addr;
	return true;
}

static inline bool env_load64(unsigned long addr, uint64_t *value)
{
	*value = *(volatile uint64_t *)addr;
	return true;
}

static inline bool env_store32(unsigned long addr, uint32_t value)
{
	*(volatile uint32_t *)addr = value;
	return true;
}

static inline bool env_store64(unsigned long addr, uint64_t value)
{
	*(volatile uint64_t *)addr = value;
	return true;
}

static inline bool env_entries_fit(unsigned long entries, unsigned long size,
				   bool *fit)
{
	unsigned long end = entries + size;

	for (; entries != end; entries += 16) {
		*fit = *(volatile uint32_t *)entries >> 20 == 0;
		if (!*fit)
			break;
	}
	return true;
}

#endif
