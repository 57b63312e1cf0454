# SPDX-License-Identifier: BSD-2-Clause
# Counting the calls that Linux makes, on firmware that prints them. Included by
# the Makefile.

.PHONY: fw-trace
fw-trace: overlay	## our firmware that prints each PMU call, in build/trace/
	$(call build_opensbi,$(OVERLAY),$(FW_OUT)-trace,$(BUILD)/trace,SBI_PMU_TRACE=y)
