// SPDX-License-Identifier: BSD-2-Clause
/* The exclude flags of perf, as Linux turns them into filters. */

#include "driver.h"
#include "measure.h"

#define EXCLUDE_USER 1u
#define EXCLUDE_KERNEL 2u
#define EXCLUDE_HV 4u
#define EXCLUDE_HOST 8u
#define EXCLUDE_GUEST 16u
/* Not from perf: KVM counts on behalf of a guest */
#define FOR_GUEST 32u
#define ALL_ATTRS 63u

/* MINH is never asked for: M-mode is the firmware's to leave out */
static unsigned long filters_of(unsigned int attr)
{
	const bool guest = attr & FOR_GUEST;
	unsigned long flags = 0;

	if (attr & EXCLUDE_KERNEL)
		flags |= guest ? PMU_CFG_VSINH : PMU_CFG_SINH;
	if (attr & EXCLUDE_USER)
		flags |= guest ? PMU_CFG_VUINH : PMU_CFG_UINH;
	if (guest && attr & EXCLUDE_HV)
		flags |= PMU_CFG_SINH;
	if (attr & EXCLUDE_HOST)
		flags |= PMU_CFG_UINH | PMU_CFG_SINH;
	if (attr & EXCLUDE_GUEST)
		flags |= PMU_CFG_VSINH | PMU_CFG_VUINH;
	return flags;
}

static uint64_t work_in(struct driver *d, struct perf_event *e, enum mode mode,
			unsigned long n)
{
	uint64_t before = e->count;

	event_start(d, e);
	run_in_mode(mode, work_insns, n);
	event_stop(d, e);
	return e->count - before;
}

/* What 3000 instructions more in a mode add: all of them or nothing */
static void check_mode(struct driver *d, struct perf_event *e, enum mode mode,
		       unsigned int attr)
{
	static const unsigned long inhibit_of[] = {
		[MODE_S] = PMU_CFG_SINH,
		[MODE_U] = PMU_CFG_UINH,
		[MODE_VS] = PMU_CFG_VSINH,
		[MODE_VU] = PMU_CFG_VUINH,
	};
	uint64_t few, many;

	if (!mode_available(mode))
		return;
	work_in(d, e, mode, 1000);
	few = work_in(d, e, mode, 1000);
	many = work_in(d, e, mode, 4000);
	expect_eq(
		many - few, e->flags & inhibit_of[mode] ? 0 : 3000,
		"counts of 3000 instructions in %s, counter %u, attributes %#x",
		mode_name(mode), e->index, attr);
}

static void check_attrs(unsigned long event)
{
	unsigned int attr;
	struct driver d;

	driver_probe(&d, NULL);
	for (attr = 0; attr <= ALL_ATTRS; attr++) {
		struct perf_event e = {.event = event,
				       .flags = filters_of(attr)};

		/* The driver has no second choice: it passes what perf asks */
		if (!expect(event_add(&d, &e),
			    "CONFIG takes the filters %#lx of attributes %#x",
			    e.flags, attr))
			continue;
		check_mode(&d, &e, MODE_S, attr);
		check_mode(&d, &e, MODE_U, attr);
		check_mode(&d, &e, MODE_VS, attr);
		check_mode(&d, &e, MODE_VU, attr);
		event_del(&d, &e);
	}
}

/* Without the interrupt Linux refuses filters before it calls the firmware */
static void need_linux_filters(unsigned long event)
{
	struct perf_event e = {.event = event};
	struct driver d;

	need_exact();
	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	driver_probe(&d, NULL);
	skip_unless(event_add(&d, &e), "there is no counter for event %#lx",
		    event);
	need_filter(e.index, event);
}

CASE(linux, filter_instructions,
     "Every combination of perf's exclude flags counts the modes it should.")
{
	need_linux_filters(INSTRUCTIONS);
	check_attrs(INSTRUCTIONS);
}

CASE(linux, filter_cycles, "The same for cycles, where cycles are exact.")
{
	skip_unless(cycles_exact(), "cycles are not exact on this machine");
	need_linux_filters(CYCLES);
	check_attrs(CYCLES);
}

CASE(linux, filter_firmware,
     "Firmware events take perf's exclude flags, and count their event.")
{
	unsigned int attr;
	struct driver d;

	need_fws(1);
	driver_probe(&d, NULL);
	for (attr = 0; attr <= ALL_ATTRS; attr++) {
		struct perf_event e = {.event = PMU_FW(PMU_FW_SET_TIMER),
				       .flags = filters_of(attr)};

		event_must_add(&d, &e);
		event_start(&d, &e);
		sbi_set_timer(~0ULL);
		event_del(&d, &e);
		/* Whether a filter holds for firmware events is left open */
		expect(e.count <= 1 && (e.count == 1 || e.flags != 0),
		       "%llu counts of one set_timer, attributes %#x",
		       (unsigned long long)e.count, attr);
	}
}
