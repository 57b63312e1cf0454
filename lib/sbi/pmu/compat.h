/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the supported OpenSBI versions (1.6 and later) differ. No
 * other file of ours asks for the version.
 */
#ifndef PMU_COMPAT_H
#define PMU_COMPAT_H

#include <sbi/riscv_asm.h>
#include <sbi/riscv_encoding.h>
#include <sbi/sbi_hart.h>
#include <sbi/sbi_domain.h>
#include <sbi/sbi_ecall_interface.h>
#include <sbi/sbi_pmu.h>
#include <sbi/sbi_scratch.h>
#include <sbi/sbi_sse.h>
#include <sbi/sbi_version.h>

#define COMPAT_VERSION(major, minor) ((major) << 16 | (minor))

#if OPENSBI_VERSION < COMPAT_VERSION(1, 6)
#error "sbi-pmu needs OpenSBI 1.6 or later; set OPENSBI_DIR to a newer tree"
#endif

#if OPENSBI_VERSION < COMPAT_VERSION(1, 8)

/* Smepmp: let M-mode at memory of the supervisor for a while */
static inline int compat_map_range(unsigned long addr, unsigned long size)
{
	return sbi_hart_map_saddr(addr, size);
}

static inline void compat_unmap_range(unsigned long addr, unsigned long size)
{
	sbi_hart_unmap_saddr();
}

#else

#include <sbi/sbi_hart_protection.h>

static inline int compat_map_range(unsigned long addr, unsigned long size)
{
	return sbi_hart_protection_map_range(addr, size);
}

static inline void compat_unmap_range(unsigned long addr, unsigned long size)
{
	sbi_hart_protection_unmap_range(addr, size);
}

#endif

/* For each hart that may have a scratch area; it is the index in OpenSBI */
#ifdef sbi_for_each_hartindex
#define compat_for_each_hart(i) sbi_for_each_hartindex(i)
#else
#define compat_for_each_hart(i) \
	for (u32 i = 0; i <= sbi_scratch_last_hartindex(); i++)
#endif

#if OPENSBI_VERSION < COMPAT_VERSION(1, 7)

/* To be called on each hart; the operations belong to the hart's event here */
static inline int
compat_sse_add(uint32_t event, const struct sbi_sse_cb_ops *ops, bool cold_boot)
{
	return sbi_sse_set_cb_ops(event, ops);
}

#define COMPAT_SSE_PMU_OVERFLOW SBI_SSE_EVENT_LOCAL_PMU

/* The device hook and sbi_pmu_irq_bit() told the mask here, the bit later */
#define COMPAT_IRQ_NONE 0

static inline unsigned long compat_irq_mask(int irq)
{
	return (unsigned long)irq;
}

static inline int compat_irq(int bit)
{
	return 1 << bit;
}

#else

/* To be called on each hart, but the event is one for all of them here */
static inline int
compat_sse_add(uint32_t event, const struct sbi_sse_cb_ops *ops, bool cold_boot)
{
	return cold_boot ? sbi_sse_add_event(event, ops) : 0;
}

#define COMPAT_SSE_PMU_OVERFLOW SBI_SSE_EVENT_LOCAL_PMU_OVERFLOW

#define COMPAT_IRQ_NONE (-1)

static inline unsigned long compat_irq_mask(int irq)
{
	return irq < 0 ? 0 : 1UL << irq;
}

static inline int compat_irq(int bit)
{
	return bit;
}

#endif

/*
 * OpenSBI after 1.9, whose number is still 1.9 (objects.mk looks), has each
 * hart protection of type ID configured whenever a hart changes domains.
 */
#ifdef COMPAT_TELLS_SWITCH

static inline void compat_at_switch(int (*fn)(struct sbi_scratch *,
					      struct sbi_domain *))
{
	static struct sbi_hart_protection pmu = {
		.name = "pmu",
		.type = SBI_HART_PROTECTION_TYPE_ID,
	};

	pmu.configure = fn;
	sbi_hart_protection_register(&pmu);
}

#else

static inline void compat_at_switch(int (*fn)(struct sbi_scratch *,
					      struct sbi_domain *))
{
	(void)fn;
}

#endif

#endif
