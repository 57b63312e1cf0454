// SPDX-License-Identifier: BSD-2-Clause
/* What a walk has to know of the machine before it begins */

#include "counters.h"
#include "measure.h"
#include "walk.h"

struct walk_machine walk_machine;

#define M (&walk_machine)

struct text {
	char *to;
	size_t room;
};

static void put_text(char c, void *to)
{
	struct text *text = to;

	if (text->room > 1) {
		*text->to++ = c;
		text->room--;
	}
}

void walk_vformat(char *to, size_t size, const char *what, va_list args)
{
	struct text text = {to, size};

	format(put_text, &text, what, args);
	*text.to = 0;
}

void walk_format(char *to, size_t size, const char *what, ...)
{
	va_list args;

	va_start(args, what);
	walk_vformat(to, size, what, args);
	va_end(args);
}

/*
 * Firmware events that a hart can make happen by itself
 */

static void forbidden_load(unsigned long address)
{
	unsigned long value;

	probe_load(address, 4, &value, 0);
}

static void illegal(void)
{
	unsigned long value;

	/* No machine of ours has this one of the custom S-mode CSRs */
	probe_csr_read(0x5ff, &value, 0);
}

static const char *const provocation_names[WALK_PROVOCATIONS] = {
	"set_timer",
	"an illegal instruction",
	"a forbidden load",
	"a forbidden store",
	"an IPI to itself",
	"FENCE.I to itself",
	"SFENCE.VMA to itself",
	"SFENCE.VMA of an ASID to itself",
	"nothing",
};

const char *walk_provocation_name(unsigned int n)
{
	return provocation_names[n];
}

void walk_provoke(unsigned int n)
{
	unsigned long self = this_hart()->hartid;

	switch (n) {
	case 0:
		sbi_set_timer(~0ULL);
		break;
	case 1:
		illegal();
		break;
	case 2:
		forbidden_load((unsigned long)M->bad_page[0]);
		break;
	case 3:
		probe_store((uintptr_t)M->bad_page[0], 4, 0, 0);
		break;
	case 4:
		sbi_send_ipi(1, self);
		csr_clear(CSR_SIP, 1UL << IRQ_SOFT);
		break;
	case 5:
		sbi_fence_i(1, self);
		break;
	case 6:
		sbi_sfence_vma(1, self, 0, ~0UL);
		break;
	case 7:
		sbi_sfence_vma_asid(1, self, 0, ~0UL, 1);
		break;
	default:
		break;
	}
}

/* How often each standard event was counted in @repeat provocations */
static bool count_provoked(unsigned int n, unsigned int repeat,
			   uint8_t counted[PMU_FW_EVENTS])
{
	unsigned int code, i;

	for (code = 0; code < PMU_FW_EVENTS; code++) {
		unsigned int index = facts.fw[code % facts.fws];
		uint64_t value;

		if (pmu_config(index, 1,
			       PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START,
			       PMU_FW(code), 0)
			    .error)
			return false;
		for (i = 0; i < repeat; i++)
			walk_provoke(n);
		value = pmu_read_fw(index);
		pmu_reset(index);
		if (value % repeat || value / repeat > 9)
			return false;
		counted[code] = (uint8_t)(value / repeat);
	}
	return true;
}

/* Other cases say which events must be counted; here it has to be stable */
static void know_provocations(void)
{
	unsigned int n;

	for (n = 0; n < WALK_PROVOCATIONS && facts.fws; n++) {
		if ((n == 2 || n == 3) && !M->bad_pages)
			continue;
		M->usable[n] = count_provoked(n, 1, M->counted[n]) &&
			       count_provoked(n, 5, M->counted[n]);
	}
	if (facts.fws)
		expect(M->usable[0] && M->counted[0][PMU_FW_SET_TIMER] == 1,
		       "a firmware counter counts each set_timer call once");
}

/*
 * Counters
 */

static void know_counters(void)
{
	unsigned int i;

	M->num = facts.num;
	M->hws = 0;
	for (i = 0; i < facts.num; i++) {
		const struct counter_fact *c = &facts.counter[i];

		M->info[i] = c->exists ? pmu_get_info(i).value : 0;
		M->width_mask[i] =
			c->width < 64 ? (1ULL << c->width) - 1 : ~0ULL;
		if (c->exists && !c->fw && M->hws < WALK_HW)
			M->hw[M->hws++] = i;
	}
}

