// SPDX-License-Identifier: BSD-2-Clause
/*
 * Firmware counters: any of them in any state. The other proofs know starting
 * and stopping in the words of watch.h; here they are shown to be the same.
 */

#include "core.h"

static bool same(const struct pmu_hart *a, const struct pmu_hart *b,
		 unsigned int n, unsigned int code)
{
	return a->started.fw == b->started.fw &&
	       a->configured.fw == b->configured.fw &&
	       a->fw_event[n] == b->fw_event[n] &&
	       a->fw_data[n] == b->fw_data[n] &&
	       a->fw_value[n] == b->fw_value[n] &&
	       a->fw_watch[code] == b->fw_watch[code];
}

static void prove_start(struct fw_ctr c, unsigned int n, unsigned int code)
{
	struct pmu_hart other = hart;
	bool done = fw_start_itself(&hart, c);

	prove("firmware counters: only a platform event can be refused",
	      done || world.refused);
	prove("firmware counters: started as watch.h says",
	      done == fw_start(&other, c) && same(&hart, &other, n, code));
}

static void prove_stop(struct fw_ctr c, unsigned int n, unsigned int code)
{
	struct pmu_hart other = hart;

	fw_stop_itself(&hart, c);
	fw_stop(&other, c);
	prove("firmware counters: stopped as watch.h says",
	      same(&hart, &other, n, code));
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}

static void prove_value(struct fw_ctr c, unsigned int n, unsigned int code)
{
	uint64_t value = nondet_u64();
	bool mine = hart.fw_event[c.n] != PMU_FW_PLATFORM_CODE;

	fw_write(&hart, c, value);
	prove("firmware counters: a value is read as it was written",
	      !mine || fw_read(&hart, c) == value);
	hart.fw_value[c.n] = before.fw_value[c.n];
	prove("firmware counters: nothing but the value is written",
	      same(&hart, &before, n, code));
}

void harness(void)
{
	struct fw_ctr c = {nondet_u32()};
	unsigned int n = nondet_u32(), code = nondet_u32();

	world_any_hart();
	assume(c.n < PMU_FW_MAX && n < PMU_FW_MAX && code < PMU_FW_EVENTS);
	/* CONFIG_MATCHING starts a counter before it counts as configured */
	assume(hart.fw_event[c.n] < PMU_FW_EVENTS ||
	       hart.fw_event[c.n] == PMU_FW_PLATFORM_CODE);
	if (nondet_bool())
		prove_value(c, n, code);
	else if (hart.started.fw >> c.n & 1)
		prove_stop(c, n, code);
	else
		prove_start(c, n, code);
}
