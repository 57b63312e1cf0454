// SPDX-License-Identifier: BSD-2-Clause
/* A line on the console for each call of the extension, for bring-up */

#include <sbi/riscv_asm.h>
#include <sbi/sbi_console.h>
#include <sbi/sbi_trap.h>
#include "trace.h"

#define MAX_ARGS 6
/* An unknown function with six arguments takes 143 characters on RV64 */
#define LINE_SIZE 160

/* Registers that a 64-bit argument takes */
#define ARGS_64 (64 / __riscv_xlen)

static const struct function {
	const char *name;
	unsigned int args;
} functions[] = {
	[PMU_FID_NUM_COUNTERS] = {"NUM_COUNTERS", 0},
	[PMU_FID_GET_INFO] = {"COUNTER_GET_INFO", 1},
	[PMU_FID_CONFIG] = {"CONFIG_MATCHING", 4 + ARGS_64},
	[PMU_FID_START] = {"START", 3 + ARGS_64},
	[PMU_FID_STOP] = {"STOP", 3},
	[PMU_FID_FW_READ] = {"FW_READ", 1},
	[PMU_FID_FW_READ_HI] = {"FW_READ_HI", 1},
	[PMU_FID_SET_SHMEM] = {"SNAPSHOT_SET_SHMEM", 3},
	[PMU_FID_EVENT_INFO] = {"EVENT_GET_INFO", 4},
};

/*
 * One call of sbi_printf for the line: it holds the lock of the console, so
 * that lines of several harts do not mix.
 */
void pmu_trace_call(unsigned long fid, const struct sbi_trap_regs *regs,
		    struct pmu_result result)
{
	const unsigned long args[MAX_ARGS] = {regs->a0, regs->a1, regs->a2,
					      regs->a3, regs->a4, regs->a5};
	unsigned int count = MAX_ARGS;
	char line[LINE_SIZE];
	unsigned int i;
	int used;

	if (fid < array_size(functions)) {
		count = functions[fid].args;
		used = sbi_snprintf(line, sizeof(line), "%s(",
				    functions[fid].name);
	} else {
		used = sbi_snprintf(line, sizeof(line), "FID_0x%lx(", fid);
	}
	for (i = 0; i < count; i++)
		used += sbi_snprintf(line + used, sizeof(line) - used,
				     "%s0x%lx", i ? ", " : "", args[i]);
	sbi_printf("sbi-pmu: hart %u: %s) = %ld, 0x%lx\n",
		   (unsigned int)current_hartid(), line, result.error,
		   result.value);
}
