# SPDX-License-Identifier: BSD-2-Clause
#
# Firmware that can hand a hart to another domain, for the tests of that: ours,
# and one extension more that is no part of it. See tests/machines/rv64-switch.t.

SWITCH_TREE := $(BUILD)/opensbi-switch
SWITCH_OUT := $(BUILD)/opensbi-switch-out/$(KEY)
SWITCH_FILES := $(wildcard tests/domains/switch/*)

.PHONY: fw-switch check-domains
fw-switch:	## firmware for tests only, which switches domains on a hart
	@scripts/overlay "$(OPENSBI_SRC)" "$(SWITCH_TREE)" $(wildcard $(BUILD)/opensbi-switch-out/*)
	@mkdir -p $(SWITCH_TREE)/lib/sbi/switch
	@ln -sf $(abspath $(SWITCH_FILES)) $(SWITCH_TREE)/lib/sbi/switch/
	$(call build_opensbi,$(SWITCH_TREE),$(SWITCH_OUT),$(BUILD)/switch)

DOMAIN_MACHINES := $(addprefix tests/machines/,rv64-domains.t rv64-switch.t)
check-domains: fw fw-switch suite	## the suite in one of two domains [ONLY=id]
	@prove $(if $(ONLY),,-j$(JOBS)) --exec 'scripts/run-suite $(RUN_OPTIONS)' $(DOMAIN_MACHINES)
