/* SPDX-License-Identifier: BSD-2-Clause */
#include "hart.h"
#include "hart_internal.h"
#include "timer.h"

#define TIMER_NEVER (~(uint64_t)0)

struct saved_csrs {
	unsigned long sie, stvec, sstatus, satp, scounteren;
};

static void save_csrs(struct saved_csrs *s)
{
	s->sie = csr_read(CSR_SIE);
	s->stvec = csr_read(CSR_STVEC);
	s->sstatus = csr_read(CSR_SSTATUS);
	s->satp = csr_read(CSR_SATP);
	s->scounteren = csr_read(CSR_SCOUNTEREN);
}

static void restore_csrs(const struct saved_csrs *s)
{
	csr_write(CSR_SSCRATCH, this_hart());
	csr_write(CSR_STVEC, s->stvec);
	csr_write(CSR_SATP, s->satp);
	csr_write(CSR_SCOUNTEREN, s->scounteren);
	csr_write(CSR_SSTATUS, s->sstatus);
	csr_write(CSR_SIE, s->sie);
}

/*
 * Interrupts stay off in sstatus: the pending one ends the suspend, but is
 * never taken.
 */
static struct sbiret suspend(unsigned long type, unsigned long wake)
{
	struct hart *hart = this_hart();
	unsigned long flags = irq_off();
	struct sbiret ret = {0, 0};
	struct saved_csrs saved;
	struct context ctx;

	save_csrs(&saved);
	if (!context_save(&ctx)) {
		hart->resume = &ctx;
		csr_write(CSR_SIE, wake);
		ret = sbi_hart_suspend(type, (unsigned long)resume_entry,
				       (unsigned long)hart);
	} else {
		ret.error = 0;
	}
	restore_csrs(&saved);
	irq_restore(flags);
	return ret;
}

struct sbiret hart_suspend(unsigned long type, uint64_t wake_ticks)
{
	unsigned long sie = csr_read(CSR_SIE);
	struct sbiret ret;

	/* The old deadline may still be pending. */
	csr_clear(CSR_SIE, 1UL << IRQ_TIMER);
	sbi_set_timer(time_now() + wake_ticks);
	ret = suspend(type, 1UL << IRQ_TIMER);
	sbi_set_timer(TIMER_NEVER);
	csr_write(CSR_SIE, sie);
	return ret;
}

struct sbiret hart_suspend_ipi(unsigned long type)
{
	unsigned long flags = irq_off();
	struct sbiret ret;

	sbi_send_ipi(1, this_hart()->hartid);
	ret = suspend(type, 1UL << IRQ_SOFT);
	csr_clear(CSR_SIP, 1UL << IRQ_SOFT);
	irq_restore(flags);
	return ret;
}
