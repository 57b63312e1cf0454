/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions and interrupts that arrive in S-mode. */
#ifndef FIRMWARE_TRAP_H
#define FIRMWARE_TRAP_H

#include "riscv.h"

struct trap_frame {
	unsigned long x[32]; /* x[0] is not used */
	unsigned long sepc;
	unsigned long scause;
	unsigned long stval;
	unsigned long sstatus;
	unsigned long hstatus; /* 0 without H */
};

struct trap_info {
	unsigned long cause;
	unsigned long epc;
	unsigned long tval;
	unsigned long sstatus;
	bool virt; /* it came from VS or VU */
};

/** The name of an exception cause, for messages */
const char *trap_cause_name(unsigned long cause);

/*
 * Expected exceptions
 */

struct probe {
	struct context *ctx;
	struct trap_info info;
};

/**
 * Run fn(arg), which may raise an exception. True when it came back normally;
 * false when an exception ended it, described in *info (may be NULL).
 */
bool probe_run(void (*fn)(unsigned long), unsigned long arg,
	       struct trap_info *info);

/** Load or store of 1, 2, 4 or (RV64) 8 bytes; false when it faults */
bool probe_load(uintptr_t addr, unsigned int size, unsigned long *value,
		struct trap_info *info);
bool probe_store(uintptr_t addr, unsigned int size, unsigned long value,
		 struct trap_info *info);

/** Access to a CSR whose number is only known at run time; false: it faults */
bool probe_csr_read(unsigned int csr, unsigned long *value,
		    struct trap_info *info);
bool probe_csr_write(unsigned int csr, unsigned long value,
		     struct trap_info *info);

/**
 * Called for an exception that nobody expects, before the hart goes back to
 * where its abort context points. The payload sets it; without it, and where
 * there is no abort context, the exception is printed and the machine is
 * powered off.
 */
extern void (*trap_unexpected)(const struct trap_info *info);

/*
 * Interrupts: IRQ_SOFT, IRQ_TIMER and IRQ_LCOFI
 */

struct irq_record {
	volatile unsigned long count; /* since irq_reset() */
	unsigned long epc; /* of the latest */
	unsigned long sstatus; /* at its entry */
	unsigned long hstatus;
	uint64_t counter; /* the armed counter as the entry read it */
	unsigned long scountovf; /* LCOFI only */
};

/**
 * What has arrived on this hart. The handler makes the interrupt go away:
 * it clears sip.SSIP, clears sie.STIE, or clears sip bit 13. It leaves PMU
 * counters alone.
 */
struct irq_record *irq_record(unsigned int irq);

/** Enable one interrupt: clear its record, set its sie bit and sstatus.SIE */
void irq_enable(unsigned int irq);

/** Clear the sie bit of one interrupt */
void irq_disable(unsigned int irq);

/** All interrupts off, pending ones cleared, records and callbacks cleared */
void irq_reset(void);

/**
 * Call fn in the interrupt handler, after the record is written and the
 * interrupt is cleared. NULL takes it away. SBI calls are allowed in it.
 */
void irq_set_callback(unsigned int irq, void (*fn)(struct trap_frame *frame));

/**
 * Have the trap entry read this counter CSR (0xc00 to 0xc1f) as its third
 * instruction, to irq_record()->counter. TRAP_ENTRY_INSNS instructions of the
 * entry precede the read. 0 turns it off. False when the CSR is not readable.
 */
bool trap_arm_counter(unsigned int csr);
#define TRAP_ENTRY_INSNS 2

/**
 * True when this hart can take the counter-overflow interrupt: Sscofpmf is
 * there and sie bit 13 can be set. Some emulators raise LCOFI but hardwire that
 * bit to 0.
 */
bool lcofi_available(void);

#endif
