// SPDX-License-Identifier: BSD-2-Clause
/* NUM_COUNTERS, COUNTER_GET_INFO, FW_READ, FW_READ_HI: any index */

#include "core.h"

static void prove_info(unsigned long idx)
{
	struct pmu_result got = pmu_counter_info(&hart, idx);
	bool firmware =
		idx >= machine.num_hw && idx < machine.num_hw + PMU_FW_MAX;
	bool hardware = idx < machine.num_hw && (hart.present >> idx & 1);

	prove_call(got);
	prove("sets and indices: an index is of one kind or an error",
	      (got.error == PMU_OK) == (firmware || hardware));
	if (got.error)
		return;
	prove("sets and indices: an index is of one kind or an error",
	      firmware == ((got.value & PMU_INFO_TYPE_FW) != 0));
	prove("GET_INFO: the CSR and the width of the counter",
	      firmware || got.value == ((PMU_CSR_CYCLE + idx) |
					(hart.width[idx] - 1ul)
						<< PMU_INFO_WIDTH_SHIFT));
}

static void prove_read(unsigned long idx)
{
	struct pmu_result low = pmu_counter_fw_read(&hart, idx);
	struct pmu_result high = pmu_counter_fw_read_hi(&hart, idx);
	unsigned long n = idx - machine.num_hw;
	uint64_t value;
	bool configured = idx >= machine.num_hw && n < PMU_FW_MAX &&
			  (hart.configured.fw >> n & 1);

	prove_call(low);
	prove_call(high);
	prove("sets and indices: an index is of one kind or an error",
	      (low.error == PMU_OK) == configured && low.error == high.error);
	if (!configured || hart.fw_event[n] == PMU_FW_PLATFORM_CODE)
		return;
	value = hart.fw_value[n] +
		(hart.started.fw >> n & 1 ? world_fw_total(&hart, n) : 0);
	prove("FW_READ: the value of the counter",
	      low.value == (unsigned long)value);
	prove("FW_READ_HI: the upper half on RV32, 0 on RV64",
	      high.value ==
		      (sizeof(long) == 8 ? 0 : (unsigned long)(value >> 32)));
}

void harness(void)
{
	struct pmu_result got;

	world_any_hart();
	got = pmu_num_counters(&hart);
	prove_call(got);
	prove("NUM_COUNTERS: hardware and firmware counters",
	      got.error == PMU_OK && got.value == machine.num_hw + PMU_FW_MAX);
	prove_info(nondet_ulong());
	prove_read(nondet_ulong());
	prove("queries: nothing is changed", world.hw_changes == 0 &&
						     world.fw_changes == 0 &&
						     world.accesses == 0);
}
