// SPDX-License-Identifier: BSD-2-Clause
/*
 * 64 bits in one register or in two: each bit of a value goes to its place, and
 * registers that a call was not asked to look at make no difference.
 */

#include "counters.h"
#include "fw.h"

static void check_bits(unsigned int index)
{
	unsigned int bits =
		facts.counter[index].fw ? 64 : facts.counter[index].width;
	unsigned int bit;

	for (bit = 0; bit < bits; bit++) {
		uint64_t value = 1ULL << bit;

		require_ok(pmu_start_at(index, value), "START at bit %u", bit);
		/* Machines are known to mistake the halves of a running one */
		require_ok(pmu_stop_one(index), "STOP at bit %u", bit);
		if (facts.counter[index].fw)
			expect_eq(pmu_read(index), value, "counter %u", index);
		else
			expect_between(pmu_read(index), value,
				       value + a_few_calls(), "counter %u",
				       index);
	}
}

CASE(halves, start_programmable,
     "START sets each bit of a programmable counter by itself.")
{
	check_bits(claim_hpm(INSTRUCTIONS, 0));
}

CASE(halves, start_instret,
     "START sets each bit of the instruction counter by itself.")
{
	claim_fixed(PMU_CTR_INSTRET, 0);
	check_bits(PMU_CTR_INSTRET);
}

CASE(halves, start_firmware,
     "START sets each bit of a firmware counter by itself.")
{
	check_bits(claim_fw(PMU_FW_SET_TIMER, 0));
}

CASE(halves, carry, "A counter carries from bit 31 to bit 32 as it counts.")
{
	static const uint64_t high[] = {0, 5, 0x7fff, 0x12345678};
	unsigned int index = claim_hpm(INSTRUCTIONS, 0);
	uint64_t plain = measure(index, MODE_S, work_insns, 2000);
	unsigned int i;

	need_exact();
	for (i = 0; i < ARRAY_SIZE(high); i++) {
		uint64_t start = high[i] << 32 | 0xffffff00u;
		uint64_t mask = ~0ULL >> (64 - facts.counter[index].width);

		require_ok(pmu_start_at(index, start), "START");
		work_insns(2000);
		require_ok(pmu_stop_one(index), "STOP");
		expect_between((pmu_read(index) - start) & mask, plain - 16,
			       plain + 16, "counts from %#llx on",
			       (unsigned long long)start);
	}
}

CASE(halves, unused_value,
     "START without SET_INIT_VALUE looks at neither half of the value.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);
	static const uint64_t unused[] = {~0ULL, ~0ULL << 32, 0xffffffffu,
					  1ULL << 63};
	unsigned int i;

	require_ok(pmu_start_at(index, 0x123456789abcdefULL), "START");
	for (i = 0; i < ARRAY_SIZE(unused); i++) {
		require_ok(pmu_stop_one(index), "STOP");
		require_ok(pmu_start(index, 1, 0, unused[i]),
			   "START without a value");
		expect_eq(pmu_read(index), 0x123456789abcdefULL, "counter %u",
			  index);
	}
}

/* On RV32 the upper half has a register of its own, which a0 to a4 hide */
CASE_OURS(halves, event_data,
	  "CONFIG looks at each bit of the event_data of a firmware event.")
{
	unsigned int bit;

	need_fws(1);
	for (bit = 0; bit < 64; bit++) {
		struct sbiret ret =
			pmu_config(fw_base(), fw_mask(), 0,
				   PMU_FW(PMU_FW_SET_TIMER), 1ULL << bit);

		expect_ne((uint64_t)ret.error, PMU_OK,
			  "error of event_data bit %u", bit);
	}
	expect_ok(pmu_config(fw_base(), fw_mask(), 0, PMU_FW(PMU_FW_SET_TIMER),
			     0),
		  "CONFIG without event_data");
}

CASE_OURS(
	halves, entry_data,
	"EVENT_GET_INFO looks at each bit of the event_data of a firmware event.")
{
	struct pmu_event_info *table;
	unsigned int bit;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	need_fws(1);
	table = (struct pmu_event_info *)canary_page();
	for (bit = 0; bit < 64; bit++)
		table[bit] = (struct pmu_event_info){PMU_FW(PMU_FW_SET_TIMER),
						     2, 1ULL << bit};
	table[64] = (struct pmu_event_info){PMU_FW(PMU_FW_SET_TIMER), 2, 0};
	require_ok(pmu_event_info((unsigned long)table, 0, 65, 0),
		   "EVENT_GET_INFO");
	for (bit = 0; bit < 64; bit++)
		expect_eq(table[bit].output, 0, "output, event_data bit %u",
			  bit);
	expect_eq(table[64].output, 1, "output without event_data");
}
