// SPDX-License-Identifier: BSD-2-Clause
/* What was found, and how it is told. */
#include "storm.h"

static struct {
	volatile int taken;
	volatile bool complete;
	struct storm_hart *hart; /* NULL: the one that watches */
	const char *what;
	unsigned long value;
	unsigned int depth;
	bool silent;
	bool trap;
	struct trap_info info;
} found;

/* The first finding is the one that counts */
static bool claim(void)
{
	return !__atomic_exchange_n(&found.taken, 1, __ATOMIC_ACQUIRE);
}

static void complete(struct storm_hart *s, const char *what)
{
	found.hart = s;
	found.what = what;
	found.depth = s ? s->depth : 0;
	__atomic_store_n(&found.complete, true, __ATOMIC_RELEASE);
}

bool storm_has_finding(void)
{
	return __atomic_load_n(&found.complete, __ATOMIC_ACQUIRE);
}

static struct storm_hart *finder(void)
{
	unsigned int index = this_hart()->index;

	return index ? &storm.hart[index - 1] : NULL;
}

void storm_found(const char *what, unsigned long value)
{
	struct storm_hart *s = finder();

	irq_off();
	if (claim()) {
		found.value = value;
		complete(s, what);
	}
	if (!s) {
		storm_print_finding();
		power_off(false);
	}
	for (;;)
		wfi();
}

void storm_found_silent(struct storm_hart *s)
{
	if (!claim())
		return;
	found.silent = true;
	complete(s, "did not come back");
}

static void unexpected(const struct trap_info *info)
{
	if (claim()) {
		found.trap = true;
		found.info = *info;
		complete(finder(), "unexpected trap");
	}
	irq_off();
	for (;;)
		wfi();
}

void storm_watch_traps(void)
{
	trap_unexpected = unexpected;
}

static const char *pmu_name(unsigned long fid)
{
	static const char *const names[] = {
		"NUM_COUNTERS", "GET_INFO",  "CONFIG_MATCHING",
		"START",	"STOP",	     "FW_READ",
		"FW_READ_HI",	"SET_SHMEM", "EVENT_GET_INFO",
	};

	return fid < ARRAY_SIZE(names) ? names[fid] : "unknown function";
}

static void print_name(const struct call *c)
{
	static const struct {
		unsigned long eid;
		const char *name;
	} others[] = {
		{SBI_EID_BASE, "BASE"}, {SBI_EID_TIME, "TIME"},
		{SBI_EID_IPI, "IPI"},	{SBI_EID_RFENCE, "RFENCE"},
		{SBI_EID_HSM, "HSM"},	{SBI_EID_DBCN, "DBCN"},
		{SBI_EID_SSE, "SSE"},	{SBI_EID_FWFT, "FWFT"},
	};

	if (c->a[7] == PMU_EID) {
		printf("PMU %s", pmu_name(c->a[6]));
		return;
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(others); i++) {
		if (others[i].eid == c->a[7]) {
			printf("%s %#lx", others[i].name, c->a[6]);
			return;
		}
	}
	printf("extension %#lx %#lx", c->a[7], c->a[6]);
}

static void print_call(const struct call *c, bool answered)
{
	print_name(c);
	printf("(%#lx, %#lx, %#lx, %#lx, %#lx, %#lx)", c->a[0], c->a[1],
	       c->a[2], c->a[3], c->a[4], c->a[5]);
	if (c->a[7] == PMU_EID && c->a[6] > PMU_FID_EVENT_INFO)
		printf(" with function id %#lx", c->a[6]);
	if (answered)
		printf(" = %ld, %#lx", c->ret.error, c->ret.value);
}

static void print_past(const struct storm_hart *s)
{
	unsigned long last = s->calls, first = last > PAST ? last - PAST : 0;

	printf("# hart %lu, %s%s%s: %lu calls, the last ones:\n",
	       harts[storm_number(s) + 1].hartid,
	       s->at_work ? s->depth ? "in a call" : "at work" : "stopped",
	       s->doing ? ", " : "", s->doing ? s->doing : "", last);
	for (unsigned long n = first; n < last; n++) {
		printf("#   %lu: ", n + 1);
		print_call(&s->past[n % PAST], true);
		printf("\n");
	}
	for (unsigned int n = 0; n < s->depth && n < DEPTH; n++) {
		printf("#   now: ");
		print_call(&s->now[n], false);
		printf("\n");
	}
}

/* A call of another hart may be what did it, above all one that goes on */
static void print_meanwhile(const struct storm_hart *s)
{
	for (unsigned int i = 0; i < STORM_HARTS; i++) {
		const struct storm_hart *other = &storm.hart[i];

		if (other == s || !other->depth ||
		    other->now[0].a[7] != PMU_EID)
			continue;
		printf(", while hart %lu is in ", harts[i + 1].hartid);
		print_call(&other->now[0], false);
	}
}

void storm_print_finding(void)
{
	const struct storm_hart *s = found.hart;
	unsigned int depth = found.depth;
	const struct call *c;

	for (unsigned int i = 0; i < STORM_HARTS; i++)
		print_past(&storm.hart[i]);
	if (!s) {
		printf("storm: FOUND at the end: %s %#lx\n", found.what,
		       found.value);
		return;
	}
	c = depth ? &s->now[(depth - 1) % DEPTH]
		  : &s->past[(s->calls - 1) % PAST];
	printf("storm: FOUND after %lu calls: hart %lu, ", c->all + 1,
	       harts[storm_number(s) + 1].hartid);
	if (s->doing)
		printf("%s, ", s->doing);
	if (found.silent && !depth)
		printf("silent for %u s after its call %lu: ", storm.limit,
		       s->calls);
	else if (found.silent)
		printf("did not come back for %u s from its call %lu: ",
		       storm.limit, c->n);
	else
		printf("%s its call %lu: ", depth ? "in" : "after", c->n);
	print_call(c, !found.silent);
	if (found.trap)
		printf(": unexpected trap: %s, scause %#lx sepc %#lx stval %#lx",
		       trap_cause_name(found.info.cause), found.info.cause,
		       found.info.epc, found.info.tval);
	else if (!found.silent)
		printf(": %s %#lx", found.what, found.value);
	if (!found.silent)
		print_meanwhile(s);
	printf("\n");
}
