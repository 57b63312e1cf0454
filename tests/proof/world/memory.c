// SPDX-License-Identifier: BSD-2-Clause
/*
 * Memory of the supervisor. The domain may own any range, the bus may answer
 * any access or not, and a word may hold anything each time it is read, as
 * when another hart writes it.
 */

#include "world.h"

#define PAGE 4096ul

bool env_shmem_owned(unsigned long addr, unsigned long size, bool write)
{
	world.is_owned = nondet_bool();
	/* A range that wraps around the address space belongs to nobody */
	if (addr + size <= addr)
		world.is_owned = false;
	world.owned = addr;
	world.owned_size = size;
	world.owned_write = write;
	return world.is_owned;
}

bool env_shmem_open(unsigned long addr, unsigned long size, bool write)
{
	prove("memory: not opened twice", !world.is_open);
	prove("memory: what the domain owns, and nothing else",
	      world.is_owned && (!write || world.owned_write) && size != 0 &&
		      addr >= world.owned && size <= world.owned_size &&
		      addr - world.owned <= world.owned_size - size);
	prove("memory: a page at a time",
	      addr / PAGE == (addr + (size - 1)) / PAGE);
	world.is_open = nondet_bool();
	world.open = addr;
	world.open_size = size;
	world.open_write = write;
	return world.is_open;
}

void env_shmem_close(unsigned long addr, unsigned long size)
{
	prove("memory: closed as it was opened",
	      world.is_open && addr == world.open && size == world.open_size);
	world.is_open = false;
}

static bool access(unsigned long addr, unsigned long size, bool write)
{
	/* What is open lies in one page, and a solver likes no wide sums */
	prove("memory: only what is open",
	      world.is_open && addr / PAGE == world.open / PAGE &&
		      addr % PAGE >= world.open % PAGE &&
		      addr % PAGE + size <=
			      world.open % PAGE + world.open_size);
	prove("memory: aligned", addr % size == 0);
	prove("memory: what is opened to read is not written",
	      !write || world.open_write);
	world.accesses++;
	if (write && world.byte / size == addr / size)
		world.stored = true;
	return nondet_bool();
}

bool env_load32(unsigned long addr, uint32_t *value)
{
	*value = nondet_u32();
	return access(addr, 4, false);
}

bool env_load64(unsigned long addr, uint64_t *value)
{
	*value = nondet_u64();
	return access(addr, 8, false);
}

bool env_store32(unsigned long addr, uint32_t value)
{
	(void)value;
	return access(addr, 4, true);
}

bool env_store64(unsigned long addr, uint64_t value)
{
	(void)value;
	return access(addr, 8, true);
}

/* What holds for one entry that may be any of them holds for all */
bool env_entries_fit(unsigned long entries, unsigned long size, bool *fit)
{
	unsigned long offset = nondet_ulong();

	assume(offset < size && offset % 16 == 0);
	*fit = nondet_bool();
	return access(entries + offset, 4, false);
}
