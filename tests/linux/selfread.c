// SPDX-License-Identifier: BSD-2-Clause
/*
 * selfread instructions|cycles ROUNDS: a process reads its own counter while it
 * counts, from the CSR that the kernel opens for it, without a system call.
 * selfread instret|cycle ROUNDS: it reads that CSR as it is.
 *
 * The loop in between takes two instructions a round. Prints the difference of
 * two reads, and of two reads by the kernel.
 */
#include <linux/perf_event.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CSR_CYCLE 0xc00
#define CSR_COUNT 32

static void fail(const char *what)
{
	fprintf(stderr, "selfread: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void refused(int number)
{
	static const char line[] = "refused\n";

	(void)number;
	_exit(write(STDOUT_FILENO, line, sizeof(line) - 1) < 0);
}

static void loop(uint64_t rounds)
{
	__asm__ volatile(".option push; .option norvc\n"
			 "1: addi %0, %0, -1\n"
			 "bnez %0, 1b\n"
			 ".option pop"
			 : "+r"(rounds));
}

/* The number of a CSR is part of the instruction that reads it */
#define READ(n)                                         \
	case n:                                         \
		__asm__ volatile("csrr %0, %1"          \
				 : "=r"(v)              \
				 : "i"(CSR_CYCLE + n)); \
		break
#define READ4(n)     \
	READ(n);     \
	READ(n + 1); \
	READ(n + 2); \
	READ(n + 3)

static inline uint64_t read_csr(unsigned int n)
{
	uint64_t v = 0;

	switch (n) {
		READ4(0);
		READ4(4);
		READ4(8);
		READ4(12);
		READ4(16);
		READ4(20);
		READ4(24);
		READ4(28);
	}
	return v;
}

/* As the kernel's header prescribes it; 0 when it does not open the counter */
static int read_page(const volatile struct perf_event_mmap_page *page,
		     uint64_t *value)
{
	uint32_t seq, index;
	int64_t count;
	unsigned int unused;

	do {
		seq = page->lock;
		__sync_synchronize();
		index = page->index;
		if (!page->cap_user_rdpmc || index == 0 || index > CSR_COUNT)
			return 0;
		unused = 64u - page->pmc_width;
		count = (int64_t)(read_csr(index - 1) << unused) >> unused;
		*value = (uint64_t)(page->offset + count);
		__sync_synchronize();
	} while (page->lock != seq);
	return 1;
}

static uint64_t read_kernel(int event)
{
	uint64_t value;

	if (read(event, &value, sizeof(value)) != sizeof(value))
		fail("reading the event");
	return value;
}

static void read_event(uint64_t config, uint64_t rounds)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.size = sizeof(attr),
		.config = config,
		.exclude_kernel = 1,
		.exclude_hv = 1,
	};
	uint64_t first, before = 0, after = 0, last;
	struct perf_event_mmap_page *page;
	int event, open;

	event = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0UL);
	if (event < 0)
		fail("perf_event_open");
	page = mmap(NULL, (size_t)getpagesize(), PROT_READ, MAP_SHARED, event,
		    0);
	if (page == MAP_FAILED)
		fail("mmap of the event");
	first = read_kernel(event);
	open = read_page(page, &before);
	loop(rounds);
	open = open && read_page(page, &after);
	last = read_kernel(event);
	if (!open) {
		puts("not opened");
		return;
	}
	printf("self %lu kernel %lu between %d\n", after - before, last - first,
	       first <= before && after <= last);
}

static void read_plain(unsigned int n, uint64_t rounds)
{
	uint64_t before = read_csr(n);

	loop(rounds);
	printf("plain %lu\n", read_csr(n) - before);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int event;
		unsigned int number;
	} ways[] = {{"instructions", 1, PERF_COUNT_HW_INSTRUCTIONS},
		    {"cycles", 1, PERF_COUNT_HW_CPU_CYCLES},
		    {"instret", 0, 2},
		    {"cycle", 0, 0}};
	uint64_t rounds;
	unsigned int i;

	signal(SIGILL, refused);
	for (i = 0; argc == 3 && i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (strcmp(argv[1], ways[i].name))
			continue;
		rounds = strtoull(argv[2], NULL, 10);
		if (ways[i].event)
			read_event(ways[i].number, rounds);
		else
			read_plain(ways[i].number, rounds);
		return 0;
	}
	fputs("usage: selfread instructions|cycles|instret|cycle ROUNDS\n",
	      stderr);
	return 2;
}
