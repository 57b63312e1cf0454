// SPDX-License-Identifier: BSD-2-Clause
/*
 * hpm_sync(): whatever a suspend left in the registers, they are in step with
 * the state afterwards, as sync.h tells the other proofs.
 */

#include "world.h"
#include "fw.c"
#include "hpm.c"
#include "hart.c"

void harness(void)
{
	struct world old;
	uint32_t mine;

	world_any_hart();
	old = world;
	mine = hart.has_smcdeleg ? hart.configured.hw : ~0u;
	hpm_sync(&hart);
	prove("sync: registers are in step with the state afterwards",
	      world_in_step() && world.inhibit == hart.inhibit);
	prove("sync: values stay as they were", world.value_writes == 0);
	prove("sync: the state of what is ours stays as it was",
	      ((hart.inhibit ^ before.inhibit) & mine) == 0 &&
		      (hart.inhibit & ~hart.inhibitable) == 0);
	before.inhibit = hart.inhibit;
	prove("sync: the state of what is ours stays as it was",
	      world_same_hw() && world_same_rest());
	prove("sync: memory is left alone", world.accesses == 0);
	prove("the state stays valid", pmu_hart_is_valid(&hart));
}
