/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Harts. Each is known by its index: 0 is the hart the payload booted on, the
 * others follow in the order of the device tree. Every hart keeps its state in
 * a struct hart that tp points to.
 */
#ifndef FIRMWARE_HART_H
#define FIRMWARE_HART_H

#include "riscv.h"
#include "context.h"
#include "sbi.h"
#include "trap.h"

enum hart_state { HART_STOPPED, HART_IDLE, HART_BUSY, HART_DONE, HART_FAULT };

struct hart {
	/* The assembly files know the offsets of these */
	unsigned long tmp;
	unsigned long entry_lo; /* counter at the latest trap entry */
	unsigned long entry_hi;
	unsigned long stack_top;
	struct context *resume; /* where a non-retentive suspend returns to */

	unsigned int index;
	unsigned long hartid;
	struct context *abort; /* where an unexpected exception returns to */
	struct context *mode; /* set while run_in_mode() is below S-mode */
	struct probe *probe; /* set while exceptions are expected */
	uint32_t code[2] __attribute__((aligned(8))); /* see probe_csr_read() */
	struct irq_record irq[16];
	void (*irq_callback[16])(struct trap_frame *frame);

	char line[512]; /* console output not yet written */
	unsigned int line_length;

	volatile unsigned int state; /* enum hart_state */
	unsigned long (*volatile fn)(unsigned long arg);
	volatile unsigned long arg;
	volatile unsigned long result;
};

extern struct hart harts[MAX_HARTS];

/** The state of the hart that runs this */
static inline struct hart *this_hart(void)
{
	struct hart *hart;

	__asm__ __volatile__("mv %0, tp" : "=r"(hart));
	return hart;
}

/** How many harts there are, this one included */
unsigned int hart_count(void);

/** The hartid of a hart index, as SBI calls and the device tree name it */
unsigned long hart_id(unsigned int index);

/** Start a hart with HSM and wait until it runs our code; true when it does */
bool hart_start(unsigned int index);

/** Stop a hart and wait until HSM calls it stopped; true when it is */
bool hart_stop(unsigned int index);

/** Stop every hart but this one */
void hart_stop_others(void);

/**
 * Have another hart run fn(arg) and come back at once. The hart is started
 * when it is stopped. False when it cannot be started or is busy.
 */
bool hart_call_async(unsigned int index, unsigned long (*fn)(unsigned long),
		     unsigned long arg);

/**
 * Wait for the hart to finish what hart_call_async() gave it. False after
 * timeout_ms, or when an unexpected exception ended it. result may be NULL.
 */
bool hart_wait(unsigned int index, unsigned int timeout_ms,
	       unsigned long *result);

/** hart_call_async() and hart_wait() with five seconds */
bool hart_call(unsigned int index, unsigned long (*fn)(unsigned long),
	       unsigned long arg, unsigned long *result);

#define SUSPEND_RETENTIVE 0x0UL
#define SUSPEND_NON_RETENTIVE 0x80000000UL

/**
 * Suspend this hart with HSM until the timer fires wake_ticks from now (it is
 * programmed with one SBI set_timer call before and one after). The registers,
 * stvec, sscratch, sie, sstatus and satp are as before when it returns, also
 * after a non-retentive suspend. Returns what HSM said; no error for a resume.
 */
struct sbiret hart_suspend(unsigned long type, uint64_t wake_ticks);

/** The same woken by an IPI that the hart sends to itself beforehand */
struct sbiret hart_suspend_ipi(unsigned long type);

#endif
