/* SPDX-License-Identifier: BSD-2-Clause */
#include "mode.h"
#include "hart.h"
#include "trap_internal.h"

static bool machine_has_h;

void mode_init(void)
{
	unsigned long value;

	machine_has_h = probe_csr_read(CSR_HSTATUS, &value, NULL);
}

bool has_h(void)
{
	return machine_has_h;
}

const char *mode_name(enum mode mode)
{
	static const char *const names[] = {"S", "U", "VS", "VU"};

	return names[mode];
}

bool mode_available(enum mode mode)
{
	return mode == MODE_S || mode == MODE_U || machine_has_h;
}

static void enter(enum mode mode, void (*fn)(unsigned long), unsigned long arg)
{
	/* An interrupt from here on would overwrite SPP and SPV. */
	irq_off();
	csr_set(CSR_SSTATUS, SSTATUS_SPIE);
	if (mode == MODE_VS)
		csr_set(CSR_SSTATUS, SSTATUS_SPP);
	else
		csr_clear(CSR_SSTATUS, SSTATUS_SPP);
	if (mode == MODE_VS || mode == MODE_VU)
		csr_set(CSR_HSTATUS, HSTATUS_SPV);
	else if (machine_has_h)
		csr_clear(CSR_HSTATUS, HSTATUS_SPV);
	mode_sret(fn, arg);
}

void run_in_mode(enum mode mode, void (*fn)(unsigned long), unsigned long arg)
{
	struct context ctx;

	if (mode == MODE_S) {
		fn(arg);
		return;
	}
	if (context_save(&ctx))
		return;
	this_hart()->mode = &ctx;
	enter(mode, fn, arg);
}

struct mode_run {
	enum mode mode;
	void (*fn)(unsigned long);
	unsigned long arg;
};

static void run(unsigned long arg)
{
	struct mode_run *r = (struct mode_run *)arg;

	run_in_mode(r->mode, r->fn, r->arg);
}

bool probe_in_mode(enum mode mode, void (*fn)(unsigned long), unsigned long arg,
		   struct trap_info *info)
{
	struct mode_run r = {mode, fn, arg};

	return probe_run(run, (unsigned long)&r, info);
}
