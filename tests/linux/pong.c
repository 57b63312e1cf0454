// SPDX-License-Identifier: BSD-2-Clause
/*
 * pong N: two processes hand a byte to and fro N times (1000 without), through
 * two pipes. On one CPU that is 2N context switches. It says how long they took.
 *
 * Written without a C library, which a cross compiler need not have for Linux.
 */

#include <stddef.h>

/* System calls of Linux on riscv64 */
#define SYS_PIPE2 59
#define SYS_READ 63
#define SYS_WRITE 64
#define SYS_EXIT 93
#define SYS_CLOCK_GETTIME 113
#define SYS_CLONE 220
#define CLOCK_MONOTONIC 1
#define SIGCHLD 17

static long call(long number, long a, long b, long c)
{
	register long a0 asm("a0") = a;
	register long a1 asm("a1") = b;
	register long a2 asm("a2") = c;
	register long a3 asm("a3") = 0;
	register long a4 asm("a4") = 0;
	register long a7 asm("a7") = number;

	asm volatile("ecall"
		     : "+r"(a0)
		     : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a7)
		     : "memory");
	return a0;
}

static long now(void)
{
	long time[2];

	call(SYS_CLOCK_GETTIME, CLOCK_MONOTONIC, (long)time, 0);
	return time[0] * 1000000000 + time[1];
}

static void say(const char *text)
{
	size_t n = 0;

	while (text[n])
		n++;
	call(SYS_WRITE, 1, (long)text, (long)n);
}

static void say_number(long value)
{
	char digits[24];
	size_t i = sizeof(digits) - 1;

	digits[i] = '\0';
	do {
		digits[--i] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	say(&digits[i]);
}

static void pass(long from, long to, int first, long rounds)
{
	char byte = 0;

	while (rounds-- > 0) {
		if (first)
			call(SYS_WRITE, to, (long)&byte, 1);
		call(SYS_READ, from, (long)&byte, 1);
		if (!first)
			call(SYS_WRITE, to, (long)&byte, 1);
	}
}

/* Called with what the kernel left on the stack */
__attribute__((used)) static void begin(long *stack)
{
	long rounds = 1000, start;
	int ping[2], pong[2];

	if (stack[0] > 1) {
		const char *digit = (const char *)stack[2];

		for (rounds = 0; *digit; digit++)
			rounds = rounds * 10 + (*digit - '0');
	}
	if (call(SYS_PIPE2, (long)ping, 0, 0) < 0 ||
	    call(SYS_PIPE2, (long)pong, 0, 0) < 0) {
		say("pong: no pipe\n");
		call(SYS_EXIT, 1, 0, 0);
	}
	switch (call(SYS_CLONE, SIGCHLD, 0, 0)) {
	case 0:
		pass(ping[0], pong[1], 0, rounds);
		break;
	default:
		start = now();
		pass(pong[0], ping[1], 1, rounds);
		say_number(rounds);
		say(" rounds, ");
		say_number(now() - start);
		say(" ns\n");
	}
	call(SYS_EXIT, 0, 0, 0);
}

__attribute__((naked, noreturn)) void _start(void)
{
	asm volatile("mv a0, sp\n\ttail begin");
}
