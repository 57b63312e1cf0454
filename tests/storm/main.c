// SPDX-License-Identifier: BSD-2-Clause
/*
 * The hart that watches: it starts the four, tells how far they are, stops and
 * starts one of them now and then, and notices one that is silent.
 */
#include "storm.h"

#define PROGRESS_S 5
#define REST_MS 50

struct storm storm = {.seed = 1, .seconds = 60, .limit = 20};

static struct watch {
	unsigned long steps, calls;
	uint64_t since; /* when they last moved */
} watches[STORM_HARTS];

static unsigned long restarts;
static struct dice dice;
static uint64_t begun;

static void parse_args(void)
{
	const char *value = dt_bootarg("seed=");

	if (value)
		storm.seed = strtoul(value, NULL, 0);
	value = dt_bootarg("seconds=");
	if (value)
		storm.seconds = (unsigned int)strtoul(value, NULL, 0);
	value = dt_bootarg("limit=");
	if (value)
		storm.limit = (unsigned int)strtoul(value, NULL, 0);
	storm.ours = dt_bootarg("ours");
}

static unsigned int seconds(void)
{
	return (unsigned int)((time_now() - begun) / dt_timebase());
}

static void end_if_found(void)
{
	if (!storm_has_finding())
		return;
	storm.over = true;
	storm_print_finding();
	power_off(false);
}

static bool is_silent(unsigned int i, uint64_t ticks)
{
	return storm.hart[i].at_work && time_now() - watches[i].since > ticks;
}

/* Whether a hart was lost before another one, or does not wait for others */
static bool is_earlier(const struct storm_hart *s, const struct storm_hart *t)
{
	return s->remote == t->remote ? s->now[0].all < t->now[0].all
				      : !s->remote;
}

/* The first hart that was lost, for it may have taken others with it */
static void find_silent(void)
{
	uint64_t limit = storm.limit * dt_timebase();
	struct storm_hart *first = NULL, *s;
	bool lost = false;

	for (unsigned int i = 0; i < STORM_HARTS; i++)
		lost |= is_silent(i, limit);
	for (unsigned int i = 0; lost && i < STORM_HARTS; i++) {
		s = &storm.hart[i];
		if (is_silent(i, limit / 2) && (!first || is_earlier(s, first)))
			first = s;
	}
	if (first)
		storm_found_silent(first);
}

/* Called from every loop in which the watching hart waits for another */
static void watch(void)
{
	for (unsigned int i = 0; i < STORM_HARTS; i++) {
		const struct storm_hart *s = &storm.hart[i];
		struct watch *w = &watches[i];

		if (w->steps != s->steps || w->calls != s->calls || !s->at_work)
			*w = (struct watch){s->steps, s->calls, time_now()};
	}
	find_silent();
	end_if_found();
}

static void print_progress(void)
{
	static unsigned int told;
	unsigned long checks = 0;

	if (seconds() < told + PROGRESS_S)
		return;
	told = seconds();
	for (unsigned int i = 0; i < STORM_HARTS; i++)
		checks += storm.hart[i].checks;
	printf("storm: %u s: %lu calls, by hart", seconds(), storm_total());
	for (unsigned int i = 0; i < STORM_HARTS; i++)
		printf(" %lu", storm.hart[i].calls);
	printf(", %lu sanity checks\n", checks);
}

/* Watch, and leave the processors to the four for a moment */
static void rest(void)
{
	watch();
	print_progress();
	csr_write(CSR_SIE, 1UL << IRQ_TIMER);
	sbi_set_timer(time_now() + dt_timebase() / 2000);
	wfi();
}

static void wait_ms(unsigned int ms)
{
	uint64_t until = time_now() + ticks_of_ms(ms);

	while (time_now() < until)
		rest();
}

static bool is_stopped(unsigned int i)
{
	return sbi_hart_status(harts[i + 1].hartid).value == SBI_HART_STOPPED;
}

