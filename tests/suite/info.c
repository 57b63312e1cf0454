// SPDX-License-Identifier: BSD-2-Clause
/*
 * What tells about counters: NUM_COUNTERS, GET_INFO, and the reads of firmware
 * counters with the indices that they refuse.
 */

#include "counters.h"

#define INFO_RESERVED (~PMU_INFO_TYPE_FW & ~0x3ffffUL)

CASE(info, words,
     "GET_INFO of each index succeeds without reserved bits, or is refused.")
{
	unsigned long num = pmu_num_counters().value, i;

	for (i = 0; i < num; i++) {
		struct sbiret ret = pmu_get_info(i);

		if (ret.error) {
			expect_refused(ret, PMU_ERR_INVALID_PARAM,
				       "GET_INFO of %lu", i);
			continue;
		}
		expect_ne(ret.value, 0, "counter_info of %lu", i);
		expect_eq(ret.value & INFO_RESERVED, 0,
			  "reserved bits of counter_info of %lu", i);
	}
}

CASE(info, beyond, "GET_INFO refuses every index from the number of counters.")
{
	const unsigned long num = pmu_num_counters().value;
	const unsigned long top = 1UL << (XLEN - 1);
	const unsigned long indices[] = {
		num,
		num + 1,
		num + 31,
		num + 64,
		0x1000,
		0x10000,
		top,
		top | 2,
		top - 1,
		~0UL,
		~0UL - 1,
#if XLEN > 32
		1UL << 31,
		~0U,
		1UL << 32,
		(1UL << 32) + 2,
		(1UL << 32) + num - 1,
#endif
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indices); i++)
		expect_refused(pmu_get_info(indices[i]), PMU_ERR_INVALID_PARAM,
			       "GET_INFO of %#lx", indices[i]);
}

CASE(info, time_is_no_counter, "The time CSR is no counter.")
{
	unsigned int i;

	for (i = 0; i < facts.num; i++) {
		if (facts.counter[i].exists && !facts.counter[i].fw)
			expect_ne(facts.counter[i].csr, CSR_TIME,
				  "CSR of counter %u", i);
	}
}

CASE_OURS(info, hole_of_time,
	  "Between the cycle and the instret counter, index 1 is a hole.")
{
	skip_unless(facts.counter[0].csr == CSR_CYCLE &&
			    facts.counter[2].csr == CSR_INSTRET,
		    "counters 0 and 2 are not cycle and instret");
	expect_refused(pmu_get_info(1), PMU_ERR_INVALID_PARAM, "GET_INFO of 1");
}

CASE(info, csr_numbers,
     "Each hardware counter has a counter CSR of its own, which S-mode reads.")
{
	unsigned int i, bit, checked = 0;
	unsigned long value;
	uint32_t seen = 0;

	for (i = 0; i < facts.num; i++) {
		const struct counter_fact *c = &facts.counter[i];

		if (!c->exists || c->fw)
			continue;
		checked++;
		if (!expect_between(c->csr, CSR_CYCLE, CSR_CYCLE + 31,
				    "CSR of counter %u", i))
			continue;
		bit = c->csr - CSR_CYCLE;
		expect(!(seen >> bit & 1), "CSR %#x has only one counter",
		       c->csr);
		seen |= 1U << bit;
		expect(probe_csr_read(c->csr, &value, 0),
		       "S-mode reads CSR %#x of counter %u", c->csr, i);
		if (XLEN == 32 && c->width > 32)
			expect(probe_csr_read(c->csr + 0x80, &value, 0),
			       "S-mode reads CSR %#x of counter %u",
			       c->csr + 0x80, i);
	}
	skip_unless(checked > 0, "there is no hardware counter");
}

/* An event that a hardware counter can count at all */
static unsigned long event_of(unsigned int index)
{
	unsigned int n;

	for (n = 0; n < STD_EVENTS; n++) {
		if (can_count(index, std_event(n)))
			return std_event(n);
	}
	return 0;
}

