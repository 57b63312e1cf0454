// SPDX-License-Identifier: BSD-2-Clause
/*
 * All rows on the last hart while the others sleep, for instret goes on on
 * every hart of QEMU while one of them executes.
 */
#include "bench.h"
#include "suite_internal.h"

static const struct group {
	const char *name;
	void (*rows)(void);
} groups[] = {
	{"calls", rows_calls},	     {"counters", rows_counters},
	{"config", rows_config},     {"fw", rows_fw},
	{"info", rows_info},	     {"linux", rows_linux},
	{"snapshot", rows_snapshot},
};

/* bootargs rows=calls,config */
static bool wanted(const char *name)
{
	const char *list = dt_bootarg("rows=");
	size_t length = strlen(name);

	while (list && *list && *list != ' ') {
		if (!strncmp(list, name, length) &&
		    (!list[length] || list[length] == ',' ||
		     list[length] == ' '))
			return true;
		while (*list && *list != ' ' && *list++ != ',')
			;
	}
	return false;
}

volatile unsigned int first_hart_woken;
static volatile bool over;

static unsigned long make_rows(unsigned long arg)
{
	rows_empty();
	for (unsigned int i = 0; i < ARRAY_SIZE(groups); i++) {
		if (wanted(groups[i].name))
			groups[i].rows();
	}
	over = true;
	if (arg)
		sbi_send_ipi(1, arg - 1);
	return 0;
}

static bool on_last_hart(void)
{
	unsigned int last = hart_count() - 1;

	csr_write(CSR_SIE, 1UL << IRQ_SOFT);
	if (!hart_call_async(last, make_rows, hart_id(0) + 1))
		return false;
	while (!over) {
		wfi();
		csr_clear(CSR_SIP, 1UL << IRQ_SOFT);
		first_hart_woken++;
	}
	csr_write(CSR_SIE, 0);
	return hart_wait(last, 1000, NULL);
}

bool payload_main(void)
{
	facts_gather();
	facts_print();
	if (!facts.pmu || !facts.exact || !boot_length) {
		printf("bench: stopped: %s\n",
		       !facts.pmu ? "the firmware has no PMU extension"
				  : "instret does not count each instruction");
		return false;
	}
	printf("bench: row=boot; calls=0; pmu=0; done=0; instructions=%lu; first=%lu\n",
	       boot_length, boot_length);
	if (hart_count() == 1) {
		make_rows(0);
	} else if (!on_last_hart()) {
		printf("bench: stopped: hart %lu did not end its rows\n",
		       hart_id(hart_count() - 1));
		return false;
	}
	printf("bench: end\n");
	return true;
}
