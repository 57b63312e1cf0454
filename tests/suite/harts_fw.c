// SPDX-License-Identifier: BSD-2-Clause
/*
 * Firmware events of every hart: each in turn sends a request to each other
 * one, and each in turn traps. All harts count both sides all the time.
 */

#include "fw.h"

#define REQUESTS 3

/* The functions of the RFENCE extension by their ids; the first has no range */
static const struct {
	unsigned int sent, received;
	const char *name;
	bool needs_h;
} fences[] = {
	{PMU_FW_FENCE_I_SENT, PMU_FW_FENCE_I_RECEIVED, "FENCE.I", false},
	{PMU_FW_SFENCE_VMA_SENT, PMU_FW_SFENCE_VMA_RECEIVED, "SFENCE.VMA",
	 false},
	{PMU_FW_SFENCE_VMA_ASID_SENT, PMU_FW_SFENCE_VMA_ASID_RECEIVED,
	 "SFENCE.VMA with ASID", false},
	{PMU_FW_HFENCE_GVMA_VMID_SENT, PMU_FW_HFENCE_GVMA_VMID_RECEIVED,
	 "HFENCE.GVMA with VMID", true},
	{PMU_FW_HFENCE_GVMA_SENT, PMU_FW_HFENCE_GVMA_RECEIVED, "HFENCE.GVMA",
	 true},
	{PMU_FW_HFENCE_VVMA_ASID_SENT, PMU_FW_HFENCE_VVMA_ASID_RECEIVED,
	 "HFENCE.VVMA with ASID", true},
	{PMU_FW_HFENCE_VVMA_SENT, PMU_FW_HFENCE_VVMA_RECEIVED, "HFENCE.VVMA",
	 true},
};

static unsigned int on_hart(unsigned int hart,
			    unsigned long (*fn)(unsigned long),
			    unsigned long arg)
{
	unsigned long result;

	if (hart == 0)
		return (unsigned int)fn(arg);
	require(hart_call(hart, fn, arg, &result), "hart %u runs our code",
		hart);
	return (unsigned int)result;
}

/* The first and the second firmware counter, started; arg is two events */
static unsigned long count_both(unsigned long arg)
{
	unsigned long event[2] = {arg & 0xff, arg >> 8};
	unsigned int i;

	for (i = 0; i < 2; i++) {
		unsigned int index = facts.fw[i];

		pmu_reset(index);
		expect_value(pmu_config(index, 1, PMU_CFG_CLEAR_VALUE,
					PMU_FW(event[i]), 0),
			     index, "CONFIG of event %lu on hart %u", event[i],
			     this_hart()->index);
		expect_ok(pmu_start_one(index), "START on hart %u",
			  this_hart()->index);
	}
	return 0;
}

static unsigned long value_of(unsigned long n)
{
	return (unsigned long)pmu_read_fw(facts.fw[n]);
}

static unsigned long send(unsigned long arg)
{
	unsigned int receiver = arg & 0xff, fid = (unsigned int)arg >> 8, i;

	for (i = 0; i < REQUESTS; i++)
		expect_ok(sbi_ecall(SBI_EID_RFENCE, fid, 1, hart_id(receiver),
				    0x1000, 0x1000, 1, 0),
			  "request %u from hart %u to hart %u", fid,
			  this_hart()->index, receiver);
	return 0;
}

static void expect_counts(unsigned int fid, unsigned int sender,
			  unsigned int receiver)
{
	unsigned int hart;

	for (hart = 0; hart < facts.harts; hart++) {
		expect_eq(on_hart(hart, value_of, 0),
			  hart == sender ? REQUESTS : 0,
			  "%s from hart %u to hart %u, sent by hart %u",
			  fences[fid].name, sender, receiver, hart);
		expect_eq(on_hart(hart, value_of, 1),
			  hart == receiver ? REQUESTS : 0,
			  "%s from hart %u to hart %u, received by hart %u",
			  fences[fid].name, sender, receiver, hart);
	}
}

CASE(harts, every_sender,
     "A request from any hart to any other counts on these two, and nowhere else.")
{
	unsigned int fid, from, to, hart;

	need_harts(2);
	need_fws(2);
	for (fid = 0; fid < ARRAY_SIZE(fences); fid++) {
		if (fences[fid].needs_h && !facts.h)
			continue;
		for (from = 0; from < facts.harts; from++) {
			to = (from + 1 + fid) % facts.harts;
			if (to == from)
				to = (from + 1) % facts.harts;
			for (hart = 0; hart < facts.harts; hart++)
				on_hart(hart, count_both,
					fences[fid].sent | fences[fid].received
								   << 8);
			on_hart(from, send, to | fid << 8);
			expect_counts(fid, from, to);
		}
	}
}

