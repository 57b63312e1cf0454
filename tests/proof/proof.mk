# SPDX-License-Identifier: BSD-2-Clause
#
# Proofs of the core by CBMC, for every state and every argument.

# Given by the user, or fetched when a target needs it.
cbmc = $(or $(CBMC),$(shell scripts/fetch-cbmc))

.PHONY: prove check-prove prove-mutants
prove:		## prove the core with CBMC, for every input [ONLY=config]
	@scripts/prove --jobs $(JOBS) --cbmc '$(cbmc)' $(ONLY)

prove-mutants:	## each fault of tests/proof must make its proof fail [ONLY=name]
	@scripts/prove --jobs $(JOBS) --cbmc '$(cbmc)' --mutants $(ONLY)

check-prove:	## the proofs that take seconds, and a few of the faults
	@scripts/prove --jobs $(JOBS) --cbmc '$(cbmc)' --sample
	@scripts/prove --jobs $(JOBS) --cbmc '$(cbmc)' --sample --mutants
