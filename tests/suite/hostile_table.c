// SPDX-License-Identifier: BSD-2-Clause
/* How a hostile call is made and watched; there are no cases here. */

#include "hostile.h"
#include "measure.h"

struct watch {
	unsigned int index;
	unsigned long event;
	bool running;
	uint64_t start;
	uint64_t last;
};

/* Bystanders first, then the victims */
static struct watch watches[MAX_ACTORS + 2];
static unsigned int watched;

/* A running counter does not go further in a case, an idle one not at all */
#define REACH (1ULL << 38)

static void set_up(struct watch *w)
{
	pmu_reset(w->index);
	require_value(pmu_config(w->index, 1, 0, w->event, 0), w->index,
		      "CONFIG of counter %u", w->index);
	/* Firmware may leave it running since CONFIG */
	pmu_stop_one(w->index);
	require_ok(pmu_start_at(w->index, w->start), "START of counter %u",
		   w->index);
	if (!w->running)
		require_ok(pmu_stop_one(w->index), "STOP of counter %u",
			   w->index);
	w->last = pmu_read(w->index);
}

static void watch(unsigned int index, unsigned long event, bool running)
{
	struct watch *w = &watches[watched++];

	*w = (struct watch){index, event, running, (uint64_t)watched << 44, 0};
	set_up(w);
}

void hostile_begin(void)
{
	struct actor actors[MAX_ACTORS];
	unsigned int count, i;

	pmu_clean();
	count = find_actors(actors);
	watched = 0;
	for (i = 0; i < count; i++)
		watch(actors[i].index, actors[i].event, i % 2 == 0);
}

static bool is_watched(unsigned int index)
{
	unsigned int i;

	for (i = 0; i < watched; i++) {
		if (watches[i].index == index)
			return true;
	}
	return false;
}

unsigned int hostile_fw_victim(void)
{
	unsigned int i;

	for (i = 0; i < facts.fws; i++) {
		if (!is_watched(facts.fw[i]))
			return facts.fw[i];
	}
	skip("all firmware counters are in use");
}

unsigned int hostile_victim(void)
{
	unsigned int i;

	for (i = 0; i < facts.hpms; i++) {
		if (!is_watched(facts.hpm[i]) &&
		    can_count(facts.hpm[i], DTLB_READ_MISS))
			return facts.hpm[i];
	}
	return hostile_fw_victim();
}

void hostile_arm(unsigned int victim, bool running)
{
	if (is_watched(victim))
		return;
	watch(victim,
	      facts.counter[victim].fw ? PMU_FW(PMU_FW_SET_TIMER)
				       : DTLB_READ_MISS,
	      running);
}

static void describe(const struct hostile *h)
{
	const unsigned long *a = h->args;

	note("after %s with %#lx %#lx %#lx %#lx %#lx %#lx", h->name, a[0], a[1],
	     a[2], a[3], a[4], a[5]);
}

static bool expect_watch(struct watch *w)
{
	uint64_t now = pmu_read(w->index);
	/* Everything that is done moves these; else firmware only says so */
	bool moves = w->event == CYCLES || w->event == INSTRUCTIONS;
	bool good;

	if (w->running)
		good = expect_between(now, w->last + moves, w->start + REACH,
				      "counter %u, which runs", w->index);
	else
		good = expect_eq(now, w->last, "counter %u, which is stopped",
				 w->index);
	w->last = now;
	return good;
}

/* A call may also make a counter run or stop without touching its value */
static bool expect_state(const struct watch *w)
{
	if (w->running)
		return expect_error(
			pmu_start_one(w->index), PMU_ERR_ALREADY_STARTED,
			"START of counter %u, which runs", w->index);
	return expect_error(pmu_stop_one(w->index), PMU_ERR_ALREADY_STOPPED,
			    "STOP of counter %u, which is stopped", w->index);
}

struct sbiret hostile_call(const struct hostile *h)
{
	unsigned long a[8];
	unsigned int codes = hostile_allowed(h), i;
	struct sbiret ret;
	bool good;

