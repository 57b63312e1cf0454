// SPDX-License-Identifier: BSD-2-Clause
/* The payload of the other domain; tests/suite/witness.h says what it is for */

#include "witness.h"

extern char _start[];

static uint8_t *pages;

static unsigned long rounds(unsigned long count, unsigned long fw,
			    unsigned long hpm)
{
	unsigned long wrong = 0;
	uint64_t still;

	/* Where the domains share the hart the call brings our counters back */
	pmu_num_counters();
	still = pmu_read_csr((unsigned int)hpm);
	while (count--) {
		wrong += pmu_config(fw, 1, PMU_CFG_CLEAR_VALUE,
				    PMU_FW(PMU_FW_SET_TIMER), 0)
				 .error != 0;
		wrong += pmu_start_one(fw).error != 0;
		for (unsigned int i = 0; i < 5; i++)
			sbi_set_timer(~0ULL);
		wrong += pmu_stop_one(fw).error != 0;
		wrong += pmu_fw_read(fw).value != 5;
		wrong += pmu_reset(fw).error != PMU_ERR_ALREADY_STOPPED;
		wrong += pmu_read_csr((unsigned int)hpm) != still;
	}
	return wrong;
}

static unsigned long fill(void)
{
	page_free_all();
	pages = page_alloc(WITNESS_PAGES);
	memset(pages, 0xa5, WITNESS_PAGES * PAGE_SIZE);
	return (unsigned long)pages;
}

static unsigned long changed(void)
{
	unsigned long count = 0;

	for (size_t i = 0; i < WITNESS_PAGES * PAGE_SIZE; i++)
		count += pages[i] != 0xa5;
	return count;
}

static void call(struct witness_box *box)
{
	struct sbiret ret = sbi_ecall(box->args[0], box->args[1], box->args[2],
				      box->args[3], box->args[4], box->args[5],
				      box->args[6], box->args[7]);

	box->result[0] = (unsigned long)ret.error;
	box->result[1] = ret.value;
}

static void serve(struct witness_box *box)
{
	switch (box->op) {
	case WITNESS_CALL:
		call(box);
		break;
	case WITNESS_READ:
		box->result[0] =
			(unsigned long)pmu_read_csr((unsigned int)box->args[0]);
		break;
	case WITNESS_WORK:
		work_insns(box->args[0]);
		break;
	case WITNESS_OVERFLOW:
		pmu_start_at(box->args[0], 0 - 1000ULL);
		work_insns(box->args[1]);
		/* fall through */
	case WITNESS_OVERFLOWS:
		box->result[0] = csr_read(CSR_SCOUNTOVF);
		box->result[1] = csr_read(CSR_SIP);
		break;
	case WITNESS_FILL:
		box->result[0] = fill();
		break;
	case WITNESS_CHANGED:
		box->result[0] = changed();
		break;
	case WITNESS_PEEK:
		box->result[0] = *(volatile uint32_t *)box->args[0];
		break;
	case WITNESS_ROUNDS:
		box->result[0] = rounds(box->args[0], box->args[1] & 0xff,
					box->args[1] >> 8);
		break;
	}
}

/* Left by the suite, or by a hart of its own: never by the witness */
bool payload_main(void)
{
	struct witness_box *box =
		(struct witness_box *)((uintptr_t)_start + WITNESS_MEMORY);
	bool shares_hart = sbi_probe(SWITCH_EID) != 0;

	box->ready = WITNESS_READY;
	for (;;) {
		while (box->answered == box->asked) {
			if (shares_hart)
				sbi_ecall(SWITCH_EID, 0, 0, 0, 0, 0, 0, 0);
		}
		fence();
		serve(box);
		fence();
		box->answered = box->asked;
	}
}
