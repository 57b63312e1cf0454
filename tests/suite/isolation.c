// SPDX-License-Identifier: BSD-2-Clause
/*
 * Two domains: what one of them configures, counts and overflows is neither
 * seen nor changed by the other. Where they take turns on a hart, the first PMU
 * call of the other one is what makes its counters its own.
 */

#include "witness.h"
#include "fw.h"
#include "overflow.h"

#define VALUE 0x123456789ULL

/* A counter of each type, stopped at a value, and one that counts SET_TIMER */
static struct {
	unsigned int hpm, fw;
	uint64_t hpm_value;
} mine;

static void claim_mine(void)
{
	mine.hpm = claim_hpm(INSTRUCTIONS, 0);
	mine.fw = claim_fw(PMU_FW_SET_TIMER, 0);
	require_ok(pmu_start_at(mine.hpm, VALUE), "START of counter %u",
		   mine.hpm);
	require_ok(pmu_stop_one(mine.hpm), "STOP of counter %u", mine.hpm);
	mine.hpm_value = pmu_read(mine.hpm);
	require_ok(pmu_start_at(mine.fw, 5), "START of counter %u", mine.fw);
}

static void set_up(void)
{
	need_witness();
	claim_mine();
}

static void expect_unchanged(uint64_t fw_value, const char *when)
{
	/* The call comes first: it brings our counters back */
	expect_eq(pmu_fw_read(mine.fw).value, fw_value, "counter %u %s",
		  mine.fw, when);
	expect_eq(pmu_read(mine.hpm), mine.hpm_value, "counter %u %s", mine.hpm,
		  when);
	expect_error(pmu_start_one(mine.fw), PMU_ERR_ALREADY_STARTED,
		     "START of counter %u, which runs", mine.fw);
	expect_error(pmu_stop_one(mine.hpm), PMU_ERR_ALREADY_STOPPED,
		     "STOP of counter %u, which is stopped", mine.hpm);
}

CASE_OURS(isolation, first_call,
	  "The first call of a domain finds a PMU as at boot.")
{
	need_fresh_witness();
	/* Stopped here, as every counter is between two cases */
	expect_error(pmu_stop_one(PMU_CTR_INSTRET), PMU_ERR_ALREADY_STOPPED,
		     "STOP of counter 2");
	claim_mine();
	expect_error(witness_start_at(mine.fw, 0), PMU_ERR_INVALID_PARAM,
		     "START of counter %u there", mine.fw);
	expect_error(witness_start_at(mine.hpm, 0), PMU_ERR_INVALID_PARAM,
		     "START of counter %u there", mine.hpm);
	expect_error(witness_start_at(PMU_CTR_INSTRET, 0),
		     PMU_ERR_ALREADY_STARTED, "START of counter 2 there");
	expect_eq(witness_read(mine.hpm), 0, "counter %u there", mine.hpm);
	expect_unchanged(5, "after that");
}

CASE_OURS(isolation, not_visible,
	  "What one domain configured and counted is not seen by the other.")
{
	set_up();
	expect_error(witness_start_at(mine.hpm, 0), PMU_ERR_INVALID_PARAM,
		     "START of counter %u there", mine.hpm);
	expect_error(witness_start_at(mine.fw, 0), PMU_ERR_INVALID_PARAM,
		     "START of counter %u there", mine.fw);
	expect_error(
		witness_call(PMU_EID, PMU_FID_FW_READ, mine.fw, 0, 0, 0, 0, 0),
		PMU_ERR_INVALID_PARAM, "FW_READ of counter %u there", mine.fw);
	expect_eq(witness_read(mine.hpm), 0, "counter %u there", mine.hpm);
	expect_value(witness_config(mine.fw, 0, PMU_FW(PMU_FW_SET_TIMER)),
		     mine.fw, "CONFIG of counter %u there", mine.fw);
	expect_ne(witness_read(mine.fw), 5, "counter %u there", mine.fw);
	expect_unchanged(5, "after that");
}

