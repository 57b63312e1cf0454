/* SPDX-License-Identifier: BSD-2-Clause */
/* Leave a piece of code from anywhere inside it, as with setjmp/longjmp. */
#ifndef FIRMWARE_CONTEXT_H
#define FIRMWARE_CONTEXT_H

struct context {
	unsigned long ra;
	unsigned long sp;
	unsigned long s[12];
	unsigned long sie; /* sstatus.SIE */
};

/** Returns 0; returns again with the value given to context_jump() */
int context_save(struct context *ctx) __attribute__((returns_twice));

/** Go back to context_save(), which returns value (never 0) */
void context_jump(struct context *ctx, int value) __attribute__((noreturn));

#endif
