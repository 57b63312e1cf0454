# SPDX-License-Identifier: BSD-2-Clause
#
# The calls that Linux makes, seen on firmware that prints them.

.PHONY: fw-trace linux-calls
fw-trace: overlay	## our firmware that prints each PMU call, in build/trace/
	$(call build_opensbi,$(OVERLAY),$(FW_OUT)-trace,$(BUILD)/trace,SBI_PMU_TRACE=y)

linux-calls: linux-parts fw-trace stock $(LINUX_OUT)/pong	## what the PMU costs Linux: its calls, by what it does
	@$(linux_env) tests/linux/calls

# What calls.t and trace.t want besides.
.PHONY: check-linux
check-linux: fw-trace $(LINUX_OUT)/pong
