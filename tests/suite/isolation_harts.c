// SPDX-License-Identifier: BSD-2-Clause
/* Requests to harts: those of another domain are out of reach */

#include "witness.h"
#include "counters.h"

#define REQUESTS 5

static const struct {
	unsigned long sent, received, eid, fid;
	const char *name;
} requests[] = {
	{PMU_FW_IPI_SENT, PMU_FW_IPI_RECEIVED, SBI_EID_IPI, 0, "IPI"},
	{PMU_FW_FENCE_I_SENT, PMU_FW_FENCE_I_RECEIVED, SBI_EID_RFENCE, 0,
	 "FENCE.I"},
	{PMU_FW_SFENCE_VMA_SENT, PMU_FW_SFENCE_VMA_RECEIVED, SBI_EID_RFENCE, 1,
	 "SFENCE.VMA"},
};

/* To all harts, and to each that the other domain may have, by its number */
static void send_everywhere(unsigned long eid, unsigned long fid)
{
	unsigned int i;

	for (i = 0; i < REQUESTS; i++) {
		sbi_ecall(eid, fid, 0, ~0UL, 0, ~0UL, 0, 0);
		sbi_ecall(eid, fid, 1, 2, 0, ~0UL, 0, 0);
		sbi_ecall(eid, fid, 0xff, 0, 0, ~0UL, 0, 0);
	}
}

CASE_OURS(isolation, requests,
	  "IPIs and remote fences of one domain do not count in the other.")
{
	unsigned long fw;
	unsigned int i, k;

	need_side_by_side();
	need_fws(2);
	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		const unsigned long events[] = {requests[i].sent,
						requests[i].received};

		for (k = 0; k < 2; k++) {
			fw = facts.fw[k];
			witness_stop(fw, PMU_STOP_RESET);
			expect_value(witness_config(fw,
						    PMU_CFG_CLEAR_VALUE |
							    PMU_CFG_AUTO_START,
						    PMU_FW(events[k])),
				     fw, "CONFIG of counter %lu there", fw);
		}
		send_everywhere(requests[i].eid, requests[i].fid);
		irq_reset();
		expect_eq(witness_read(facts.fw[0]), 0, "%s sent there",
			  requests[i].name);
		expect_eq(witness_read(facts.fw[1]), 0, "%s received there",
			  requests[i].name);
		/* A fence of its own does; an IPI to itself is none */
		if (requests[i].eid == SBI_EID_IPI)
			continue;
		witness_call(requests[i].eid, requests[i].fid, 0, ~0UL, 0, ~0UL,
			     0, 0);
		expect(witness_read(facts.fw[1]) + witness_read(facts.fw[0]) >
			       0,
		       "%s of its own counts there", requests[i].name);
	}
}

static unsigned long stop_and_use(unsigned long index)
{
	pmu_config(index, 1, PMU_CFG_AUTO_START, INSTRUCTIONS, 0);
	work_insns(1000);
	return 0;
}

CASE_OURS(
	isolation, hart_restart,
	"A hart that stops and starts in one domain changes nothing in the other.")
{
	unsigned int index, turn;
	uint64_t value;

	need_side_by_side();
	need_harts(2);
	need_hpms(1);
	index = facts.hpm[0];
	expect_value(witness_config(index, 0, INSTRUCTIONS), index,
		     "CONFIG of counter %u there", index);
	expect_ok(witness_start_at(index, 1000), "START there");
	expect_ok(witness_stop(index, 0), "STOP there");
	value = witness_read(index);
	for (turn = 0; turn < 3; turn++) {
		require(hart_call(1, stop_and_use, index, NULL),
			"hart 1 runs our code");
		require(hart_stop(1), "hart 1 stops");
	}
	expect_eq(witness_read(index), value, "counter %u there", index);
	expect_error(witness_stop(index, 0), PMU_ERR_ALREADY_STOPPED,
		     "STOP there");
	expect_error(sbi_hart_start(2, 0x80200000, 0), SBI_ERR_INVALID_PARAM,
		     "starting a hart of the other domain");
}
