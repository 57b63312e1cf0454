/* SPDX-License-Identifier: BSD-2-Clause */
/* Cases that a fault in the firmware asked for: counters that run */

#include "measure.h"

static unsigned long stop_unconfigured(unsigned long index)
{
	uint64_t value = pmu_read(index);
	struct sbiret ret;

	work_insns(5000);
	if (pmu_read(index) == value)
		return 1;
	ret = pmu_stop_one(index);
	/* Whether a counter nobody started counts as started is left open */
	if (ours() || ret.error != PMU_ERR_ALREADY_STOPPED)
		expect_ok(ret, "STOP of counter %lu", index);
	value = pmu_read(index);
	work_insns(5000);
	expect_eq(pmu_read(index), value, "counter %lu after STOP and work",
		  index);
	return 0;
}

CASE(stop, running_since_hart_start,
     "A fixed counter that runs since its hart started stands still after STOP.")
{
	static const unsigned int fixed[] = {PMU_CTR_CYCLE, PMU_CTR_INSTRET};
	unsigned long still;
	unsigned int i, ran = 0;

	need_harts(2);
	for (i = 0; i < ARRAY_SIZE(fixed); i++) {
		if (!facts.counter[fixed[i]].exists)
			continue;
		require(hart_call(1, stop_unconfigured, fixed[i], &still),
			"hart 1 runs our code");
		ran += !still;
	}
	skip_unless(ran > 0, "no counter runs when a hart starts");
}

static void check_runs_on(unsigned int index, unsigned long type)
{
	uint64_t value;

	require_ok(pmu_start_at(index, 1000), "START of counter %u", index);
	suspend_hart(type);
	expect_error(pmu_start_one(index), PMU_ERR_ALREADY_STARTED,
		     "START of counter %u, which was running", index);
	value = pmu_read(index);
	work_insns(5000);
	expect_ne(pmu_read(index), value, "counter %u after type %#lx and work",
		  index, type);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
}

CASE_OURS(suspend, runs_on,
	  "A running counter counts on after a suspend and one PMU call.")
{
	static const unsigned long types[] = {SUSPEND_RETENTIVE,
					      SUSPEND_NON_RETENTIVE};
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);
	unsigned int i;

	claim_fixed(PMU_CTR_INSTRET, 0);
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		check_runs_on(index, types[i]);
		check_runs_on(PMU_CTR_INSTRET, types[i]);
	}
}
