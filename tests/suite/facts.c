/* SPDX-License-Identifier: BSD-2-Clause */
/* What the machine is able to do, found out once. */
#include "suite_internal.h"

struct facts facts;

static void gather_counter(unsigned int i)
{
	struct counter_fact *c = &facts.counter[i];
	struct sbiret ret = pmu_get_info(i);

	if (ret.error)
		return;
	c->exists = true;
	if (ret.value & PMU_INFO_TYPE_FW) {
		c->fw = true;
		c->width = 64;
		facts.fw[facts.fws++] = i;
		return;
	}
	c->csr = PMU_INFO_CSR(ret.value);
	c->width = PMU_INFO_WIDTH(ret.value) + 1;
	if (c->csr > CSR_INSTRET && c->csr <= CSR_CYCLE + 31 &&
	    facts.hpms < ARRAY_SIZE(facts.hpm))
		facts.hpm[facts.hpms++] = i;
}

static void gather_pmu(void)
{
	unsigned long all = ~0UL;
	struct sbiret ret;

	facts.pmu = sbi_probe(PMU_EID) != 0;
	if (!facts.pmu)
		return;
	ret = pmu_num_counters();
	facts.num = ret.error ? 0 : (unsigned int)ret.value;
	if (ret.error || ret.value > MAX_COUNTERS)
		facts.num = ret.error ? 0 : MAX_COUNTERS;
	for (unsigned int i = 0; i < facts.num; i++)
		gather_counter(i);
	facts.snapshot = !pmu_set_shmem(all, all, 0).error;
	/* Without the function: NOT_SUPPORTED. The address is no valid one. */
	facts.event_info =
		pmu_event_info(1, 0, 1, 0).error != PMU_ERR_NOT_SUPPORTED;
}

/*
 * Deltas of two lengths, several times: a machine that counts time instead of
 * instructions gives them right at most by accident.
 */
static bool is_exact(void)
{
	unsigned long value;

	if (!probe_csr_read(CSR_INSTRET, &value, NULL))
		return false;
	for (unsigned int i = 0; i < 8; i++) {
		if (work_between(CSR_INSTRET, 100) != 101 ||
		    work_between(CSR_INSTRET, 1000) != 1001)
			return false;
	}
	return true;
}

void facts_gather(void)
{
	facts.spec_version = sbi_spec_version();
	facts.impl_id = sbi_impl_id();
	facts.impl_version = sbi_impl_version();
	gather_pmu();
	facts.sscofpmf = isa_has("sscofpmf");
	facts.smcntrpmf = isa_has("smcntrpmf");
	facts.h = has_h();
	facts.lcofi = facts.sscofpmf && lcofi_available();
	facts.exact = is_exact();
	facts.harts = hart_count();
}

static const char *yes(bool b)
{
	return b ? "yes" : "no";
}

void facts_print(void)
{
	printf("# firmware: SBI %lu.%lu, implementation %lu (%s), version %#lx\n",
	       facts.spec_version >> 24 & 0x7f, facts.spec_version & 0xffffff,
	       facts.impl_id, sbi_impl_name(facts.impl_id), facts.impl_version);
	printf("# pmu: %s, %u counters: %u programmable, %u firmware; snapshot %s, event info %s\n",
	       facts.pmu ? "present" : "absent", facts.num, facts.hpms,
	       facts.fws, yes(facts.snapshot), yes(facts.event_info));
	printf("# machine: rv%d, %u harts, Sscofpmf %s, overflow interrupt %s, Smcntrpmf %s, H %s, exact instret %s\n",
	       XLEN, facts.harts, yes(facts.sscofpmf), yes(facts.lcofi),
	       yes(facts.smcntrpmf), yes(facts.h), yes(facts.exact));
}