CASE_OURS(
	isolation, not_changed,
	"The same counters are configured, used and freed by the other domain.")
{
	set_up();
	expect_value(witness_config(mine.hpm, 0, CYCLES), mine.hpm,
		     "CONFIG of counter %u there", mine.hpm);
	expect_value(witness_config(mine.fw, 0, PMU_FW(PMU_FW_IPI_SENT)),
		     mine.fw, "CONFIG of counter %u there", mine.fw);
	expect_ok(witness_start_at(mine.hpm, 3ULL << 39), "START there");
	expect_ok(witness_start_at(mine.fw, 1000), "START there");
	witness_ask(WITNESS_WORK, 1000, 0);
	expect_unchanged(5, "while they run there");
	expect_ok(witness_stop(mine.hpm, 0), "STOP there");
	expect_eq(witness_read(mine.hpm) >> 39, 3, "counter %u there",
		  mine.hpm);
	expect_eq(witness_read(mine.fw), 1000, "counter %u there", mine.fw);
	expect_ok(witness_stop(mine.fw, PMU_STOP_RESET), "RESET there");
	expect_error(witness_stop(mine.hpm, PMU_STOP_RESET),
		     PMU_ERR_ALREADY_STOPPED, "RESET there");
	expect_unchanged(5, "after RESET there");
	fw_set_timer();
	expect_eq(pmu_fw_read(mine.fw).value, 6, "counter %u, which counts on",
		  mine.fw);
}

static void set_timer_there(unsigned int times)
{
	while (times--)
		expect_ok(witness_call(SBI_EID_TIME, 0, ~0UL, 0, 0, 0, 0, 0),
			  "set_timer there");
}

CASE_OURS(isolation, firmware_events,
	  "A firmware event is counted for the domain in which it happens.")
{
	set_up();
	set_timer_there(3);
	expect_unchanged(5, "after events there");
	expect_value(witness_config(mine.fw,
				    PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START,
				    PMU_FW(PMU_FW_SET_TIMER)),
		     mine.fw, "CONFIG of counter %u there", mine.fw);
	set_timer_there(3);
	fw_set_timer();
	/* No PMU call of ours lies between its events */
	set_timer_there(4);
	expect_eq(witness_read(mine.fw), 7, "counter %u there", mine.fw);
	expect_unchanged(6, "after one event here");
}

CASE_OURS(isolation, filters,
	  "The filter of a counter is kept while the other domain uses it.")
{
	unsigned int index;
	uint64_t there;

	need_witness();
	index = claim_hpm(INSTRUCTIONS, 0);
	need_filter(index, INSTRUCTIONS);
	pmu_reset(index);
	require_value(pmu_config(index, 1, PMU_CFG_SINH, INSTRUCTIONS, 0),
		      index, "CONFIG with SINH");
	require_ok(pmu_start_at(index, 0), "START of counter %u", index);
	expect_value(witness_config(index, PMU_CFG_AUTO_START, INSTRUCTIONS),
		     index, "CONFIG without there");
	witness_ask(WITNESS_WORK, 50000, 0);
	there = witness_read(index);
	expect(there >= 50000 || !facts.exact, "counter %u there counts: %llu",
	       index, (unsigned long long)there);
	/* Any call brings it back, and it has been running all the time */
	pmu_num_counters();
	work_insns(5000);
	expect_eq(pmu_read(index), 0, "S-mode kept out of counter %u", index);
	expect_ok(pmu_stop_one(index), "STOP of counter %u", index);
	expect_ne(measure(index, MODE_U, work_insns, 5000), 0,
		  "U-mode let in to counter %u", index);
}

CASE_OURS(
	isolation, fixed_counters,
	"The fixed counters of one domain run and stop for that domain alone.")
{
	uint64_t value, there;

	need_witness();
	claim_fixed(PMU_CTR_INSTRET, 0);
	require_ok(pmu_start_at(PMU_CTR_INSTRET, VALUE), "START of counter 2");
	expect_ok(witness_start_at(PMU_CTR_INSTRET, 3ULL << 39),
		  "START of counter 2 there");
	require_ok(pmu_stop_one(PMU_CTR_INSTRET), "STOP of counter 2");
	value = pmu_read(PMU_CTR_INSTRET);
	expect(value < 1ULL << 40, "counter 2 here");
	expect_error(witness_stop(PMU_CTR_CYCLE, 0), PMU_ERR_ALREADY_STOPPED,
		     "STOP of counter 0 there");
	there = witness_read(PMU_CTR_INSTRET);
	expect_between(there, 3ULL << 39, 1ULL << 41, "counter 2 there");
	witness_ask(WITNESS_WORK, 5000, 0);
	expect_ne(witness_read(PMU_CTR_INSTRET), there,
		  "counter 2 there after work");
	pmu_num_counters();
	expect_eq(pmu_read(PMU_CTR_INSTRET), value, "counter 2, stopped here");
}

