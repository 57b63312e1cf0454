// SPDX-License-Identifier: BSD-2-Clause
/*
 * One step after the other on the first hart, each told as soon as it is
 * measured, so that a board that hangs has said where. Then the other harts.
 */
#include "node.h"
#include "search.h"

#define HART_MS 60000

struct view views[MAX_HARTS];

extern char _start[];

static const struct step {
	const char *title;
	void (*measure)(struct view *v);
	void (*tell)(const struct view *v);
} steps[] = {
	{"Hart", isa_measure, isa_tell},
	{"Time", time_measure, time_tell},
	{"Counters", info_measure, info_tell},
	{"Events", events_measure, events_tell},
	{"How the counters obey", control_measure, control_tell},
	{"Filters", filter_measure, filter_tell},
	{"Overflow", overflow_measure, overflow_tell},
	{"U-mode", user_measure, user_tell},
	{"Firmware events", fw_measure, fw_tell},
};

_Static_assert(ARRAY_SIZE(steps) <= STEPS, "STEPS");

/* Nothing of one step is left to the next */
static void clean(struct view *v)
{
	irq_reset();
	csr_write(CSR_SATP, 0);
	csr_write(CSR_SCOUNTEREN, 0xffffffffUL);
	if (!v->num || v->num_error)
		return;
	for (unsigned int i = 0; i < MAX_COUNTERS && i < v->num; i++) {
		if (v->counter[i].exists)
			pmu_reset(i);
	}
}

struct job {
	const struct step *step;
	struct view *view;
};

static void run_step(unsigned long arg)
{
	struct job *job = (struct job *)arg;

	job->step->measure(job->view);
}

static void measure(struct view *v, unsigned int n)
{
	struct job job = {&steps[n], v};

	clean(v);
	v->trap[n].came =
		!probe_run(run_step, (unsigned long)&job, &v->trap[n].info);
	clean(v);
}

static void tell(const struct view *v, unsigned int n)
{
	const struct trap_info *info = &v->trap[n].info;

	if (!v->trap[n].came) {
		steps[n].tell(v);
		return;
	}
	/* What it measured before is not told: it need not be all */
	finding(BROKEN, "trap", steps[n].title,
		"%s, scause %#lx, sepc %#lx, stval %#lx: this part ended there, in a payload that begins at %p",
		trap_cause_name(info->cause), info->cause, info->epc,
		info->tval, (void *)_start);
	expected("no exception");
	advise("see which access it was, in bringup.elf, and report it");
}

static unsigned long measure_hart(unsigned long index)
{
	for (unsigned int n = 0; n < ARRAY_SIZE(steps); n++)
		measure(&views[index], n);
	views[index].measured = true;
	return 0;
}

static void tell_difference(unsigned int index)
{
	unsigned int n;
	char about[32];

	report_hart(index);
	for (n = 0; n < ARRAY_SIZE(steps); n++)
		tell(&views[index], n);
	report_hart(0);
	n = differences(index);
	text(about, sizeof(about), "hart %lu", hart_id(index));
	finding(n ? BROKEN : OK, "harts.alike", about,
		n ? "differs from hart %lu in the findings above"
		  : "like hart %lu in all that is known",
		hart_id(0));
	if (!n)
		return;
	expected("the same counters and events on all harts");
	advise("Linux asks one hart for all: mend the firmware or the device tree, or use the counters that all harts have");
}

static void tell_other(unsigned int index)
{
	char about[32];

	text(about, sizeof(about), "hart %lu", hart_id(index));
	if (!hart_call_async(index, measure_hart, index)) {
		finding(UNKNOWN, "harts.start", about, "it does not start");
		advise("see whether the firmware has HSM, and whether this hart is there at all");
	} else if (!hart_wait(index, HART_MS, NULL)) {
		finding(BROKEN, "harts.answer", about,
			"no answer in %d s, or an exception that ended it",
			HART_MS / 1000);
		expected("the same measurements as on hart %lu", hart_id(0));
		advise("have the board boot on this hart, and see with which part the report ends then");
	} else {
		tell_difference(index);
	}
}

static void search_step(unsigned long arg)
{
	search_run((const struct view *)arg);
}

static void search(void)
{
	struct trap_info info;

	clean(&views[0]);
	if (!probe_run(search_step, (unsigned long)&views[0], &info))
		finding(BROKEN, "trap", "raw events",
			"%s, sepc %#lx: the search ended there",
			trap_cause_name(info.cause), info.epc);
	clean(&views[0]);
}

static void first_steps(unsigned int count)
{
	for (unsigned int n = 0; n < count; n++) {
		section(steps[n].title);
		measure(&views[0], n);
		tell(&views[0], n);
	}
}

/* Without a PMU extension there are the hart and the time to look at */
static void report_hart_alone(void)
{
	first_steps(2);
}

static void report_pmu(void)
{
	first_steps(ARRAY_SIZE(steps));
	views[0].measured = true;
	section("Other harts");
	if (hart_count() == 1)
		finding(OK, "harts.number", "", "this hart is the only one");
	for (unsigned int i = 1; i < hart_count(); i++)
		tell_other(i);
	section("Raw events");
	search();
	section("Device tree");
	node_tell(&views[0]);
}

/* Another hart ends its work when it has an exception that nobody expects */
static void ignore(const struct trap_info *info)
{
	(void)info;
}

static void init_work(unsigned long paging)
{
	*(bool *)paging = work_init();
}

/* The memory of the workloads is behind the payload, where none need be */
static void prepare(void)
{
	bool paging = false;

	trap_unexpected = ignore;
	if (!probe_run(init_work, (unsigned long)&paging, NULL)) {
		finding(UNKNOWN, "work.memory", "",
			"there is no memory behind the payload");
		advise("load it 10 MiB before the end of memory at least");
	} else if (!paging) {
		finding(UNKNOWN, "work.paging", "",
			"the hart takes no page table, so no workload misses the TLB");
		advise("events of the TLB cannot be judged here");
	}
}

static void tell_summary(void)
{
	section("Summary");
	printf("%u OK, %u ABSENT, %u BROKEN, %u UNKNOWN\n", findings(0, OK),
	       findings(0, ABSENT), findings(0, BROKEN), findings(0, UNKNOWN));
}

bool payload_main(void)
{
	bool pmu;

	printf("\nsbi-pmu bring-up report, rv%d, hart %lu of %u\n", XLEN,
	       hart_id(0), hart_count());
	pmu = firmware_tell();
	if (!time_goes_on()) {
		first_steps(1);
		section("Time");
		finding(BROKEN, "time.csr", "", "the time CSR stands still");
		expected("it moves");
		advise("mend the timer first: nothing can be measured, nor waited for, without it");
	} else if (pmu) {
		prepare();
		report_pmu();
	} else {
		report_hart_alone();
	}
	tell_summary();
	json_report(pmu);
	return true;
}
