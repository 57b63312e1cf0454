/* SPDX-License-Identifier: BSD-2-Clause */
/* Firmware events between harts: each is sent here and received there. */
#include "fw.h"

#define REQUESTS 5
#define FAILED (~0UL)

/* What the receiving harts and the sending one tell each other */
static volatile unsigned int ready, ipis;
static volatile bool done;

static void count_ipi(struct trap_frame *frame)
{
	(void)frame;
	__atomic_add_fetch(&ipis, 1, __ATOMIC_SEQ_CST);
}

/* Runs on another hart: count an event until the sender is done */
static unsigned long receive(unsigned long code)
{
	struct sbiret ret = pmu_config(fw_base(), fw_mask(),
				       PMU_CFG_CLEAR_VALUE, PMU_FW(code), 0);
	unsigned long value = FAILED;

	irq_set_callback(IRQ_SOFT, count_ipi);
	irq_enable(IRQ_SOFT);
	if (expect_ok(ret, "CONFIG of event %lu on hart %u", code,
		      this_hart()->index) &&
	    expect_ok(pmu_start_one(ret.value), "START of event %lu", code)) {
		__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
		if (wait_until(done, 3000) &&
		    expect_ok(pmu_stop_one(ret.value), "STOP of event %lu",
			      code))
			value = (unsigned long)pmu_read(ret.value);
	}
	irq_reset();
	return value;
}

static void begin_receiving(unsigned int hart, unsigned int code)
{
	unsigned int before = ready;

	require(hart_call_async(hart, receive, code), "hart %u runs our code",
		hart);
	require(wait_until(ready > before, 2000), "hart %u counts event %u",
		hart, code);
}

static void expect_received(unsigned int hart, uint64_t number,
			    const char *name)
{
	unsigned long value;

	require(hart_wait(hart, 4000, &value), "hart %u finishes", hart);
	expect_eq(value, number, "%s received by hart %u", name, hart);
}

static void reset_shared(void)
{
	ready = 0;
	ipis = 0;
	done = false;
	fence();
}

CASE(fw, ipi,
     "An IPI to another hart is counted as sent here and received there.")
{
	unsigned int sent, received, i;

	need_harts(2);
	need_fws(2);
	reset_shared();
	/* A counter that runs is not given again, one that does not may be */
	received = claim_fw(PMU_FW_IPI_RECEIVED, PMU_CFG_AUTO_START);
	sent = claim_fw(PMU_FW_IPI_SENT, 0);
	begin_receiving(1, PMU_FW_IPI_RECEIVED);
	require_ok(pmu_start_one(sent), "START of IPI_SENT");
	for (i = 1; i <= REQUESTS; i++) {
		require_ok(sbi_send_ipi(1, hart_id(1)), "the IPI");
		/* IPIs that come together may be received as one */
		require(wait_until(ipis == i, 1000), "IPI %u arrives", i);
	}
	require_ok(pmu_stop_one(sent), "STOP of IPI_SENT");
	done = true;
	expect_received(1, REQUESTS, "IPIs");
	expect_eq(pmu_read(sent), REQUESTS, "IPIs sent by this hart");
	expect_eq(pmu_read(received), 0, "IPIs received by this hart");
}

static struct sbiret do_fence_i(unsigned long mask, unsigned long base)
{
	return sbi_fence_i(mask, base);
}

static struct sbiret do_sfence(unsigned long mask, unsigned long base)
{
	return sbi_sfence_vma(mask, base, 0x1000, 0x1000);
}

static struct sbiret do_sfence_asid(unsigned long mask, unsigned long base)
{
	return sbi_sfence_vma_asid(mask, base, 0x1000, 0x1000, 1);
}

static struct sbiret do_gvma(unsigned long mask, unsigned long base)
{
	return sbi_hfence_gvma(mask, base, 0x1000, 0x1000);
}

static struct sbiret do_gvma_vmid(unsigned long mask, unsigned long base)
{
	return sbi_hfence_gvma_vmid(mask, base, 0x1000, 0x1000, 1);
}

static struct sbiret do_vvma(unsigned long mask, unsigned long base)
{
	return sbi_hfence_vvma(mask, base, 0x1000, 0x1000);
}

static struct sbiret do_vvma_asid(unsigned long mask, unsigned long base)
{
	return sbi_hfence_vvma_asid(mask, base, 0x1000, 0x1000, 1);
}

