// SPDX-License-Identifier: BSD-2-Clause
/* Counters for cases to act on, and sets of them; there are no cases here. */

#include "counters.h"

struct sbiret set_config(struct set set, unsigned long flags,
			 unsigned long event)
{
	return pmu_config(set.base, set.mask, flags, event, 0);
}

struct sbiret set_start(struct set set, unsigned long flags, uint64_t initial)
{
	return pmu_start(set.base, set.mask, flags, initial);
}

struct sbiret set_stop(struct set set, unsigned long flags)
{
	return pmu_stop(set.base, set.mask, flags);
}

struct set set_from(unsigned long base)
{
	struct set set = {base, 0};
	unsigned int i;

	for (i = 0; i < XLEN && base + i < facts.num; i++) {
		if (facts.counter[base + i].exists)
			set.mask |= 1UL << i;
	}
	return set;
}

struct set set_of(unsigned long a, unsigned long b)
{
	unsigned long base = a < b ? a : b;

	return (struct set){base, 1UL << (a - base) | 1UL << (b - base)};
}

struct sbiret config_any(unsigned long flags, unsigned long event,
			 uint64_t data)
{
	struct sbiret ret = {PMU_ERR_NOT_SUPPORTED, 0};
	unsigned long base;

	for (base = 0; base < facts.num; base += XLEN) {
		struct set set = set_from(base);

		if (!set.mask)
			continue;
		ret = pmu_config(set.base, set.mask, flags, event, data);
		if (ret.error != PMU_ERR_NOT_SUPPORTED)
			break;
	}
	return ret;
}

bool can_count(unsigned long index, unsigned long event)
{
	struct sbiret ret = pmu_config(index, 1, 0, event, 0);

	if (ret.error)
		return false;
	pmu_reset(ret.value);
	return ret.value == index;
}

/* Whether provoke() makes a firmware counter count an event */
static bool is_provoked(unsigned int index, unsigned long event)
{
	struct sbiret ret = pmu_config(index, 1, PMU_CFG_AUTO_START, event, 0);
	uint64_t before;
	bool counts;

	if (ret.error || ret.value != index)
		return false;
	before = pmu_read(index);
	provoke();
	counts = pmu_read(index) != before;
	pmu_reset(index);
	return counts;
}

/*
 * Firmware counters may have less than 64 bits; the cases want them all. One
 * that ignores its start value is not narrow but wrong.
 */
static bool is_narrow(unsigned int index, unsigned long event)
{
	uint64_t value;

	if (ours() || !facts.counter[index].fw)
		return false;
	pmu_config(index, 1, 0, event, 0);
	pmu_start_at(index, ~0ULL);
	pmu_stop_one(index);
	value = pmu_read(index);
	pmu_reset(index);
	return value && value != ~0ULL && !(value & (value + 1));
}

static bool try_actor(struct actor *a, unsigned int index, unsigned long event,
		      const char *kind)
{
	if (!can_count(index, event) || is_narrow(index, event))
		return false;
	*a = (struct actor){index, event, kind};
	return true;
}

/* Programmable counters, at most two, with different events */
static unsigned int add_programmable(struct actor *to)
{
	static const unsigned long events[] = {PMU_HW_INSTRUCTIONS,
					       PMU_HW_CPU_CYCLES};
	unsigned int event = 0, n = 0, i;

	for (i = 0; i < facts.hpms && event < ARRAY_SIZE(events); i++) {
		while (event < ARRAY_SIZE(events)) {
			if (try_actor(&to[n], facts.hpm[i], events[event++],
				      "programmable")) {
				n++;
				break;
			}
		}
	}
	return n;
}

unsigned int find_actors(struct actor actors[MAX_ACTORS])
{
	unsigned int n = 0, i;

	for (i = 0; i < facts.num && i <= PMU_CTR_INSTRET; i++) {
		unsigned int csr = facts.counter[i].csr;

		if (csr == CSR_CYCLE)
			n += try_actor(&actors[n], i, PMU_HW_CPU_CYCLES,
				       "fixed cycle");
		else if (csr == CSR_INSTRET)
			n += try_actor(&actors[n], i, PMU_HW_INSTRUCTIONS,
				       "fixed instret");
	}
	n += add_programmable(&actors[n]);
	if (facts.fws > 0)
		n += try_actor(&actors[n], facts.fw[0],
			       PMU_FW(PMU_FW_SET_TIMER), "firmware");
	/* Traps may be delegated, and then firmware does not see them */
	if (facts.fws > 1 &&
	    is_provoked(facts.fw[1], PMU_FW(PMU_FW_ILLEGAL_INSN)))
		n += try_actor(&actors[n], facts.fw[1],
			       PMU_FW(PMU_FW_ILLEGAL_INSN), "firmware");
	skip_unless(n > 0, "no counter can count anything");
	return n;
}

