// SPDX-License-Identifier: BSD-2-Clause
/*
 * Counters that Linux lets user space read: it opens them one by one in
 * scounteren (perf_user_access 1), or all three of old (2).
 */

#include "driver.h"
#include "measure.h"

#define TIME_ONLY 2UL
#define LEGACY 7UL

struct reading {
	unsigned int csr;
	uint64_t value;
};

static void read_counter(unsigned long arg)
{
	struct reading *r = (struct reading *)arg;

	r->value = pmu_read_csr(r->csr);
}

static bool read_in_u(struct reading *r)
{
	return probe_in_mode(MODE_U, read_counter, (unsigned long)r, NULL);
}

/* Values in U-mode: from what S-mode saw before to what it sees after */
static void expect_in_u(unsigned int csr, const char *when)
{
	struct reading r = {csr, 0};
	uint64_t before = pmu_read_csr(csr), after;

	if (!expect(read_in_u(&r), "U-mode reads CSR %#x, %s", csr, when))
		return;
	after = pmu_read_csr(csr);
	expect_between(r.value, before, after, "CSR %#x in U-mode, %s", csr,
		       when);
}

static void expect_closed(unsigned int csr, const char *when)
{
	struct reading r = {csr, 0};

	expect(!read_in_u(&r), "CSR %#x is closed to U-mode, %s", csr, when);
}

/* mmap opens the counter, reads go on in user space, munmap closes it */
static void check_mapped(struct driver *d, unsigned long event)
{
	struct perf_event e = {.event = event};
	unsigned int csr;
	uint64_t value;

	if (!event_add(d, &e))
		return;
	csr = facts.counter[e.index].csr;
	csr_write(CSR_SCOUNTEREN, TIME_ONLY);
	expect_closed(csr, "before it is mapped");
	event_start(d, &e);
	csr_set(CSR_SCOUNTEREN, 1UL << (csr - CSR_CYCLE));
	value = pmu_read_csr(csr);
	expect_in_u(csr, "while it runs");
	run_in_mode(MODE_U, work_insns, 5000);
	expect_in_u(csr, "after work in U-mode");
	expect(pmu_read_csr(csr) - value >= 5000 || !facts.exact ||
		       event == DTLB_READ_MISS,
	       "CSR %#x counts in U-mode", csr);
	event_stop(d, &e);
	value = pmu_read_csr(csr);
	expect_in_u(csr, "after STOP");
	run_in_mode(MODE_U, work_insns, 5000);
	expect_eq(pmu_read_csr(csr), value, "CSR %#x after STOP", csr);
	csr_write(CSR_SCOUNTEREN, TIME_ONLY);
	expect_closed(csr, "after it is unmapped");
	event_del(d, &e);
}

CASE(linux, user_mapped,
     "A mapped counter is read in user mode, running and stopped.")
{
	unsigned long before = csr_read(CSR_SCOUNTEREN);
	struct driver d;

	driver_probe(&d, NULL);
	check_mapped(&d, INSTRUCTIONS);
	check_mapped(&d, CYCLES);
	check_mapped(&d, DTLB_READ_MISS);
	csr_write(CSR_SCOUNTEREN, before);
}

/* The counters that run from boot are the ones that rdcycle reads */
static void check_legacy(struct driver *d, unsigned int index,
			 unsigned long event)
{
	const unsigned int csr = facts.counter[index].csr;
	struct sbiret ret;
	uint64_t value;

	ret = pmu_config(0, 1UL << index, PMU_CFG_SKIP_MATCH, event, 0);
	if (!expect_value(ret, index, "CONFIG with SKIP_MATCH of mask %#lx",
			  1UL << index))
		return;
	expect_ok(pmu_start_at(index, 1ULL << 63), "START of counter %u",
		  index);
	value = pmu_read_csr(csr);
	expect_in_u(csr, "legacy");
	run_in_mode(MODE_U, work_insns, 5000);
	expect(pmu_read_csr(csr) - value >= 5000 || !facts.exact,
	       "CSR %#x counts in U-mode", csr);
	expect_ok(pmu_stop(index, 1, 0), "STOP of counter %u", index);
	expect_in_u(csr, "legacy, after STOP");
	expect_error(pmu_stop(index, 1, PMU_STOP_RESET),
		     PMU_ERR_ALREADY_STOPPED, "STOP with RESET of counter %u",
		     index);
	expect(d->all >> index & 1, "counter %u is one that Linux knows",
	       index);
}

CASE(linux, user_legacy,
     "Legacy access: cycle and instret, taken by SKIP_MATCH, run in user mode.")
{
	unsigned long before = csr_read(CSR_SCOUNTEREN);
	struct driver d;

	skip_unless(facts.counter[0].csr == CSR_CYCLE &&
			    facts.counter[2].csr == CSR_INSTRET,
		    "counters 0 and 2 are not cycle and instret");
	driver_probe(&d, NULL);
	csr_write(CSR_SCOUNTEREN, LEGACY);
	check_legacy(&d, PMU_CTR_CYCLE, CYCLES);
	check_legacy(&d, PMU_CTR_INSTRET, INSTRUCTIONS);
	csr_write(CSR_SCOUNTEREN, before);
}
