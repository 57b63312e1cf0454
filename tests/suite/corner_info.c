// SPDX-License-Identifier: BSD-2-Clause
/* Single demands on EVENT_GET_INFO, and on what every error gives away */

#include "measure.h"
#include "counters.h"

static struct pmu_event_info *new_table(void)
{
	need_spec(3, 0);
	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	return (struct pmu_event_info *)canary_page();
}

/* The answer for one event against what CONFIG says with every counter free */
static void expect_truth(unsigned long event, uint64_t data)
{
	struct pmu_event_info *table = new_table();
	struct sbiret ret = config_any(0, event, data);

	if (!ret.error)
		pmu_reset(ret.value);
	*table = (struct pmu_event_info){(uint32_t)event, 2, data};
	require_ok(pmu_event_info((unsigned long)table, 0, 1, 0),
		   "EVENT_GET_INFO of event %#lx", event);
	expect_eq(table->output, !ret.error, "output of event %#lx %#llx",
		  event, (unsigned long long)data);
	page_free_all();
}

CASE(corner, info_firmware,
     "EVENT_GET_INFO knows the firmware events that CONFIG knows.")
{
	unsigned int code;

	for (code = 0; code < PMU_FW_EVENTS; code++)
		expect_truth(PMU_FW(code), 0);
}

CASE(corner, info_raw,
     "EVENT_GET_INFO knows the raw events that CONFIG knows, and no other.")
{
	static const uint64_t data[] = {1, 2, 0x10019, 0xabcdef};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(data); i++) {
		expect_truth(PMU_RAW_EVENT, data[i]);
		expect_truth(PMU_RAW_V2_EVENT, data[i]);
	}
}

CASE(corner, info_cycles,
     "EVENT_GET_INFO knows cycles and instructions where CONFIG does.")
{
	expect_truth(CYCLES, 0);
	expect_truth(INSTRUCTIONS, 0);
}

CASE(corner, info_uncountable,
     "EVENT_GET_INFO does not know an event that no counter here can count.")
{
	unsigned int n;

	for (n = 0; n < STD_EVENTS; n++) {
		if (std_event(n) != CYCLES && std_event(n) != INSTRUCTIONS)
			expect_truth(std_event(n), 0);
	}
}

CASE(corner, info_nothing, "EVENT_GET_INFO of no entries succeeds.")
{
	expect_ok(pmu_event_info((unsigned long)new_table(), 0, 0, 0),
		  "EVENT_GET_INFO of 0 entries");
}

CASE(corner, info_event_bits,
     "EVENT_GET_INFO refuses a reserved bit in an event_idx.")
{
	struct pmu_event_info *table = new_table();

	*table = (struct pmu_event_info){
		(uint32_t)(PMU_HW_CPU_CYCLES | (PMU_EVENT_BITS + 1)), 0, 0};
	expect_error(pmu_event_info((unsigned long)table, 0, 1, 0),
		     PMU_ERR_INVALID_PARAM, "EVENT_GET_INFO of bit 20");
}

/*
 * What stays behind in the firmware's registers and stack when it has done
 * something else: other calls, with other values.
 */
static void make_history(unsigned int n)
{
	const uint64_t value = 0x1111111111111111ULL * n;
	unsigned long index =
		config_any(PMU_CFG_CLEAR_VALUE, PMU_FW(PMU_FW_SET_TIMER), 0)
			.value;
	struct pmu_event_info *table = (struct pmu_event_info *)canary_page();

	pmu_start_at(index, value);
	pmu_fw_read(index);
	if (n & 1)
		pmu_get_info(n);
	if (n & 2)
		pmu_config(fw_base(), fw_mask(), 0, PMU_FW(n), value);
	*table = (struct pmu_event_info){n, n, value};
	if (facts.event_info && (n & 4))
		pmu_event_info((unsigned long)table, 0, 1, 0);
	pmu_clean();
	page_free_all();
}

static const struct failing {
	const char *name;
	unsigned long fid;
	unsigned long args[6];
} failing[] = {
	{"GET_INFO", PMU_FID_GET_INFO, {~0UL}},
	{"CONFIG", PMU_FID_CONFIG, {~0UL, 1, 0, PMU_HW_CPU_CYCLES}},
	{"CONFIG of an unknown event", PMU_FID_CONFIG, {0, 1, 0, 0x12345}},
	{"START", PMU_FID_START, {~0UL, 1}},
	{"STOP", PMU_FID_STOP, {~0UL, 1}},
	{"STOP of what is stopped", PMU_FID_STOP, {0, 1}},
	{"FW_READ", PMU_FID_FW_READ, {~0UL}},
	{"FW_READ of a hardware counter", PMU_FID_FW_READ, {0}},
	{"FW_READ_HI", PMU_FID_FW_READ_HI, {~0UL}},
	{"SET_SHMEM", PMU_FID_SET_SHMEM, {8, 0, 1}},
	{"EVENT_GET_INFO", PMU_FID_EVENT_INFO, {8, 0, 1, 1}},
	{"function 9", 9, {0}},
};

CASE(hostile, errors_tell_nothing,
     "The value beside an error does not depend on what was done before.")
{
	unsigned int n, i;

	for (i = 0; i < ARRAY_SIZE(failing); i++) {
		const struct failing *f = &failing[i];
		const unsigned long *a = f->args;
		unsigned long first = 0;

		for (n = 0; n < 8; n++) {
			struct sbiret ret;

			make_history(n);
			ret = sbi_ecall(PMU_EID, f->fid, a[0], a[1], a[2], a[3],
					a[4], a[5]);
			if (!ret.error)
				break;
			if (n == 0)
				first = ret.value;
			expect_eq(ret.value, first, "value of a failing %s",
				  f->name);
		}
	}
}
