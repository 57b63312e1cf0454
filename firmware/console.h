/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text output through the SBI console. Text is collected per hart and written
 * when its line ends, so lines of several harts do not mix.
 */
#ifndef FIRMWARE_CONSOLE_H
#define FIRMWARE_CONSOLE_H

#include <stdarg.h>
#include <stddef.h>

void console_init(void);

/** Write out a line that has not ended yet */
void console_flush(void);

/**
 * %s %c %d %i %u %x %p %%, with l, ll and z, the flags 0 - #, width and, for
 * %s, precision.
 */
void printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void vprintf(const char *fmt, va_list args)
	__attribute__((format(printf, 1, 0)));

/** Format through a function that takes one character at a time */
void format(void (*put)(char c, void *to), void *to, const char *fmt,
	    va_list args) __attribute__((format(printf, 3, 0)));

#endif
