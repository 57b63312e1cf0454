/* SPDX-License-Identifier: BSD-2-Clause */
#include "mem.h"
#include "string.h"
#include <libfdt.h>

extern char _start[], _end[];

static char pool[PAGE_POOL * PAGE_SIZE]
	__attribute__((aligned(4096), section(".pages")));
static unsigned int used;

void *page_alloc(unsigned int count)
{
	void *page = pool + used * PAGE_SIZE;

	if (count > PAGE_POOL - used)
		return NULL;
	used += count;
	return memset(page, 0, count * PAGE_SIZE);
}

void page_free_all(void)
{
	used = 0;
}

static bool contains(const struct range *range, uint64_t address)
{
	return address - range->base < range->size;
}

static bool overlap(const struct range *a, const struct range *b)
{
	return contains(a, b->base) || contains(b, a->base);
}

bool payload_memory(struct range *range)
{
	for (unsigned int i = 0; dt_memory(i, range); i++) {
		if (contains(range, (uintptr_t)_start))
			return true;
	}
	return false;
}

uint64_t ram_end(void)
{
	struct range range;

	return payload_memory(&range) ? range.base + range.size : 0;
}

/*
 * Firmware reserves its memory under names of its own, but it always lies in
 * the memory this payload is in, and below it unless told otherwise.
 */
bool firmware_range(struct range *range)
{
	struct range ram, r;
	bool found = false;

	if (!payload_memory(&ram))
		return false;
	for (unsigned int i = 0; dt_reserved(i, &r); i++) {
		if (!contains(&ram, r.base) || !r.size ||
		    (found && r.base >= range->base))
			continue;
		*range = r;
		found = true;
	}
	return found;
}

bool uart_range(struct range *range)
{
	static const char *const names[] = {"ns16550a", "ns16550",
					    "snps,dw-apb-uart", "sifive,uart0",
					    "arm,pl011"};

	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (dt_compatible_reg(names[i], range))
			return true;
	}
	return false;
}

bool page_is_free(const struct range *page)
{
	struct range tree = {(uintptr_t)dt_blob(), 0};
	struct range image = {(uintptr_t)_start, (uintptr_t)(_end - _start)};
	struct range r;

	tree.size = fdt_totalsize(dt_blob());
	if (overlap(page, &tree) || overlap(page, &image))
		return false;
	for (unsigned int i = 0; dt_reserved(i, &r); i++) {
		if (overlap(page, &r))
			return false;
	}
	return true;
}

void *free_page_at_end(void)
{
	struct range ram, page = {0, PAGE_SIZE};
	uint64_t end = ram_end();

	if (!payload_memory(&ram))
		return NULL;
	if (end > (uint64_t)UINTPTR_MAX + 1 && sizeof(long) < 8)
		end = (uint64_t)UINTPTR_MAX + 1;
	for (page.base = end - PAGE_SIZE; page.base > ram.base;
	     page.base -= PAGE_SIZE) {
		if (page_is_free(&page))
			return (void *)(uintptr_t)page.base;
	}
	return NULL;
}
