// SPDX-License-Identifier: BSD-2-Clause
/*
 * What no supervisor should ask. Whatever the arguments, the hart answers, and
 * memory that the call was not given stays as it is.
 */

#include "hostile.h"

/* An address that nobody backs, as far as S-mode can find out */
static uint64_t unbacked(void)
{
	uint64_t address = ram_end();
	unsigned long value;

	skip_unless(address != 0 && address <= ~0UL - PAGE_SIZE,
		    "the device tree does not say where memory ends");
	skip_unless(!probe_load((uintptr_t)address, 4, &value, 0),
		    "there is something behind the end of memory");
	return address;
}

CASE(hostile, event_info_wrap,
     "EVENT_GET_INFO refuses a number of entries whose size wraps around.")
{
	/* times 16 they are all small */
	const unsigned long sizes[] = {~0UL / 16 + 1, ~0UL / 16 + 2,
				       ~0UL / 8 + 1, ~0UL / 2 + 1};
	uint8_t *page = canary_page();
	unsigned int i;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct sbiret ret =
			pmu_event_info((unsigned long)page, 0, sizes[i], 0);

		/* Which argument such a size is held against is not said */
		if (ours() || ret.error != PMU_ERR_INVALID_PARAM)
			expect_bad_address(ret, "a table whose size wraps to "
						"almost nothing");
		expect_canary(page, 0, PAGE_SIZE,
			      "which lies at the address given");
	}
}

CASE(hostile, event_info_huge,
     "EVENT_GET_INFO refuses a table as large as the address space.")
{
	uint8_t *page = canary_page();

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	expect_bad_address(pmu_event_info((unsigned long)page, 0, ~0UL / 16, 0),
			   "a table as large as the address space");
	expect_canary(page, 0, PAGE_SIZE, "which lies at the address given");
}

CASE(hostile, event_info_around,
     "EVENT_GET_INFO refuses a table that goes on at address 0.")
{
	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	expect_bad_address(pmu_event_info(~0xfUL, 0, 2, 0),
			   "a table that goes on at address 0");
}

CASE(hostile, event_info_unbacked,
     "EVENT_GET_INFO refuses an address that no memory answers.")
{
	uint64_t nowhere = unbacked();

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	expect_bad_address(pmu_event_info((unsigned long)nowhere, 0, 1, 0),
			   "a table right behind the end of memory");
}

CASE(hostile, event_info_far,
     "EVENT_GET_INFO refuses addresses far away from all memory.")
{
	const uint64_t addresses[] = {1ULL << 38, 1ULL << 32,
				      1UL << (XLEN - 1)};
	unsigned int i, asked = 0;
	unsigned long value;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		unsigned long far = (unsigned long)addresses[i];

		if (far != addresses[i] || probe_load(far, 4, &value, 0))
			continue;
		expect_bad_address(pmu_event_info(far, 0, 1, 0),
				   "a table at an address without memory");
		asked++;
	}
	skip_unless(asked > 0, "there is no such address");
}

CASE(hostile, event_info_end_of_ram,
     "EVENT_GET_INFO refuses a table that crosses the end of memory.")
{
	uint64_t end = unbacked();
	uint32_t *last = (uint32_t *)(uintptr_t)(end - 16);

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	skip_unless(free_page_at_end() != 0, "the last page is in use");
	last[0] = PMU_HW_CPU_CYCLES;
	last[1] = 0xdeadbeef;
	last[2] = 0;
	last[3] = 0;
	expect_bad_address(pmu_event_info((unsigned long)(end - 16), 0, 2, 0),
			   "a table with one entry in memory and one behind");
	expect_eq(last[1], 0xdeadbeef, "the output word of the first entry");
}

/*
 * The smallest naturally aligned block around the middle of memory is all of
 * it, firmware included. Firmware that opens such a block for itself, as PMP
 * entries invite to, takes the ground from under its own feet.
 */
