// SPDX-License-Identifier: BSD-2-Clause
/*
 * Memory of the supervisor, for the core. OpenSBI's domains know what M-mode
 * and other domains have reserved, but take every other address for memory; so
 * each access runs under a trap handler that skips an access which faults.
 */

#include "compat.h"
#include <sbi/sbi_domain.h>
#include <sbi/sbi_trap.h>
#include "env.h"
#include <sbi_pmu/abi.h>

/*
 * Access changes at the borders of the domain's regions and nowhere else, so it
 * is enough to look at those that lie in the range, and at its first byte.
 * OpenSBI 1.8.1 and earlier, asked for a range, look only at the first byte
 * where a region spans the whole address space, as in the root domain.
 */
bool env_shmem_owned(unsigned long addr, unsigned long size, bool write)
{
	unsigned long access = SBI_DOMAIN_READ | (write ? SBI_DOMAIN_WRITE : 0);
	const struct sbi_domain *domain = sbi_domain_thishart_ptr();
	const struct sbi_domain_memregion *region;
	unsigned long border;
	int side;

	if (addr + size <= addr ||
	    !sbi_domain_check_addr(domain, addr, PRV_S, access))
		return false;
	sbi_domain_for_each_memregion(domain, region)
	{
		if (region->order >= __riscv_xlen)
			continue;
		for (side = 0; side < 2; side++) {
			border = region->base +
				 (side ? 1UL << region->order : 0);
			if (border > addr && border - addr < size &&
			    !sbi_domain_check_addr(domain, border, PRV_S,
						   access))
				return false;
		}
	}
	return true;
}

/*
 * With Smepmp OpenSBI opens a naturally aligned block around the range. Callers
 * stay within a page, or the block could reach over the firmware.
 */
bool env_shmem_open(unsigned long addr, unsigned long size, bool write)
{
	(void)write;
	return compat_map_range(addr, size) == 0;
}

void env_shmem_close(unsigned long addr, unsigned long size)
{
	compat_unmap_range(addr, size);
}

#define TEXT(token) #token
#define VALUE_OF(macro) TEXT(macro)

bool env_entries_fit(unsigned long entries, unsigned long size, bool *fit)
{
	unsigned long addr = entries + size; /* where to end */
	unsigned long first = entries, second = 0;
	bool answered;

	ENV_GUARDED("1: lw %[second], 0(%[first])\n"
		    "srli %[second], %[second], " VALUE_OF(
			    PMU_EVENT_WIDTH) "\n"
					     "bnez %[second], 2f\n"
					     "addi %[first], %[first], 16\n"
					     "bne %[first], %[addr], 1b\n"
					     "2:\n");
	*fit = second == 0;
	return answered;
}
