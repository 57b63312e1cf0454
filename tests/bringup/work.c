// SPDX-License-Identifier: BSD-2-Clause
/*
 * Workloads that make one kind of event happen about so many times. Those that
 * miss the TLB go through a window of pages: it exists only while they run, the
 * payload itself keeps its addresses.
 */
#include "bringup.h"
#include "memory.h"

void plain_branches(unsigned long n);
void random_branches(unsigned long n);
extern uint32_t far_memory[];

#define INSNS 20000
#define ACCESSES 16000
#define BRANCHES 8000
#define FENCES 500

/* Lines of 64 bytes in an order that no prefetcher knows; LINES is odd to it */
#define LINE_WORDS 16
#define LINES (FAR_SIZE / 64)
#define ORDER 40503UL
#define FAR_ACCESSES 16384
/* The first part of the memory is code: one return in each line */
#define CODE_LINES 4096
#define INSN_RET 0x8067

#define PAGES 512
#define PAGE_WORDS (PAGE_SIZE / 4)
#define PTE_V 0x1UL
#define PTE_LEAF 0xcfUL /* D A X W R V */
#define TABLE (PAGE_SIZE / sizeof(long))
#define LEAVES (2 * PAGES / TABLE)

/* The window: PAGES pages of data, then as many of code */
static unsigned long root[TABLE] __attribute__((aligned(4096)));
static unsigned long leaf[2 * PAGES] __attribute__((aligned(4096)));
static uint32_t data_page[PAGE_WORDS] __attribute__((aligned(4096)));
static uint32_t code_page[PAGE_WORDS] __attribute__((aligned(4096)));
static char *window;
static unsigned long satp;

extern char _start[], _end[];

static unsigned long pte(const void *page, unsigned long bits)
{
	return (unsigned long)page >> 12 << 10 | bits;
}

#if XLEN == 64
#define ROOT_SHIFT 30
static unsigned long middle[TABLE] __attribute__((aligned(4096)));

static bool build_root(void)
{
	for (unsigned int i = 0; i < LEAVES; i++)
		middle[i] = pte(&leaf[i * TABLE], PTE_V);
	root[TABLE - 1] = pte(middle, PTE_V);
	window = (char *)-(1UL << ROOT_SHIFT);
	satp = 8UL << 60 | (unsigned long)root >> 12;
	/* The upper half of the addresses has no identity */
	return ((unsigned long)_end - 1) >> ROOT_SHIFT < TABLE / 2;
}
#else
#define ROOT_SHIFT 22

static bool build_root(void)
{
	unsigned long at = (unsigned long)_start >> ROOT_SHIFT ^ TABLE / 2;

	root[at] = pte(leaf, PTE_V);
	window = (char *)(at << ROOT_SHIFT);
	satp = 1UL << 31 | (unsigned long)root >> 12;
	return true;
}
#endif

static void sfence(void)
{
	__asm__ __volatile__("sfence.vma" ::: "memory");
}

static void paging(bool on)
{
	csr_write(CSR_SATP, on ? satp : 0);
	sfence();
}

bool work_init(void)
{
	unsigned long at, last = ((unsigned long)_end - 1) >> ROOT_SHIFT;
	bool works;

	for (unsigned int i = 0; i < PAGE_WORDS; i++)
		code_page[i] = INSN_RET;
	for (unsigned int i = 0; i < CODE_LINES; i++)
		far_memory[i * LINE_WORDS] = INSN_RET;
	for (unsigned int i = 0; i < PAGES; i++) {
		leaf[i] = pte(data_page, PTE_LEAF);
		leaf[PAGES + i] = pte(code_page, PTE_LEAF);
	}
	fence_i();
	if (!build_root())
		return false;
	for (at = (unsigned long)_start >> ROOT_SHIFT; at <= last; at++)
		root[at] = pte((void *)(at << ROOT_SHIFT), PTE_LEAF);
	csr_write(CSR_SATP, satp);
	works = csr_read(CSR_SATP) == satp;
	csr_write(CSR_SATP, 0);
	sfence();
	if (!works)
		window = NULL;
	return works;
}

static void arith(void)
{
	work_insns(INSNS);
}

static void nops(void)
{
	for (unsigned int i = 0; i < INSNS / 100; i++)
		work_nops_100(0);
}

static void loads(void)
{
	volatile uint32_t *word = data_page;

	for (unsigned int i = 0; i < ACCESSES; i++)
		(void)*word;
}

static void stores(void)
{
	volatile uint32_t *word = data_page;

	for (unsigned int i = 0; i < ACCESSES; i++)
		*word = i;
}

/* Other lines of each page, as they would be of other pages */
static volatile uint32_t *page_word(unsigned int page)
{
	return (volatile uint32_t *)(window + page * PAGE_SIZE) +
	       page * LINE_WORDS % PAGE_WORDS;
}

static void page_reads(void)
{
	if (!window)
		return;
	paging(true);
	for (unsigned int i = 0; i < PAGES; i++)
		(void)*page_word(i);
	paging(false);
}

static void page_writes(void)
{
	if (!window)
		return;
	paging(true);
	for (unsigned int i = 0; i < PAGES; i++)
		*page_word(i) = i;
	paging(false);
}

static void code_pages(void)
{
	if (!window)
		return;
	fence_i();
	paging(true);
	for (unsigned int i = PAGES; i < 2 * PAGES; i++)
		((void (*)(void))(uintptr_t)page_word(i))();
	paging(false);
}

static volatile uint32_t *far_word(unsigned long i)
{
	unsigned long line = i * ORDER % (LINES - CODE_LINES);

	return far_memory + (CODE_LINES + line) * LINE_WORDS;
}

static void far_reads(void)
{
	static unsigned long at;

	for (unsigned int i = 0; i < FAR_ACCESSES; i++)
		(void)*far_word(at++);
}

static void far_writes(void)
{
	static unsigned long at;

	for (unsigned int i = 0; i < FAR_ACCESSES; i++)
		*far_word(at++) = i;
}

static void far_code(void)
{
	fence_i();
	for (unsigned long i = 0; i < CODE_LINES; i++) {
		unsigned long line = i * ORDER % CODE_LINES;

		((void (*)(void))(uintptr_t)(far_memory + line * LINE_WORDS))();
	}
}

static void branches(void)
{
	plain_branches(BRANCHES);
}

static void random(void)
{
	random_branches(BRANCHES);
}

static void fences(void)
{
	for (unsigned int i = 0; i < FENCES; i++) {
		fence();
		fence_i();
	}
}

const struct work work_arith = {"arithmetic", arith, INSNS};
const struct work work_nops = {"nops", nops, INSNS};
const struct work work_loads = {"loads of one line", loads, ACCESSES};
const struct work work_stores = {"stores to one line", stores, ACCESSES};
const struct work work_page_reads = {"loads from fresh pages", page_reads,
				     PAGES};
const struct work work_page_writes = {"stores to fresh pages", page_writes,
				      PAGES};
const struct work work_far_reads = {"loads all over 8 MiB", far_reads,
				    FAR_ACCESSES};
const struct work work_far_writes = {"stores all over 8 MiB", far_writes,
				     FAR_ACCESSES};
const struct work work_branches = {"branches that are easy to tell", branches,
				   BRANCHES};
const struct work work_random = {"branches that cannot be told", random,
				 BRANCHES};
const struct work work_code_pages = {"calls into fresh pages", code_pages,
				     PAGES};
const struct work work_far_code = {"calls into fresh lines", far_code,
				   CODE_LINES};
const struct work work_fences = {"fences", fences, FENCES};
