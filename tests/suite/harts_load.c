/* SPDX-License-Identifier: BSD-2-Clause */
/* All harts call the PMU at the same time. */
#include "fw.h"

#define ROUNDS 1000

static volatile unsigned int begun;

/* What each hart must see if no other hart interferes; counts what it does not
 */
static unsigned long wrong_in_round(unsigned int hart, unsigned int round)
{
	unsigned int hpm = facts.hpm[(hart + round) % facts.hpms];
	unsigned int fw = facts.fw[(hart + 3 * round) % facts.fws];
	/* Far from a carry: RV32 machines may get one wrong between the halves
	 */
	uint64_t start = ((uint64_t)hart << 40) + (1ULL << 39) + round;
	unsigned long wrong = 0;
	struct sbiret ret;

	ret = pmu_config(hpm, 1, PMU_CFG_CLEAR_VALUE, INSTRUCTIONS, 0);
	wrong += ret.error != PMU_OK || ret.value != hpm;
	ret = pmu_config(fw, 1, PMU_CFG_CLEAR_VALUE, PMU_FW(PMU_FW_SET_TIMER),
			 0);
	wrong += ret.error != PMU_OK || ret.value != fw;
	wrong += pmu_start_at(hpm, start).error != PMU_OK;
	wrong += pmu_start_at(fw, start).error != PMU_OK;
	wrong += pmu_start_one(fw).error != PMU_ERR_ALREADY_STARTED;
	fw_set_timer();
	wrong += pmu_stop_one(hpm).error != PMU_OK;
	wrong += pmu_read_csr(facts.counter[hpm].csr) >> 40 != hart;
	wrong += pmu_read_fw(fw) != start + 1;
	wrong += pmu_reset(fw).error != PMU_OK;
	wrong += pmu_reset(hpm).error != PMU_ERR_ALREADY_STOPPED;
	/* What START of a free counter says is open */
	if (ours())
		wrong += pmu_start_one(hpm).error != PMU_ERR_INVALID_PARAM;
	return wrong;
}

static unsigned long load(unsigned long arg)
{
	unsigned long wrong = 0;
	unsigned int round;

	(void)arg;
	__atomic_add_fetch(&begun, 1, __ATOMIC_SEQ_CST);
	if (!wait_until(begun == facts.harts, 2000))
		return ~0UL;
	for (round = 0; round < ROUNDS; round++)
		wrong += wrong_in_round(this_hart()->index, round);
	return wrong;
}

CASE(harts, load,
     "Thousands of calls on all harts at once do not disturb each other.")
{
	unsigned long wrong;
	unsigned int hart;

	need_harts(2);
	need_fws(1);
	claim_hpm(INSTRUCTIONS, 0);
	pmu_stop(hpm_base(), hpm_mask(), PMU_STOP_RESET);
	begun = 0;
	for (hart = 1; hart < facts.harts; hart++)
		require(hart_call_async(hart, load, 0), "hart %u runs our code",
			hart);
	expect_eq(load(0), 0, "wrong answers on hart 0");
	for (hart = 1; hart < facts.harts; hart++) {
		require(hart_wait(hart, 10000, &wrong), "hart %u finishes",
			hart);
		expect_eq(wrong, 0, "wrong answers on hart %u", hart);
	}
}

static volatile unsigned int lives;

static unsigned long live(unsigned long index)
{
	struct sbiret ret = pmu_config(index, 1, PMU_CFG_AUTO_START,
				       PMU_FW(PMU_FW_SET_TIMER), 0);

	expect_value(ret, index, "CONFIG in life %u", lives);
	expect_eq(pmu_read_fw(index), 0, "counter %lu in life %u", index,
		  lives);
	fw_set_timer();
	expect_eq(pmu_read_fw(index), 1, "counter %lu in life %u", index,
		  lives);
	return 0;
}

CASE_OURS(
	harts, many_lives,
	"A hart that stops and starts often always finds its counters free and 0.")
{
	unsigned int index;

	need_harts(2);
	index = claim_fw(PMU_FW_SET_TIMER, 0);
	require_ok(pmu_start_at(index, 10), "START of counter %u", index);
	for (lives = 0; lives < 20; lives++) {
		require(hart_call(1, live, index, NULL),
			"hart 1 runs our code");
		require(hart_stop(1), "hart 1 stops");
	}
	expect_eq(pmu_read(index), 10, "counter %u of this hart", index);
}
