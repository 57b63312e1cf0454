/* SPDX-License-Identifier: BSD-2-Clause */
#include "trap.h"
#include "console.h"
#include "hart.h"
#include "mode.h"
#include "power.h"
#include "trap_internal.h"

_Static_assert(offsetof(struct hart, tmp) == 0 * sizeof(long), "HART_TMP");
_Static_assert(offsetof(struct hart, entry_lo) == 1 * sizeof(long),
	       "HART_ENTRY_LO");
_Static_assert(offsetof(struct hart, entry_hi) == 2 * sizeof(long),
	       "HART_ENTRY_HI");
_Static_assert(offsetof(struct hart, stack_top) == 3 * sizeof(long),
	       "HART_STACK");
_Static_assert(offsetof(struct hart, resume) == 4 * sizeof(long),
	       "HART_RESUME");
_Static_assert(offsetof(struct trap_frame, sstatus) == 35 * sizeof(long),
	       "FRAME_SSTATUS");

#define CAUSE_IRQ (~(~0UL >> 1))

void (*trap_unexpected)(const struct trap_info *info);

const char *trap_cause_name(unsigned long cause)
{
	static const char *const names[] = {
		[0] = "instruction address misaligned",
		[EXC_FETCH_ACCESS] = "instruction access fault",
		[EXC_ILLEGAL] = "illegal instruction",
		[EXC_BREAKPOINT] = "breakpoint",
		[EXC_LOAD_MISALIGNED] = "load address misaligned",
		[EXC_LOAD_ACCESS] = "load access fault",
		[EXC_STORE_MISALIGNED] = "store address misaligned",
		[EXC_STORE_ACCESS] = "store access fault",
		[EXC_ECALL_U] = "ecall from U or VU",
		[EXC_ECALL_S] = "ecall from S",
		[EXC_ECALL_VS] = "ecall from VS",
		[EXC_FETCH_PAGE] = "instruction page fault",
		[EXC_LOAD_PAGE] = "load page fault",
		[EXC_STORE_PAGE] = "store page fault",
		[EXC_VIRTUAL_INSN] = "virtual instruction",
	};

	if (cause & CAUSE_IRQ)
		return "interrupt";
	if (cause < ARRAY_SIZE(names) && names[cause])
		return names[cause];
	return "unknown exception";
}

/* Have the trap end in context_jump(ctx, 1) in S-mode */
static void return_to(struct trap_frame *frame, struct context *ctx)
{
	frame->sepc = (unsigned long)context_jump;
	frame->x[3] = gp_value();
	frame->x[4] = (unsigned long)this_hart();
	frame->x[10] = (unsigned long)ctx;
	frame->x[11] = 1;
	frame->sstatus |= SSTATUS_SPP;
	frame->sstatus &= ~SSTATUS_SPIE;
	frame->hstatus &= ~HSTATUS_SPV;
}

static bool from_lower_mode(const struct trap_frame *frame)
{
	return !(frame->sstatus & SSTATUS_SPP) ||
	       (frame->hstatus & HSTATUS_SPV);
}

static void describe(const struct trap_frame *frame, struct trap_info *info)
{
	info->cause = frame->scause;
	info->epc = frame->sepc;
	info->tval = frame->stval;
	info->sstatus = frame->sstatus;
	info->virt = frame->hstatus & HSTATUS_SPV;
}

static void unexpected(struct trap_frame *frame)
{
	struct hart *hart = this_hart();
	struct trap_info info;

	describe(frame, &info);
	hart->mode = NULL;
	if (trap_unexpected && hart->abort) {
		trap_unexpected(&info);
		return_to(frame, hart->abort);
		return;
	}
	printf("\nunexpected trap on hart %lu: %s, scause %#lx sepc %#lx stval %#lx\n",
	       hart->hartid, trap_cause_name(info.cause), info.cause, info.epc,
	       info.tval);
	power_off(false);
}

static void exception(struct trap_frame *frame)
{
	struct hart *hart = this_hart();

	if (hart->mode && from_lower_mode(frame) &&
	    frame->sepc == (unsigned long)mode_exit &&
	    (frame->scause == EXC_ECALL_U || frame->scause == EXC_ECALL_VS)) {
		struct context *ctx = hart->mode;

		hart->mode = NULL;
		return_to(frame, ctx);
	} else if (hart->probe) {
		struct probe *probe = hart->probe;

		hart->probe = NULL;
		hart->mode = NULL;
		describe(frame, &probe->info);
		return_to(frame, probe->ctx);
	} else {
		unexpected(frame);
	}
}

void trap_handle(struct trap_frame *frame)
{
	struct hart *hart = this_hart();
	uint64_t entry = hart->entry_lo;

	if (XLEN == 32)
		entry |= (uint64_t)hart->entry_hi << 32;
	frame->hstatus = has_h() ? csr_read(CSR_HSTATUS) : 0;
	if (!(frame->scause & CAUSE_IRQ))
		exception(frame);
	else if (!irq_handle(frame, frame->scause & ~CAUSE_IRQ, entry))
		unexpected(frame);
	if (has_h())
		csr_write(CSR_HSTATUS, frame->hstatus);
}

void trap_init(void)
{
	csr_write(CSR_SSCRATCH, this_hart());
	csr_write(CSR_STVEC, trap_entry);
	csr_write(CSR_SIE, 0);
	csr_clear(CSR_SSTATUS, SSTATUS_SIE);
	csr_write(CSR_SCOUNTEREN, 0xffffffffUL);
	if (has_h()) {
		csr_write(CSR_HEDELEG, 0);
		csr_write(CSR_HIDELEG, 0);
		csr_write(CSR_HGATP, 0);
		csr_write(CSR_VSATP, 0);
		csr_write(CSR_HCOUNTEREN, 0xffffffffUL);
	}
}
