/* SPDX-License-Identifier: BSD-2-Clause */
#include "console.h"
#include "string.h"
#include <stdbool.h>
#include <stdint.h>

struct spec {
	void (*put)(char c, void *to);
	void *to;
	bool left, zero, alt;
	unsigned int width;
	int precision; /* -1: none */
	int longs;
};

static void put_padding(const struct spec *s, char c, unsigned int used)
{
	while (used++ < s->width)
		s->put(c, s->to);
}

/* prefix stays in front of zeros and behind blanks */
static void put_field(const struct spec *s, const char *prefix,
		      const char *text, unsigned int length)
{
	unsigned int used = length + (unsigned int)strlen(prefix);

	if (!s->left && !s->zero)
		put_padding(s, ' ', used);
	while (*prefix)
		s->put(*prefix++, s->to);
	if (!s->left && s->zero)
		put_padding(s, '0', used);
	while (length--)
		s->put(*text++, s->to);
	if (s->left)
		put_padding(s, ' ', used);
}

static void put_number(const struct spec *s, uint64_t value, unsigned int base,
		       const char *prefix)
{
	char digits[24];
	unsigned int at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	put_field(s, prefix, digits + at, (unsigned int)sizeof(digits) - at);
}

static void put_string(const struct spec *s, const char *text)
{
	size_t max = s->precision < 0 ? (size_t)-1 : (size_t)s->precision;

	if (!text)
		text = "(null)";
	put_field(s, "", text, (unsigned int)strnlen(text, max));
}

static const char *parse_number(const char *fmt, unsigned int *value)
{
	*value = 0;
	while (*fmt >= '0' && *fmt <= '9')
		*value = *value * 10 + (unsigned int)(*fmt++ - '0');
	return fmt;
}

static const char *parse_spec(const char *fmt, struct spec *s, va_list *args)
{
	unsigned int n;

	for (;; fmt++) {
		if (*fmt == '-')
			s->left = true;
		else if (*fmt == '0')
			s->zero = true;
		else if (*fmt == '#')
			s->alt = true;
		else
			break;
	}
	fmt = parse_number(fmt, &s->width);
	if (*fmt == '.' && fmt[1] == '*') {
		s->precision = va_arg(*args, int);
		fmt += 2;
	} else if (*fmt == '.') {
		fmt = parse_number(fmt + 1, &n);
		s->precision = (int)n;
	}
	for (; *fmt == 'l'; fmt++)
		s->longs++;
	if (*fmt == 'z') {
		s->longs = 1;
		fmt++;
	}
	return fmt;
}

static uint64_t next_unsigned(const struct spec *s, va_list *args)
{
	if (s->longs >= 2)
		return va_arg(*args, unsigned long long);
	if (s->longs)
		return va_arg(*args, unsigned long);
	return va_arg(*args, unsigned int);
}

static int64_t next_signed(const struct spec *s, va_list *args)
{
	if (s->longs >= 2)
		return va_arg(*args, long long);
	if (s->longs)
		return va_arg(*args, long);
	return va_arg(*args, int);
}

static void put_conversion(const struct spec *s, char type, va_list *args)
{
	char c = type;
	int64_t value;

	switch (type) {
	case 'd':
	case 'i':
		value = next_signed(s, args);
		put_number(s, value < 0 ? -(uint64_t)value : (uint64_t)value,
			   10, value < 0 ? "-" : "");
		break;
	case 'u':
		put_number(s, next_unsigned(s, args), 10, "");
		break;
	case 'x':
		put_number(s, next_unsigned(s, args), 16, s->alt ? "0x" : "");
		break;
	case 'p':
		put_number(s, (uintptr_t)va_arg(*args, void *), 16, "0x");
		break;
	case 's':
		put_string(s, va_arg(*args, const char *));
		break;
	case 'c':
		c = (char)va_arg(*args, int);
		/* fall through */
	default:
		put_field(s, "", &c, 1);
	}
}

void format(void (*put)(char c, void *to), void *to, const char *fmt,
	    va_list args_)
{
	va_list args;

	va_copy(args, args_);
	for (; *fmt; fmt++) {
		struct spec s = {.put = put, .to = to, .precision = -1};

		if (*fmt != '%') {
			put(*fmt, to);
			continue;
		}
		fmt = parse_spec(fmt + 1, &s, &args);
		if (!*fmt)
			break;
		put_conversion(&s, *fmt, &args);
	}
	va_end(args);
}
