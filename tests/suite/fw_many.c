/* SPDX-License-Identifier: BSD-2-Clause */
/* Several firmware counters at once, and values of 64 bits. */
#include "fw.h"

static void set_timers(unsigned int times)
{
	while (times--)
		fw_set_timer();
}

CASE(fw, same_event, "All counters of one event count it.")
{
	unsigned int index[MAX_COUNTERS], n, i;

	need_fws(2);
	n = facts.fws < 16 ? facts.fws : 16;
	for (i = 0; i < n; i++) {
		index[i] = claim_fw(PMU_FW_SET_TIMER, 0);
		require_ok(pmu_start_one(index[i]), "START of counter %u",
			   index[i]);
	}
	set_timers(6);
	for (i = 0; i < n; i++)
		expect_eq(pmu_read(index[i]), 6,
			  "counter %u of %u counters of SET_TIMER", index[i],
			  n);
}

CASE(fw, sessions, "Two sessions on one event begin and end on their own.")
{
	unsigned int a, b;

	need_fws(2);
	a = claim_fw(PMU_FW_SET_TIMER, 0);
	require_ok(pmu_start_one(a), "START of the first");
	b = claim_fw(PMU_FW_SET_TIMER, 0);
	expect_ne(a, b, "the two counters");
	set_timers(3);
	require_ok(pmu_start_at(b, 100), "START of the second");
	set_timers(4);
	require_ok(pmu_stop_one(a), "STOP of the first");
	set_timers(5);
	expect_eq(pmu_read(a), 7, "the first: 3 and 4 calls");
	expect_eq(pmu_read(b), 109, "the second: 100, then 4 and 5 calls");
	require_ok(pmu_start_one(a), "START of the first again");
	set_timers(2);
	require_ok(pmu_reset(b), "STOP and RESET of the second");
	set_timers(1);
	expect_eq(pmu_read(a), 10, "the first: 7, then 2 and 1 calls");
}

CASE(fw, other_event, "Counters of other events do not move with an event.")
{
	unsigned int timer, illegal;
	unsigned long value;

	need_fws(2);
	illegal = claim_fw(PMU_FW_ILLEGAL_INSN, 0);
	require_ok(pmu_start_one(illegal), "START of ILLEGAL_INSN");
	timer = claim_fw(PMU_FW_SET_TIMER, 0);
	require_ok(pmu_start_one(timer), "START of SET_TIMER");
	set_timers(8);
	expect_eq(pmu_read(illegal), 0, "ILLEGAL_INSN after set_timer calls");
	expect_eq(pmu_read(timer), 8, "SET_TIMER after 8 set_timer calls");
	probe_csr_read(0x5ff, &value, NULL);
	expect_eq(pmu_read(timer), 8, "SET_TIMER after an illegal instruction");
}

/*
 * Running counters and events it does not know are for our firmware; false when
 * other firmware refuses the event.
 */
static bool give_event(unsigned int index, unsigned int code)
{
	struct sbiret ret;

	if (!ours())
		pmu_stop_one(index);
	ret = pmu_config(index, 1,
			 PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE |
				 PMU_CFG_AUTO_START,
			 PMU_FW(code), 0);
	if (!ours() && ret.error == PMU_ERR_NOT_SUPPORTED)
		return false;
	require_value(ret, index, "CONFIG of firmware event %u", code);
	return true;
}

CASE(fw, reassigned, "A counter given another event counts the new one alone.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);
	unsigned int code;

	require_ok(pmu_start_one(index), "START of SET_TIMER");
	set_timers(2);
	for (code = 0; code < PMU_FW_EVENTS; code++) {
		if (code == PMU_FW_SET_TIMER || code == PMU_FW_ILLEGAL_INSN)
			continue;
		if (!give_event(index, code))
			continue;
		set_timers(2);
		expect_eq(pmu_read(index), 0,
			  "event %u after set_timer calls, once SET_TIMER",
			  code);
	}
	require(give_event(index, PMU_FW_SET_TIMER), "SET_TIMER again");
	set_timers(2);
	expect_eq(pmu_read(index), 2, "SET_TIMER again");
}

CASE(fw, idle, "Nothing but its event moves a running counter.")
{
	static const unsigned int codes[] = {
		PMU_FW_MISALIGNED_LOAD, PMU_FW_MISALIGNED_STORE,
		PMU_FW_ACCESS_LOAD,	PMU_FW_ACCESS_STORE,
		PMU_FW_SET_TIMER,	PMU_FW_IPI_SENT,
		PMU_FW_IPI_RECEIVED,	PMU_FW_FENCE_I_SENT,
		PMU_FW_SFENCE_VMA_SENT, PMU_FW_SFENCE_VMA_ASID_SENT,
	};
	unsigned int index[ARRAY_SIZE(codes)], i;

	need_fws(ARRAY_SIZE(codes));
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		index[i] = claim_fw(codes[i], 0);
		require_ok(pmu_start_one(index[i]), "START of event %u",
			   codes[i]);
	}
	for (i = 0; i < 20; i++) {
		pmu_num_counters();
		pmu_get_info(i);
		pmu_fw_read(index[0]);
		sbi_spec_version();
		sbi_hart_status(hart_id(0));
		sbi_ecall(0x12345, 0, 0, 0, 0, 0, 0, 0);
		run_in_mode(MODE_U, work_insns, 100);
	}
	for (i = 0; i < ARRAY_SIZE(codes); i++)
		expect_eq(pmu_read(index[i]), 0, "event %u", codes[i]);
}

