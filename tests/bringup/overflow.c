// SPDX-License-Identifier: BSD-2-Clause
/*
 * The overflow interrupt of Sscofpmf: of each programmable counter a few times,
 * and of one as a profiler wants it, sample after sample.
 */
#include "bringup.h"

#define PERIOD 20000
#define ROUNDS 3
#define SAMPLES 32
/* A time for each sample, or for one interrupt, in which nothing comes */
#define SAMPLES_PATIENCE 4
/* An interrupt that comes that often, whatever is done, is switched off */
#define STORM 1000

/* What the interrupt handler of a hart works on */
static struct sampling {
	unsigned int index, count;
	uint64_t late[SAMPLES];
	bool on, storm;
} sampling[MAX_HARTS];

static uint64_t before_overflow(void)
{
	return 0 - (uint64_t)PERIOD;
}

static void handle(struct trap_frame *frame)
{
	struct sampling *s = &sampling[this_hart()->index];
	struct irq_record *record = irq_record(IRQ_LCOFI);

	(void)frame;
	if (record->count > STORM) {
		irq_disable(IRQ_LCOFI);
		frame->sstatus &= ~SSTATUS_SPIE;
		s->storm = true;
	}
	if (!s->on)
		return;
	pmu_stop_one(s->index);
	/* Halves that are read one by one need not fit together */
	s->late[s->count++] = (unsigned long)record->counter;
	if (s->count == SAMPLES)
		s->on = false;
	else
		pmu_start_at(s->index, before_overflow());
}

static void listen(void)
{
	irq_set_callback(IRQ_LCOFI, handle);
	irq_enable(IRQ_LCOFI);
}

/* Where instructions are exact time is theirs, and waiting in vain is slow */
static unsigned int patience(const struct view *v)
{
	return v->exact ? 50 : 500;
}

static bool can_sample(const struct counter *c)
{
	return is_programmable(c) && c->examined && c->readable &&
	       (c->event == PMU_HW_INSTRUCTIONS ||
		c->event == PMU_HW_CPU_CYCLES);
}

static bool config(const struct view *v, unsigned int index)
{
	struct sbiret ret;

	pmu_reset(index);
	ret = pmu_config(index, 1, PMU_CFG_CLEAR_VALUE, v->counter[index].event,
			 0);
	return !ret.error && ret.value == index;
}

/* Linux stops the counters before it looks which of them overflowed */
static bool shown_now(const struct counter *c)
{
	unsigned long value;

	return probe_csr_read(CSR_SCOUNTOVF, &value, NULL) &&
	       value >> (c->csr - CSR_CYCLE) & 1;
}

static void measure_round(struct view *v, unsigned int index)
{
	struct counter *c = &v->counter[index];
	struct irq_record *record = irq_record(IRQ_LCOFI);

	listen();
	pmu_start_at(index, before_overflow());
	c->overflows++;
	if (wait_until(record->count, patience(v))) {
		c->came++;
		if (!(record->scountovf >> (c->csr - CSR_CYCLE) & 1))
			c->wrong_bit = true;
		for (unsigned int i = 0; i < 5; i++)
			work_arith.run();
	}
	pmu_stop_one(index);
	if (record->count > 1)
		c->extra++;
	if (record->count && !shown_now(c))
		c->bit_gone = true;
	irq_disable(IRQ_LCOFI);
}

/* Returns whether all interrupts came */
static bool measure_counter(struct view *v, unsigned int index)
{
	if (!config(v, index))
		return false;
	for (unsigned int round = 0; round < ROUNDS; round++)
		measure_round(v, index);
	pmu_reset(index);
	return v->counter[index].came == ROUNDS;
}

static void sort(uint64_t *values, unsigned int count)
{
	for (unsigned int i = 1; i < count; i++) {
		uint64_t value = values[i];
		unsigned int at = i;

		for (; at && values[at - 1] > value; at--)
			values[at] = values[at - 1];
		values[at] = value;
	}
}

static void sample(struct view *v, unsigned int index)
{
	struct sampling *s = &sampling[v - views];
	const struct counter *c = &v->counter[index];

	s->count = 0;
	s->index = index;
	if (!config(v, index) || !trap_arm_counter(c->csr))
		return;
	v->sampled = true;
	s->on = true;
	listen();
	pmu_start_at(index, before_overflow());
	wait_until(s->count == SAMPLES, SAMPLES_PATIENCE * patience(v));
	s->on = false;
	irq_reset();
	pmu_reset(index);
	v->samples = s->count;
	sort(s->late, s->count);
	if (!s->count)
		return;
	v->late[0] = s->late[0];
	v->late[1] = s->late[s->count / 2];
	v->late[2] = s->late[s->count - 1];
}

static bool can_enable(void)
{
	const unsigned long bit = 1UL << IRQ_LCOFI;
	bool can;

	irq_off();
	csr_set(CSR_SIE, bit);
	can = csr_read(CSR_SIE) & bit;
	csr_clear(CSR_SIE, bit);
	return can;
}