static const struct rfence {
	const char *name;
	unsigned int sent, received;
	struct sbiret (*request)(unsigned long mask, unsigned long base);
	bool needs_h;
} rfences[] = {
	{"FENCE.I requests", PMU_FW_FENCE_I_SENT, PMU_FW_FENCE_I_RECEIVED,
	 do_fence_i, false},
	{"SFENCE.VMA requests", PMU_FW_SFENCE_VMA_SENT,
	 PMU_FW_SFENCE_VMA_RECEIVED, do_sfence, false},
	{"SFENCE.VMA requests with ASID", PMU_FW_SFENCE_VMA_ASID_SENT,
	 PMU_FW_SFENCE_VMA_ASID_RECEIVED, do_sfence_asid, false},
	{"HFENCE.GVMA requests", PMU_FW_HFENCE_GVMA_SENT,
	 PMU_FW_HFENCE_GVMA_RECEIVED, do_gvma, true},
	{"HFENCE.GVMA requests with VMID", PMU_FW_HFENCE_GVMA_VMID_SENT,
	 PMU_FW_HFENCE_GVMA_VMID_RECEIVED, do_gvma_vmid, true},
	{"HFENCE.VVMA requests", PMU_FW_HFENCE_VVMA_SENT,
	 PMU_FW_HFENCE_VVMA_RECEIVED, do_vvma, true},
	{"HFENCE.VVMA requests with ASID", PMU_FW_HFENCE_VVMA_ASID_SENT,
	 PMU_FW_HFENCE_VVMA_ASID_RECEIVED, do_vvma_asid, true},
};

/* A request comes back when the other hart has done it, so none are merged */
static void check_rfence(unsigned int which)
{
	const struct rfence *r = &rfences[which];
	unsigned int sent, received, i;

	need_harts(2);
	need_fws(2);
	skip_unless(!r->needs_h || facts.h, "this hart has no H extension");
	reset_shared();
	received = claim_fw(r->received, PMU_CFG_AUTO_START);
	sent = claim_fw(r->sent, 0);
	begin_receiving(1, r->received);
	require_ok(pmu_start_one(sent), "START of event %u", r->sent);
	for (i = 0; i < REQUESTS; i++)
		require_ok(r->request(1, hart_id(1)), "the request");
	require_ok(pmu_stop_one(sent), "STOP of event %u", r->sent);
	require_ok(r->request(1, hart_id(1)), "a request after STOP");
	done = true;
	expect_received(1, REQUESTS + 1, r->name);
	expect_eq(pmu_read(sent), REQUESTS, "%s sent by this hart", r->name);
	expect_eq(pmu_read(received), 0, "%s received by this hart", r->name);
}

CASE(fw, fence_i,
     "FENCE.I requests are counted as sent here and received there.")
{
	check_rfence(0);
}

CASE(fw, sfence_vma,
     "SFENCE.VMA requests are counted as sent here and received there.")
{
	check_rfence(1);
}

CASE(fw, sfence_vma_asid,
     "SFENCE.VMA requests with ASID are counted as sent here and received there.")
{
	check_rfence(2);
}

CASE(fw, hfence_gvma,
     "HFENCE.GVMA requests are counted as sent here and received there.")
{
	check_rfence(3);
}

CASE(fw, hfence_gvma_vmid,
     "HFENCE.GVMA requests with VMID are counted as sent here and received there.")
{
	check_rfence(4);
}

CASE(fw, hfence_vvma,
     "HFENCE.VVMA requests are counted as sent here and received there.")
{
	check_rfence(5);
}

CASE(fw, hfence_vvma_asid,
     "HFENCE.VVMA requests with ASID are counted as sent here and received there.")
{
	check_rfence(6);
}

/* Whether a request to several harts is sent once or to each is left open */
CASE(fw, broadcast,
     "A request to all harts is received once by each of the others.")
{
	const struct rfence *r = &rfences[1];
	unsigned int sent, hart, i;

	need_harts(3);
	need_fws(1);
	reset_shared();
	sent = claim_fw(r->sent, 0);
	for (hart = 1; hart < facts.harts; hart++)
		begin_receiving(hart, r->received);
	require_ok(pmu_start_one(sent), "START of event %u", r->sent);
	for (i = 0; i < REQUESTS; i++)
		require_ok(r->request(0, ~0UL), "a request to all harts");
	require_ok(pmu_stop_one(sent), "STOP of event %u", r->sent);
	done = true;
	for (hart = 1; hart < facts.harts; hart++)
		expect_received(hart, REQUESTS, r->name);
	expect_between(pmu_read(sent), REQUESTS, REQUESTS * facts.harts,
		       "%s sent by this hart", r->name);
}
