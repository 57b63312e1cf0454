// SPDX-License-Identifier: BSD-2-Clause
/* Linux takes a CPU down and brings it up again. */

#include "driver.h"
#include "measure.h"

/* The boot CPU has probed; the other one uses what that has found */
static struct driver there;

static unsigned long come_up(unsigned long with_page)
{
	struct perf_event e = {.event = INSTRUCTIONS};
	struct perf_event fw = {.event = PMU_FW(PMU_FW_SET_TIMER)};

	if (!with_page)
		there.page = NULL;
	csr_write(CSR_SCOUNTEREN, 2);
	driver_start_cpu(&there);
	event_must_add(&there, &e);
	event_must_add(&there, &fw);
	event_start(&there, &e);
	event_start(&there, &fw);
	provoke();
	event_del(&there, &e);
	event_del(&there, &fw);
	expect_ne(e.count, 0, "instructions on the CPU that came up");
	expect_eq(fw.count, 1, "set_timer calls on the CPU that came up");
	return 0;
}

/* The driver is told before perf has taken its last event away */
static unsigned long go_down(unsigned long arg)
{
	struct perf_event e = {.event = INSTRUCTIONS};

	(void)arg;
	event_must_add(&there, &e);
	event_start(&there, &e);
	csr_write(CSR_SCOUNTEREN, 0);
	if (there.page)
		expect_value(pmu_set_shmem(~0UL, ~0UL, 0), 0,
			     "SET_SHMEM of all ones");
	/* So that the next life finds it as the new kernel would */
	there.hw = there.fw = 0;
	return 0;
}

/* QEMU 10.0 remembers the way to an overflow beyond a restart of the hart */
static unsigned long forget_overflows(unsigned long arg)
{
	need_lcofi();
	return arg;
}

static void plug(struct pmu_snapshot *page)
{
	unsigned int round;

	need_harts(2);
	need_fws(1);
	driver_probe(&there, page);
	skip_unless(can_count(facts.hpms ? facts.hpm[0] : PMU_CTR_INSTRET,
			      INSTRUCTIONS),
		    "no counter can count instructions");
	for (round = 0; round < 5; round++) {
		require(hart_call(1, come_up, page != NULL, NULL),
			"the CPU comes up, round %u", round);
		require(hart_call(1, go_down, 0, NULL),
			"the CPU goes down, round %u", round);
		require(hart_stop(1), "the CPU stops, round %u", round);
	}
	if (facts.lcofi)
		require(hart_call(1, forget_overflows, 0, NULL),
			"hart 1 overflows");
	expect_error(pmu_stop(0, there.all, PMU_STOP_RESET),
		     PMU_ERR_ALREADY_STOPPED,
		     "STOP of the boot CPU's counters, which never ran");
}

CASE(linux, hotplug,
     "A CPU that goes down and comes up again counts as before.")
{
	plug(NULL);
}

CASE(linux, hotplug_snapshot,
     "A CPU that comes up again sets its page again and takes snapshots.")
{
	skip_unless(facts.snapshot, "this firmware has no snapshots");
	plug(page_alloc(1));
}

static unsigned long answer_there(unsigned long page)
{
	return (unsigned long)pmu_set_shmem(page, 0, 0).error;
}

CASE(linux, shmem_same_answer,
     "SET_SHMEM answers on every CPU what the boot CPU was told.")
{
	unsigned long answer, i;
	struct sbiret ret;

	need_harts(2);
	ret = pmu_set_shmem((unsigned long)page_alloc(1), 0, 0);
	/* Once it had a page, a CPU whose own is refused does not come up */
	for (i = 1; i < facts.harts; i++) {
		require(hart_call((unsigned int)i, answer_there,
				  (unsigned long)page_alloc(1), &answer),
			"hart %lu runs", i);
		expect_eq(answer, (unsigned long)ret.error,
			  "SET_SHMEM on hart %lu", i);
	}
}
