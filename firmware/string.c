/* SPDX-License-Identifier: BSD-2-Clause */
#include "string.h"

void *memcpy(void *dest, const void *src, size_t n)
{
	char *d = dest;
	const char *s = src;

	while (n--)
		*d++ = *s++;
	return dest;
}

void *memmove(void *dest, const void *src, size_t n)
{
	char *d = dest;
	const char *s = src;

	if (d < s)
		return memcpy(dest, src, n);
	while (n--)
		d[n] = s[n];
	return dest;
}

void *memset(void *dest, int c, size_t n)
{
	char *d = dest;

	while (n--)
		*d++ = (char)c;
	return dest;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (; n; n--, x++, y++) {
		if (*x != *y)
			return *x - *y;
	}
	return 0;
}

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n; n--, p++) {
		if (*p == (unsigned char)c)
			return (void *)p;
	}
	return NULL;
}

size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		if (*a != *b)
			return (unsigned char)*a - (unsigned char)*b;
		if (!*a)
			break;
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, (size_t)-1);
}

char *strchr(const char *s, int c)
{
	return memchr(s, c, strlen(s) + 1);
}

char *strrchr(const char *s, int c)
{
	for (size_t n = strlen(s) + 1; n--;) {
		if (s[n] == (char)c)
			return (char *)s + n;
	}
	return NULL;
}

static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? (unsigned int)(c - 'a') + 10 : 99;
}

unsigned long strtoul(const char *s, char **end, int base)
{
	unsigned long value = 0;

	if ((!base || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x' &&
	    digit(s[2]) < 16) {
		s += 2;
		base = 16;
	}
	if (!base)
		base = s[0] == '0' ? 8 : 10;
	for (; digit(*s) < (unsigned int)base; s++)
		value = value * (unsigned long)base + digit(*s);
	if (end)
		*end = (char *)s;
	return value;
}