/* The upper half of the bits shows the width; the lower half may count */
static void check_width(unsigned int index)
{
	unsigned int width = facts.counter[index].width;
	uint64_t mask = ~0ULL >> (64 - width);
	uint64_t start = ~0ULL << (width / 2);
	uint64_t value;

	expect_ok(pmu_start_at(index, start), "START of counter %u", index);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	value = pmu_read(index);
	expect_eq(value & start, mask & start,
		  "the upper bits of counter %u, %u bits wide, started at "
		  "%#llx",
		  index, width, (unsigned long long)start);
	expect_eq(value & ~mask, 0, "the bits of counter %u beyond its width",
		  index);
	pmu_reset(index);
}

CASE(info, hardware_width, "A hardware counter has the width GET_INFO says.")
{
	unsigned int i, checked = 0;

	for (i = 0; i < facts.num; i++) {
		unsigned long event;

		if (!facts.counter[i].exists || facts.counter[i].fw)
			continue;
		event = event_of(i);
		if (!event)
			continue;
		expect_value(pmu_config(i, 1, 0, event, 0), i,
			     "CONFIG of counter %u", i);
		check_width(i);
		checked++;
	}
	skip_unless(checked > 0, "no hardware counter can count anything");
}

CASE(info, firmware_same_width,
     "All firmware counters have the same number of bits, at most 64.")
{
	uint64_t value, first = 0;
	unsigned int i, checked = 0;

	need_fws(2);
	for (i = 0; i < facts.fws; i++) {
		unsigned int index = facts.fw[i];

		if (!can_count(index, PMU_FW(PMU_FW_SET_TIMER)))
			continue;
		pmu_config(index, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0);
		expect_ok(pmu_start_at(index, ~0ULL), "START of counter %u",
			  index);
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
		value = pmu_read(index);
		expect(value && !(value & (value + 1)),
		       "counter %u, started at all ones, reads %#llx: ones only",
		       index, (unsigned long long)value);
		if (!checked++)
			first = value;
		expect_eq(value, first, "all ones in counter %u", index);
		pmu_reset(index);
	}
	skip_unless(checked > 1, "no two counters count set_timer calls");
}

CASE_OURS(info, firmware_width,
	  "Firmware counters are 64 bits wide and say so; Linux masks by it.")
{
	const uint64_t start = 0x8000000180000001ULL;
	unsigned int i;

	need_fws(1);
	for (i = 0; i < facts.fws; i++) {
		unsigned int index = facts.fw[i];

		expect_eq(PMU_INFO_WIDTH(pmu_get_info(index).value) + 1, 64,
			  "width of firmware counter %u", index);
		require_value(
			pmu_config(index, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0),
			index, "CONFIG of firmware counter %u", index);
		expect_ok(pmu_start_at(index, start), "START of counter %u",
			  index);
		expect_eq(pmu_read(index), start, "value of counter %u", index);
	}
}

static void expect_unreadable(unsigned long index, const char *what)
{
	expect_refused(pmu_fw_read(index), PMU_ERR_INVALID_PARAM,
		       "FW_READ of %s, index %#lx", what, index);
}

static void expect_unreadable_hi(unsigned long index, const char *what)
{
	expect_refused(pmu_fw_read_hi(index), PMU_ERR_INVALID_PARAM,
		       "FW_READ_HI of %s, index %#lx", what, index);
}

CASE(info, read_hardware, "FW_READ refuses hardware counters.")
{
	unsigned int i;

	for (i = 0; i < facts.num; i++) {
		unsigned long event;

		if (!facts.counter[i].exists || facts.counter[i].fw)
			continue;
		expect_unreadable(i, "a free hardware counter");
		event = event_of(i);
		if (!event)
			continue;
		pmu_config(i, 1, 0, event, 0);
		expect_unreadable(i, "a configured hardware counter");
		pmu_reset(i);
	}
}

CASE(info, read_hole, "FW_READ refuses indices in holes.")
{
	unsigned int i, holes = 0;

	for (i = 0; i < facts.num; i++) {
		if (facts.counter[i].exists)
			continue;
		expect_unreadable(i, "a hole");
		holes++;
	}
	skip_unless(holes > 0, "the indices of this hart have no hole");
}

CASE(info, read_beyond, "FW_READ refuses indices that do not exist.")
{
	const unsigned long num = pmu_num_counters().value;

	expect_unreadable(num, "an index too large");
	expect_unreadable(num + 1, "an index too large");
	expect_unreadable(1UL << (XLEN - 1), "an index too large");
	expect_unreadable(~0UL, "an index too large");
}

