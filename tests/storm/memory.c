// SPDX-License-Identifier: BSD-2-Clause
/*
 * All memory that the device tree gives the supervisor holds a pattern that
 * depends on the address, apart from the payload and the tree. Some pages are
 * windows: calls are given addresses in them, and the hart that owns one knows
 * when. Behind the payload, so that firmware which writes on and on from a
 * window does not hit the payload.
 */
#include "storm.h"

#define PATTERN 0xa5c3a5c3a5c3a5c3ULL
#define PAGES_MAX 65536

enum page_kind { PAGE_NOT_OURS, PAGE_SHARED, PAGE_COMMON, PAGE_WINDOW };

extern char _start[], _end[], __rela_end[];

uint8_t *shared_table, *shared_page, *last_page;

static unsigned long ram;
static unsigned int pages; /* of RAM */
static uint8_t kinds[PAGES_MAX]; /* PAGE_WINDOW + number of the hart */
static uint64_t text_sum;

uint64_t memory_pattern(unsigned long address)
{
	return ((uint64_t)address << 32 | address) ^ PATTERN;
}

void memory_fill(void *at, unsigned long size)
{
	uint64_t *word = at;

	for (; size; size -= sizeof(*word), word++)
		*word = memory_pattern((unsigned long)word);
}

void memory_check(const void *at, unsigned long size)
{
	const uint64_t *word = at;

	for (; size; size -= sizeof(*word), word++) {
		if (*(const volatile uint64_t *)word !=
		    memory_pattern((unsigned long)word))
			storm_found(
				"memory was written that no call was given, at",
				(unsigned long)word);
	}
}

/* The sum over what never changes: code and constants of the payload, the tree
 */
static uint64_t sum_of(const void *from, const void *to, uint64_t sum)
{
	const unsigned long *word = from;

	for (; (const void *)(word + 1) <= to; word++)
		sum = sum * 31 + *word;
	return sum;
}

static uint64_t sum_text(void)
{
	const char *tree = dt_blob();
	/* The size stands big endian behind the magic number */
	const uint8_t *size = (const uint8_t *)tree + 4;
	unsigned long bytes = (unsigned long)size[0] << 24 | size[1] << 16 |
			      size[2] << 8 | size[3];

	return sum_of(tree, tree + bytes, sum_of(_start, __rela_end, 0));
}

static void *page_at(unsigned int n)
{
	return (void *)(ram + n * PAGE_SIZE);
}

/* The next pages in a row that are free, each with a common one before it */
static uint8_t *take(unsigned int *from, unsigned int count, uint8_t kind)
{
	unsigned int n = *from, run = 0;

	for (; n < pages; n++) {
		run = kinds[n] == PAGE_COMMON ? run + 1 : 0;
		if (run == count + 2)
			break;
	}
	if (n == pages)
		return NULL;
	memset(kinds + n - count, kind, count);
	*from = n;
	return page_at(n - count);
}

static bool take_windows(void)
{
	unsigned int from =
		(unsigned int)(((unsigned long)_end - ram) / PAGE_SIZE);

	for (unsigned int h = 0; h < STORM_HARTS; h++) {
		struct storm_hart *s = &storm.hart[h];

		s->table = take(&from, TABLE_PAGES, (uint8_t)(PAGE_WINDOW + h));
		for (unsigned int i = 0; i < SNAP_PAGES; i++)
			s->snap[i] = take(&from, 1, (uint8_t)(PAGE_WINDOW + h));
		if (!s->snap[SNAP_PAGES - 1])
			return false;
	}
	shared_table = take(&from, SHARED_PAGES, PAGE_SHARED);
	shared_page = take(&from, 1, PAGE_SHARED);
	if (!shared_page)
		return false;
	if (kinds[pages - 1] == PAGE_COMMON) {
		kinds[pages - 1] = PAGE_SHARED;
		last_page = page_at(pages - 1);
	}
	return true;
}

bool memory_init(void)
{
	struct range memory, page = {0, PAGE_SIZE};

	if (!payload_memory(&memory))
		return false;
	ram = (unsigned long)memory.base;
	pages = (unsigned int)(memory.size / PAGE_SIZE);
	if (pages > PAGES_MAX)
		pages = PAGES_MAX;
	for (unsigned int n = 0; n < pages; n++) {
		page.base = (uintptr_t)page_at(n);
		kinds[n] = page_is_free(&page) ? PAGE_COMMON : PAGE_NOT_OURS;
	}
	if (!take_windows())
		return false;
	for (unsigned int n = 0; n < pages; n++) {
		if (kinds[n] != PAGE_NOT_OURS)
			memory_fill(page_at(n), PAGE_SIZE);
	}
	text_sum = sum_text();
	return true;
}

unsigned int memory_pages(void)
{
	unsigned int count = 0;

	for (unsigned int n = 0; n < pages; n++)
		count += kinds[n] >= PAGE_COMMON;
	return count;
}

void memory_sweep(struct storm_hart *s)
{
	uint8_t mine = (uint8_t)(PAGE_WINDOW + storm_number(s));
	unsigned int n = s->sweep++ % pages;

	if (kinds[n] == PAGE_COMMON || kinds[n] == mine)
		memory_check(page_at(n), PAGE_SIZE);
}

void memory_check_all(void)
{
	for (unsigned int n = 0; n < pages; n++) {
		if (kinds[n] >= PAGE_COMMON)
			memory_check(page_at(n), PAGE_SIZE);
	}
	if (sum_text() != text_sum)
		storm_found("the payload or the device tree was written", 0);
}
