// SPDX-License-Identifier: BSD-2-Clause
/*
 * How each counter obeys CONFIG, START and STOP. It is looked at with one event
 * that it takes, all in one go, and judged afterwards.
 */
#include "bringup.h"

/* Bits 31 and 28: for counters that have no upper half */
#define NARROW 0xf0000000ULL

uint64_t counter_value(const struct view *v, unsigned int index)
{
	const struct counter *c = &v->counter[index];

	if (!c->readable)
		return 0;
	return c->fw ? pmu_read_fw(index) : pmu_read_csr(c->csr);
}

struct sbiret config_of(uint64_t set, unsigned long flags, unsigned long event,
			uint64_t data)
{
	struct sbiret ret = {PMU_ERR_NOT_SUPPORTED, 0};

	for (unsigned int base = 0; base < 64; base += XLEN) {
		unsigned long mask = (unsigned long)(set >> base);

		if (!mask)
			continue;
		ret = pmu_config(base, mask, flags, event, data);
		if (!ret.error)
			break;
	}
	return ret;
}

uint64_t count_work(const struct view *v, unsigned int index,
		    const struct work *work, unsigned int times)
{
	pmu_start_at(index, 0);
	while (times--)
		work->run();
	pmu_stop_one(index);
	return counter_value(v, index);
}

static void set_timers(void)
{
	for (unsigned int i = 0; i < 8; i++)
		sbi_set_timer(~0ULL);
}

static const struct work work_set_timer = {"set_timer calls", set_timers, 8};

static const struct work *work_of(const struct counter *c)
{
	const struct work *work = rule_of(c->event).own;

	if (c->fw)
		return &work_set_timer;
	return work ? work : &work_arith;
}

/* The highest bit that a start value leaves, and one more */
static unsigned int top_bit(uint64_t value)
{
	unsigned int bits = 0;

	for (; value; value >>= 1)
		bits++;
	return bits;
}

static uint64_t value_from(const struct view *v, unsigned int index,
			   uint64_t initial)
{
	pmu_start_at(index, initial);
	pmu_stop_one(index);
	return counter_value(v, index);
}

static void probe_width(struct view *v, unsigned int index)
{
	struct counter *c = &v->counter[index];
	uint64_t upper = value_from(v, index, 0xffffffffULL << 32) >> 32;

	if (upper) {
		c->bits = top_bit(upper) + 32;
		return;
	}
	c->bits = top_bit(value_from(v, index, NARROW));
	if (c->bits <= 28)
		c->bits = 0;
}

static void examine(struct view *v, unsigned int index)
{
	struct counter *c = &v->counter[index];
	const struct work *work = work_of(c);
	uint64_t before, value;
	struct sbiret ret;

	pmu_reset(index);
	ret = pmu_config(index, 1, PMU_CFG_CLEAR_VALUE, c->event, 0);
	if (ret.error || ret.value != index)
		return;
	c->examined = true;
	before = counter_value(v, index);
	work->run();
	c->moved = counter_value(v, index) - before;
	c->start = pmu_start_one(index).error;
	work->run();
	c->start_again = pmu_start_at(index, INITIAL).error;
	c->stop = pmu_stop_one(index).error;
	value = counter_value(v, index);
	c->counted = value - before;
	work->run();
	c->after_stop = counter_value(v, index) - value;
	c->stop_again = pmu_stop_one(index).error;
	c->initial = value_from(v, index, INITIAL);
	pmu_start_one(index);
	pmu_stop_one(index);
	c->continued = counter_value(v, index);
	probe_width(v, index);

	value_from(v, index, INITIAL);
	pmu_config(index, 1, PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE, c->event,
		   0);
	c->cleared = counter_value(v, index);
	pmu_start_one(index);
	pmu_config(index, 1, PMU_CFG_SKIP_MATCH, c->event, 0);
	value = counter_value(v, index);
	work->run();
	c->moved_again = counter_value(v, index) - value;
	pmu_config(index, 1,
		   PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE |
			   PMU_CFG_AUTO_START,
		   c->event, 0);
	work->run();
	pmu_stop_one(index);
	c->auto_counted = counter_value(v, index);
	pmu_reset(index);
	if (c->fw) /* it may not be read while it is free */
		return;
	before = counter_value(v, index);
	work->run();
	c->after_reset = counter_value(v, index) - before;
}

/* What is likely to be counted for sure comes first */
static unsigned long choose_event(const struct view *v, unsigned int index)
{
	static const unsigned long first[] = {PMU_HW_INSTRUCTIONS,
					      PMU_HW_CPU_CYCLES};

	if (v->counter[index].fw)
		return PMU_FW(PMU_FW_SET_TIMER);
	for (unsigned int i = 0; i < ARRAY_SIZE(first); i++) {
		if (index < 64 && v->event[first[i] - 1].counters >> index & 1)
			return first[i];
	}
	for (unsigned int n = 0; n < STD_EVENTS && index < 64; n++) {
		if (v->event[n].counters >> index & 1 && v->event[n].own)
			return std_event(n);
	}
	return 0;
}

void control_measure(struct view *v)
{
	for (unsigned int i = 0; i < MAX_COUNTERS && i < v->num; i++) {
		struct counter *c = &v->counter[i];

		if (!c->exists)
			continue;
		c->event = choose_event(v, i);
		if (c->event)
			examine(v, i);
	}
}
