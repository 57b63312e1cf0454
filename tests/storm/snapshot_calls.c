// SPDX-License-Identifier: BSD-2-Clause
/*
 * The snapshot page. Between two calls a page of this hart holds the pattern,
 * so that after a STOP each word of it can be judged.
 */
#include "storm.h"

static bool is_mine(const struct storm_hart *s, unsigned long page)
{
	for (unsigned int i = 0; i < SNAP_PAGES; i++) {
		if ((unsigned long)s->snap[i] == page)
			return true;
	}
	return false;
}

static void set(struct storm_hart *s, unsigned long lo, unsigned long hi,
		unsigned long flags, bool sound)
{
	struct sbiret ret = storm_sbi(PMU_EID, PMU_FID_SET_SHMEM, lo, hi, flags,
				      any_value(&s->dice), 0, 0);

	if (!ret.error && sound)
		s->shmem = lo == ~0UL ? 0 : lo;
	else if (!ret.error)
		storm_odd(s, "a page that has to be refused was taken", 0);
	else if (sound && facts.snapshot)
		storm_odd(s, "a page that is sound was refused", 0);
	if (is_mine(s, lo))
		memory_check((void *)lo, PAGE_SIZE);
}

static void refused(struct storm_hart *s)
{
	struct dice *d = &s->dice;
	unsigned long lo = (unsigned long)s->snap[below(d, SNAP_PAGES)];
	unsigned long hi = 0, flags = 0;

	switch (below(d, 4)) {
	case 0:
		hi = any_value(d);
		hi = hi ? hi : 1;
		break;
	case 1:
		lo += 1UL << below(d, 12);
		break;
	case 2:
		flags = any_value(d);
		flags = flags ? flags : 1;
		lo = below(d, 2) ? lo : ~0UL;
		hi = lo == ~0UL ? ~0UL : 0;
		break;
	default:
		lo = bad_address(d, PAGE_SIZE) & ~(PAGE_SIZE - 1);
	}
	/* The low page of a table that ends behind the firmware may be ours */
	set(s, lo, hi, flags, false);
}

void set_shmem_step(struct storm_hart *s)
{
	struct dice *d = &s->dice;

	switch (below(d, 8)) {
	case 0:
		set(s, ~0UL, ~0UL, 0, true);
		break;
	case 1:
	case 2:
		set(s, (unsigned long)shared_page, 0, 0, true);
		break;
	case 3:
	case 4:
	case 5:
		refused(s);
		break;
	default:
		set(s, (unsigned long)s->snap[below(d, SNAP_PAGES)], 0, 0,
		    true);
	}
}

void snapshot_start(struct storm_hart *s, unsigned long base,
		    unsigned long mask)
{
	struct dice *d = &s->dice;
	struct pmu_snapshot *page = (struct pmu_snapshot *)s->shmem;
	unsigned int slot = below(d, PMU_SNAPSHOT_SLOTS);

	if (page)
		page->values[slot] = storm_far(d);
	storm_sbi(PMU_EID, PMU_FID_START, base, mask, PMU_START_INIT_SNAPSHOT,
		  any_value(d), 0, 0);
	if (!page || !is_mine(s, s->shmem))
		return;
	memory_fill(&page->values[slot], sizeof(uint64_t));
	memory_check(page, PAGE_SIZE);
}

/* Words that the call may have written get the pattern again */
static void restore(struct storm_hart *s, unsigned long mask)
{
	struct pmu_snapshot *page = (struct pmu_snapshot *)s->shmem;

	memory_fill(&page->overflow, sizeof(uint64_t));
	for (unsigned int i = 0; i < XLEN; i++) {
		if (mask >> i & 1)
			memory_fill(&page->values[i], sizeof(uint64_t));
	}
}

void snapshot_stop(struct storm_hart *s, unsigned long base, unsigned long mask,
		   unsigned long flags)
{
	struct sbiret ret =
		storm_sbi(PMU_EID, PMU_FID_STOP, base, mask, flags, 0, 0, 0);
	bool wrote = !ret.error || ret.error == PMU_ERR_ALREADY_STOPPED;

	if (!s->shmem && ret.error != PMU_ERR_NO_SHMEM &&
	    ret.error != PMU_ERR_INVALID_PARAM)
		storm_odd(s, "a snapshot without a page", 0);
	if (!s->shmem || !is_mine(s, s->shmem))
		return;
	if (wrote)
		restore(s, mask);
	memory_check((void *)s->shmem, PAGE_SIZE);
}
