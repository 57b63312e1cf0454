// SPDX-License-Identifier: BSD-2-Clause
/*
 * M-mode is never counted, for every combination of the five filter flags (of
 * other firmware, of those with MINH): a
 * call that keeps the firmware busy for longer adds as much as one that does
 * not, and nothing at all where S-mode is inhibited.
 */

#include "measure.h"

#define CALLS 50
#define FLAGS_STEP PMU_CFG_VUINH
#define FLAGS_END (PMU_CFG_MINH << 1)

/* Instructions of S-mode in here do not depend on what the firmware does */
static uint64_t count_calls(unsigned int index, unsigned long fid,
			    uint64_t *ticks)
{
	struct sbiret start, stop;
	uint64_t begin;
	unsigned int i;

	start = pmu_start_at(index, 0);
	begin = time_now();
	for (i = 0; i < CALLS; i++)
		sbi_ecall(PMU_EID, fid, fw_base(), fw_mask(), 0,
			  PMU_FW(PMU_FW_EVENTS), 0, 0);
	*ticks = time_now() - begin;
	stop = pmu_stop_one(index);
	expect_ok(start, "START of counter %u", index);
	expect_ok(stop, "STOP of counter %u", index);
	return pmu_read(index);
}

static void check_m(unsigned int index, unsigned long event)
{
	uint64_t cheap, dear, ticks_cheap, ticks_dear, s_part = 0;
	unsigned long flags;

	for (flags = 0; flags < FLAGS_END; flags += FLAGS_STEP) {
		pmu_reset(index);
		require_value(
			pmu_config(index, 1, flags | without_m(), event, 0),
			index, "CONFIG with flags %#lx", flags);
		/* A call that has nothing to do, and a search in vain */
		cheap = count_calls(index, PMU_FID_NUM_COUNTERS, &ticks_cheap);
		dear = count_calls(index, PMU_FID_CONFIG, &ticks_dear);
		require(ticks_dear > ticks_cheap,
			"the search takes longer than NUM_COUNTERS");
		if (!flags)
			s_part = cheap;
		expect_eq(cheap, flags & PMU_CFG_SINH ? 0 : s_part,
			  "counter %u over %d calls, flags %#lx", index, CALLS,
			  flags);
		expect_eq(dear, flags & PMU_CFG_SINH ? 0 : s_part,
			  "counter %u over %d long calls, flags %#lx", index,
			  CALLS, flags);
	}
}

CASE(filter, programmable_m_all,
     "With any of 32 filters a programmable counter counts nothing of M-mode.")
{
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);

	need_exact();
	need_fws(1);
	need_filter(index, INSTRUCTIONS);
	check_m(index, INSTRUCTIONS);
}

CASE(filter, instret_m_all,
     "With any of 32 filters the instruction counter counts nothing of M-mode.")
{
	need_exact();
	need_fws(1);
	need_filter(PMU_CTR_INSTRET, INSTRUCTIONS);
	check_m(PMU_CTR_INSTRET, INSTRUCTIONS);
}

CASE(filter, cycle_m_all,
     "With any of 32 filters the cycle counter counts nothing of M-mode.")
{
	skip_unless(cycles_exact(), "cycles are not exact on this machine");
	need_fws(1);
	need_filter(PMU_CTR_CYCLE, CYCLES);
	check_m(PMU_CTR_CYCLE, CYCLES);
}
