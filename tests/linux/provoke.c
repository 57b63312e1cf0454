// SPDX-License-Identifier: BSD-2-Clause
/*
 * provoke WHAT N: do N times what a firmware event counts. What the kernel and
 * the firmware make of it, the tests know.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* OpenSBI keeps S-mode out of the memory that it runs in. */
#define FIRMWARE_BASE 0x80000000UL

static char page[8192] __attribute__((aligned(4096)));

static void fail(const char *what)
{
	fprintf(stderr, "provoke: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* Every instruction that faults on purpose is four bytes long. */
static void skip(int signal, siginfo_t *info, void *context)
{
	ucontext_t *c = context;

	(void)signal;
	(void)info;
	c->uc_mcontext.__gregs[REG_PC] += 4;
}

static void skip_faults(void)
{
	struct sigaction action = {.sa_sigaction = skip,
				   .sa_flags = SA_SIGINFO};
	const int signals[] = {SIGILL, SIGSEGV, SIGBUS};

	for (unsigned int i = 0; i < 3; i++)
		if (sigaction(signals[i], &action, NULL))
			fail("sigaction");
}

static volatile uint32_t *firmware_memory(void)
{
	int fd = open("/dev/mem", O_RDWR | O_SYNC);
	void *p;

	if (fd < 0)
		fail("/dev/mem");
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		 FIRMWARE_BASE);
	if (p == MAP_FAILED)
		fail("mapping the firmware's memory");
	return p;
}

static void illegal(long n)
{
	skip_faults();
	while (n--)
		asm volatile(".4byte 0x0000007b");
}

static void load(long n)
{
	volatile uint32_t *p = firmware_memory();
	uint32_t value;

	skip_faults();
	while (n--)
		asm volatile(
			".option push; .option norvc; lw %0, %1; .option pop"
			: "=r"(value)
			: "m"(*p));
}

static void store(long n)
{
	volatile uint32_t *p = firmware_memory();

	skip_faults();
	while (n--)
		asm volatile(
			".option push; .option norvc; sw zero, %0; .option pop"
			: "=m"(*p));
}

static void odd_load(long n)
{
	volatile uint32_t *p = (void *)(page + 1);

	while (n--)
		(void)*p;
}

/* QEMU carries out misaligned loads and stores, but not misaligned atomics. */
static void odd_amo(long n)
{
	skip_faults();
	while (n--)
		asm volatile("amoadd.w zero, zero, (%0)"
			     :
			     : "r"(page + 1)
			     : "memory");
}

static void sleep_often(long n)
{
	struct timespec t = {.tv_nsec = 100000};

	while (n--)
		nanosleep(&t, NULL);
}

static void stay_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		fail("there is no second CPU");
}

static volatile bool spinning, done;

static void *spin(void *unused)
{
	(void)unused;
	stay_on(1);
	spinning = true;
	while (!done)
		;
	return NULL;
}

/* Run on CPU 0 while a thread of the same program is busy on CPU 1. */
static void beside_a_thread(void (*once)(long i), long n)
{
	pthread_t thread;

	stay_on(0);
	if (pthread_create(&thread, NULL, spin, NULL))
		fail("pthread_create");
	while (!spinning)
		sched_yield();
	for (long i = 0; i < n; i++)
		once(i);
	done = true;
	pthread_join(thread, NULL);
}

static void one_barrier(long i)
{
	(void)i;
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
		fail("membarrier");
}

static void barrier(long n)
{
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED,
		    0, 0))
		fail("membarrier");
	beside_a_thread(one_barrier, n);
}

static void one_icache_flush(long i)
{
	(void)i;
	if (syscall(SYS_riscv_flush_icache, page, page + sizeof(page), 0))
		fail("riscv_flush_icache");
}

static void icache(long n)
{
	beside_a_thread(one_icache_flush, n);
}

/* The kernel flushes when it takes a right away from a page in use. */
static void one_protect(long i)
{
	(void)i;
	page[0] = 1;
	if (mprotect(page, 4096, PROT_READ) ||
	    mprotect(page, 4096, PROT_READ | PROT_WRITE))
		fail("mprotect");
}

static void protect(long n)
{
	beside_a_thread(one_protect, n);
}

/* Two processes hand a byte to each other: two switches a round. */
static void hand_over(long n)
{
	int there[2], back[2];
	char c = 0;

	stay_on(0);
	if (pipe(there) || pipe(back))
		fail("pipe");
	if (fork() == 0) {
		while (n--)
			if (read(there[0], &c, 1) != 1 ||
			    write(back[1], &c, 1) != 1)
				_exit(1);
		_exit(0);
	}
	while (n--)
		if (write(there[1], &c, 1) != 1 || read(back[0], &c, 1) != 1)
			fail("pipe");
	wait(NULL);
}

static const struct {
	const char *name;
	void (*run)(long n);
} things[] = {
	{"illegal", illegal},	{"load", load},	      {"store", store},
	{"odd-load", odd_load}, {"odd-amo", odd_amo}, {"sleep", sleep_often},
	{"barrier", barrier},	{"icache", icache},   {"protect", protect},
	{"switch", hand_over},
};

int main(int argc, char **argv)
{
	for (unsigned int i = 0;
	     argc == 3 && i < sizeof(things) / sizeof(*things); i++) {
		if (!strcmp(argv[1], things[i].name)) {
			things[i].run(strtol(argv[2], NULL, 0));
			return 0;
		}
	}
	fprintf(stderr, "usage: provoke WHAT N; WHAT is one of");
	for (unsigned int i = 0; i < sizeof(things) / sizeof(*things); i++)
		fprintf(stderr, " %s", things[i].name);
	fprintf(stderr, "\n");
	return 2;
}