CASE_OURS(isolation, overflow,
	  "An overflow of one domain is seen by that domain alone.")
{
	unsigned int index;

	need_witness();
	need_lcofi();
	index = claim_hpm(INSTRUCTIONS, 0);
	start_before(index, 10000);
	require(overflow_pends(), "the counter overflows");
	expect_value(witness_config(index, 0, INSTRUCTIONS), index,
		     "CONFIG of counter %u there", index);
	expect_eq(witness_ask(WITNESS_OVERFLOWS, 0, 0), 0, "scountovf there");
	expect_eq(witness_second() & 1UL << IRQ_LCOFI, 0,
		  "interrupt 13 in sip there");
	expect_error(pmu_start_one(index), PMU_ERR_ALREADY_STARTED,
		     "START of counter %u, which runs", index);
	expect_eq(csr_read(CSR_SCOUNTOVF), ovf_bit(index), "scountovf here");
	expect_ne(csr_read(CSR_SIP) & 1UL << IRQ_LCOFI, 0,
		  "interrupt 13 in sip here");
	pmu_reset(index);
}

/* Anything goes, as long as it is nothing that stops this hart */
static uint64_t hostile_call(uint64_t dice, uintptr_t pages)
{
	unsigned long mask = dice & 1 ? ~0UL : (unsigned long)(dice >> 8);
	unsigned long base = dice >> 1 & 0x1f;
	unsigned long address = pages + (dice >> 20 & 0x3ff0);

	switch ((unsigned int)(dice >> 60)) {
	case 0:
		pmu_set_shmem(address & ~0xfffUL, 0, 0);
		break;
	case 1:
		pmu_event_info(address, 0, dice >> 40 & 0xfff, 0);
		break;
	case 2:
	case 3:
		pmu_stop(base, mask, dice >> 6 & 3);
		break;
	case 4:
	case 5:
		pmu_start(base, mask, dice >> 6 & 3, dice);
		break;
	case 6:
		sbi_send_ipi(mask, dice & 2 ? 0 : ~0UL);
		break;
	case 7:
		sbi_sfence_vma(mask, dice & 2 ? 0 : ~0UL, 0, ~0UL);
		break;
	default:
		pmu_config(base, mask, dice >> 40 & 0xff,
			   dice & 2 ? INSTRUCTIONS : PMU_FW(dice >> 50 & 0x1f),
			   0);
	}
	/* The generator of Knuth's MMIX; the upper bits are the good ones */
	return dice * 6364136223846793005ULL + 1442695040888963407ULL;
}

CASE_OURS(
	isolation, hostile,
	"Hostile calls of one domain do not disturb exact counts in the other.")
{
	uint64_t dice = suite_seed() * 0x9e3779b97f4a7c15ULL;
	unsigned int hpm, fw, i, turn;
	uintptr_t pages;

	need_witness();
	hpm = facts.hpms ? facts.hpm[0] : PMU_CTR_INSTRET;
	fw = facts.fw[0];
	pages = witness_pages();
	expect_value(witness_config(hpm, 0, INSTRUCTIONS), hpm,
		     "CONFIG of counter %u there", hpm);
	for (turn = 0; turn < 10; turn++) {
		witness_begin(WITNESS_ROUNDS, 100,
			      fw | (unsigned long)facts.counter[hpm].csr << 8);
		for (i = 0; i < 500; i++)
			dice = hostile_call(dice, pages);
		expect_eq(witness_wait(), 0, "wrong counts there, turn %u",
			  turn);
		pmu_clean();
	}
	expect_witness_pages("hostile calls");
	irq_reset();
}
