# SPDX-License-Identifier: BSD-2-Clause
#
# The bring-up report: what the PMU behind a firmware can do, see bringup.h.
# Included before firmware/payload.mk, which knows how to build it.

PAYLOADS += bringup
bringup_SRCS := $(sort $(wildcard tests/bringup/*.c tests/bringup/*.S))

.PHONY: bringup
ifdef FW
bringup:
else ifeq ($(RUN_XLEN),32)
bringup: fw32
else
bringup: fw
endif
bringup: $(BUILD)/bringup.bin $(BUILD)/rv32/bringup.bin	## what the PMU behind a firmware can do [MACHINE=] [FW=fw_dynamic.bin]
	@scripts/bringup $(if $(FW),--fw '$(FW)') \
		$(firstword $(wildcard tests/bringup/$(MACHINE).t) tests/machines/$(MACHINE).t)
