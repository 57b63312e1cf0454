// SPDX-License-Identifier: BSD-2-Clause
/* Rows of the event map as a device tree may have them, and looking them up */

#include "core.h"

void harness(void)
{
	uint32_t first = nondet_u32(), last = nondet_u32();
	unsigned long event = nondet_ulong();
	uint32_t counters = nondet_u32(), old;
	struct pmu_event found;
	int index = pmu_std_index(event);
	unsigned int i = nondet_u32(), rows;

	world_any_hart();
	assume(i < PMU_STD_EVENTS);
	prove("map: an event has an index in the map or none",
	      index >= -1 && index < PMU_STD_EVENTS);
	prove("map: each index has its event",
	      pmu_std_index(std_event(i)) == (int)i);
	old = machine.std[i].counters;
	if (pmu_map_add(&machine, first, last, counters))
		prove("map: a row adds its counters to its events",
		      machine.std[i].counters ==
			      (std_event(i) >= first && std_event(i) <= last
				       ? old | (counters & ~7u)
				       : old));
	else
		prove("map: a refused row adds nothing",
		      machine.std[i].counters == old);
	rows = machine.num_raw;
	prove("map: a raw row is refused when there is no room",
	      pmu_map_add_raw(&machine, nondet_u64(), nondet_u64(), counters) ==
		      (rows < PMU_RAW_ROWS));
	pmu_map_finish(&machine, machine.num_hw);
	prove("map: an event without selector has no programmable counter",
	      machine.std[i].selector != 0 ||
		      (machine.std[i].counters & ~PMU_FIXED) == 0);
	if (pmu_event_find(&hart, event, nondet_u64(), &found)) {
		prove("map: only counters of the hart",
		      !(found.counters.hw & ~hart.present) &&
			      found.counters.fw >> PMU_FW_MAX == 0);
		prove("sets and indices: hardware and firmware counters never mix",
		      (found.counters.hw == 0) != (found.counters.fw == 0));
	}
}