static void choose_hot(uint64_t seed)
{
	unsigned int i;

	M->hots = 0;
	for (i = 0; i < M->hws; i++) {
		if (walk_is_fixed(M->hw[i]))
			M->hot[M->hots++] = M->hw[i];
	}
	for (i = 0; i < 4 && i < facts.hpms; i++)
		M->hot[M->hots++] = facts.hpm[(seed + 5 * i) % facts.hpms];
	M->hot_hws = M->hots;
	for (i = 0; i < 4 && i < facts.fws; i++)
		M->hot[M->hots++] = facts.fw[(seed + 3 * i) % facts.fws];
}

static void know_memory(void)
{
	struct range range;

	M->bad_pages = 0;
	if (firmware_range(&range))
		M->bad_page[M->bad_pages++] = range.base;
	if (ram_end() && ram_end() <= ~0UL - 2 * PAGE_SIZE)
		M->bad_page[M->bad_pages++] = ram_end();
}

/* Whether a second counter of an event counts, as it should */
static bool counts_only_once(void)
{
	unsigned int one, other;
	uint64_t before;

	if (facts.hpms < 2)
		return false;
	one = facts.hpm[0];
	other = facts.hpm[1];
	if (pmu_config(one, 1, PMU_CFG_AUTO_START, INSTRUCTIONS, 0).error ||
	    pmu_config(other, 1, PMU_CFG_AUTO_START, INSTRUCTIONS, 0).error)
		return false;
	before = pmu_read(other);
	work_insns(1000);
	return pmu_read(other) == before;
}

static uint8_t zero_or_one(uint64_t value, const char *what)
{
	require(value <= 1, "%s: %lld instructions more than there are", what,
		(long long)value);
	return (uint8_t)value;
}

static unsigned int csr_of(unsigned int index)
{
	return PMU_INFO_CSR(M->info[index]);
}

/* How a counter that filters counts the ends of a stretch of S-mode */
static void calibrate(struct walk *w, unsigned int j, unsigned long event)
{
	unsigned int index = M->hw[j];
	bool fixed = walk_is_fixed(index);

	if (pmu_config(index, 1, PMU_CFG_MINH, event, 0).error)
		return;
	w->call[0] = index;
	w->call[1] = 1;
	w->call[2] = PMU_START_SET_INIT_VALUE;
	w->call[3] = 1000;
	w->call[6] = PMU_FID_START;
	w->call[7] = PMU_EID;
	walk_run_window(w, walk_ecall, (unsigned long)w->call);
	M->read_late = zero_or_one(1000 + walk_after_ecall(j) - w->after[j],
				   "instructions from START to a look");
	w->call[6] = PMU_FID_NUM_COUNTERS;
	walk_run_window(w, walk_ecall, (unsigned long)w->call);
	M->ecall[fixed][event == INSTRUCTIONS] = zero_or_one(
		w->after[j] - w->before[j] - walk_window_length(j) -
			WALK_ECALL_LENGTH,
		"instructions around a call, without those of M-mode");
	pmu_reset(index);
}

static void calibrate_all(struct walk *w)
{
	unsigned int j;

	for (j = 0; j < M->hws && XLEN == 64 && facts.exact; j++) {
		unsigned int index = M->hw[j];
		bool fixed = walk_is_fixed(index);

		if (fixed ? !facts.smcntrpmf : !facts.sscofpmf)
			continue;
		if (!fixed || csr_of(index) == CSR_INSTRET)
			calibrate(w, j, INSTRUCTIONS);
		if ((!fixed || csr_of(index) == CSR_CYCLE) && M->exact_cycles)
			calibrate(w, j, CYCLES);
	}
}

void walk_know_machine(struct walk *w, uint64_t seed)
{
	choose_hot(seed);
	if (M->ready)
		return;
	know_counters();
	choose_hot(seed);
	know_memory();
	walk_know_events();
	know_provocations();
	M->exact_cycles = cycles_exact();
	M->delegation = isa_has("smcdeleg");
	pmu_clean();
	M->one_per_event = counts_only_once();
	pmu_clean();
	calibrate_all(w);
	M->ready = true;
}
