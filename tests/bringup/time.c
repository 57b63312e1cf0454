// SPDX-License-Identifier: BSD-2-Clause
/* The time CSR, against cycle and instret, and against the timer interrupt. */
#include "bringup.h"

#define WINDOW_MS 10
#define TIMER_MS 2
/* Two numbers are the same when they differ by no more than this part */
#define SAME_PART 100
#define PATIENCE_MS 500
/* Slower than any clock of a board, while it is looked at that often */
#define PATIENCE_READS 20000000UL

bool time_goes_on(void)
{
	uint64_t begin = time_now();

	for (unsigned long i = 0; i < PATIENCE_READS; i++) {
		if (time_now() != begin)
			return true;
	}
	return false;
}

/* Both run from boot, until they are claimed */
static uint64_t read_csr(unsigned int csr)
{
	unsigned long value;

	return probe_csr_read(csr, &value, NULL) ? pmu_read_csr(csr) : 0;
}

/*
 * An emulator may give its host's clock for both. Since the boot no core has
 * had as many cycles as instructions.
 */
static bool counts_time(void)
{
	uint64_t cycles = read_csr(CSR_CYCLE), insns = read_csr(CSR_INSTRET);
	uint64_t apart = cycles > insns ? cycles - insns : insns - cycles;

	return cycles && apart <= cycles / SAME_PART;
}

static void measure_window(struct view *v, unsigned int n)
{
	uint64_t begin = time_now(), cycles = read_csr(CSR_CYCLE);
	uint64_t insns = read_csr(CSR_INSTRET);

	while (time_now() - begin < ticks_of_ms(WINDOW_MS))
		work_insns(1000);
	v->ticks[n] = time_now() - begin;
	v->cycles[n] = read_csr(CSR_CYCLE) - cycles;
	v->insns[n] = read_csr(CSR_INSTRET) - insns;
}

static void measure_timer(struct view *v)
{
	uint64_t due = time_now() + ticks_of_ms(TIMER_MS);

	sbi_set_timer(due);
	irq_enable(IRQ_TIMER);
	v->timer_came = wait_until(irq_record(IRQ_TIMER)->count, PATIENCE_MS);
	v->timer_late = time_now() - due;
	irq_reset();
	sbi_set_timer(~0ULL);
}

void time_measure(struct view *v)
{
	v->one_clock = counts_time();
	measure_window(v, 0);
	measure_window(v, 1);
	measure_timer(v);
}

static uint64_t per_second(uint64_t count, uint64_t ticks)
{
	return ticks ? count * 1000 / ticks * dt_timebase() / 1000 : 0;
}

static void tell_rate(const struct view *v, const char *id,
		      const uint64_t count[2], const char *what)
{
	uint64_t a = per_second(count[0], v->ticks[0]) / 1000000;
	uint64_t b = per_second(count[1], v->ticks[1]) / 1000000;

	if (!count[0] || !count[1]) {
		finding(BROKEN, id, "", "%s does not move, or cannot be read",
			what);
		expected("it runs from boot until a driver claims it");
		advise("clear its bit in mcountinhibit and set it in mcounteren at boot: kernels without a PMU driver read it");
		return;
	}
	finding(a * 10 > b * 9 && b * 10 > a * 9 ? OK : UNKNOWN, id, "",
		"%llu and %llu million %s a second, against the time CSR",
		(unsigned long long)a, (unsigned long long)b, what);
	if (!(a * 10 > b * 9 && b * 10 > a * 9))
		advise("the clock of the core changes, or an emulator counts the time of its host: fix the frequency before you compare counts");
}

void time_tell(const struct view *v)
{
	finding(OK, "time.csr", "",
		"%llu ticks a second, as the device tree says",
		(unsigned long long)dt_timebase());
	tell_rate(v, "time.cycle", v->cycles, "cycles");
	tell_rate(v, "time.instret", v->insns, "instructions");
	finding(v->timer_came ? OK : BROKEN, "time.interrupt", "",
		v->timer_came ? "the timer interrupt comes, %llu ticks late"
			      : "the timer interrupt did not come (%llu ticks)",
		(unsigned long long)v->timer_late);
	if (!v->timer_came) {
		expected("interrupt 5 after %d ms", TIMER_MS);
		advise("mend this first: perf rotates its counters with the timer");
	}
}
