# SPDX-License-Identifier: BSD-2-Clause
#
# Proofs of the core by CBMC, for every state and every argument.

# Given by the user, or fetched when a target needs it.
cbmc = $(or $(CBMC),$(shell scripts/fetch-cbmc))
prove = scripts/prove --jobs $(JOBS) --cbmc '$(cbmc)'

.PHONY: prove prove-rv32 check-prove prove-mutants
prove:		## prove the core with CBMC, for every input [ONLY=config]
	@$(prove) $(ONLY)

prove-rv32:	## the same for harts of 32 bits
	@$(prove) --xlen 32 $(ONLY)

prove-mutants:	## each fault of tests/proof must make its proof fail [ONLY=name]
	@$(prove) --mutants $(ONLY)

# Those of 32 bits that take less than half a minute.
check-prove:	## the proofs that take seconds, and a few of the faults
	@$(prove) --sample
	@$(prove) --sample --xlen 32 bits fw_count life resume snapshot_set sync
	@$(prove) --sample --mutants