CASE(info, read_wide_index,
     "FW_READ compares the whole index with that of a real counter.")
{
	struct actor a = firmware_actor();

	config_actor(&a, 0);
	expect_ok(pmu_fw_read(a.index), "FW_READ of a configured counter");
	expect_unreadable(1UL << (XLEN - 1) | a.index, "the sign bit set");
#if XLEN > 32
	expect_unreadable((1UL << 32) + a.index, "index plus 2^32");
#endif
}

CASE(info, read_hi_refused,
     "FW_READ_HI refuses hardware counters and indices that do not exist.")
{
	const unsigned long num = pmu_num_counters().value;
	unsigned long i;

	need_spec(2, 0);
	for (i = 0; i < facts.num; i++) {
		if (!facts.counter[i].exists || !facts.counter[i].fw)
			expect_unreadable_hi(i, facts.counter[i].exists
							? "a hardware counter"
							: "a hole");
	}
	expect_unreadable_hi(num, "an index too large");
	expect_unreadable_hi(num + 1, "an index too large");
	expect_unreadable_hi(1UL << (XLEN - 1), "an index too large");
	expect_unreadable_hi(~0UL, "an index too large");
	if (!facts.fws)
		return;
	i = facts.fw[0];
	expect_unreadable_hi(1UL << (XLEN - 1) | i, "the sign bit set");
#if XLEN > 32
	expect_unreadable_hi((1UL << 32) + i, "index plus 2^32");
#endif
}

CASE(info, read_hi_agrees,
     "FW_READ_HI and FW_READ answer alike, whatever the counter's state.")
{
	struct actor a = firmware_actor();
	unsigned int i;

	need_spec(2, 0);
	for (i = 0; i < facts.fws; i++)
		expect_error(pmu_fw_read_hi(facts.fw[i]),
			     pmu_fw_read(facts.fw[i]).error,
			     "FW_READ_HI of counter %u, free", facts.fw[i]);
	config_actor(&a, 0);
	expect_ok(pmu_fw_read(a.index), "FW_READ, configured");
	expect_ok(pmu_fw_read_hi(a.index), "FW_READ_HI, configured");
	expect_ok(pmu_start_one(a.index), "START");
	expect_ok(pmu_fw_read(a.index), "FW_READ, running");
	expect_ok(pmu_fw_read_hi(a.index), "FW_READ_HI, running");
	expect_ok(pmu_reset(a.index), "STOP with RESET");
	expect_error(pmu_fw_read_hi(a.index), pmu_fw_read(a.index).error,
		     "FW_READ_HI after RESET");
}

static void expect_unreadable_both(unsigned long index, const char *what)
{
	expect_unreadable(index, what);
	expect_unreadable_hi(index, what);
}

CASE_OURS(info, read_free, "Firmware reads refuse a counter without an event.")
{
	unsigned int i;

	need_fws(1);
	for (i = 0; i < facts.fws; i++)
		expect_unreadable_both(facts.fw[i], "a free firmware counter");
}

CASE_OURS(info, read_reset, "Firmware reads refuse a counter after its RESET.")
{
	struct actor a = firmware_actor();

	config_actor(&a, PMU_CFG_AUTO_START);
	provoke();
	expect_ok(pmu_fw_read(a.index), "FW_READ of a running counter");
	expect_ok(pmu_reset(a.index), "STOP with RESET");
	expect_unreadable_both(a.index, "a counter after RESET");
}

CASE(info, read_hi, "FW_READ_HI gives the upper 32 bits on RV32 and 0 on RV64.")
{
	const uint64_t start = 0xfedcba9876543210ULL;
	struct actor a = firmware_actor();

	need_spec(2, 0);
	config_actor(&a, 0);
	expect_ok(pmu_start_at(a.index, start), "START");
	expect_value(pmu_fw_read(a.index), (unsigned long)start, "FW_READ");
	expect_value(pmu_fw_read_hi(a.index), XLEN == 32 ? start >> 32 : 0,
		     "FW_READ_HI");
}
