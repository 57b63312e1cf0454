// SPDX-License-Identifier: BSD-2-Clause
/* SNAPSHOT_SET_SHMEM: what it takes, what it refuses, and for which hart */

#include "counters.h"

static uint8_t *new_page(void)
{
	skip_unless(facts.snapshot, "this firmware has no snapshots");
	return canary_page();
}

static struct sbiret set_page(const void *page)
{
	return pmu_set_shmem((unsigned long)page, 0, 0);
}

/* A snapshot of one firmware counter: it comes to this page */
static void expect_snapshot_in(uint8_t *page, const char *what)
{
	const struct pmu_snapshot *s = (const struct pmu_snapshot *)page;
	struct actor a = firmware_actor();

	memset(page, CANARY, PAGE_SIZE);
	config_actor(&a, 0);
	expect_ok(pmu_start_at(a.index, 0x1122334455667788ULL), "START");
	expect_ok(pmu_stop(a.index, 1, PMU_STOP_TAKE_SNAPSHOT),
		  "STOP with TAKE_SNAPSHOT, %s", what);
	expect_eq(s->values[0], 0x1122334455667788ULL, "slot 0, %s", what);
	expect_eq(s->overflow, 0, "overflow bitmap, %s", what);
	pmu_reset(a.index);
}

static void expect_no_snapshot(const char *what)
{
	struct actor a = firmware_actor();

	config_actor(&a, PMU_CFG_AUTO_START);
	expect_refused(pmu_stop(a.index, 1, PMU_STOP_TAKE_SNAPSHOT),
		       PMU_ERR_NO_SHMEM, "STOP with TAKE_SNAPSHOT, %s", what);
	pmu_reset(a.index);
}

CASE(snapshot, set, "SET_SHMEM takes a page, and leaves it as it is.")
{
	uint8_t *page = new_page();
	struct sbiret ret = set_page(page);

	expect_ok(ret, "SET_SHMEM");
	if (ours())
		expect_eq(ret.value, 0, "value of SET_SHMEM");
	expect_canary(page, 0, PAGE_SIZE, "after SET_SHMEM");
	expect_snapshot_in(page, "after SET_SHMEM");
}

/* Not twice, says the specification, and leaves open what happens then */
static bool set_twice(const void *page, const char *what)
{
	struct sbiret ret = set_page(page);

	expect_legal(ret, PMU_OK, CODE(PMU_ERR_FAILED), "SET_SHMEM of %s",
		     what);
	return ret.error == PMU_OK;
}

CASE(snapshot, set_again, "SET_SHMEM of the same page twice leaves it set.")
{
	uint8_t *page = new_page();

	expect_ok(set_page(page), "SET_SHMEM");
	set_twice(page, "the same page");
	expect_snapshot_in(page, "after SET_SHMEM twice");
}

CASE(snapshot, moved,
     "SET_SHMEM moves snapshots to another page, or leaves them where they are.")
{
	uint8_t *page = new_page(), *other = canary_page();

	expect_ok(set_page(page), "SET_SHMEM");
	if (!set_twice(other, "another page")) {
		expect_snapshot_in(page, "which was set first");
		expect_canary(other, 0, PAGE_SIZE, "which was refused");
		return;
	}
	expect_snapshot_in(other, "after SET_SHMEM of another page");
	expect_canary(page, 0, PAGE_SIZE, "which is no longer used");
}

CASE(snapshot, cleared, "All ones take the shared memory away.")
{
	uint8_t *page = new_page();

	expect_ok(set_page(page), "SET_SHMEM");
	expect_ok(pmu_set_shmem(~0UL, ~0UL, 0), "SET_SHMEM of all ones");
	expect_no_snapshot("after all ones");
	expect_canary(page, 0, PAGE_SIZE, "which was taken away");
}

CASE(snapshot, cleared_again,
     "All ones may be given twice; after that a page may be set anew.")
{
	uint8_t *page = new_page();

	expect_ok(set_page(page), "SET_SHMEM");
	expect_ok(pmu_set_shmem(~0UL, ~0UL, 0), "SET_SHMEM of all ones");
	expect_ok(pmu_set_shmem(~0UL, ~0UL, 0), "the same again");
	expect_no_snapshot("after all ones twice");
	expect_canary(page, 0, PAGE_SIZE, "which was taken away");
	if (set_twice(page, "a page after all ones"))
		expect_snapshot_in(page, "after it was set anew");
}

/* A refused call. With our firmware the page that was set before stays set. */
static void check_refused(unsigned long lo, unsigned long hi,
			  unsigned long flags, long error, unsigned int also,
			  const char *what)
{
	expect_legal(pmu_set_shmem(lo, hi, flags), error, also,
		     "SET_SHMEM of %#lx %#lx flags %#lx, %s", lo, hi, flags,
		     what);
}

/*
 * Memory that the supervisor may not use: a firmware that is stricter than
 * "accessible" may say FAILED.
 */
static void check_inaccessible(unsigned long lo, unsigned long hi,
			       const char *what)
{
	check_refused(lo, hi, 0, PMU_ERR_INVALID_ADDRESS, CODE(PMU_ERR_FAILED),
		      what);
}

