/* SPDX-License-Identifier: BSD-2-Clause */
#include "hart.h"
#include "string.h"
#include "trap_internal.h"

#define IRQ_LAST 15

struct irq_record *irq_record(unsigned int irq)
{
	return &this_hart()->irq[irq & IRQ_LAST];
}

/* An interrupt must be gone before the handler returns, or it comes again. */
static bool quiet(unsigned long irq)
{
	switch (irq) {
	case IRQ_SOFT:
		csr_clear(CSR_SIP, 1UL << IRQ_SOFT);
		return true;
	case IRQ_TIMER:
		csr_clear(CSR_SIE, 1UL << IRQ_TIMER);
		return true;
	case IRQ_LCOFI:
		csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
		return true;
	default:
		return false;
	}
}

bool irq_handle(struct trap_frame *frame, unsigned long irq, uint64_t counter)
{
	struct hart *hart = this_hart();
	struct irq_record *record;

	if (!quiet(irq))
		return false;
	record = &hart->irq[irq];
	record->epc = frame->sepc;
	record->sstatus = frame->sstatus;
	record->hstatus = frame->hstatus;
	record->counter = counter;
	if (irq == IRQ_LCOFI) {
		record->scountovf = 0;
		probe_csr_read(CSR_SCOUNTOVF, &record->scountovf, NULL);
	}
	record->count++;
	if (hart->irq_callback[irq])
		hart->irq_callback[irq](frame);
	return true;
}

void irq_enable(unsigned int irq)
{
	memset(irq_record(irq), 0, sizeof(struct irq_record));
	csr_set(CSR_SIE, 1UL << irq);
	csr_set(CSR_SSTATUS, SSTATUS_SIE);
}

void irq_disable(unsigned int irq)
{
	csr_clear(CSR_SIE, 1UL << irq);
}

void irq_reset(void)
{
	struct hart *hart = this_hart();

	irq_off();
	csr_write(CSR_SIE, 0);
	csr_clear(CSR_SIP, 1UL << IRQ_SOFT | 1UL << IRQ_LCOFI);
	csr_write(CSR_STVEC, trap_entry);
	memset(hart->irq, 0, sizeof(hart->irq));
	memset(hart->irq_callback, 0, sizeof(hart->irq_callback));
}

void irq_set_callback(unsigned int irq, void (*fn)(struct trap_frame *frame))
{
	this_hart()->irq_callback[irq & IRQ_LAST] = fn;
}

bool trap_arm_counter(unsigned int csr)
{
	unsigned long value;
	const char *entry = trap_entry;

	if (csr) {
		if (csr < CSR_CYCLE || csr > CSR_CYCLE + 31 ||
		    !probe_csr_read(csr, &value, NULL))
			return false;
		entry = trap_entries + (csr - CSR_CYCLE) * TRAP_ENTRY_STRIDE;
	}
	csr_write(CSR_STVEC, entry);
	return true;
}

bool lcofi_available(void)
{
	unsigned long flags = irq_off();
	unsigned long value, bit = 1UL << IRQ_LCOFI;
	bool can_enable;

	/* scountovf exists exactly when Sscofpmf does. */
	if (!probe_csr_read(CSR_SCOUNTOVF, &value, NULL)) {
		irq_restore(flags);
		return false;
	}
	value = csr_read(CSR_SIE);
	csr_set(CSR_SIE, bit);
	can_enable = csr_read(CSR_SIE) & bit;
	csr_write(CSR_SIE, value);
	irq_restore(flags);
	return can_enable;
}
