// SPDX-License-Identifier: BSD-2-Clause
/* Steps of a walk in words */

#include "walk.h"

#define M (&walk_machine)

struct flag {
	unsigned long bit;
	const char *name;
};

static void print_flags(unsigned long flags, const struct flag *names,
			unsigned int count)
{
	const char *between = "";
	unsigned int n;

	printf(" flags ");
	for (n = 0; n < count; n++) {
		if (!(flags & names[n].bit))
			continue;
		printf("%s%s", between, names[n].name);
		between = "|";
		flags &= ~names[n].bit;
	}
	if (flags || !*between)
		printf("%s%#lx", between, flags);
}

static void print_set(const char *name, const struct walk_step *s)
{
	printf("%s base %#lx mask %#lx", name, s->a[0], s->a[1]);
}

static void print_config(const struct walk_step *s)
{
	static const struct flag flags[] = {
		{PMU_CFG_SKIP_MATCH, "SKIP_MATCH"},
		{PMU_CFG_CLEAR_VALUE, "CLEAR_VALUE"},
		{PMU_CFG_AUTO_START, "AUTO_START"},
		{PMU_CFG_VUINH, "VUINH"},
		{PMU_CFG_VSINH, "VSINH"},
		{PMU_CFG_UINH, "UINH"},
		{PMU_CFG_SINH, "SINH"},
		{PMU_CFG_MINH, "MINH"},
	};

	print_set("CONFIG", s);
	print_flags(s->a[2], flags, ARRAY_SIZE(flags));
	printf(" event %#lx", s->a[3]);
	if (s->data)
		printf(" data %#llx", (unsigned long long)s->data);
}

static void print_start(const struct walk_step *s)
{
	static const struct flag flags[] = {
		{PMU_START_SET_INIT_VALUE, "SET_INIT_VALUE"},
		{PMU_START_INIT_SNAPSHOT, "INIT_SNAPSHOT"},
	};

	print_set("START", s);
	print_flags(s->a[2], flags, ARRAY_SIZE(flags));
	if (s->a[2] & PMU_START_SET_INIT_VALUE)
		printf(" initial %#llx", (unsigned long long)s->data);
}

static void print_stop(const struct walk_step *s)
{
	static const struct flag flags[] = {
		{PMU_STOP_RESET, "RESET"},
		{PMU_STOP_TAKE_SNAPSHOT, "TAKE_SNAPSHOT"},
	};

	print_set("STOP", s);
	print_flags(s->a[2], flags, ARRAY_SIZE(flags));
}

static void print_table(const struct walk_step *s)
{
	unsigned int n;

	printf("EVENT_GET_INFO lo %#lx hi %#lx entries %#lx flags %#lx:",
	       s->a[0], s->a[1], s->a[2], s->a[3]);
	for (n = 0; n < s->entries; n++) {
		const struct walk_event *e = &M->event[s->entry[n]];

		printf(" %#lx", e->event);
		if (e->data)
			printf("(%#llx)", (unsigned long long)e->data);
	}
}

static void print_call(const struct walk_step *s)
{
	switch (s->a[6]) {
	case PMU_FID_NUM_COUNTERS:
		printf("NUM_COUNTERS");
		break;
	case PMU_FID_GET_INFO:
		printf("GET_INFO %#lx", s->a[0]);
		break;
	case PMU_FID_CONFIG:
		print_config(s);
		break;
	case PMU_FID_START:
		print_start(s);
		break;
	case PMU_FID_STOP:
		print_stop(s);
		break;
	case PMU_FID_FW_READ:
		printf("FW_READ %#lx", s->a[0]);
		break;
	case PMU_FID_FW_READ_HI:
		printf("FW_READ_HI %#lx", s->a[0]);
		break;
	case PMU_FID_SET_SHMEM:
		printf("SET_SHMEM lo %#lx hi %#lx flags %#lx", s->a[0], s->a[1],
		       s->a[2]);
		break;
	case PMU_FID_EVENT_INFO:
		print_table(s);
		break;
	default:
		printf("function %#lx", s->a[6]);
	}
}

void walk_print(const struct walk_step *s)
{
	if (s->kind < WALK_WORK)
		print_call(s);
	else if (s->kind == WALK_WORK)
		printf("%lu instructions in %s-mode", s->count,
		       mode_name(s->mode));
	else if (s->kind == WALK_PROVOKE)
		printf("%s", walk_provocation_name(s->provocation));
	else
		printf("new values in snapshot page %u", s->page);
}
