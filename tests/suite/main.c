/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs the table of cases and reports it as TAP. */
#include "suite_internal.h"

extern const struct suite_case *const __cases_start[];
extern const struct suite_case *const __cases_end[];

static unsigned int first = 1;
static const char *only; /* in the boot arguments, ends at a blank */
static uint64_t seed = 1;
static unsigned long steps;
static bool held_to_ours;

uint64_t suite_seed(void)
{
	return seed;
}

unsigned long suite_steps(unsigned long by_default)
{
	return steps ? steps : by_default;
}

bool ours(void)
{
	return held_to_ours;
}

static uint64_t number(const char *name, uint64_t absent)
{
	const char *value = dt_bootarg(name);

	return value ? strtoul(value, NULL, 0) : absent;
}

static void parse_args(void)
{
	const char *rest = dt_bootarg("ours");

	first = (unsigned int)number("first=", first);
	only = dt_bootarg("only=");
	seed = number("seed=", seed);
	steps = (unsigned long)number("steps=", steps);
	held_to_ours = rest && (!*rest || *rest == ' ');
}

static char shown(char c)
{
	return c == '_' ? '-' : c;
}

/* The length of a prefix in only=, if the id begins with it, else 0 */
static size_t matches(const char *id, const char *prefix)
{
	size_t n = 0;

	while (prefix[n] && prefix[n] != ',' && prefix[n] != ' ') {
		if (shown(id[n]) != shown(prefix[n]))
			return 0;
		n++;
	}
	return n;
}

static bool selected(unsigned int number, const struct suite_case *c)
{
	if (number < first)
		return false;
	if (!only)
		return true;
	for (const char *p = only; *p && *p != ' '; p++) {
		if (matches(c->id, p))
			return true;
		while (*p && *p != ',' && *p != ' ')
			p++;
		if (*p != ',')
			break;
	}
	return false;
}

void pmu_clean(void)
{
	if (!facts.pmu)
		return;
	for (unsigned int i = 0; i < facts.num; i++) {
		if (facts.counter[i].exists)
			pmu_reset(i);
	}
	if (facts.snapshot)
		pmu_set_shmem(~0UL, ~0UL, 0);
}

static void clean(void)
{
	hart_stop_others();
	irq_reset();
	pmu_clean();
	/* Stopping may have left an interrupt behind, and RESET its cause. */
	irq_reset();
	pmu_clean();
	page_free_all();
}

static void print_title(const struct suite_case *c)
{
	for (const char *id = c->id; *id; id++)
		printf("%c", shown(*id));
	printf(": %s", c->sentence);
}

static bool run_case(unsigned int number, const struct suite_case *c)
{
	enum verdict verdict;

	printf("# case %u ", number);
	print_title(c);
	printf("\n");

	clean();
	verdict = verdict_of(c);
	clean();

	printf("%sok %u - ", verdict == VERDICT_FAILED ? "not " : "", number);
	print_title(c);
	if (verdict == VERDICT_SKIPPED)
		printf(" # SKIP %s", skip_reason());
	printf("\n");
	return verdict != VERDICT_FAILED;
}

bool payload_main(void)
{
	unsigned int count = (unsigned int)(__cases_end - __cases_start);
	bool good = true;

	parse_args();
	/* The firmware may have left its own line unfinished. */
	printf("\nTAP version 13\n1..%u\n", count);
	/* Before anything of ours stops the counters that run since boot. */
	founding_at_boot();
	facts_gather();
	facts_print();
	printf("# run: seed %llu, steps ", (unsigned long long)seed);
	if (steps)
		printf("%lu", steps);
	else
		printf("default");
	printf(", %s\n", held_to_ours ? "held to sbi-pmu's own readings, too"
				      : "every legal reading is accepted");
	for (unsigned int i = 0; i < count; i++) {
		if (selected(i + 1, __cases_start[i]))
			good &= run_case(i + 1, __cases_start[i]);
	}
	printf("# end of suite\n");
	return good;
}
