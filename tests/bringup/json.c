// SPDX-License-Identifier: BSD-2-Clause
/* The report as one line of JSON, for programs. */
#include "node.h"

static void json_counter(const struct counter *c, unsigned int index)
{
	printf("{\"index\":%u,\"firmware\":%s,\"csr\":%u,\"width\":%u", index,
	       c->fw ? "true" : "false", c->csr, c->width);
	if (c->bits)
		printf(",\"bits\":%u", c->bits);
	if (c->examined && !c->fw)
		printf(",\"event\":%lu", c->event);
	printf("}");
}

static void json_set(const char *name, uint64_t bits)
{
	const char *comma = "";

	printf("\"%s\":[", name);
	for (unsigned int i = 0; i < 64; i++) {
		if (!(bits >> i & 1))
			continue;
		printf("%s%u", comma, i);
		comma = ",";
	}
	printf("]");
}

/* Of each counter that takes an event, how much of its work it counted */
static void json_percent(const struct view *v, unsigned int n)
{
	const struct event *e = &v->event[n];
	const struct work *work = rule_of(std_event(n)).own;
	const char *comma = "";

	if (!work)
		return;
	printf(",\"work\":");
	json_string(work->name);
	printf(",\"amount\":%lu,\"percent\":[", work->amount);
	for (unsigned int i = 0; i < 64; i++) {
		if (!(e->counters >> i & 1))
			continue;
		if (v->counter[i].readable)
			printf("%s%u", comma, e->percent[i]);
		else
			printf("%snull", comma);
		comma = ",";
	}
	printf("]");
}

static void json_event(const struct view *v, unsigned int n)
{
	const struct event *e = &v->event[n];

	printf("{\"event\":%lu,\"name\":", std_event(n));
	json_string(event_name(std_event(n)));
	printf(",\"verdict\":\"%s\",",
	       verdict_name(judge_event(e, std_event(n))));
	json_set("counters", e->counters);
	printf(",");
	json_set("silent", e->silent);
	printf(",\"own\":%llu,\"other\":%llu", (unsigned long long)e->own,
	       (unsigned long long)e->other);
	json_percent(v, n);
	printf("}");
}

static void json_hart(const struct view *v, unsigned int index)
{
	bool first = true;

	printf("{\"hart\":%lu,\"counters\":[", hart_id(index));
	for (unsigned int i = 0; i < MAX_COUNTERS; i++) {
		if (!v->counter[i].exists)
			continue;
		if (!first)
			printf(",");
		first = false;
		json_counter(&v->counter[i], i);
	}
	printf("],\"events\":[");
	first = true;
	for (unsigned int n = 0; n < STD_EVENTS; n++) {
		if (v->event[n].error)
			continue;
		if (!first)
			printf(",");
		first = false;
		json_event(v, n);
	}
	printf("],");
	filter_json(v);
	printf(",");
	overflow_json(v);
	printf("}");
}

void json_report(bool pmu)
{
	bool first = true;

	printf("\nbringup-json: {\"sbi\":%lu,\"implementation\":%lu,\"version\":%lu,\"xlen\":%d,\"pmu\":%s,\"harts\":[",
	       sbi_spec_version(), sbi_impl_id(), sbi_impl_version(), XLEN,
	       pmu ? "true" : "false");
	for (unsigned int i = 0; i < hart_count(); i++) {
		if (!views[i].measured)
			continue;
		if (!first)
			printf(",");
		first = false;
		json_hart(&views[i], i);
	}
	printf("],");
	if (pmu) {
		printf("\"node\":");
		json_string(node_text());
		printf(",");
	}
	json_findings();
	printf("}\nbringup: end\n");
}
