// SPDX-License-Identifier: BSD-2-Clause
/*
 * pong N: two processes hand a byte to and fro N times (1000 without), through
 * two pipes. On one CPU that is 2N context switches. It says how long they
 * took.
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000 + t.tv_nsec;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void hand_over(int to)
{
	if (write(to, "", 1) != 1)
		fail("pong: write");
}

static void wait_for(int from)
{
	char byte;

	if (read(from, &byte, 1) != 1)
		fail("pong: read");
}

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 1000;
	int ping[2], pong[2];
	long start, i;

	if (pipe(ping) || pipe(pong))
		fail("pong: pipe");
	switch (fork()) {
	case -1:
		fail("pong: fork");
		break;
	case 0:
		for (i = 0; i < rounds; i++) {
			wait_for(ping[0]);
			hand_over(pong[1]);
		}
		break;
	default:
		start = now();
		for (i = 0; i < rounds; i++) {
			hand_over(ping[1]);
			wait_for(pong[0]);
		}
		printf("%ld rounds, %ld ns\n", rounds, now() - start);
	}
	return 0;
}
