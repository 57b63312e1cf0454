/* SPDX-License-Identifier: BSD-2-Clause */
#include "console.h"
#include "hart.h"
#include "sbi.h"

static bool have_dbcn;
static volatile int console_lock;

void console_init(void)
{
	have_dbcn = sbi_probe(SBI_EID_DBCN) != 0;
}

static void write_all(const char *text, unsigned int length)
{
	while (have_dbcn && length) {
		struct sbiret ret = sbi_debug_write(length, (uintptr_t)text);

		if (ret.error || ret.value > length)
			break;
		text += ret.value;
		length -= (unsigned int)ret.value;
	}
	for (; length; length--)
		sbi_legacy_putchar(*text++);
}

void console_flush(void)
{
	struct hart *hart = this_hart();
	unsigned long flags = irq_off();

	while (__atomic_exchange_n(&console_lock, 1, __ATOMIC_ACQUIRE))
		;
	write_all(hart->line, hart->line_length);
	hart->line_length = 0;
	__atomic_store_n(&console_lock, 0, __ATOMIC_RELEASE);
	irq_restore(flags);
}

static void put_console(char c, void *to)
{
	struct hart *hart = to;

	hart->line[hart->line_length++] = c;
	if (c == '\n' || hart->line_length == sizeof(hart->line))
		console_flush();
}

void vprintf(const char *fmt, va_list args)
{
	unsigned long flags = irq_off();

	format(put_console, this_hart(), fmt, args);
	irq_restore(flags);
}

void printf(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
}
