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

/*
 * To the other domain of this hart. In OpenSBI 1.6 only an exit makes what is
 * needed for that; it goes to the domain that has not begun yet.
 */
static int switch_domain(void)
{
	struct sbi_domain *dom, *here = sbi_domain_thishart_ptr();
	int rc;

	sbi_domain_for_each(dom)
	{
		if (dom == here || dom == &root ||
		    !sbi_hartmask_test_hartid(current_hartid(),
					      dom->possible_harts))
			continue;
		rc = sbi_domain_context_enter(dom);
		return rc == SBI_EINVAL ? sbi_domain_context_exit() : rc;
	}
	return SBI_ENODEV;
}

static int handle(unsigned long extid, unsigned long funcid,
		  struct sbi_trap_regs *regs, struct sbi_ecall_return *out)
{
	return funcid ? SBI_ENOTSUPP : switch_domain();
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
