# SPDX-License-Identifier: BSD-2-Clause
#
# The storm: random calls from four harts at once, see storm.h. Included before
# firmware/payload.mk, which knows how to build it.

PAYLOADS += storm
# What the suite knows about machines, answers and events is true here as well.
storm_SRCS := $(sort $(wildcard tests/storm/*.c)) \
	$(patsubst %,tests/suite/%.c,facts hostile_judge sse_entry)

STORM_MACHINE ?= rv64
STORM_S ?= 60

.PHONY: storm
ifdef FW
storm:
else
storm: fw
endif
storm: $(BUILD)/storm.bin	## random calls from four harts at once [STORM_S=60] [SEED=] [FW=fw_dynamic.bin]
	@scripts/storm --seconds $(STORM_S) $(if $(SEED),--seed $(SEED)) \
		$(if $(FW),--fw '$(FW)' --limit 3) tests/storm/$(STORM_MACHINE).t
