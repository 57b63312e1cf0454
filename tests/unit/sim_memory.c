// SPDX-License-Identifier: BSD-2-Clause
/* Memory of the supervisor, as the domain and the bus see it */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "sim.h"

#define BACKED (SIM_HOLE - SIM_ROM)
#define WORDS (BACKED / 4)

/* What fails @times times, after @left that it works */
struct failure {
	unsigned int left, times;
};

static struct {
	uint32_t word[WORDS];
	unsigned int loads[WORDS];
	unsigned int stores[WORDS];
	unsigned int all_stores;
	/* The words that may differ from their state after reset */
	unsigned long used_from, used_to;
	bool lost;
	unsigned long end; /* the bus does not answer from here on */
	struct failure fault, refusal;
	bool open, writable;
	unsigned long base, size;
} memory;

uint32_t sim_canary(unsigned long addr)
{
	return (uint32_t)addr * 0x9e3779b1u ^ 0xc0ffee11u;
}

void sim_memory_reset(void)
{
	unsigned long i;

	memory.lost = memory.open = memory.writable = false;
	memory.end = SIM_HOLE;
	memory.fault.times = memory.refusal.times = 0;
	memory.all_stores = 0;
	if (memory.word[0] != sim_canary(SIM_ROM)) {
		memory.used_from = 0;
		memory.used_to = WORDS;
	}
	for (i = memory.used_from; i < memory.used_to; i++) {
		memory.word[i] = sim_canary(SIM_ROM + 4 * i);
		memory.loads[i] = memory.stores[i] = 0;
	}
	memory.used_from = WORDS;
	memory.used_to = 0;
}

bool sim_memory_is_closed(void)
{
	return !memory.open;
}

void sim_memory_lose(bool lost)
{
	memory.lost = lost;
}

void sim_memory_end(unsigned long end)
{
	memory.end = end;
}

void sim_memory_fault(unsigned int left)
{
	memory.fault = (struct failure){left, 1};
}

void sim_memory_refuse(unsigned int left, unsigned int times)
{
	memory.refusal = (struct failure){left, times};
}

static bool fails(struct failure *f)
{
	if (f->left == 0 && f->times != 0) {
		f->times--;
		return true;
	}
	if (f->left != 0)
		f->left--;
	return false;
}

static unsigned long index_of(unsigned long addr)
{
	unsigned long i;

	if (addr < SIM_ROM || addr >= SIM_HOLE || addr % 4 != 0)
		fail_msg("test looks at memory that is not there: 0x%lx", addr);
	i = (addr - SIM_ROM) / 4;
	if (i < memory.used_from)
		memory.used_from = i;
	if (i >= memory.used_to)
		memory.used_to = i + 1;
	return i;
}

uint32_t sim_peek32(unsigned long addr)
{
	return memory.word[index_of(addr)];
}

void sim_poke32(unsigned long addr, uint32_t value)
{
	memory.word[index_of(addr)] = value;
}

uint64_t sim_peek64(unsigned long addr)
{
	return (uint64_t)sim_peek32(addr + 4) << 32 | sim_peek32(addr);
}

void sim_poke64(unsigned long addr, uint64_t value)
{
	sim_poke32(addr, (uint32_t)value);
	sim_poke32(addr + 4, (uint32_t)(value >> 32));
}

unsigned int sim_loads(unsigned long addr)
{
	return memory.loads[index_of(addr)];
}

unsigned int sim_stores(unsigned long addr)
{
	return memory.stores[index_of(addr)];
}

unsigned int sim_all_stores(void)
{
	return memory.all_stores;
}

static bool overlaps(unsigned long addr, unsigned long last, unsigned long base,
		     unsigned long size)
{
	return addr <= base + (size - 1) && last >= base;
}

/* As a domain does: every address is memory, but for what is reserved */
bool env_shmem_owned(unsigned long addr, unsigned long size, bool write)
{
	unsigned long last = addr + (size - 1);

	if (size == 0 || last < addr)
		return false;
	if (overlaps(addr, last, SIM_FW_BASE, SIM_ROM - SIM_FW_BASE))
		return false;
	if (memory.lost && overlaps(addr, last, SIM_RAM, SIM_RAM_SIZE))
		return false;
	return !write || !overlaps(addr, last, SIM_READONLY, 0x1000);
}

/* Only what the domain was asked about, in blocks that cannot reach far */
bool env_shmem_open(unsigned long addr, unsigned long size, bool write)
{
	if (memory.open)
		fail_msg("memory opened twice");
	if (!env_shmem_owned(addr, size, write))
		fail_msg("memory opened that the domain does not own");
	if (addr / 4096 != (addr + (size - 1)) / 4096)
		fail_msg("memory of more than one page opened at once");
	if (fails(&memory.refusal))
		return false;
	memory.open = true;
	memory.writable = write;
	memory.base = addr;
	memory.size = size;
	return true;
}

void env_shmem_close(unsigned long addr, unsigned long size)
{
	if (!memory.open || memory.base != addr || memory.size != size)
		fail_msg("memory closed that is not open: 0x%lx", addr);
	memory.open = false;
}

static bool bus_answers(unsigned long addr, unsigned long size, bool write)
{
	if (!memory.open || addr < memory.base ||
	    addr - memory.base > memory.size - size)
		fail_msg("M-mode touches memory it was not given: 0x%lx", addr);
	if (addr % size != 0)
		fail_msg("misaligned access by M-mode: 0x%lx", addr);
	if (write && !memory.writable)
		fail_msg("M-mode writes memory opened to read: 0x%lx", addr);
	if (addr < SIM_ROM || addr >= memory.end || fails(&memory.fault))
		return false;
	return !write || addr >= SIM_READONLY;
}

bool env_load32(unsigned long addr, uint32_t *value)
{
	*value = 0;
	if (!bus_answers(addr, 4, false))
		return false;
	memory.loads[index_of(addr)]++;
	*value = sim_peek32(addr);
	return true;
}

bool env_load64(unsigned long addr, uint64_t *value)
{
	*value = 0;
	if (!bus_answers(addr, 8, false))
		return false;
	memory.loads[index_of(addr)]++;
	memory.loads[index_of(addr + 4)]++;
	*value = sim_peek64(addr);
	return true;
}

bool env_store32(unsigned long addr, uint32_t value)
{
	if (!bus_answers(addr, 4, true))
		return false;
	memory.stores[index_of(addr)]++;
	memory.all_stores++;
	sim_poke32(addr, value);
	return true;
}

bool env_store64(unsigned long addr, uint64_t value)
{
	if (!bus_answers(addr, 8, true))
		return false;
	memory.stores[index_of(addr)]++;
	memory.stores[index_of(addr + 4)]++;
	memory.all_stores++;
	sim_poke64(addr, value);
	return true;
}

bool env_entries_fit(unsigned long entries, unsigned long size, bool *fit)
{
	unsigned long done;
	uint32_t event;

	*fit = true;
	for (done = 0; done < size && *fit; done += PMU_EVENT_INFO_SIZE) {
		if (!env_load32(entries + done, &event))
			return false;
		*fit = !(event & ~PMU_EVENT_BITS);
	}
	return true;
}