static void expect_page_kept(uint8_t *page)
{
	if (ours())
		expect_snapshot_in(page, "after refused calls");
}

CASE(snapshot, flags, "SET_SHMEM refuses each flag bit, also with all ones.")
{
	uint8_t *page = new_page(), *other = canary_page();
	unsigned int bit;

	require_ok(set_page(page), "SET_SHMEM");
	for (bit = 0; bit < XLEN; bit++) {
		check_refused((unsigned long)other, 0, 1UL << bit,
			      PMU_ERR_INVALID_PARAM, 0, "a page and a flag");
		check_refused(~0UL, ~0UL, 1UL << bit, PMU_ERR_INVALID_PARAM, 0,
			      "all ones and a flag");
	}
	expect_page_kept(page);
	expect_canary(other, 0, PAGE_SIZE, "which was refused");
}

CASE(snapshot, alignment, "SET_SHMEM refuses an address inside of a page.")
{
	uint8_t *page = new_page(), *other = canary_page();
	unsigned long address = (unsigned long)other;
	unsigned int bit;

	require_ok(set_page(page), "SET_SHMEM");
	for (bit = 0; bit < 12; bit++)
		check_refused(address + (1UL << bit), 0, 0,
			      PMU_ERR_INVALID_PARAM, 0, "not page aligned");
	/* Besides, no memory is there */
	check_refused(~0UL, 0, 0, PMU_ERR_INVALID_PARAM,
		      CODE(PMU_ERR_INVALID_ADDRESS) | CODE(PMU_ERR_FAILED),
		      "all ones in the lower half only");
	expect_page_kept(page);
	expect_canary(other, 0, PAGE_SIZE, "which was refused");
}

CASE(snapshot, high_address,
     "SET_SHMEM refuses addresses above the first 2^XLEN bytes.")
{
	uint8_t *page = new_page(), *other = canary_page();
	unsigned long address = (unsigned long)other;

	require_ok(set_page(page), "SET_SHMEM");
	check_inaccessible(address, 1, "upper half 1");
	check_inaccessible(address, 1UL << (XLEN - 1),
			   "upper half with the sign bit");
	check_inaccessible(address, ~0UL, "all ones in the upper half only");
	check_inaccessible(0, ~0UL, "all ones in the upper half only");
	expect_page_kept(page);
	expect_canary(other, 0, PAGE_SIZE, "which was refused");
}

CASE(snapshot, not_ours, "SET_SHMEM refuses the memory of the firmware.")
{
	uint8_t *page = new_page();
	struct range firmware;

	skip_unless(firmware_range(&firmware) && firmware.base <= ~0UL,
		    "the device tree does not say where the firmware is");
	require_ok(set_page(page), "SET_SHMEM");
	check_inaccessible((unsigned long)firmware.base & ~(PAGE_SIZE - 1), 0,
			   "memory of the firmware");
	expect_page_kept(page);
}

/* On another hart. The flags say which step was not as it should be. */
static unsigned long on_other_hart(unsigned long page)
{
	const struct pmu_snapshot *s = (const struct pmu_snapshot *)page;
	unsigned int index = facts.fw[0];
	unsigned long bad = 0;

	pmu_config(index, 1, 0, PMU_FW(PMU_FW_SET_TIMER), 0);
	pmu_start_at(index, 77);
	if (pmu_stop(index, 1, PMU_STOP_TAKE_SNAPSHOT).error !=
	    PMU_ERR_NO_SHMEM)
		bad |= 1;
	if (page == 0)
		return bad;
	if (pmu_set_shmem(page, 0, 0).error)
		bad |= 2;
	if (pmu_stop(index, 1, PMU_STOP_TAKE_SNAPSHOT | PMU_STOP_RESET).error)
		bad |= 4;
	if (s->values[0] != 77)
		bad |= 8;
	return bad;
}

CASE(snapshot, per_hart, "Each hart has shared memory of its own, or none.")
{
	uint8_t *page = new_page(), *other = canary_page();
	unsigned long bad = ~0UL;

	need_harts(2);
	need_fws(1);
	require_ok(set_page(page), "SET_SHMEM on hart 0");
	require(hart_call(1, on_other_hart, (unsigned long)other, &bad),
		"another hart runs");
	expect_eq(bad, 0, "steps that failed on the other hart");
	expect_canary(page, 0, PAGE_SIZE, "which is of hart 0");
	memset(other, CANARY, PAGE_SIZE);
	expect_snapshot_in(page, "of hart 0");
	expect_canary(other, 0, PAGE_SIZE, "which is of the other hart");
}

CASE_OURS(snapshot, hart_stop,
	  "A hart that stops takes its shared memory along.")
{
	uint8_t *page = new_page();
	unsigned long bad = ~0UL;

	need_harts(2);
	need_fws(1);
	require(hart_call(1, on_other_hart, (unsigned long)page, &bad),
		"another hart runs");
	expect_eq(bad, 0, "steps that failed on the other hart");
	require(hart_stop(1), "the other hart stops");
	require(hart_call(1, on_other_hart, 0, &bad), "it starts again");
	expect_eq(bad, 0, "steps that failed on the other hart, started again");
}
