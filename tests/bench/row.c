// SPDX-License-Identifier: BSD-2-Clause
/* Making rows and printing them. */
#include "bench.h"

#define ROUNDS 3

_Static_assert(sizeof(struct step) == 12 * sizeof(long), "see run.S");

static struct {
	char name[64];
	unsigned int length;
	struct step before[MAX_STEPS];
	unsigned int befores;
	struct step steps[MAX_STEPS];
	unsigned int count;
	unsigned int reads;
	bool wakes;
} now;

static void put(char c, void *to)
{
	(void)to;
	if (now.length < sizeof(now.name) - 1)
		now.name[now.length++] = c;
	now.name[now.length] = '\0';
}

void row(const char *name, ...)
{
	va_list args;

	memset(&now, 0, sizeof(now));
	va_start(args, name);
	format(put, NULL, name, args);
	va_end(args);
}

static void add(struct step *steps, unsigned int *count, struct call call,
		unsigned int good)
{
	if (*count == MAX_STEPS) {
		printf("bench: stopped: '%s' has more than %u calls\n",
		       now.name, MAX_STEPS);
		power_off(false);
	}
	steps[*count].call = call;
	steps[*count].good = good;
	++*count;
}

void first(struct call call)
{
	add(now.before, &now.befores, call, GOOD(PMU_OK));
}

void then(struct call call)
{
	then_good(call, GOOD(PMU_OK));
}

void then_good(struct call call, unsigned int good)
{
	add(now.steps, &now.count, call, good);
}

void then_gives(struct call call, unsigned long value)
{
	then(call);
	now.steps[now.count - 1].must_be = value;
	now.steps[now.count - 1].has_value = true;
}

void then_read_csrs(unsigned int count)
{
	now.reads += count;
}

void wakes_first_hart(void)
{
	now.wakes = true;
}

/* All counters free but the one that measures */
static void clean(void)
{
	for (unsigned int i = 0; i < facts.num; i++) {
		if (facts.counter[i].exists && i != PMU_CTR_INSTRET)
			pmu_reset(i);
	}
	csr_clear(CSR_SIP, 1UL << IRQ_SOFT);
}

/* The first step with an answer that is not good, or NULL */
static const struct step *refused(const struct step *steps, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		const struct step *s = &steps[i];

		if (!(s->good & GOOD(s->error)) ||
		    (s->has_value && s->value != s->must_be))
			return s;
	}
	return NULL;
}

static const struct step *make(unsigned long *insns)
{
	const struct step *end = now.steps + now.count, *wrong;
	unsigned long own;
	unsigned int woken = first_hart_woken;

	clean();
	if (now.befores)
		bench_run(now.before, now.before + now.befores);
	wrong = refused(now.before, now.befores);
	if (wrong)
		return wrong;
	own = bench_dry(now.steps, end);
	*insns = bench_run(now.steps, end) - own;
	/* Then it sleeps again, and executes nothing that would be counted */
	if (now.wakes) {
		wait_until(first_hart_woken != woken, 100);
		work_ticks(ticks_of_ms(1));
	}
	if (now.reads)
		*insns += bench_read_csrs(now.reads);
	return refused(now.steps, now.count);
}

void row_end(void)
{
	unsigned long insns[ROUNDS];
	unsigned int done = 0, pmu = 0;

	for (unsigned int i = 0; i < ROUNDS; i++) {
		const struct step *wrong = make(&insns[i]);

		if (!wrong)
			continue;
		printf("bench: row=%s; refused=%ld; function=%lu\n", now.name,
		       wrong->error, wrong->call.a[6]);
		clean();
		return;
	}
	clean();
	for (unsigned int i = 0; i < now.count; i++) {
		done += !now.steps[i].error;
		pmu += now.steps[i].call.a[7] == PMU_EID;
	}
	printf("bench: row=%s; calls=%u; pmu=%u; done=%u; instructions=%lu; first=%lu%s\n",
	       now.name, now.count, pmu, done, insns[1], insns[0],
	       insns[1] == insns[2] ? "" : "; varies");
}

unsigned long bits(unsigned int count)
{
	return count < XLEN ? (1UL << count) - 1 : ~0UL;
}

void claim_hw(unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		first(call_config(facts.hpm[i], 1, PMU_CFG_CLEAR_VALUE,
				  INSTRUCTIONS, 0));
}

void claim_fw(unsigned int count, unsigned int code)
{
	for (unsigned int i = 0; i < count; i++)
		first(call_config(facts.fw[i], 1, PMU_CFG_CLEAR_VALUE,
				  PMU_FW(code), 0));
}

bool would_give(const struct call *configs, unsigned int count,
		unsigned long *index)
{
	struct step steps[MAX_GIVEN] = {0};
	bool all = count <= MAX_GIVEN;

	clean();
	for (unsigned int i = 0; i < count && all; i++) {
		steps[i].call = configs[i];
		bench_run(&steps[i], &steps[i + 1]);
		all = !steps[i].error;
		index[i] = steps[i].value;
	}
	clean();
	return all;
}
