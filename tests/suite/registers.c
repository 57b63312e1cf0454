// SPDX-License-Identifier: BSD-2-Clause
/* The calling convention: what comes back in a1, and what stays as it was. */

#include "counters.h"

/* a0 to a5 of a call that is in error, and the error */
struct call {
	unsigned long fid;
	unsigned long args[6];
	long error;
};

static void expect_a1_cleared(const struct call *c)
{
	const unsigned long *a = c->args;

	expect_refused(
		sbi_ecall(PMU_EID, c->fid, a[0], a[1], a[2], a[3], a[4], a[5]),
		c->error, "FID %#lx with %#lx %#lx %#lx %#lx", c->fid, a[0],
		a[1], a[2], a[3]);
}

CASE_OURS(registers, value_of_errors, "With every error the value in a1 is 0.")
{
	const unsigned long x = SBI_UNUSED_ARG;
	const unsigned long num = facts.num;
	const struct call calls[] = {
		{PMU_FID_GET_INFO, {num, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_CONFIG, {num, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_CONFIG,
		 {0, 1, x, PMU_HW_CPU_CYCLES},
		 PMU_ERR_INVALID_PARAM},
		{PMU_FID_CONFIG, {0, 1, 0, 0x12345}, PMU_ERR_NOT_SUPPORTED},
		{PMU_FID_START, {num, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_START, {0, 1, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_STOP, {num, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_STOP, {0, 1, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_STOP, {0, 1}, PMU_ERR_ALREADY_STOPPED},
		{PMU_FID_FW_READ, {num, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_FW_READ, {0, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_FW_READ_HI, {num, x}, PMU_ERR_INVALID_PARAM},
		{PMU_FID_FW_READ_HI, {0, x}, PMU_ERR_INVALID_PARAM},
		{9, {0, x}, PMU_ERR_NOT_SUPPORTED},
		{~0UL, {0, x}, PMU_ERR_NOT_SUPPORTED},
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		expect_a1_cleared(&calls[i]);
}

CASE_OURS(registers, value_of_memory_errors,
	  "The functions that take memory clear a1 with their errors, too.")
{
	const unsigned long x = SBI_UNUSED_ARG;
	const struct call info = {
		PMU_FID_EVENT_INFO, {8, x, 1, 0}, PMU_ERR_INVALID_PARAM};
	const struct call snapshot = {PMU_FID_SET_SHMEM,
				      {8, x, 0},
				      facts.snapshot ? PMU_ERR_INVALID_PARAM
						     : PMU_ERR_NOT_SUPPORTED};

	if (facts.event_info)
		expect_a1_cleared(&info);
	expect_a1_cleared(&snapshot);
}

CASE_OURS(registers, already_started, "START of a running counter clears a1.")
{
	struct actor a = firmware_actor();

	config_actor(&a, PMU_CFG_AUTO_START);
	expect_refused(pmu_start(a.index, 1, 0, SBI_UNUSED_ARG),
		       PMU_ERR_ALREADY_STARTED, "START again");
}

static void expect_unknown_fid(unsigned long fid)
{
	expect_refused(sbi_ecall(PMU_EID, fid, 0, SBI_UNUSED_ARG, 0, 0, 0, 0),
		       PMU_ERR_NOT_SUPPORTED, "FID %#lx", fid);
}

CASE(registers, unknown_functions,
     "Functions that the extension does not have are NOT_SUPPORTED.")
{
	static const long fids[] = {255, 256, 0x10000, 0x7fffffff,
				    -1,	 -2,  -256,    -0x7fffffff - 1};
	unsigned long fid;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fids); i++)
		expect_unknown_fid((unsigned long)fids[i]);
	/* A later version may have more functions */
	if (facts.spec_version > 3UL << 24)
		return;
	for (fid = PMU_FID_EVENT_INFO + 1; fid < 32; fid++)
		expect_unknown_fid(fid);
}

CASE_OURS(registers, wide_functions,
	  "A function id is compared as a whole, beyond its 32 bits.")
{
	skip_unless(XLEN > 32, "registers have no more than 32 bits");
	expect_unknown_fid(1UL << (XLEN - 1));
	expect_unknown_fid((1UL << (XLEN - 1)) + PMU_FID_GET_INFO);
	expect_unknown_fid((1UL << (XLEN / 2)) + PMU_FID_GET_INFO);
	expect_unknown_fid(1UL << (XLEN / 2));
}

CASE(registers, unused,
     "Registers that a function does not define make no difference.")
{
	const unsigned long x = SBI_UNUSED_ARG, y = ~0UL;
	struct actor a = firmware_actor();
	unsigned long info = pmu_get_info(a.index).value;

	expect_value(sbi_ecall(PMU_EID, PMU_FID_NUM_COUNTERS, x, x, y, x, y, x),
		     pmu_num_counters().value, "NUM_COUNTERS");
	expect_value(
		sbi_ecall(PMU_EID, PMU_FID_GET_INFO, a.index, x, y, x, y, x),
		info, "GET_INFO");
	config_actor(&a, PMU_CFG_CLEAR_VALUE);
	expect_ok(sbi_ecall(PMU_EID, PMU_FID_START, a.index, 1, 0, x, y, x),
		  "START without an initial value");
	expect_value(
		sbi_ecall(PMU_EID, PMU_FID_FW_READ, a.index, x, y, x, y, x), 0,
		"FW_READ");
	expect_ok(sbi_ecall(PMU_EID, PMU_FID_STOP, a.index, 1, 0, x, y, x),
		  "STOP");
}

/* Whether it succeeds as it should is for other cases to say */
static struct sbiret expect_registers(const unsigned long args[8])
{
	struct sbiret ret;

	expect_eq(sbi_ecall_changed(&ret, args), 0,
		  "mask of the registers that FID %lu changed", args[6]);
	return ret;
}

CASE(registers, kept, "No function changes a register but a0 and a1.")
{
	struct actor a = firmware_actor();
	unsigned long i = a.index;
	const unsigned long calls[][8] = {
		{i, 1, 0, a.event, 0, 0, PMU_FID_CONFIG, PMU_EID},
		{i, 1, PMU_START_SET_INIT_VALUE, 7, 0, 8, PMU_FID_START,
		 PMU_EID},
		{i, 2, 3, 4, 5, 6, PMU_FID_FW_READ, PMU_EID},
		{i, 2, 3, 4, 5, 6, PMU_FID_FW_READ_HI, PMU_EID},
		{i, 1, PMU_STOP_RESET, 4, 5, 6, PMU_FID_STOP, PMU_EID},
	};
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(calls); n++)
		expect_registers(calls[n]);
}

CASE(registers, kept_by_errors,
     "No refused call changes a register but a0 and a1.")
{
	unsigned long fid;

	/* Index, base and address are all ones: nothing accepts that */
	for (fid = PMU_FID_GET_INFO; fid <= PMU_FID_FW_READ_HI; fid++) {
		const unsigned long args[8] = {~0UL, 1, 2,   3,
					       4,    5, fid, PMU_EID};

		expect_registers(args);
	}
}

CASE(registers, kept_by_event_info,
     "EVENT_GET_INFO changes no register but a0 and a1.")
{
	unsigned long table = (unsigned long)page_alloc(1);
	const unsigned long args[8] = {
		table, 0, 4, 0, 5, 6, PMU_FID_EVENT_INFO, PMU_EID};

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	require(table != 0, "a page of memory");
	expect_ok(expect_registers(args), "EVENT_GET_INFO of 4 entries");
}
