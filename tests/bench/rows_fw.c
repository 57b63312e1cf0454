// SPDX-License-Identifier: BSD-2-Clause
/* What firmware events cost where they happen. */
#include "bench.h"

/* Events of all kinds, and the given one in the last counter */
static void claim_fw_events(unsigned int count, unsigned int code)
{
	unsigned int other = 0;

	for (unsigned int i = 0; i < count; i++, other++) {
		if (other == code)
			other++;
		first(call_config(facts.fw[i], 1, PMU_CFG_CLEAR_VALUE,
				  PMU_FW(i + 1 < count ? other : code), 0));
	}
}

static void make(struct call call)
{
	then(call);
	if (call.a[7] == SBI_EID_IPI)
		wakes_first_hart();
	row_end();
}

/* A row for each number of counters; the last of them counts what happens */
static void events(const char *what, struct call call, unsigned int code)
{
	static const unsigned int counts[] = {0, 1, 16};

	for (unsigned int i = 0; i < ARRAY_SIZE(counts); i++) {
		if (counts[i] > facts.fws)
			continue;
		row("%s, %u fw running", what, counts[i]);
		claim_fw_events(counts[i], code);
		if (counts[i])
			first(call_start(facts.fw[0], bits(counts[i]), 0, 0));
		make(call);
	}
	if (facts.fws < 16)
		return;
	row("%s, 16 fw count it", what);
	claim_fw(16, code);
	first(call_start(facts.fw[0], bits(16), 0, 0));
	make(call);
}

void rows_fw(void)
{
	unsigned long self = this_hart()->hartid;

	events("set_timer", call_set_timer(~0ULL), PMU_FW_SET_TIMER);
	events("rfence to itself", call_sfence_vma(1, self),
	       PMU_FW_SFENCE_VMA_SENT);
	if (hart_count() > 1)
		events("ipi to another hart", call_ipi(1, hart_id(0)),
		       PMU_FW_IPI_SENT);
	/* No event: such an IPI is not sent */
	row("ipi to itself");
	then(call_ipi(1, self));
	row_end();
}
