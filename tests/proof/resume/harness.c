// SPDX-License-Identifier: BSD-2-Clause
/* pmu_hart_resume(): a caller tells that the registers were lost, or may be */

#include "world.h"
#include "fw.c"
#include "hpm.c"
#include "hart.c"

void harness(void)
{
	uint32_t mine;

	world_any_hart();
	if (nondet_bool())
		world_lose();
	mine = hart.has_smcdeleg ? hart.configured.hw : ~0u;
	pmu_hart_resume(&hart);
	prove("resume: registers are in step with the state afterwards",
	      world_in_step() && world.inhibit == hart.inhibit);
	prove("resume: values stay as they were", world.value_writes == 0);
	prove("resume: the state of what is ours stays as it was",
	      ((hart.inhibit ^ before.inhibit) & mine) == 0 &&
		      (hart.inhibit & ~hart.inhibitable) == 0);
	before.inhibit = hart.inhibit;
	prove("resume: the state of what is ours stays as it was",
	      world_same_hw() && world_same_rest());
	prove("resume: memory is left alone", world.accesses == 0);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}
