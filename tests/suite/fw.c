/* SPDX-License-Identifier: BSD-2-Clause */
/* Firmware counters: every event, exact numbers, sessions side by side. */
#include "counters.h"
#include "fw.h"

void fw_set_timer(void)
{
	sbi_set_timer(~0ULL);
}

static void illegal_csr(void)
{
	unsigned long value;

	/* No machine of ours has this one of the custom S-mode CSRs */
	probe_csr_read(0x5ff, &value, NULL);
}

static void opcode(unsigned long arg)
{
	(void)arg;
	__asm__ __volatile__(".word 0xffffffff");
}

static void illegal_opcode(void)
{
	probe_run(opcode, 0, NULL);
}

/* Memory that is not there for S-mode: the firmware's, else past the end */
static uintptr_t forbidden(void)
{
	struct range range;

	if (firmware_range(&range))
		return (uintptr_t)range.base;
	skip_unless(ram_end() && ram_end() < (uintptr_t)-PAGE_SIZE,
		    "no address is known that S-mode must not touch");
	return (uintptr_t)ram_end();
}

static void bad_load(void)
{
	unsigned long value;

	probe_load(forbidden(), 4, &value, NULL);
}

static void bad_store(void)
{
	probe_store(forbidden(), 4, 0, NULL);
}

static uint64_t misaligned[2];

static void odd_load(void)
{
	unsigned long value;

	probe_load((uintptr_t)misaligned + 1, 4, &value, NULL);
}

static void odd_store(void)
{
	probe_store((uintptr_t)misaligned + 1, 4, 0x12345678, NULL);
}

/* What one hart can make happen on its own */
static const struct provocation {
	unsigned int code;
	const char *name;
	void (*once)(void);
	const char *optional; /* reason why a machine may see none */
} provocations[] = {
	{PMU_FW_SET_TIMER, "set_timer calls", fw_set_timer, NULL},
	{PMU_FW_ILLEGAL_INSN, "illegal CSR accesses", illegal_csr,
	 "the firmware lets S-mode have its illegal instructions"},
	{PMU_FW_ILLEGAL_INSN, "illegal opcodes", illegal_opcode,
	 "the firmware lets S-mode have its illegal instructions"},
	{PMU_FW_ACCESS_LOAD, "loads from forbidden memory", bad_load,
	 "the firmware lets S-mode have its access faults"},
	{PMU_FW_ACCESS_STORE, "stores to forbidden memory", bad_store,
	 "the firmware lets S-mode have its access faults"},
	{PMU_FW_MISALIGNED_LOAD, "misaligned loads", odd_load,
	 "this machine does misaligned loads itself"},
	{PMU_FW_MISALIGNED_STORE, "misaligned stores", odd_store,
	 "this machine does misaligned stores itself"},
};

static bool is_delegated(const struct provocation *p)
{
	/* OpenSBI, id 1, delegates neither of these traps */
	if (facts.impl_id == 1 && p->code != PMU_FW_MISALIGNED_LOAD &&
	    p->code != PMU_FW_MISALIGNED_STORE)
		return false;
	return p->optional != NULL;
}

static void repeat(void (*once)(void), unsigned int times)
{
	while (times--)
		once();
}

static void check_provocation(const struct provocation *p)
{
	unsigned int index = claim_fw(p->code, 0);

	repeat(p->once, 3);
	expect_eq(pmu_read(index), 0, "%s counted before START", p->name);

	require_ok(pmu_start_one(index), "START of counter %u", index);
	repeat(p->once, 7);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	skip_unless(pmu_read(index) != 0 || !is_delegated(p), "%s",
		    p->optional);
	expect_eq(pmu_read(index), 7, "7 %s", p->name);

	repeat(p->once, 3);
	expect_eq(pmu_read(index), 7, "7 %s, and 3 after STOP", p->name);
	require_ok(pmu_start_one(index), "START of counter %u", index);
	repeat(p->once, 2);
	expect_eq(pmu_read(index), 9, "7 and 2 more %s, still running",
		  p->name);
}

CASE(fw, set_timer, "A counter of SET_TIMER counts each set_timer call.")
{
	check_provocation(&provocations[0]);
}

CASE(fw, illegal_csr,
     "A counter of ILLEGAL_INSN counts each access to a CSR that does not exist.")
{
	check_provocation(&provocations[1]);
}

