// SPDX-License-Identifier: BSD-2-Clause
/* The SBI PMU extension as OpenSBI sees it: from registers to calls */

#include <sbi/sbi_ecall.h>
#include <sbi/sbi_error.h>
#include <sbi/sbi_trap.h>
#include "pmu/glue.h"
#include "pmu/trace.h"

#if __riscv_xlen == 32
#define ARG64(low, high) ((uint64_t)(high) << 32 | (low))
#else
#define ARG64(low, high) ((uint64_t)(low))
#endif

struct pmu_result pmu_trap_call(unsigned long a0, unsigned long a1,
				unsigned long a2, unsigned long a3,
				unsigned long a4, unsigned long a5,
				unsigned long fid, struct pmu_hart *h)
{
	switch (fid) {
	case PMU_FID_NUM_COUNTERS:
		return pmu_num_counters(h);
	case PMU_FID_GET_INFO:
		return pmu_counter_info(h, a0);
	case PMU_FID_CONFIG:
		return pmu_counter_config(h, a0, a1, a2, a3, ARG64(a4, a5));
	case PMU_FID_START:
		return pmu_counter_start(h, a0, a1, a2, ARG64(a3, a4));
	case PMU_FID_STOP:
		return pmu_counter_stop(h, a0, a1, a2);
	case PMU_FID_FW_READ:
		return pmu_counter_fw_read(h, a0);
	case PMU_FID_FW_READ_HI:
		return pmu_counter_fw_read_hi(h, a0);
	case PMU_FID_SET_SHMEM:
		return pmu_snapshot_set(h, a0, a1, a2);
	case PMU_FID_EVENT_INFO:
		return pmu_event_get_info(h, a0, a1, a2, a3);
	default:
		return (struct pmu_result){PMU_ERR_NOT_SUPPORTED, 0};
	}
}

struct pmu_result pmu_trap_call_divided(unsigned long a0, unsigned long a1,
					unsigned long a2, unsigned long a3,
					unsigned long a4, unsigned long a5,
					unsigned long fid)
{
	return pmu_trap_call(a0, a1, a2, a3, a4, a5, fid, pmu_this_hart());
}

static int handle(unsigned long extid, unsigned long funcid,
		  struct sbi_trap_regs *regs, struct sbi_ecall_return *out)
{
	struct pmu_hart *h = pmu_this_hart();
	struct pmu_result result;

	if (!h)
		return SBI_ENOTSUPP;
	result = pmu_trap_call(regs->a0, regs->a1, regs->a2, regs->a3, regs->a4,
			       regs->a5, funcid, h);
	pmu_trace_call(funcid, regs, result);
	out->value = result.value;
	return (int)result.error;
}

struct sbi_ecall_extension ecall_pmu;

static int register_extension(void)
{
	pmu_domain_settle();
	pmu_print_banner();
	return sbi_ecall_register_extension(&ecall_pmu);
}

struct sbi_ecall_extension ecall_pmu = {
	.name = "pmu",
	.extid_start = PMU_EID,
	.extid_end = PMU_EID,
	.register_extensions = register_extension,
	.handle = handle,
};
