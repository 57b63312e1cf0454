// SPDX-License-Identifier: BSD-2-Clause
/* Puts our trap entries in front of OpenSBI's, see trap_entry.S */

#include "compat.h"
#include "glue.h"

typedef const uint32_t instructions[];

extern instructions _trap_handler, _trap_handler_hyp;
extern instructions pmu_trap_entry, pmu_trap_entry_hyp;

/* Ours leaves the first two instructions of OpenSBI's entry out */
static bool begin_alike(const uint32_t *ours, const uint32_t *opensbi)
{
	return ours[0] == opensbi[0] && ours[1] == opensbi[1];
}

static bool replace(unsigned long mtvec, const uint32_t *opensbi,
		    const uint32_t *ours)
{
	if (mtvec != (unsigned long)opensbi || !begin_alike(ours, opensbi))
		return false;
	csr_write(CSR_MTVEC, (unsigned long)ours);
	return true;
}

bool pmu_trap_install(void)
{
	unsigned long mtvec = csr_read(CSR_MTVEC);

	/* An entry that is neither of these two stays: it has its reasons */
	return replace(mtvec, _trap_handler, pmu_trap_entry) ||
	       replace(mtvec, _trap_handler_hyp, pmu_trap_entry_hyp);
}
