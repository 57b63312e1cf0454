// SPDX-License-Identifier: BSD-2-Clause
/* A call, and what every call has to keep. */
#include "storm.h"

bool ours(void)
{
	return storm.ours;
}

struct storm_hart *storm_me(void)
{
	return &storm.hart[this_hart()->index - 1];
}

unsigned int storm_number(const struct storm_hart *s)
{
	return (unsigned int)(s - storm.hart);
}

unsigned long storm_total(void)
{
	unsigned long sum = 0;

	for (unsigned int i = 0; i < STORM_HARTS; i++)
		sum += storm.hart[i].calls;
	return sum;
}

/* Other firmware is not what is tested: there only a loss ends the storm */
void storm_odd(struct storm_hart *s, const char *what, unsigned long value)
{
	if (storm.ours)
		storm_found(what, value);
	s->oddities++;
}

static bool is_member(unsigned long base, unsigned long mask,
		      unsigned long index)
{
	return index >= base && index - base < XLEN &&
	       (mask >> (index - base) & 1);
}

/* The counter that CONFIG_MATCHING selected */
static void judge_config(struct storm_hart *s, const unsigned long a[8],
			 unsigned long index)
{
	bool fw = PMU_EVENT_TYPE(a[3]) == PMU_TYPE_FW;

	if (!is_member(a[0], a[1], index))
		storm_odd(s, "the counter is not in the set", index);
	else if (index >= facts.num || !facts.counter[index].exists)
		storm_odd(s, "there is no such counter", index);
	else if (facts.counter[index].fw != fw)
		storm_odd(s, "the counter is of the other kind", index);
}

static void judge_info(struct storm_hart *s, unsigned long index,
		       unsigned long info)
{
	const struct counter_fact *fact = &facts.counter[index];
	bool fw = info & PMU_INFO_TYPE_FW;

	if (fw != fact->fw ||
	    (!fw && (PMU_INFO_CSR(info) != fact->csr ||
		     PMU_INFO_WIDTH(info) + 1 != fact->width)))
		storm_odd(s, "the counter is another than at boot", info);
}

static void judge_pmu(struct storm_hart *s, const unsigned long a[8],
		      struct sbiret ret)
{
	struct hostile h = {"", a[6], {a[0], a[1], a[2], a[3], a[4], a[5]}, 6};
	unsigned int allowed = a[6] > PMU_FID_EVENT_INFO
				       ? CODE(PMU_ERR_NOT_SUPPORTED)
				       : hostile_allowed(&h);

	if (!(allowed >> -ret.error & 1))
		return storm_odd(s, "an error that this call cannot have", 0);
	if (ret.error)
		return;
	switch (a[6]) {
	case PMU_FID_NUM_COUNTERS:
		if (ret.value != facts.num)
			storm_odd(s, "another number of counters than at boot",
				  ret.value);
		break;
	case PMU_FID_GET_INFO:
		judge_info(s, a[0], ret.value);
		break;
	case PMU_FID_CONFIG:
		judge_config(s, a, ret.value);
		break;
	case PMU_FID_START:
	case PMU_FID_STOP:
	case PMU_FID_SET_SHMEM:
	case PMU_FID_EVENT_INFO:
		if (ret.value)
			storm_odd(s, "a value where the call has none",
				  ret.value);
	}
}

struct sbiret storm_call(const unsigned long a[8])
{
	struct storm_hart *s = storm_me();
	struct call *c = &s->now[s->depth++ % DEPTH];
	unsigned long changed;

	for (unsigned int i = 0; i < 8; i++)
		c->a[i] = a[i];
	c->n = s->calls + 1;
	c->all = storm_total();
	__asm__ __volatile__("" ::: "memory");
	changed = sbi_ecall_changed(&c->ret, a);
	s->past[s->calls % PAST] = *c;
	s->calls++;
	if (changed)
		storm_found("registers other than a0 and a1 changed, the mask",
			    changed);
	if (c->ret.error > 0 || c->ret.error < -14)
		storm_odd(s, "there is no such error", 0);
	else if (a[7] == PMU_EID)
		judge_pmu(s, a, c->ret);
	if (c->ret.error && c->ret.value)
		storm_odd(s, "a value beside an error", c->ret.value);
	s->depth--;
	return c->ret;
}

struct sbiret storm_sbi(unsigned long eid, unsigned long fid, unsigned long a0,
			unsigned long a1, unsigned long a2, unsigned long a3,
			unsigned long a4, unsigned long a5)
{
	const unsigned long a[8] = {a0, a1, a2, a3, a4, a5, fid, eid};

	return storm_call(a);
}