static struct actor first_of(const char *kind)
{
	struct actor actors[MAX_ACTORS];
	unsigned int count = find_actors(actors), n;

	for (n = 0; n < count; n++) {
		if (!strncmp(actors[n].kind, kind, strlen(kind)))
			return actors[n];
	}
	skip("no %s counter can count anything", kind);
}

struct actor fixed_actor(void)
{
	return first_of("fixed");
}

struct actor programmable_actor(void)
{
	return first_of("programmable");
}

struct actor firmware_actor(void)
{
	return first_of("firmware");
}

void config_actor(const struct actor *a, unsigned long flags)
{
	require_value(pmu_config(a->index, 1, flags, a->event, 0), a->index,
		      "CONFIG of %s counter %u with flags %#lx", a->kind,
		      a->index, flags);
}

#define CSR_MSTATUS 0x300

void provoke(void)
{
	unsigned long value;

	work_insns(1000);
	probe_csr_read(CSR_MSTATUS, &value, 0);
	sbi_set_timer(~0ULL);
}

/* A firmware counter without event cannot be read, and cannot count */
static bool is_readable(const struct actor *a)
{
	return !facts.counter[a->index].fw || !pmu_fw_read(a->index).error;
}

bool expect_counting(const struct actor *a, const char *when)
{
	uint64_t before = pmu_read(a->index);

	if (!expect(is_readable(a), "FW_READ of counter %u, %s", a->index,
		    when))
		return false;
	provoke();
	return expect_ne(pmu_read(a->index), before, "%s counter %u counts, %s",
			 a->kind, a->index, when);
}

bool expect_still(const struct actor *a, const char *when)
{
	uint64_t before = pmu_read(a->index);

	if (!is_readable(a))
		return true;
	provoke();
	return expect_eq(pmu_read(a->index), before,
			 "%s counter %u stands still, %s", a->kind, a->index,
			 when);
}

bool expect_free(const struct actor *a, const char *when)
{
	bool is_free = expect_value(pmu_config(a->index, 1, 0, a->event, 0),
				    a->index, "CONFIG takes %s counter %u, %s",
				    a->kind, a->index, when);

	pmu_reset(a->index);
	return is_free;
}

bool expect_claimed(const struct actor *a, const char *when)
{
	struct sbiret ret = pmu_config(a->index, 1, 0, a->event, 0);

	return expect(ret.error || ret.value != a->index,
		      "CONFIG does not give %s counter %u, %s", a->kind,
		      a->index, when);
}

bool expect_held(const struct actor *a, const char *when)
{
	return !ours() || expect_claimed(a, when);
}

bool expect_stopped(const struct actor *a, const char *when)
{
	return expect_still(a, when) &&
	       expect_error(pmu_stop_one(a->index), PMU_ERR_ALREADY_STOPPED,
			    "STOP of %s counter %u, %s", a->kind, a->index,
			    when);
}

bool expect_running(const struct actor *a, const char *when)
{
	return expect_counting(a, when) &&
	       expect_error(pmu_start_one(a->index), PMU_ERR_ALREADY_STARTED,
			    "START of %s counter %u, %s", a->kind, a->index,
			    when);
}

uint64_t a_few_calls(void)
{
	/* Otherwise it may be time that is counted, with any delay in it */
	return facts.exact ? 20000 : 1ULL << 36;
}

bool expect_near(const struct actor *a, uint64_t start, const char *when)
{
	uint64_t value = pmu_read(a->index);

	if (facts.counter[a->index].fw)
		return expect_eq(value, start, "firmware counter %u %s",
				 a->index, when);
	return expect_between(value, start, start + a_few_calls(),
			      "%s counter %u %s", a->kind, a->index, when);
}

unsigned long std_event(unsigned int n)
{
	const unsigned int per_cache = PMU_CACHE_OPS * PMU_CACHE_RESULTS;

	if (n < PMU_HW_EVENTS)
		return n + 1;
	n -= PMU_HW_EVENTS;
	return PMU_CACHE(n / per_cache, n % per_cache / PMU_CACHE_RESULTS,
			 n % PMU_CACHE_RESULTS);
}

uint8_t *canary_page(void)
{
	uint8_t *page = page_alloc(1);

	require(page != 0, "a page of memory");
	memset(page, CANARY, PAGE_SIZE);
	return page;
}

bool expect_canary(const uint8_t *page, size_t first, size_t end,
		   const char *what)
{
	size_t i;

	for (i = first; i < end; i++) {
		if (page[i] != CANARY)
			return expect_eq(page[i], CANARY,
					 "byte %zu of the page, %s", i, what);
	}
	return true;
}
