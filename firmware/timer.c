/* SPDX-License-Identifier: BSD-2-Clause */
#include "timer.h"
#include "dt.h"
#include "riscv.h"
#include "work.h"

uint64_t time_now(void)
{
#if XLEN == 64
	return csr_read(CSR_TIME);
#else
	unsigned long lo, hi;

	do {
		hi = csr_read(CSR_TIMEH);
		lo = csr_read(CSR_TIME);
	} while (hi != csr_read(CSR_TIMEH));
	return (uint64_t)hi << 32 | lo;
#endif
}

uint64_t ticks_of_ms(unsigned int ms)
{
	return dt_timebase() * ms / 1000;
}

void work_ticks(uint64_t ticks)
{
	uint64_t begin = time_now();

	while (time_now() - begin < ticks)
		;
}