void overflow_measure(struct view *v)
{
	unsigned int lost = 0, best = MAX_COUNTERS;
	unsigned long value;

	v->scountovf = probe_csr_read(CSR_SCOUNTOVF, &value, NULL);
	v->sie_bit = can_enable();
	if (!v->sie_bit || !v->scountovf)
		return;
	for (unsigned int i = 0; i < MAX_COUNTERS && lost < 2; i++) {
		if (!can_sample(&v->counter[i]))
			continue;
		if (!measure_counter(v, i))
			lost++;
		if (v->counter[i].came && best == MAX_COUNTERS)
			best = i;
	}
	if (best != MAX_COUNTERS)
		sample(v, best);
	v->storm = sampling[v - views].storm;
}

static void tell_counters(const struct view *v)
{
	uint64_t good = 0, few = 0, many = 0, wrong = 0, gone = 0;

	for (unsigned int i = 0; i < 64; i++) {
		const struct counter *c = &v->counter[i];
		const uint64_t bit = 1ULL << i;

		if (!c->overflows)
			continue;
		few |= c->came < c->overflows ? bit : 0;
		many |= c->extra ? bit : 0;
		wrong |= c->wrong_bit ? bit : 0;
		gone |= c->bit_gone && !c->wrong_bit ? bit : 0;
		good |= bit;
	}
	good &= ~(few | many | wrong | gone);
	if (good)
		finding(OK, "overflow.interrupt", list_of(good),
			"comes once for each of %d overflows", ROUNDS);
	if (few) {
		finding(BROKEN, "overflow.interrupt", list_of(few),
			"does not come for each of %d overflows after %d counts",
			ROUNDS, PERIOD);
		expected("interrupt 13 at each overflow");
		advise("see that START clears the OF bit of mhpmevent and that mideleg bit 13 is set; perf record gets no samples");
	}
	if (many) {
		finding(BROKEN, "overflow.interrupt", list_of(many),
			"comes more often than the counter overflows");
		expected("one interrupt for each overflow");
		advise("see whether the firmware sets LCOFIP, or clears OF while the counter runs");
	}
	if (wrong) {
		finding(BROKEN, "overflow.scountovf", list_of(wrong),
			"scountovf does not show the counter in the interrupt");
		expected("its bit, which OF and mcounteren make");
		advise("set mcounteren, and leave OF alone until START: Linux finds no counter to sample otherwise");
	}
	if (gone) {
		finding(BROKEN, "overflow.scountovf", list_of(gone),
			"scountovf does not show the counter any more after STOP");
		expected("its bit until START");
		advise("leave OF alone in STOP: Linux stops all counters before it looks which of them overflowed");
	}
}

static void tell_samples(const struct view *v)
{
	enum verdict verdict = OK;

	if (!v->sampled)
		return;
	if (v->samples < SAMPLES)
		verdict = BROKEN;
	else if (v->late[1] >= PERIOD)
		verdict = UNKNOWN;
	finding(verdict, "overflow.samples", "",
		"%u of %d samples came, counts after the overflow: %llu at least, %llu in the median, %llu at most",
		v->samples, SAMPLES, (unsigned long long)v->late[0],
		(unsigned long long)v->late[1], (unsigned long long)v->late[2]);
	if (verdict == BROKEN) {
		expected(
			"a sample each %d counts, as the handler stops the counter and starts it again",
			PERIOD);
		advise("see whether START arms the counter again: OF has to be clear then");
	} else if (verdict == UNKNOWN) {
		advise("later than the next sample would be: choose longer periods. Emulators that count time are like that");
	}
}

static void tell_absent(const struct view *v)
{
	if (!view_has(v, "sscofpmf")) {
		finding(ABSENT, "overflow.interrupt", "",
			"the hart has no Sscofpmf, so perf record cannot sample");
		advise("if the core has it, list it in the device tree. Interrupts that cores of T-Head and Andes have instead are not looked at here");
	} else if (!v->scountovf) {
		finding(BROKEN, "overflow.interrupt", "",
			"the device tree lists Sscofpmf, but S-mode cannot read scountovf");
		expected("CSR 0xda0, which Sscofpmf has");
		advise("correct the device tree, or have the firmware let S-mode read it");
	} else {
		finding(BROKEN, "overflow.interrupt", "",
			"bit 13 of sie cannot be set, so the interrupt never comes");
		expected("the bit can be set where Sscofpmf is");
		advise("set bit 13 of mideleg in the firmware. QEMU 10.0.11, 11.0.2 and later never let it be set");
	}
}

void overflow_tell(const struct view *v)
{
	if (!view_has(v, "sscofpmf") || !v->sie_bit || !v->scountovf) {
		tell_absent(v);
		return;
	}
	tell_counters(v);
	tell_samples(v);
	if (v->storm) {
		finding(BROKEN, "overflow.storm", "",
			"the interrupt came %d times without end, and was switched off",
			STORM);
		expected("it is gone when bit 13 of sip is cleared");
		advise("see whether bit 13 of sip can be cleared in S-mode");
	}
}

void overflow_json(const struct view *v)
{
	const struct sampling *s = &sampling[v - views];

	printf("\"samples\":{\"period\":%d,\"wanted\":%d,\"late\":[", PERIOD,
	       v->sampled ? SAMPLES : 0);
	for (unsigned int i = 0; i < v->samples; i++)
		printf("%s%llu", i ? "," : "", (unsigned long long)s->late[i]);
	printf("]");
	if (v->sampled)
		printf(",\"counter\":%u", s->index);
	printf("}");
}
