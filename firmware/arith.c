/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the compiler calls for 64-bit arithmetic on RV32, where the toolchain
 * has no library of its own.
 */
#include "riscv.h"

#if XLEN == 32

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);
uint64_t __lshrdi3(uint64_t v, int by);
uint64_t __ashldi3(uint64_t v, int by);

union halves {
	uint64_t v;
	struct {
		uint32_t lo, hi;
	};
};

uint64_t __lshrdi3(uint64_t v, int by)
{
	union halves h = {v};

	if (by >= 32)
		return h.hi >> (by - 32);
	if (by) {
		h.lo = h.lo >> by | h.hi << (32 - by);
		h.hi >>= by;
	}
	return h.v;
}

uint64_t __ashldi3(uint64_t v, int by)
{
	union halves h = {v};

	if (by >= 32) {
		h.hi = h.lo << (by - 32);
		h.lo = 0;
	} else if (by) {
		h.hi = h.hi << by | h.lo >> (32 - by);
		h.lo <<= by;
	}
	return h.v;
}

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest)
{
	uint64_t quotient = 0, left = 0;

	for (int bit = 63; bit >= 0; bit--) {
		bool carry = left >> 63;

		left = left << 1 | ((n >> bit) & 1);
		if (carry || left >= d) {
			left -= d;
			quotient |= 1ULL << bit;
		}
	}
	*rest = left;
	return quotient;
}

uint64_t __udivdi3(uint64_t n, uint64_t d)
{
	uint64_t rest;

	return __udivmoddi4(n, d, &rest);
}

uint64_t __umoddi3(uint64_t n, uint64_t d)
{
	uint64_t rest;

	__udivmoddi4(n, d, &rest);
	return rest;
}

static uint64_t magnitude(int64_t v)
{
	return v < 0 ? -(uint64_t)v : (uint64_t)v;
}

int64_t __divdi3(int64_t n, int64_t d)
{
	uint64_t q = __udivdi3(magnitude(n), magnitude(d));

	return (int64_t)((n < 0) != (d < 0) ? -q : q);
}

int64_t __moddi3(int64_t n, int64_t d)
{
	uint64_t r = __umoddi3(magnitude(n), magnitude(d));

	return (int64_t)(n < 0 ? -r : r);
}

#endif

int __popcountsi2(unsigned int v);
int __popcountdi2(uint64_t v);
int __ctzsi2(unsigned int v);
int __ctzdi2(uint64_t v);
int __clzsi2(unsigned int v);
int __clzdi2(uint64_t v);

int __popcountsi2(unsigned int v)
{
	v -= (v >> 1) & 0x55555555;
	v = (v & 0x33333333) + ((v >> 2) & 0x33333333);
	v = (v + (v >> 4)) & 0x0f0f0f0f;
	return (int)((v * 0x01010101) >> 24);
}

int __popcountdi2(uint64_t v)
{
	return __popcountsi2((unsigned int)v) +
	       __popcountsi2((unsigned int)(v >> 32));
}

int __ctzsi2(unsigned int v)
{
	return __popcountsi2((v & -v) - 1);
}

int __ctzdi2(uint64_t v)
{
	return __popcountdi2((v & -v) - 1);
}

int __clzsi2(unsigned int v)
{
	for (int by = 1; by < 32; by <<= 1)
		v |= v >> by;
	return 32 - __popcountsi2(v);
}

int __clzdi2(uint64_t v)
{
	for (int by = 1; by < 64; by <<= 1)
		v |= v >> by;
	return 64 - __popcountdi2(v);
}