CASE(fw, illegal_opcode,
     "A counter of ILLEGAL_INSN counts each opcode that does not exist.")
{
	check_provocation(&provocations[2]);
}

CASE(fw, access_load, "A counter of ACCESS_LOAD counts each load access fault.")
{
	check_provocation(&provocations[3]);
}

CASE(fw, access_store,
     "A counter of ACCESS_STORE counts each store access fault.")
{
	check_provocation(&provocations[4]);
}

CASE(fw, misaligned_load,
     "A counter of MISALIGNED_LOAD counts each misaligned load that traps.")
{
	check_provocation(&provocations[5]);
}

CASE(fw, misaligned_store,
     "A counter of MISALIGNED_STORE counts each misaligned store that traps.")
{
	check_provocation(&provocations[6]);
}

CASE(fw, every_event,
     "Each standard firmware event that CONFIG takes can be started and read.")
{
	unsigned int code;

	need_fws(1);
	for (code = 0; code < PMU_FW_EVENTS; code++) {
		struct sbiret ret =
			pmu_config(fw_base(), fw_mask(), PMU_CFG_CLEAR_VALUE,
				   PMU_FW(code), 0);

		if (!expect_legal(ret, PMU_OK, CODE(PMU_ERR_NOT_SUPPORTED),
				  "CONFIG of firmware event %u", code) ||
		    ret.error)
			continue;
		expect(ret.value < facts.num && facts.counter[ret.value].fw,
		       "counter %lu is a firmware counter", ret.value);
		expect_value(pmu_fw_read(ret.value), 0,
			     "FW_READ of event %u, stopped", code);
		expect_ok(pmu_start_one(ret.value), "START of event %u", code);
		expect_value(pmu_fw_read(ret.value), 0,
			     "FW_READ of event %u, running", code);
		expect_ok(pmu_reset(ret.value), "STOP and RESET of event %u",
			  code);
	}
}

CASE(fw, any_counter, "Each firmware counter can count, and reads exactly.")
{
	unsigned int i;

	need_fws(1);
	for (i = 0; i < facts.fws; i++) {
		unsigned int index = facts.fw[i];

		if (!ours() && !can_count(index, PMU_FW(PMU_FW_SET_TIMER)))
			continue;
		expect_value(pmu_config(index, 1, PMU_CFG_CLEAR_VALUE,
					PMU_FW(PMU_FW_SET_TIMER), 0),
			     index, "CONFIG of counter %u", index);
		expect_ok(pmu_start_at(index, i), "START of counter %u", index);
		repeat(fw_set_timer, 3);
		expect_eq(pmu_read(index), i + 3, "counter %u", index);
		expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
		expect_eq(pmu_read(index), i + 3, "counter %u, stopped", index);
		pmu_reset(index);
	}
}

CASE(fw, auto_start, "AUTO_START makes a firmware counter count at once.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, PMU_CFG_AUTO_START);

	repeat(fw_set_timer, 4);
	expect_eq(pmu_read(index), 4, "4 set_timer calls");
	expect_error(pmu_start_one(index), PMU_ERR_ALREADY_STARTED,
		     "START after AUTO_START");
	fw_set_timer();
	expect_eq(pmu_read(index), 5, "5 set_timer calls");
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	fw_set_timer();
	expect_eq(pmu_read(index), 5, "5 set_timer calls, one after STOP");
}

CASE(fw, clear_value, "CONFIG clears a firmware counter with CLEAR_VALUE only.")
{
	unsigned int index = claim_fw(PMU_FW_SET_TIMER, 0);

	require_ok(pmu_start_at(index, 1234), "START of counter %u", index);
	require_ok(pmu_stop_one(index), "STOP of counter %u", index);
	require_value(pmu_config(index, 1, PMU_CFG_SKIP_MATCH,
				 PMU_FW(PMU_FW_SET_TIMER), 0),
		      index, "CONFIG without CLEAR_VALUE");
	expect_eq(pmu_read(index), 1234, "the value after it");
	require_value(pmu_config(index, 1,
				 PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE,
				 PMU_FW(PMU_FW_SET_TIMER), 0),
		      index, "CONFIG with CLEAR_VALUE");
	expect_eq(pmu_read(index), 0, "the value after it");
}
