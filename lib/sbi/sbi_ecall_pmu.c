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

static struct pmu_result call(struct pmu_hart *h, unsigned long fid,
			      const struct sbi_trap_regs *r)
{
	switch (fid) {
	case PMU_FID_NUM_COUNTERS:
		return pmu_num_counters(h);
	case PMU_FID_GET_INFO:
		return pmu_counter_info(h, r->a0);
	case PMU_FID_CONFIG:
		return pmu_counter_config(h, r->a0, r->a1, r->a2, r->a3,
					  ARG64(r->a4, r->a5));
	case PMU_FID_START:
		return pmu_counter_start(h, r->a0, r->a1, r->a2,
					 ARG64(r->a3, r->a4));
	case PMU_FID_STOP:
		return pmu_counter_stop(h, r->a0, r->a1, r->a2);
	case PMU_FID_FW_READ:
		return pmu_counter_fw_read(h, r->a0);
	case PMU_FID_FW_READ_HI:
		return pmu_counter_fw_read_hi(h, r->a0);
	case PMU_FID_SET_SHMEM:
		return pmu_snapshot_set(h, r->a0, r->a1, r->a2);
	case PMU_FID_EVENT_INFO:
		return pmu_event_get_info(h, r->a0, r->a1, r->a2, r->a3);
	default:
		return (struct pmu_result){PMU_ERR_NOT_SUPPORTED, 0};
	}
}

static int handle(unsigned long extid, unsigned long funcid,
		  struct sbi_trap_regs *regs, struct sbi_ecall_return *out)
{
	struct pmu_hart *h = pmu_this_hart();
	struct pmu_result result;

	if (!h)
		return SBI_ENOTSUPP;
	result = call(h, funcid, regs);
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