/* Rest while a hart that is not at work does what it has been told */
static void rest_for(struct storm_hart *s, const char *what, uint64_t since)
{
	rest();
	if (time_now() - since < storm.limit * dt_timebase())
		return;
	s->doing = what;
	storm_found_silent(s);
	end_if_found();
}

static void start(unsigned int i)
{
	uint64_t since = time_now();

	while (!hart_call_async(i + 1, storm_run, i))
		rest_for(&storm.hart[i], "started", since);
	while (!storm.hart[i].at_work)
		rest_for(&storm.hart[i], "started", since);
}

/* It may take longer than hart_stop() waits */
static void stop(unsigned int i)
{
	uint64_t since = time_now();

	while (!hart_stop(i + 1)) {
		if (is_stopped(i))
			harts[i + 1].state = HART_STOPPED;
		rest_for(&storm.hart[i], "stopped", since);
	}
}

/* Wait until no call that involves other harts is under way, and let none begin
 */
static void close_remote(void)
{
	storm.closed = true;
	fence();
	for (unsigned int n = 0; n < STORM_HARTS; n++) {
		while (storm.hart[n].remote)
			rest();
	}
}

/* While it is stopped any hart may start it, and does */
static void restart(unsigned int i)
{
	struct storm_hart *s = &storm.hart[i];

	close_remote();
	s->leave = true;
	while (s->at_work)
		rest();
	stop(i);
	s->stopped = true;
	storm.closed = false;
	wait_ms(below(&dice, 10));
	close_remote();
	s->stopped = false;
	storm.closed = false;
	s->leave = false;
	start(i);
	restarts++;
}

static void watch_all(void)
{
	while (seconds() < storm.seconds) {
		wait_ms(REST_MS + below(&dice, REST_MS));
		restart(below(&dice, STORM_HARTS));
	}
	storm.over = true;
	for (unsigned int i = 0; i < STORM_HARTS; i++) {
		while (storm.hart[i].at_work)
			rest();
	}
}

static void print_end(void)
{
	unsigned long checks = 0, suspends = 0, overflows = 0, late = 0;
	unsigned long odd = 0;

	for (unsigned int i = 0; i < STORM_HARTS; i++) {
		checks += storm.hart[i].checks;
		suspends += storm.hart[i].suspends;
		overflows += storm.hart[i].overflows;
		late += storm.hart[i].late;
		odd += storm.hart[i].oddities;
	}
	printf("# %lu hart restarts, %lu suspends, %lu overflow interrupts and events, %lu of them late, %u pages watched\n",
	       restarts, suspends, overflows, late, memory_pages());
	if (odd)
		printf("# %lu answers that the specification does not have\n",
		       odd);
	printf("storm: %u harts, %lu calls in %u s, %lu sanity checks, nothing lost\n",
	       STORM_HARTS, storm_total(), seconds(), checks);
}

static bool prepare(void)
{
	parse_args();
	facts_gather();
	facts_print();
	if (hart_count() != STORM_HARTS + 1 || !facts.pmu || !facts.fws) {
		printf("storm: needs %u harts and a PMU with firmware counters\n",
		       STORM_HARTS + 1);
		return false;
	}
	values_init();
	sanity_init();
	if (!memory_init()) {
		printf("storm: there is too little memory, or no device tree\n");
		return false;
	}
	storm_watch_traps();
	dice.state = storm.seed;
	for (unsigned int i = 0; i < STORM_HARTS; i++)
		storm.hart[i].dice.state = mix(mix(storm.seed) + i);
	return true;
}

bool payload_main(void)
{
	if (!prepare())
		return false;
	printf("storm: seed %llu, %u s%s\n", (unsigned long long)storm.seed,
	       storm.seconds,
	       storm.ours ? ", held to sbi-pmu's own readings, too" : "");
	begun = time_now();
	for (unsigned int i = 0; i < STORM_HARTS; i++)
		start(i);
	watch_all();
	memory_check_all();
	print_end();
	return true;
}
