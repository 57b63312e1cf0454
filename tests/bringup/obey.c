// SPDX-License-Identifier: BSD-2-Clause
/* What is told of how the counters obey, as control.c has measured it. */
#include "bringup.h"

/* A few SBI calls, where it may be time that is counted and a host is busy */
#define SLACK (1ULL << 31)
/*
 * A property of counters, told in one line for all that have it, and one for
 * all that do not
 */
struct property {
	const char *id;
	bool (*holds)(const struct counter *c);
	uint64_t (*seen)(const struct counter *c); /* told of the first */
	const char *good, *bad, *expected, *advice;
};

static uint64_t width_mask(const struct counter *c)
{
	return c->bits && c->bits < 64 ? (1ULL << c->bits) - 1 : ~0ULL;
}

static bool still(const struct counter *c)
{
	return !c->moved;
}

static uint64_t moved(const struct counter *c)
{
	return c->moved;
}

static bool still_again(const struct counter *c)
{
	return !c->moved_again;
}

static uint64_t moved_again(const struct counter *c)
{
	return c->moved_again;
}

static bool counts(const struct counter *c)
{
	return c->counted && !c->start;
}

static uint64_t start_error(const struct counter *c)
{
	return -(uint64_t)c->start;
}

static bool stops(const struct counter *c)
{
	return !c->stop && !c->after_stop;
}

static uint64_t after_stop(const struct counter *c)
{
	return c->after_stop;
}

static bool answers(const struct counter *c)
{
	return c->start_again == PMU_ERR_ALREADY_STARTED &&
	       c->stop_again == PMU_ERR_ALREADY_STOPPED;
}

static uint64_t answer(const struct counter *c)
{
	return -(uint64_t)(c->start_again != PMU_ERR_ALREADY_STARTED
				   ? c->start_again
				   : c->stop_again);
}

static bool keeps_initial(const struct counter *c)
{
	return c->initial - (INITIAL & width_mask(c)) < SLACK;
}

static uint64_t initial(const struct counter *c)
{
	return c->initial;
}

static bool continues(const struct counter *c)
{
	return c->continued - (INITIAL & width_mask(c)) < SLACK;
}

static uint64_t continued(const struct counter *c)
{
	return c->continued;
}

static bool undisturbed(const struct counter *c)
{
	return c->counted < SLACK;
}

static uint64_t counted(const struct counter *c)
{
	return c->counted;
}

static bool has_width(const struct counter *c)
{
	return c->fw || c->bits == c->width;
}

static uint64_t bits(const struct counter *c)
{
	return c->bits;
}

/* One that cannot be stopped is at INITIAL and more when it is not cleared */
static bool clears(const struct counter *c)
{
	return !c->cleared || (c->after_stop && c->cleared < SLACK);
}

static uint64_t cleared(const struct counter *c)
{
	return c->cleared;
}

static bool starts_itself(const struct counter *c)
{
	return c->auto_counted;
}

static bool ends(const struct counter *c)
{
	return !c->after_reset || !is_programmable(c);
}

static uint64_t after_reset(const struct counter *c)
{
	return c->after_reset;
}

static const struct property properties[] = {
	{"control.still", still, moved,
	 "configured, and still until START (the founding rule)",
	 "count without START, the first by %llu",
	 "a configured counter stands still until START or AUTO_START",
	 "set mcountinhibit in CONFIG, or the selector in START only; perf gets counts of other tasks, and guests of KVM get wrong ones"},
	{"control.still-again", still_again, moved_again,
	 "configured while they run, they stand still, too",
	 "configured while they run, they go on, the first by %llu",
	 "CONFIG stops a running counter until START or AUTO_START",
	 "set mcountinhibit in CONFIG, for the counters that run from boot, too"},
	{"control.counts", counts, start_error, "count after START",
	 "do not count after START, which gives error -%llu",
	 "START, the workload of the event, and a higher value",
	 "see whether the event is what the device tree says it is, and whether mcountinhibit is cleared"},
	{"control.stop", stops, after_stop, "STOP stops them",
	 "go on after STOP, the first by %llu", "the value stays after STOP",
	 "set mcountinhibit in STOP; without that register (privileged spec 1.10) write 0 to mhpmevent, and do not trust counters 0 and 2, which cannot be stopped"},
	{"control.answers", answers, answer,
	 "a second START and a second STOP are told so",
	 "a second START or STOP gives error -%llu",
	 "-7, ALREADY_STARTED, and -8, ALREADY_STOPPED",
	 "mend the firmware; Linux only passes over these two errors"},
	{"control.initial", keeps_initial, initial,
	 "SET_INIT_VALUE sets all bits",
	 "SET_INIT_VALUE of 0x5a5a5a5a00000000 leaves %#llx",
	 "that value and a few counts more, as far as the counter is wide",
	 "mend START: Linux sets the distance to the next sample with it; on RV32 the upper half is in a4"},
	{"control.continues", continues, continued,
	 "START without SET_INIT_VALUE goes on from the value they have",
	 "START without SET_INIT_VALUE leaves %#llx of 0x5a5a5a5a00000000",
	 "the value before, and a few counts more",
	 "mend START: KVM starts counters in this way"},
	{"control.undisturbed", undisturbed, counted,
	 "START of one that runs leaves its value alone",
	 "START of one that runs sets its value, to %#llx",
	 "the count goes on, as the answer is ALREADY_STARTED",
	 "mend START: counts are lost"},
	{"control.width", has_width, bits, "as wide as GET_INFO says",
	 "%llu bits keep what is written, GET_INFO says another number",
	 "the number of GET_INFO",
	 "mend GET_INFO: Linux computes with this width"},
	{"control.clear", clears, cleared, "CLEAR_VALUE clears them",
	 "CLEAR_VALUE leaves %#llx", "0", "mend CONFIG"},
	{"control.auto-start", starts_itself, NULL, "AUTO_START starts them",
	 "AUTO_START does not start them",
	 "counting without START when CONFIG has the flag",
	 "mend CONFIG; Linux does not use this, KVM does"},
	{"control.reset", ends, after_reset, "still after STOP with RESET",
	 "go on after STOP with RESET, the first by %llu",
	 "no event is counted any more",
	 "mend STOP: with RESET it writes 0 to mhpmevent"},
};

static void tell_property(const struct view *v, const struct property *p)
{
	uint64_t good = 0, bad = 0;
	const struct counter *first = NULL;

	for (unsigned int i = 0; i < 64; i++) {
		const struct counter *c = &v->counter[i];

		if (!c->examined || !c->readable)
			continue;
		if (p->holds(c)) {
			good |= 1ULL << i;
			continue;
		}
		if (!first)
			first = c;
		bad |= 1ULL << i;
	}
	if (good)
		finding(OK, p->id, list_of(good), "%s", p->good);
	if (!bad)
		return;
	{
		char said[160];
		uint64_t seen = p->seen ? p->seen(first) : 0;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		text(said, sizeof(said), p->bad, (unsigned long long)seen);
#pragma GCC diagnostic pop
		finding(BROKEN, p->id, list_of(bad), "%s", said);
	}
	expected("%s", p->expected);
	advise("%s", p->advice);
}

void control_tell(const struct view *v)
{
	uint64_t not = 0;

	for (unsigned int i = 0; i < 64; i++) {
		if (v->counter[i].exists && !v->counter[i].examined)
			not |= 1ULL << i;
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(properties); i++)
		tell_property(v, &properties[i]);
	if (!not )
		return;
	finding(UNKNOWN, "control", list_of(not ),
		"no event is known that these counters take");
	advise("give the firmware a device tree with a riscv,pmu node, see below");
}
