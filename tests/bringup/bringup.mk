# SPDX-License-Identifier: BSD-2-Clause
#
# The bring-up report: what the PMU behind a firmware can do, see bringup.h.
# Included before firmware/payload.mk, which knows how to build it.

PAYLOADS += bringup
bringup_SRCS := $(sort $(wildcard tests/bringup/*.c tests/bringup/*.S))

BRINGUP_MACHINE := $(firstword $(wildcard tests/bringup/$(MACHINE).t) tests/machines/$(MACHINE).t)
BRINGUP_XLEN := $(shell sed -n 's/^qemu:[[:space:]]*//p' $(BRINGUP_MACHINE) 2>/dev/null)

.PHONY: bringup check-bringup fw-no-pmu
ifdef FW
bringup:
else ifeq ($(BRINGUP_XLEN),32)
bringup: fw32
else
bringup: fw
endif
bringup: $(BUILD)/bringup.bin $(BUILD)/rv32/bringup.bin	## what the PMU behind a firmware can do [MACHINE=] [FW=fw_dynamic.bin] [NAME=] [RAW=0x1-0x40] [NODE=file.dts]
	@mkdir -p $(BUILD)/bringup
	@scripts/bringup --json $(BUILD)/bringup/$(if $(NAME),$(NAME)-)$(MACHINE).json \
		$(if $(FW),--fw '$(FW)') $(if $(RAW),--args 'raw=$(RAW)') \
		$(if $(NODE),--node '$(NODE)') $(BRINGUP_MACHINE)

# Firmware without the extension, which a report has to notice; and without all that
# can be left out, to see that it can.
NO_PMU_TREE := $(BUILD)/opensbi-no-pmu
NO_PMU_OUT := $(BUILD)/opensbi-no-pmu-out/$(KEY)
NO_PMU_CONFIG := $(NO_PMU_TREE)/platform/generic/configs/no_pmu_defconfig

fw-no-pmu:	## firmware for tests only, which has no PMU extension
	@scripts/overlay "$(OPENSBI_SRC)" "$(NO_PMU_TREE)" $(wildcard $(BUILD)/opensbi-no-pmu-out/*)
	@{ cat $(NO_PMU_TREE)/platform/generic/configs/defconfig && \
		echo '# CONFIG_SBI_ECALL_PMU is not set'; } >$(NO_PMU_CONFIG).tmp
	@cmp -s $(NO_PMU_CONFIG).tmp $(NO_PMU_CONFIG) || cp $(NO_PMU_CONFIG).tmp $(NO_PMU_CONFIG)
	$(call build_opensbi,$(NO_PMU_TREE),$(NO_PMU_OUT),$(BUILD)/no-pmu,PLATFORM_DEFCONFIG=no_pmu_defconfig SBI_PMU_FAST=n SBI_PMU_TABLES=n)

BRINGUP_CHECKS := $(sort $(wildcard tests/bringup/*.expect))
check-bringup: fw fw32 stock fw-no-pmu $(BUILD)/bringup.bin $(BUILD)/rv32/bringup.bin $(BUILD)/platform/node	## the report says what machines lack, and which core is known [ONLY=name]
	@prove --exec scripts/check-bringup \
		$(if $(ONLY),$(ONLY:%=tests/bringup/%.expect),$(BRINGUP_CHECKS))
ifndef ONLY
	@prove tests/platform/boot.t :: $(BUILD)/platform/node
endif
