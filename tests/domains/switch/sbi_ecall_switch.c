// SPDX-License-Identifier: BSD-2-Clause
/*
 * An extension that hands the hart to another domain and back. OpenSBI can do
 * that and has no call for it, so the tests of it need this one. It lets any
 * domain in, and is in no firmware but that of make fw-switch.
 */

#include <sbi/sbi_domain.h>
#include <sbi/sbi_ecall.h>
#include <sbi/sbi_error.h>

/* As in tests/suite/witness.h */
#define SWITCH_EID 0x08504d55
#define SWITCH_ENTER 0
#define SWITCH_EXIT 1

/* The first domain that this hart may be in, and is not */
static int enter(void)
{
	struct sbi_domain *dom, *here = sbi_domain_thishart_ptr();

	sbi_domain_for_each(dom)
	{
		if (dom != here && dom != &root &&
		    sbi_hartmask_test_hartid(current_hartid(),
					     dom->possible_harts))
			return sbi_domain_context_enter(dom);
	}
	return SBI_ENODEV;
}

static int handle(unsigned long extid, unsigned long funcid,
		  struct sbi_trap_regs *regs, struct sbi_ecall_return *out)
{
	switch (funcid) {
	case SWITCH_ENTER:
		return enter();
	case SWITCH_EXIT:
		return sbi_domain_context_exit();
	default:
		return SBI_ENOTSUPP;
	}
}

struct sbi_ecall_extension ecall_switch;

static int register_extension(void)
{
	return sbi_ecall_register_extension(&ecall_switch);
}

struct sbi_ecall_extension ecall_switch = {
	.name = "switch",
	.extid_start = SWITCH_EID,
	.extid_end = SWITCH_EID,
	.register_extensions = register_extension,
	.handle = handle,
};
