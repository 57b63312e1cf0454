// SPDX-License-Identifier: BSD-2-Clause
/* Firmware counters: any of them in any state */

#include "core.h"

/* All but the counter @c itself, of which only its event and data stay */
static bool same_but(struct fw_ctr c, unsigned int n, unsigned int code)
{
	return !((hart.started.fw ^ before.started.fw) & ~PMU_BIT(c.n)) &&
	       hart.configured.fw == before.configured.fw &&
	       hart.fw_event[n] == before.fw_event[n] &&
	       hart.fw_data[n] == before.fw_data[n] &&
	       (n == c.n || hart.fw_value[n] == before.fw_value[n]) &&
	       hart.fw_total[code] == before.fw_total[code];
}

static void prove_start(struct fw_ctr c)
{
	uint64_t kept = hart.fw_value[c.n], total = world_fw_total(&hart, c.n);
	bool done = fw_start(&hart, c);

	prove("firmware counters: only a platform event can be refused",
	      done || world.refused);
	prove("firmware counters: started, at the value it had",
	      (hart.started.fw >> c.n & 1) == done &&
		      hart.fw_value[c.n] == kept - total);
}

static void prove_stop(struct fw_ctr c)
{
	uint64_t kept = hart.fw_value[c.n], total = world_fw_total(&hart, c.n);

	fw_stop(&hart, c);
	prove("firmware counters: stopped, at the value it had",
	      !(hart.started.fw >> c.n & 1) &&
		      hart.fw_value[c.n] == kept + total);
}

static void prove_value(struct fw_ctr c)
{
	uint64_t value = nondet_u64(), total = world_fw_total(&hart, c.n);
	bool running = hart.started.fw >> c.n & 1;

	if (hart.fw_event[c.n] == PMU_FW_PLATFORM_CODE)
		return;
	fw_write(&hart, c, value);
	prove("firmware counters: a value is kept as it was written",
	      hart.fw_value[c.n] == value - (running ? total : 0));
}

/* A solver likes a number that is written down better than any number */
static void prove_counter(struct fw_ctr c, bool write)
{
	if (write)
		prove_value(c);
	else if (hart.started.fw >> c.n & 1)
		prove_stop(c);
	else
		prove_start(c);
}

void harness(void)
{
	struct fw_ctr c = {nondet_u32()};
	unsigned int n = nondet_u32(), code = nondet_u32(), i;
	bool write = nondet_bool(), stops;

	world_any_hart();
	assume(c.n < PMU_FW_MAX && n < PMU_FW_MAX && code < PMU_FW_EVENTS);
	/* CONFIG_MATCHING starts a counter before it counts as configured */
	assume(hart.fw_event[c.n] < PMU_FW_EVENTS ||
	       hart.fw_event[c.n] == PMU_FW_PLATFORM_CODE);
	stops = !write && (hart.started.fw >> c.n & 1);
	for (i = 0; i < PMU_FW_MAX; i++) {
		if (c.n == i)
			prove_counter((struct fw_ctr){i}, write);
	}
	prove("firmware counters: no other is changed", same_but(c, n, code));
	prove("the state stays valid", !stops || pmu_hart_is_valid(&hart));
}