CASE(fw, all_running,
     "With every firmware counter running each counts its own.")
{
	unsigned int index[PMU_FW_EVENTS], n, i;

	need_fws(8);
	n = facts.fws < PMU_FW_EVENTS ? facts.fws : PMU_FW_EVENTS;
	for (i = 0; i < n; i++) {
		index[i] = claim_fw(i, 0);
		require_ok(pmu_start_at(index[i], 1000 * i),
			   "START of event %u", i);
	}
	set_timers(9);
	for (i = 0; i < n; i++)
		expect_eq(pmu_read(index[i]),
			  1000 * i + (i == PMU_FW_SET_TIMER ? 9 : 0),
			  "event %u after 9 set_timer calls", i);
	for (i = 0; i < n; i++)
		expect_ok(pmu_stop_one(index[i]), "STOP of event %u", i);
	set_timers(9);
	for (i = 0; i < n; i++)
		expect_eq(pmu_read(index[i]),
			  1000 * i + (i == PMU_FW_SET_TIMER ? 9 : 0),
			  "event %u after STOP", i);
}

/* A counter of SET_TIMER with 64 bits; other firmware may have less */
static unsigned int wide_fw(void)
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);
	uint64_t value;

	if (ours())
		return index;
	pmu_start_at(index, ~0ULL);
	pmu_stop_one(index);
	value = pmu_read(index);
	/* One that ignores its start value is not narrow but wrong */
	skip_unless(!value || !(value + 1) || (value & (value + 1)),
		    "firmware counters have less than 64 bits");
	return index;
}

CASE(fw, wide, "A firmware counter of 64 bits carries past 32 and wraps at 64.")
{
	static const struct {
		uint64_t start, end;
	} values[] = {
		{0, 5},
		{0xfffffffdULL, 0x100000002ULL},
		{0xffffffffULL, 0x100000004ULL},
		{0x123456789abcdef0ULL, 0x123456789abcdef5ULL},
		{0x7fffffffffffffffULL, 0x8000000000000004ULL},
		{0xfffffffffffffffeULL, 3},
	};
	unsigned int index = wide_fw();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		require_ok(pmu_start_at(index, values[i].start),
			   "START from %#llx",
			   (unsigned long long)values[i].start);
		expect_eq(pmu_read(index), values[i].start, "the value given");
		set_timers(5);
		expect_eq(pmu_read(index), values[i].end,
			  "%#llx and 5, running",
			  (unsigned long long)values[i].start);
		require_ok(pmu_stop_one(index), "STOP of counter %u", index);
		expect_eq(pmu_read(index), values[i].end,
			  "%#llx and 5, stopped",
			  (unsigned long long)values[i].start);
	}
}

CASE(fw, read_hi, "FW_READ_HI gives bits 63 to 32 on RV32, and 0 on RV64.")
{
	unsigned int index = wide_fw();
	unsigned long high = XLEN == 32 ? 0x12345678 : 0;

	need_spec(2, 0);
	require_ok(pmu_start_at(index, 0x12345678fedcba98ULL),
		   "START of counter %u", index);
	expect_value(pmu_fw_read_hi(index), high, "FW_READ_HI, running");
	expect_value(pmu_fw_read(index), (unsigned long)0x12345678fedcba98ULL,
		     "FW_READ, running");
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_value(pmu_fw_read_hi(index), high, "FW_READ_HI, stopped");
	expect_value(pmu_fw_read(index), (unsigned long)0x12345678fedcba98ULL,
		     "FW_READ, stopped");
}

CASE(fw, failed_start,
     "START of a firmware counter that runs is ALREADY_STARTED; it goes on.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);
	uint64_t before;

	require_ok(pmu_start_at(index, 50), "START of counter %u", index);
	set_timers(2);
	expect_error(pmu_start_at(index, 7), PMU_ERR_ALREADY_STARTED,
		     "START of a running counter");
	before = pmu_read(index);
	set_timers(1);
	expect_eq(pmu_read(index), before + 1, "one call more");
	/* That a call which fails has changed nothing is not said */
	if (ours())
		expect_eq(before, 52, "50 and 2 calls");
}
