/* SPDX-License-Identifier: BSD-2-Clause */
#include "measure.h"

static unsigned long mask_of(const unsigned int *index, unsigned int count)
{
	unsigned long mask = 0;
	unsigned int i;

	for (i = 0; i < count && index[i] - index[0] < XLEN; i++)
		mask |= 1UL << (index[i] - index[0]);
	return mask;
}

unsigned long hpm_base(void)
{
	return facts.hpm[0];
}

unsigned long hpm_mask(void)
{
	return mask_of(facts.hpm, facts.hpms);
}

unsigned long fw_base(void)
{
	return facts.fw[0];
}

unsigned long fw_mask(void)
{
	return mask_of(facts.fw, facts.fws);
}

unsigned long ovf_bit(unsigned int index)
{
	return 1UL << (facts.counter[index].csr - CSR_CYCLE);
}

void require_in_set(unsigned long index, unsigned long base, unsigned long mask)
{
	bool inside = index >= base && index - base < XLEN &&
		      (mask >> (index - base) & 1);

	skip_unless(
		ours() || inside,
		"CONFIG gives counter %lu, outside of its set, as corner.cycles-in-mask shows",
		index);
	require(inside, "counter %lu is in the set given to CONFIG", index);
}

unsigned int claim_hpm(unsigned long event, unsigned long flags)
{
	struct sbiret ret;

	need_hpms(1);
	ret = pmu_config(hpm_base(), hpm_mask(), PMU_CFG_CLEAR_VALUE | flags,
			 event, 0);
	skip_unless(ret.error != PMU_ERR_NOT_SUPPORTED,
		    "no programmable counter can count event %#lx", event);
	require_ok(ret, "CONFIG of event %#lx with flags %#lx", event, flags);
	require_in_set(ret.value, hpm_base(), hpm_mask());
	return (unsigned int)ret.value;
}

void claim_fixed(unsigned int index, unsigned long flags)
{
	unsigned long event = index == PMU_CTR_CYCLE ? CYCLES : INSTRUCTIONS;
	struct sbiret ret;

	skip_unless(facts.counter[index].exists, "this hart has no counter %u",
		    index);
	ret = pmu_config(index, 1, PMU_CFG_CLEAR_VALUE | flags, event, 0);
	skip_unless(ours() || ret.error != PMU_ERR_NOT_SUPPORTED,
		    "this firmware does not give counter %u", index);
	require_value(ret, index, "CONFIG of counter %u with flags %#lx", index,
		      flags);
}

unsigned int claim_fw(unsigned int code, unsigned long flags)
{
	struct sbiret ret;

	need_fws(1);
	ret = pmu_config(fw_base(), fw_mask(), PMU_CFG_CLEAR_VALUE | flags,
			 PMU_FW(code), 0);
	skip_unless(ours() || ret.error != PMU_ERR_NOT_SUPPORTED,
		    "this firmware does not count firmware event %u", code);
	require_ok(ret, "CONFIG of firmware event %u", code);
	require(ret.value < facts.num && facts.counter[ret.value].fw,
		"counter %lu is a firmware counter", ret.value);
	return (unsigned int)ret.value;
}

uint64_t measure(unsigned int index, enum mode mode, void (*fn)(unsigned long),
		 unsigned long arg)
{
	struct sbiret start, stop;

	start = pmu_start_at(index, 0);
	run_in_mode(mode, fn, arg);
	stop = pmu_stop_one(index);
	expect_ok(start, "START of counter %u", index);
	expect_ok(stop, "STOP of counter %u", index);
	return pmu_read(index);
}

bool cycles_exact(void)
{
	static const unsigned long lengths[] = {100, 1000, 10000};
	unsigned int csr = facts.counter[PMU_CTR_CYCLE].csr;
	bool exact = facts.exact && facts.counter[PMU_CTR_CYCLE].exists;
	unsigned int i;

	if (!exact)
		return false;
	pmu_reset(PMU_CTR_CYCLE);
	if (pmu_config(PMU_CTR_CYCLE, 1, 0, CYCLES, 0).error ||
	    pmu_start_one(PMU_CTR_CYCLE).error)
		return false;
	for (i = 0; i < ARRAY_SIZE(lengths); i++)
		exact &= work_between(csr, lengths[i]) == lengths[i] + 1;
	pmu_reset(PMU_CTR_CYCLE);
	return exact;
}

bool event_exact(unsigned long event)
{
	return event == CYCLES ? cycles_exact() : facts.exact;
}

unsigned long without_m(void)
{
	return ours() ? 0 : PMU_CFG_MINH;
}

bool excludes_m(unsigned int index)
{
	if (index == PMU_CTR_CYCLE || index == PMU_CTR_INSTRET)
		return facts.smcntrpmf;
	return facts.sscofpmf;
}

void need_filter(unsigned int index, unsigned long event)
{
	if (index == PMU_CTR_CYCLE || index == PMU_CTR_INSTRET)
		skip_unless(facts.smcntrpmf,
			    "counters 0 and 2 cannot filter without Smcntrpmf");
	else
		skip_unless(
			facts.sscofpmf,
			"programmable counters cannot filter without Sscofpmf");
	if (XLEN == 32) {
		uint64_t count;

		pmu_reset(index);
		require_value(pmu_config(index, 1, PMU_CFG_INHIBITS, event, 0),
			      index, "CONFIG with all modes inhibited");
		count = measure(index, MODE_S, work_insns, 1000);
		pmu_reset(index);
		skip_unless(
			count == 0,
			"this machine ignores filters on RV32, as QEMU before 11 does");
	}
}

#define WAKE_TICKS 1000

void suspend_hart(unsigned long type)
{
	struct sbiret ret;

	skip_unless(sbi_probe(SBI_EID_HSM) != 0, "this firmware has no HSM");
	ret = hart_suspend(type, WAKE_TICKS);
	skip_unless(ret.error != SBI_ERR_NOT_SUPPORTED,
		    "this hart cannot be suspended in this way");
	require_ok(ret, "suspend of type %#lx", type);
}
