/* SPDX-License-Identifier: BSD-2-Clause */
#include "pmu.h"
#include "riscv.h"

/* A 64-bit argument takes one register on RV64 and two on RV32. */
#if XLEN == 64
#define ARG64(v) (v), 0
#else
#define ARG64(v) (unsigned long)(v), (unsigned long)((v) >> 32)
#endif

/* A counter whose halves never fit together is not waited for */
#define MAX_READS 32

/* work.S; the halves of a counter CSR */
unsigned long counter_read(unsigned long csr);
unsigned long counter_read_hi(unsigned long csr);

struct sbiret pmu_num_counters(void)
{
	return sbi_ecall(PMU_EID, PMU_FID_NUM_COUNTERS, 0, SBI_UNUSED_ARG, 0, 0,
			 0, 0);
}

struct sbiret pmu_get_info(unsigned long index)
{
	return sbi_ecall(PMU_EID, PMU_FID_GET_INFO, index, SBI_UNUSED_ARG, 0, 0,
			 0, 0);
}

struct sbiret pmu_config(unsigned long base, unsigned long mask,
			 unsigned long flags, unsigned long event,
			 uint64_t data)
{
	return sbi_ecall(PMU_EID, PMU_FID_CONFIG, base, mask, flags, event,
			 ARG64(data));
}

struct sbiret pmu_start(unsigned long base, unsigned long mask,
			unsigned long flags, uint64_t initial)
{
	return sbi_ecall(PMU_EID, PMU_FID_START, base, mask, flags,
			 ARG64(initial), 0);
}

struct sbiret pmu_stop(unsigned long base, unsigned long mask,
		       unsigned long flags)
{
	return sbi_ecall(PMU_EID, PMU_FID_STOP, base, mask, flags, 0, 0, 0);
}

struct sbiret pmu_fw_read(unsigned long index)
{
	return sbi_ecall(PMU_EID, PMU_FID_FW_READ, index, SBI_UNUSED_ARG, 0, 0,
			 0, 0);
}

struct sbiret pmu_fw_read_hi(unsigned long index)
{
	return sbi_ecall(PMU_EID, PMU_FID_FW_READ_HI, index, SBI_UNUSED_ARG, 0,
			 0, 0, 0);
}

struct sbiret pmu_set_shmem(unsigned long lo, unsigned long hi,
			    unsigned long flags)
{
	return sbi_ecall(PMU_EID, PMU_FID_SET_SHMEM, lo, hi, flags, 0, 0, 0);
}

struct sbiret pmu_event_info(unsigned long lo, unsigned long hi,
			     unsigned long entries, unsigned long flags)
{
	return sbi_ecall(PMU_EID, PMU_FID_EVENT_INFO, lo, hi, entries, flags, 0,
			 0);
}

struct sbiret pmu_start_one(unsigned long index)
{
	return pmu_start(index, 1, 0, 0);
}

struct sbiret pmu_start_at(unsigned long index, uint64_t initial)
{
	return pmu_start(index, 1, PMU_START_SET_INIT_VALUE, initial);
}

struct sbiret pmu_stop_one(unsigned long index)
{
	return pmu_stop(index, 1, 0);
}

struct sbiret pmu_reset(unsigned long index)
{
	return pmu_stop(index, 1, PMU_STOP_RESET);
}

uint64_t pmu_read_csr(unsigned int csr)
{
#if XLEN == 64
	return counter_read(csr);
#else
	unsigned long lo, hi;
	unsigned int reads = 0;

	do {
		hi = counter_read_hi(csr);
		lo = counter_read(csr);
	} while (hi != counter_read_hi(csr) && ++reads < MAX_READS);
	return (uint64_t)hi << 32 | lo;
#endif
}

uint64_t pmu_read_fw(unsigned long index)
{
#if XLEN == 64
	return pmu_fw_read(index).value;
#else
	unsigned long lo, hi;
	unsigned int reads = 0;

	do {
		hi = pmu_fw_read_hi(index).value;
		lo = pmu_fw_read(index).value;
	} while (hi != pmu_fw_read_hi(index).value && ++reads < MAX_READS);
	return (uint64_t)hi << 32 | lo;
#endif
}

uint64_t pmu_read(unsigned long index)
{
	struct sbiret info = pmu_get_info(index);

	if (info.error)
		return 0;
	if (info.value & PMU_INFO_TYPE_FW)
		return pmu_read_fw(index);
	return pmu_read_csr(PMU_INFO_CSR(info.value));
}
