// SPDX-License-Identifier: BSD-2-Clause
/* The firmware events: each made to happen a few times, if one hart can do it.
 */
#include "bringup.h"

#define TIMES 5
#define IPI_MS 50

static bool set_timer(void)
{
	return !sbi_set_timer(~0ULL).error;
}

static bool ipi(void)
{
	unsigned int self = this_hart()->index, to = self ? 0 : 1;

	/* An IPI to itself may not even get to the firmware's counting */
	if (hart_count() == 1 || (to && !hart_start(to)))
		return false;
	return !sbi_send_ipi(1, hart_id(to)).error;
}

static unsigned long send_one(unsigned long hartid)
{
	return (unsigned long)sbi_send_ipi(1, hartid).error;
}

/* The first hart has another one send it, while that one has nothing to do */
static bool ipi_from_other(void)
{
	unsigned long error;

	if (this_hart()->index || hart_count() == 1 ||
	    !hart_call(1, send_one, hart_id(0), &error) || error)
		return false;
	/* IPIs that come together are received as one */
	wait_until(csr_read(CSR_SIP) & 1UL << IRQ_SOFT, IPI_MS);
	csr_clear(CSR_SIP, 1UL << IRQ_SOFT);
	return true;
}

static bool illegal(void)
{
	unsigned long value;

	/* One of the custom CSRs of S-mode that no core is known to have */
	probe_csr_read(0x5ff, &value, NULL);
	return true;
}

static bool forbidden(bool store)
{
	unsigned long value;
	struct range range;

	if (!firmware_range(&range))
		return false;
	if (store)
		return !probe_store((uintptr_t)range.base, 4, 0, NULL);
	return !probe_load((uintptr_t)range.base, 4, &value, NULL);
}

static bool bad_load(void)
{
	return forbidden(false);
}

/* Only where a load has shown that nothing is there for us */
static bool bad_store(void)
{
	return forbidden(false) && forbidden(true);
}

static uint64_t odd[MAX_HARTS][2];

static bool odd_load(void)
{
	unsigned long value;

	probe_load((uintptr_t)odd[this_hart()->index] + 1, 4, &value, NULL);
	return true;
}

static bool odd_store(void)
{
	probe_store((uintptr_t)odd[this_hart()->index] + 1, 4, 0, NULL);
	return true;
}

static unsigned long self(void)
{
	return hart_id(this_hart()->index);
}

static bool fence_i_call(void)
{
	return !sbi_fence_i(1, self()).error;
}

static bool sfence(void)
{
	return !sbi_sfence_vma(1, self(), 0x1000, 0x1000).error;
}

static bool sfence_asid(void)
{
	return !sbi_sfence_vma_asid(1, self(), 0x1000, 0x1000, 1).error;
}

static bool gvma(void)
{
	return has_h() && !sbi_hfence_gvma(1, self(), 0x1000, 0x1000).error;
}

static bool gvma_vmid(void)
{
	return has_h() &&
	       !sbi_hfence_gvma_vmid(1, self(), 0x1000, 0x1000, 1).error;
}

static bool vvma(void)
{
	return has_h() && !sbi_hfence_vvma(1, self(), 0x1000, 0x1000).error;
}

static bool vvma_asid(void)
{
	return has_h() &&
	       !sbi_hfence_vvma_asid(1, self(), 0x1000, 0x1000, 1).error;
}