CASE(hostile, event_info_middle,
     "EVENT_GET_INFO takes a table across the middle of memory.")
{
	struct pmu_event_info *table;
	struct range memory;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	skip_unless(dt_memory(0, &memory) && memory.size >= 64UL << 20,
		    "there is too little memory for a free place there");
	table = (struct pmu_event_info *)(uintptr_t)(memory.base +
						     memory.size / 2) -
		1;
	table[0] = (struct pmu_event_info){PMU_HW_CPU_CYCLES, 7, 0};
	table[1] = (struct pmu_event_info){PMU_HW_NO_EVENT, 7, 0};
	expect_ok(pmu_event_info((unsigned long)table, 0, 2, 0),
		  "a table with one entry on either side");
	expect_between(table[0].output, 0, 1, "the answer for cycles");
	expect_between(table[1].output, 0, 1, "the answer for no event");
}

CASE(hostile, event_info_firmware,
     "EVENT_GET_INFO refuses memory that belongs to the firmware.")
{
	struct range range;
	unsigned long base;

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	skip_unless(firmware_range(&range),
		    "the device tree does not say where the firmware is");
	base = (unsigned long)range.base;
	expect_bad_address(pmu_event_info(base, 0, 1, 0),
			   "a table at the begin of the firmware");
	expect_bad_address(
		pmu_event_info(base + (unsigned long)range.size - 16, 0, 1, 0),
		"a table at the end of the firmware");
	expect_bad_address(
		pmu_event_info(base + (unsigned long)range.size - 16, 0, 2, 0),
		"a table that begins in the firmware and ends behind it");
}

/* The three below kill stock OpenSBI: an index used as the other kind */

CASE(hostile, skip_clear_firmware_event_on_fixed,
     "SKIP_MATCH and CLEAR_VALUE with a firmware event on the cycle counter is refused.")
{
	expect_refused(pmu_config(PMU_CTR_CYCLE, 1,
				  PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE,
				  PMU_FW(PMU_FW_SET_TIMER), 0),
		       PMU_ERR_NOT_SUPPORTED,
		       "CONFIG of a firmware event on counter 0");
	expect_refused(pmu_config(PMU_CTR_INSTRET, 1,
				  PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE,
				  PMU_FW(PMU_FW_SET_TIMER), 0),
		       PMU_ERR_NOT_SUPPORTED,
		       "CONFIG of a firmware event on counter 2");
}

CASE(hostile, skip_auto_firmware_event_on_fixed,
     "SKIP_MATCH and AUTO_START with a firmware event on the cycle counter is refused.")
{
	expect_refused(pmu_config(PMU_CTR_CYCLE, 1,
				  PMU_CFG_SKIP_MATCH | PMU_CFG_AUTO_START,
				  PMU_FW(PMU_FW_SET_TIMER), 0),
		       PMU_ERR_NOT_SUPPORTED,
		       "CONFIG of a firmware event on counter 0");
}

CASE(hostile, skip_clear_hardware_event_on_firmware,
     "SKIP_MATCH and CLEAR_VALUE with a hardware event on a firmware counter is refused.")
{
	unsigned long index, event;
	struct sbiret ret;
	unsigned int i;

	need_fws(1);
	for (i = 0; i < facts.fws; i++) {
		index = facts.fw[i];
		ret = pmu_config(index, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0);
		require_value(ret, index, "CONFIG of a firmware counter");
		for (event = PMU_HW_CPU_CYCLES; event <= PMU_HW_INSTRUCTIONS;
		     event++)
			expect_refused(
				pmu_config(index, 1,
					   PMU_CFG_SKIP_MATCH |
						   PMU_CFG_CLEAR_VALUE,
					   event, 0),
				PMU_ERR_NOT_SUPPORTED,
				"CONFIG of event %lu on firmware counter %lu",
				event, index);
	}
}

CASE(hostile, unknown_functions,
     "Function ids that do not exist answer NOT_SUPPORTED.")
{
	const unsigned long fids[] = {9,
				      10,
				      0x7fffffff,
				      (unsigned long)0x100000000ULL,
				      (unsigned long)0x100000002ULL,
				      ~(~0UL >> 1),
				      ~0UL};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fids); i++) {
		/* On RV32 two of them are valid function ids */
		if (fids[i] <= PMU_FID_EVENT_INFO)
			continue;
		expect_refused(sbi_ecall(PMU_EID, fids[i], 0, 1, 0, 0, 0, 0),
			       PMU_ERR_NOT_SUPPORTED, "function %#lx", fids[i]);
	}
}
