// SPDX-License-Identifier: BSD-2-Clause
/* Calls as what goes to the registers. */
#include "bench.h"

/* A 64-bit argument takes one register on RV64 and two on RV32. */
#if XLEN == 64
#define ARG64(v) (v), 0
#else
#define ARG64(v) (unsigned long)(v), (unsigned long)((v) >> 32)
#endif

#define CALL(eid, fid, ...)                            \
	({                                             \
		struct call c_ = {.a = {__VA_ARGS__}}; \
		c_.a[6] = (fid);                       \
		c_.a[7] = (eid);                       \
		c_;                                    \
	})

struct call call_base(void)
{
	return CALL(SBI_EID_BASE, 0, 0);
}

struct call call_pmu(unsigned long fid, unsigned long a0)
{
	return CALL(PMU_EID, fid, a0);
}

struct call call_config(unsigned long base, unsigned long mask,
			unsigned long flags, unsigned long event, uint64_t data)
{
	return CALL(PMU_EID, PMU_FID_CONFIG, base, mask, flags, event,
		    ARG64(data));
}

struct call call_start(unsigned long base, unsigned long mask,
		       unsigned long flags, uint64_t initial)
{
	return CALL(PMU_EID, PMU_FID_START, base, mask, flags, ARG64(initial));
}

struct call call_stop(unsigned long base, unsigned long mask,
		      unsigned long flags)
{
	return CALL(PMU_EID, PMU_FID_STOP, base, mask, flags);
}

struct call call_event_info(const void *table, unsigned long entries)
{
	return CALL(PMU_EID, PMU_FID_EVENT_INFO, (unsigned long)table, 0,
		    entries, 0);
}

struct call call_set_shmem(const void *page)
{
	return CALL(PMU_EID, PMU_FID_SET_SHMEM, (unsigned long)page, 0, 0);
}

struct call call_set_timer(uint64_t when)
{
	return CALL(SBI_EID_TIME, 0, ARG64(when));
}

struct call call_ipi(unsigned long mask, unsigned long base)
{
	return CALL(SBI_EID_IPI, 0, mask, base);
}

struct call call_sfence_vma(unsigned long mask, unsigned long base)
{
	return CALL(SBI_EID_RFENCE, 1, mask, base, 0, PAGE_SIZE);
}