static const struct provocation {
	const char *name;
	bool (*once)(void); /* false: this machine cannot */
	bool optional; /* the firmware need not notice it */
} provocations[PMU_FW_EVENTS] = {
	[PMU_FW_MISALIGNED_LOAD] = {"misaligned-load", odd_load, true},
	[PMU_FW_MISALIGNED_STORE] = {"misaligned-store", odd_store, true},
	[PMU_FW_ACCESS_LOAD] = {"access-load", bad_load, true},
	[PMU_FW_ACCESS_STORE] = {"access-store", bad_store, true},
	[PMU_FW_ILLEGAL_INSN] = {"illegal-insn", illegal, true},
	[PMU_FW_SET_TIMER] = {"set-timer", set_timer, false},
	[PMU_FW_IPI_SENT] = {"ipi-sent", ipi, false},
	[PMU_FW_IPI_RECEIVED] = {"ipi-received", ipi_from_other, true},
	[PMU_FW_FENCE_I_SENT] = {"fence-i-sent", fence_i_call, false},
	[PMU_FW_FENCE_I_RECEIVED] = {"fence-i-received", fence_i_call, true},
	[PMU_FW_SFENCE_VMA_SENT] = {"sfence-vma-sent", sfence, false},
	[PMU_FW_SFENCE_VMA_RECEIVED] = {"sfence-vma-received", sfence, true},
	[PMU_FW_SFENCE_VMA_ASID_SENT] = {"sfence-vma-asid-sent", sfence_asid,
					 false},
	[PMU_FW_SFENCE_VMA_ASID_RECEIVED] = {"sfence-vma-asid-received",
					     sfence_asid, true},
	[PMU_FW_HFENCE_GVMA_SENT] = {"hfence-gvma-sent", gvma, false},
	[PMU_FW_HFENCE_GVMA_RECEIVED] = {"hfence-gvma-received", gvma, true},
	[PMU_FW_HFENCE_GVMA_VMID_SENT] = {"hfence-gvma-vmid-sent", gvma_vmid,
					  false},
	[PMU_FW_HFENCE_GVMA_VMID_RECEIVED] = {"hfence-gvma-vmid-received",
					      gvma_vmid, true},
	[PMU_FW_HFENCE_VVMA_SENT] = {"hfence-vvma-sent", vvma, false},
	[PMU_FW_HFENCE_VVMA_RECEIVED] = {"hfence-vvma-received", vvma, true},
	[PMU_FW_HFENCE_VVMA_ASID_SENT] = {"hfence-vvma-asid-sent", vvma_asid,
					  false},
	[PMU_FW_HFENCE_VVMA_ASID_RECEIVED] = {"hfence-vvma-asid-received",
					      vvma_asid, true},
};

/* CONFIG wherever there is a firmware counter, past index 63 as well */
static struct sbiret config(const struct view *v, unsigned int code)
{
	struct sbiret ret = {PMU_ERR_NOT_SUPPORTED, 0};

	for (unsigned int i = 0; i < MAX_COUNTERS; i++) {
		if (!v->counter[i].exists || !v->counter[i].fw)
			continue;
		ret = pmu_config(i, 1, PMU_CFG_CLEAR_VALUE, PMU_FW(code), 0);
		if (ret.error != PMU_ERR_NOT_SUPPORTED)
			break;
	}
	return ret;
}

static void measure_event(struct view *v, unsigned int code)
{
	struct fw_event *e = &v->fw_event[code];
	struct sbiret ret = config(v, code);

	e->error = ret.error;
	if (ret.error)
		return;
	e->provoked = true;
	pmu_start_one(ret.value);
	while (e->provoked && e->times < TIMES) {
		e->provoked = provocations[code].once();
		e->times++;
	}
	pmu_stop_one(ret.value);
	e->seen = pmu_read_fw(ret.value);
	pmu_reset(ret.value);
}

void fw_measure(struct view *v)
{
	for (unsigned int code = 0; code < PMU_FW_EVENTS; code++)
		measure_event(v, code);
}

static void tell_event(const struct fw_event *e, const struct provocation *p)
{
	if (e->error) {
		finding(e->error == PMU_ERR_NOT_SUPPORTED ? ABSENT : BROKEN,
			"firmware.event", p->name, "CONFIG gives %s",
			sbi_error_name(e->error));
		if (e->error != PMU_ERR_NOT_SUPPORTED)
			expected("a counter, or NOT_SUPPORTED");
	} else if (e->seen == e->times && e->provoked) {
		finding(OK, "firmware.event", p->name, "%llu of %llu counted",
			(unsigned long long)e->seen,
			(unsigned long long)e->times);
	} else if (!e->provoked) {
		finding(UNKNOWN, "firmware.event", p->name,
			"cannot be made to happen here");
	} else if (!e->seen && p->optional) {
		finding(UNKNOWN, "firmware.event", p->name,
			"none of %llu reached the firmware",
			(unsigned long long)e->times);
		advise("the hart may do it by itself, or the trap be delegated: then there is nothing to count");
	} else {
		finding(BROKEN, "firmware.event", p->name,
			"%llu counted, %llu happened",
			(unsigned long long)e->seen,
			(unsigned long long)e->times);
		expected("the same number");
		advise("see where the firmware counts this event");
	}
}

void fw_tell(const struct view *v)
{
	bool any = false;

	for (unsigned int i = 0; i < MAX_COUNTERS; i++)
		any |= v->counter[i].exists && v->counter[i].fw;
	if (!any) {
		finding(ABSENT, "firmware.event", "",
			"the firmware has no firmware counters");
		return;
	}
	for (unsigned int code = 0; code < PMU_FW_EVENTS; code++) {
		/* Of this one the first hart alone knows */
		if (code != PMU_FW_IPI_RECEIVED || v == views)
			tell_event(&v->fw_event[code], &provocations[code]);
	}
}
