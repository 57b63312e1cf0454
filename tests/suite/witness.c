// SPDX-License-Identifier: BSD-2-Clause
/* How the cases reach the other domain */

#include "witness.h"
#include "counters.h"

/* Where time is instructions, waiting in vain is slow */
#define WAIT_MS (facts.exact ? 200u : 4000u)

static struct witness_box *box;
static bool shares_hart;

static bool find_box(void)
{
	struct range range;

	if (box)
		return true;
	if (!dt_compatible_reg("sbi-pmu,shared", &range))
		return false;
	box = (struct witness_box *)(uintptr_t)range.base;
	shares_hart = sbi_probe(SWITCH_EID) != 0;
	return true;
}

uintptr_t witness_memory(void)
{
	struct range range;

	require(dt_compatible_reg("sbi-pmu,other-domain", &range),
		"the memory of the other domain is known");
	return (uintptr_t)range.base;
}

uint8_t *witness_shared_page(void)
{
	return memset((uint8_t *)box + PAGE_SIZE, CANARY, PAGE_SIZE);
}

uintptr_t witness_pages(void)
{
	return witness_ask(WITNESS_FILL, 0, 0);
}

void expect_witness_pages(const char *what)
{
	expect_eq(witness_ask(WITNESS_CHANGED, 0, 0), 0,
		  "bytes changed in the other domain: %s", what);
}

void witness_begin(enum witness_op op, unsigned long a0, unsigned long a1)
{
	box->op = op;
	box->args[0] = a0;
	box->args[1] = a1;
	fence();
	box->asked++;
	fence();
	if (shares_hart)
		require_ok(sbi_ecall(SWITCH_EID, 0, 0, 0, 0, 0, 0, 0),
			   "the hart enters the other domain");
}

unsigned long witness_wait(void)
{
	require(wait_until(box->answered == box->asked, WAIT_MS),
		"the other domain answers request %u", box->asked);
	fence();
	return box->result[0];
}

unsigned long witness_ask(enum witness_op op, unsigned long a0,
			  unsigned long a1)
{
	witness_begin(op, a0, a1);
	return witness_wait();
}

unsigned long witness_second(void)
{
	return box->result[1];
}

struct sbiret witness_call(unsigned long eid, unsigned long fid,
			   unsigned long a0, unsigned long a1, unsigned long a2,
			   unsigned long a3, unsigned long a4, unsigned long a5)
{
	const unsigned long rest[] = {a0, a1, a2, a3, a4, a5};
	struct sbiret ret;

	for (unsigned int i = 0; i < ARRAY_SIZE(rest); i++)
		box->args[2 + i] = rest[i];
	ret.error = (long)witness_ask(WITNESS_CALL, eid, fid);
	ret.value = witness_second();
	return ret;
}

struct sbiret witness_config(unsigned long index, unsigned long flags,
			     unsigned long event)
{
	return witness_call(PMU_EID, PMU_FID_CONFIG, index, 1, flags, event, 0,
			    0);
}

struct sbiret witness_start_at(unsigned long index, uint64_t value)
{
	return witness_call(PMU_EID, PMU_FID_START, index, 1,
			    PMU_START_SET_INIT_VALUE, (unsigned long)value, 0,
			    0);
}

struct sbiret witness_stop(unsigned long index, unsigned long flags)
{
	return witness_call(PMU_EID, PMU_FID_STOP, index, 1, flags, 0, 0, 0);
}

uint64_t witness_read(unsigned long index)
{
	if (facts.counter[index].fw)
		return witness_call(PMU_EID, PMU_FID_FW_READ, index, 0, 0, 0, 0,
				    0)
			.value;
	return witness_ask(WITNESS_READ, facts.counter[index].csr, 0);
}

static bool used;

static void find_witness(void)
{
	skip_unless(find_box(), "there is only one domain");
	/* The firmware under test may be one that never starts the other */
	if (!shares_hart)
		skip_unless(wait_until(box->ready == WITNESS_READY, WAIT_MS),
			    "the firmware does not start the other domain");
}

void need_fresh_witness(void)
{
	find_witness();
	skip_unless(!used, "the other domain has made calls before");
	used = true;
}

void need_witness(void)
{
	find_witness();
	used = true;
	for (unsigned int i = 0; i < facts.num; i++) {
		if (facts.counter[i].exists)
			witness_stop(i, PMU_STOP_RESET);
	}
	if (facts.snapshot)
		witness_call(PMU_EID, PMU_FID_SET_SHMEM, ~0UL, ~0UL, 0, 0, 0,
			     0);
}

void need_switch(void)
{
	skip_unless(find_box(), "there is only one domain");
	skip_unless(shares_hart, "the domains have no hart in common");
	need_witness();
}

void need_side_by_side(void)
{
	skip_unless(find_box(), "there is only one domain");
	skip_unless(!shares_hart, "the domains take turns on the hart");
	need_witness();
}
