// SPDX-License-Identifier: BSD-2-Clause
/*
 * That the PMU of a hart is still right, whatever it went through: everything
 * can be freed, claimed, counted exactly and freed again.
 */
#include "storm.h"

#define TICKS 7
#define OVERFLOW_MS 1000
#define OVERFLOW_TRIES 10
#define EVENTS 8

static struct pmu_event_info at_boot[EVENTS];

static struct sbiret pmu(unsigned long fid, unsigned long base,
			 unsigned long mask, unsigned long flags,
			 unsigned long a3)
{
	return storm_sbi(PMU_EID, fid, base, mask, flags, a3, 0, 0);
}

static void expect_is(const char *what, unsigned long value,
		      unsigned long expected)
{
	if (value != expected)
		storm_odd(storm_me(), what, value);
}

static void free_all(struct storm_hart *s)
{
	for (unsigned long i = 0; i < facts.num; i++) {
		if (facts.counter[i].exists)
			pmu(PMU_FID_STOP, i, 1, PMU_STOP_RESET, 0);
	}
	pmu(PMU_FID_SET_SHMEM, ~0UL, ~0UL, 0, 0);
	s->shmem = 0;
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	for (unsigned long i = 0; i < facts.num; i++)
		expect_is("GET_INFO of a counter is not as at boot, the index",
			  pmu(PMU_FID_GET_INFO, i, 0, 0, 0).error ? i : ~i,
			  facts.counter[i].exists ? ~i : i);
}

static void tick(void)
{
	for (unsigned int i = 0; i < TICKS; i++)
		storm_sbi(SBI_EID_TIME, 0, ~0UL, ~0UL, 0, 0, 0, 0);
}

static void expect_values(const char *what, unsigned long expected)
{
	for (unsigned int i = 0; i < facts.fws; i++)
		expect_is(what,
			  pmu(PMU_FID_FW_READ, facts.fw[i], 0, 0, 0).value,
			  expected);
}

/* All firmware counters on one event that nobody else can raise on this hart */
static void check_firmware(void)
{
	unsigned long base = facts.fw[0], all = (1UL << facts.fws) - 1;
	unsigned long event = PMU_FW(PMU_FW_SET_TIMER);

	for (unsigned int i = 0; i < facts.fws; i++)
		expect_is("a firmware counter that should be free is not",
			  (unsigned long)pmu(PMU_FID_CONFIG, base, all,
					     PMU_CFG_CLEAR_VALUE, event)
				  .error,
			  0);
	expect_is("one firmware counter more than there are was configured",
		  (unsigned long)pmu(PMU_FID_CONFIG, base, all, 0, event).error,
		  (unsigned long)PMU_ERR_NOT_SUPPORTED);
	tick();
	expect_values("a firmware counter moved before START, to", 0);
	pmu(PMU_FID_START, base, all, PMU_START_SET_INIT_VALUE, 100);
	tick();
	pmu(PMU_FID_STOP, base, all, 0, 0);
	expect_values("from 100 a firmware counter did not count 7 but got to",
		      100 + TICKS);
	tick();
	expect_values("a firmware counter moved after STOP, to", 100 + TICKS);
}

static bool moves(unsigned long index)
{
	unsigned int csr = facts.counter[index].csr;
	uint64_t before = pmu_read_csr(csr);

	work_insns(1000);
	return pmu_read_csr(csr) != before;
}

static void check_hardware(unsigned long index, unsigned long event)
{
	if (!facts.counter[index].exists)
		return;
	expect_is("CONFIG of a free hardware counter failed",
		  (unsigned long)pmu(PMU_FID_CONFIG, index, 1, 0, event).error,
		  0);
	expect_is("a counter moved before START", moves(index), false);
	pmu(PMU_FID_START, index, 1, 0, 0);
	expect_is("a counter does not move after START", moves(index), true);
	pmu(PMU_FID_STOP, index, 1, 0, 0);
	expect_is("a counter moved after STOP", moves(index), false);
	pmu(PMU_FID_STOP, index, 1, PMU_STOP_RESET, 0);
}

/* Interrupts are off, so it is seen as pending. QEMU loses one now and then. */
static bool overflows(unsigned long index)
{
	unsigned long bit = 1UL << IRQ_LCOFI, n = facts.counter[index].csr & 31;
	bool came;

	pmu(PMU_FID_CONFIG, index, 1, 0, PMU_HW_CPU_CYCLES);
	storm_sbi(PMU_EID, PMU_FID_START, index, 1, PMU_START_SET_INIT_VALUE,
		  -3000000UL, ~0UL, 0);
	came = wait_until(csr_read(CSR_SIP) & bit, OVERFLOW_MS);
	pmu(PMU_FID_STOP, index, 1, 0, 0);
	if (came)
		expect_is("scountovf does not show an overflow but",
			  csr_read(CSR_SCOUNTOVF) & 1UL << n, 1UL << n);
	csr_clear(CSR_SIP, bit);
	pmu(PMU_FID_STOP, index, 1, PMU_STOP_RESET, 0);
	return came;
}

static void check_overflow(unsigned long index)
{
	for (unsigned int i = 0; i < OVERFLOW_TRIES; i++) {
		if (overflows(index))
			return;
		storm_me()->late++;
	}
	storm_odd(storm_me(), "no overflow interrupt comes any more", index);
}

static void fill_events(struct pmu_event_info *table)
{
	static const uint32_t events[EVENTS] = {
		PMU_HW_NO_EVENT,
		PMU_HW_CPU_CYCLES,
		PMU_HW_INSTRUCTIONS,
		PMU_HW_BRANCH_MISSES,
		PMU_CACHE(PMU_CACHE_DTLB, PMU_CACHE_READ, PMU_CACHE_MISS),
		PMU_CACHE(PMU_CACHE_L1D, PMU_CACHE_READ, PMU_CACHE_MISS),
		PMU_FW(PMU_FW_SET_TIMER),
		PMU_FW(PMU_FW_EVENTS),
	};

	for (unsigned int i = 0; i < EVENTS; i++)
		table[i] = (struct pmu_event_info){events[i], 7, 0};
}

static void check_events(struct storm_hart *s)
{
	struct pmu_event_info *table = (struct pmu_event_info *)s->table;

	if (!facts.event_info)
		return;
	fill_events(table);
	pmu(PMU_FID_EVENT_INFO, (unsigned long)table, 0, EVENTS, 0);
	for (unsigned int i = 0; i < EVENTS; i++)
		expect_is("an event is not as countable as at boot, its answer",
			  table[i].output, at_boot[i].output);
	memory_fill(table, sizeof(at_boot));
}

void sanity_init(void)
{
	struct pmu_event_info *table = page_alloc(1);

	fill_events(table);
	pmu_event_info((unsigned long)table, 0, EVENTS, 0);
	memcpy(at_boot, table, sizeof(at_boot));
}

void sanity_check(struct storm_hart *s)
{
	unsigned long flags = irq_off();
	unsigned long hpm =
		facts.hpms ? facts.hpm[below(&s->dice, facts.hpms)] : 0;

	s->doing = "in the sanity check";
	sse_quiet(s);
	free_all(s);
	check_firmware();
	check_hardware(PMU_CTR_CYCLE, PMU_HW_CPU_CYCLES);
	check_hardware(PMU_CTR_INSTRET, PMU_HW_INSTRUCTIONS);
	if (facts.hpms)
		check_hardware(hpm, PMU_HW_CPU_CYCLES);
	if (facts.hpms && facts.lcofi)
		check_overflow(hpm);
	check_events(s);
	free_all(s);
	s->doing = NULL;
	s->checks++;
	irq_restore(flags);
}