	memcpy(a, h->args, sizeof(h->args));
	a[6] = h->fid;
	a[7] = PMU_EID;
	good = expect_eq(sbi_ecall_changed(&ret, a), 0, "registers changed");
	good &= expect(ret.error <= 0 && ret.error > -32 &&
			       (codes >> -ret.error & 1),
		       "error %ld (%s) is one for these arguments", ret.error,
		       sbi_error_name(ret.error));
	if (ours() && ret.error)
		good &= expect_eq(ret.value, 0, "value of an error");
	for (i = 0; i < watched; i++) {
		struct watch *w = &watches[i];

		if (hostile_may_change(h, ret, w->index))
			set_up(w);
		else
			good &= expect_watch(w) & expect_state(w);
	}
	/* A free victim may have been taken */
	if (h->fid == PMU_FID_CONFIG && !ret.error && ret.value < facts.num &&
	    !is_watched((unsigned int)ret.value))
		pmu_reset(ret.value);
	if (!good) {
		describe(h);
		for (i = 0; i < watched; i++)
			set_up(&watches[i]);
	}
	return ret;
}

void hostile_end(void)
{
	unsigned int i;

	for (i = 0; i < watched; i++) {
		expect_watch(&watches[i]);
		expect_state(&watches[i]);
		expect_value(pmu_config(watches[i].index, 1, PMU_CFG_SKIP_MATCH,
					watches[i].event, 0),
			     watches[i].index, "CONFIG of counter %u again",
			     watches[i].index);
	}
}

void hostile_values(const struct hostile *h, unsigned int arg,
		    const unsigned long values[], unsigned int count)
{
	struct hostile bad = *h;
	unsigned int i;

	for (i = 0; i < count; i++) {
		bad.args[arg] = values[i];
		hostile_call(&bad);
	}
}

void hostile_edges(const struct hostile *h, unsigned int arg)
{
	const unsigned long good = h->args[arg], num = facts.num;
	const unsigned long sign = 1UL << (XLEN - 1);
	const unsigned long values[] = {
		0,
		1,
		2,
		3,
		31,
		32,
		33,
		63,
		64,
		65,
		num - 1,
		num,
		num + 1,
		4095,
		4096,
		0x7fffffff,
		0x80000000u,
		good ^ 1,
		0xffffffffu,
		good | 0x80000000u,
		good | sign,
		sign,
		sign - 1,
		~0UL - 1,
		~0UL,
		-good,
		~0UL - good,
#if XLEN > 32
		1UL << 32,
		good | 1UL << 32,
		1UL << 31 << 31,
		~0UL << 32,
		~0UL << 32 | good,
#endif
	};

	hostile_values(h, arg, values, ARRAY_SIZE(values));
}

void hostile_bits(const struct hostile *h, unsigned int arg)
{
	struct hostile bad = *h;
	unsigned int bit;

	for (bit = 0; bit < XLEN; bit++) {
		bad.args[arg] = h->args[arg] ^ 1UL << bit;
		hostile_call(&bad);
	}
}

void hostile_pairs(const struct hostile *h)
{
	const unsigned long values[] = {0, ~0UL, 1UL << (XLEN - 1), 0x80000000u,
					facts.num};
	struct hostile bad = *h;
	unsigned int a, b, i, n;

	for (a = 0; a + 1 < h->count; a++) {
		for (b = a + 1; b < h->count; b++) {
			for (i = 0; i < ARRAY_SIZE(values); i++) {
				for (n = 0; n < ARRAY_SIZE(values); n++) {
					bad = *h;
					bad.args[a] = values[i];
					bad.args[b] = values[n];
					hostile_call(&bad);
				}
			}
		}
	}
}

/*
 * The specification lets firmware say FAILED where it has limits that are
 * narrower than what is accessible.
 */
bool expect_bad_address(struct sbiret ret, const char *what)
{
	if (ret.error == PMU_ERR_FAILED)
		return true;
	return expect_error(ret, PMU_ERR_INVALID_ADDRESS, "%s", what);
}

uint8_t *fenced_page(void)
{
	uint8_t *pages = page_alloc(3);

	require(pages != 0, "three pages of memory");
	memset(pages, CANARY, PAGE_SIZE);
	memset(pages + 2 * PAGE_SIZE, CANARY, PAGE_SIZE);
	return pages + PAGE_SIZE;
}

void expect_fences(const uint8_t *page, const char *what)
{
	expect_canary(page - PAGE_SIZE, 0, PAGE_SIZE, what);
	expect_canary(page + PAGE_SIZE, 0, PAGE_SIZE, what);
}