#define NO_CSR 0x5ff

static unsigned long trap(unsigned long times)
{
	unsigned long value;
	struct range range;

	firmware_range(&range);
	while (times--) {
		probe_csr_read(NO_CSR, &value, NULL);
		probe_load((uintptr_t)range.base, 4, &value, NULL);
	}
	return 0;
}

CASE(harts, own_traps, "A trap is counted on the hart that it happens on.")
{
	const unsigned long events = PMU_FW_ILLEGAL_INSN | PMU_FW_ACCESS_LOAD
								   << 8;
	struct range range;
	unsigned int trapping, hart, n;

	need_harts(2);
	need_fws(2);
	skip_unless(firmware_range(&range),
		    "no address is known that S-mode must not touch");
	skip_unless(facts.impl_id == 1,
		    "firmware may let S-mode have its traps");
	for (trapping = 0; trapping < facts.harts; trapping++) {
		for (hart = 0; hart < facts.harts; hart++)
			on_hart(hart, count_both, events);
		on_hart(trapping, trap, 4);
		for (hart = 0; hart < facts.harts; hart++) {
			for (n = 0; n < 2; n++)
				expect_eq(
					on_hart(hart, value_of, n),
					hart == trapping ? 4 : 0,
					"counter %u of hart %u, hart %u traps",
					n, hart, trapping);
		}
	}
}

/* All harts at once ask what there is, and must hear what hart 0 heard alone */
#define ROUNDS 100
#define EVENTS 64

struct told {
	struct pmu_event_info events[EVENTS];
	struct sbiret info[MAX_COUNTERS];
	unsigned long num;
} __attribute__((aligned(16)));

static struct told told[MAX_HARTS];
static volatile unsigned int begun;

static void ask(struct told *t)
{
	unsigned int i;

	memset(t, 0, sizeof(*t));
	t->num = pmu_num_counters().value;
	for (i = 0; i < facts.num + 2 && i < MAX_COUNTERS; i++)
		t->info[i] = pmu_get_info(i);
	for (i = 0; i < EVENTS; i++)
		t->events[i].event_idx = i < 32 ? i : (uint32_t)PMU_FW(i - 32);
	if (facts.event_info)
		pmu_event_info((unsigned long)t->events, 0, EVENTS, 0);
}

static unsigned long ask_often(unsigned long arg)
{
	struct told *mine = &told[this_hart()->index];
	const struct told *expected = (const struct told *)arg;
	unsigned long wrong = 0;
	unsigned int i;

	__atomic_add_fetch(&begun, 1, __ATOMIC_SEQ_CST);
	if (!wait_until(begun == facts.harts, 2000))
		return ~0UL;
	for (i = 0; i < ROUNDS; i++) {
		ask(mine);
		wrong += memcmp(mine, expected, sizeof(*mine)) != 0;
		/*
		 * What is refused must be harmless for the others, too.
		 * Firmware that does not refuse it is the matter of other
		 * cases.
		 */
		if (ours()) {
			wrong += pmu_config(0, ~0UL, ~0UL, i, 0).error !=
				 PMU_ERR_INVALID_PARAM;
			wrong += pmu_start(~0UL, i + 1, 0, 0).error !=
				 PMU_ERR_INVALID_PARAM;
		}
		wrong += pmu_stop(facts.num, 1, 0).error !=
			 PMU_ERR_INVALID_PARAM;
	}
	return wrong;
}

CASE(harts, ask_together,
     "Harts that ask for counters and events at the same time hear the same.")
{
	static struct told alone;
	unsigned long wrong;
	unsigned int hart;

	need_harts(2);
	ask(&alone);
	begun = 0;
	for (hart = 1; hart < facts.harts; hart++)
		require(hart_call_async(hart, ask_often, (unsigned long)&alone),
			"hart %u runs our code", hart);
	expect_eq(ask_often((unsigned long)&alone), 0,
		  "wrong answers on hart 0");
	for (hart = 1; hart < facts.harts; hart++) {
		require(hart_wait(hart, 10000, &wrong), "hart %u finishes",
			hart);
		expect_eq(wrong, 0, "wrong answers on hart %u", hart);
	}
}
