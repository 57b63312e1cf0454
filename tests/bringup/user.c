// SPDX-License-Identifier: BSD-2-Clause
/* Whether scounteren opens a counter to U-mode, and shuts it. */
#include "bringup.h"

static void read_csr(unsigned long csr)
{
	pmu_read_csr((unsigned int)csr);
}

static bool read_in_u(unsigned int csr, unsigned long scounteren)
{
	csr_write(CSR_SCOUNTEREN, scounteren);
	return probe_in_mode(MODE_U, read_csr, csr, NULL);
}

void user_measure(struct view *v)
{
	for (unsigned int i = 0; i < MAX_COUNTERS; i++) {
		struct counter *c = &v->counter[i];
		const unsigned long bit = 1UL << (c->csr & 31);

		if (!c->exists || c->fw || !c->readable)
			continue;
		c->user_open = read_in_u(c->csr, bit);
		c->user_closed = !read_in_u(c->csr, ~bit);
	}
}

void user_tell(const struct view *v)
{
	uint64_t good = 0, shut = 0, open = 0;

	for (unsigned int i = 0; i < 64; i++) {
		const struct counter *c = &v->counter[i];
		const uint64_t bit = 1ULL << i;

		if (!c->exists || c->fw || !c->readable)
			continue;
		shut |= c->user_open ? 0 : bit;
		open |= c->user_closed ? 0 : bit;
		good |= c->user_open && c->user_closed ? bit : 0;
	}
	if (good)
		finding(OK, "user.read", list_of(good),
			"scounteren opens them to U-mode, and shuts them");
	if (shut) {
		finding(BROKEN, "user.read", list_of(shut),
			"U-mode cannot read them though scounteren has the bit");
		expected("the value");
		advise("see whether scounteren can be written; rdpmc of perf needs it");
	}
	if (open) {
		finding(BROKEN, "user.shut", list_of(open),
			"U-mode can read them though scounteren has not the bit");
		expected("an illegal instruction");
		advise("the core has no scounteren, or firmware gives the value away: any program can watch these counters");
	}
}
