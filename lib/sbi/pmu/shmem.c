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

/*
 * OpenSBI's handler for expected traps takes the address of the trap info in
 * a3, uses a4, and goes on 4 bytes later: the access must be a wide one.
 */
#define GUARDED(access)                                                       \
	do {                                                                  \
		struct sbi_trap_info trap = {.cause = 0};                     \
		register unsigned long info asm("a3") = (unsigned long)&trap; \
		register unsigned long scratch asm("a4");                     \
		unsigned long mtvec = (unsigned long)sbi_hart_expected_trap;  \
                                                                              \
		asm volatile(".option push\n"                                 \
			     ".option norvc\n"                                \
			     "csrrw %[mtvec], mtvec, %[mtvec]\n" access       \
			     "csrw mtvec, %[mtvec]\n"                         \
			     ".option pop\n"                                  \
			     : [mtvec] "+&r"(mtvec), "+&r"(info),             \
			       "=&r"(scratch), [word] "+&r"(word)             \
			     : [addr] "r"(addr)                               \
			     : "memory");                                     \
		answered = trap.cause == 0;                                   \
	} while (0)

bool env_load32(unsigned long addr, uint32_t *value)
{
	unsigned long word = 0;
	bool answered;

	GUARDED("lw %[word], 0(%[addr])\n");
	*value = (uint32_t)word;
	return answered;
}

bool env_store32(unsigned long addr, uint32_t value)
{
	unsigned long word = value;
	bool answered;

	GUARDED("sw %[word], 0(%[addr])\n");
	return answered;
}

#if __riscv_xlen == 32

bool env_load64(unsigned long addr, uint64_t *value)
{
	uint32_t low, high;

	if (!env_load32(addr, &low) || !env_load32(addr + 4, &high))
		return false;
	*value = (uint64_t)high << 32 | low;
	return true;
}

bool env_store64(unsigned long addr, uint64_t value)
{
	return env_store32(addr, (uint32_t)value) &&
	       env_store32(addr + 4, (uint32_t)(value >> 32));
}

#else

bool env_load64(unsigned long addr, uint64_t *value)
{
	unsigned long word = 0;
	bool answered;

	GUARDED("ld %[word], 0(%[addr])\n");
	*value = word;
	return answered;
}

bool env_store64(unsigned long addr, uint64_t value)
{
	unsigned long word = value;
	bool answered;

	GUARDED("sd %[word], 0(%[addr])\n");
	return answered;
}

#endif
