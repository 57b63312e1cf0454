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
STORM_RUNS ?= 9
# Each of these machines for so many seconds in make check.
STORM_CHECK := rv64 rv32 smepmp
STORM_CHECK_S := 6

.PHONY: storm check-storm storm-stock
ifdef FW
storm:
else
storm: fw
endif
storm: $(BUILD)/storm.bin	## random calls from four harts at once [STORM_S=60] [SEED=] [FW=fw_dynamic.bin]
	@scripts/storm --seconds $(STORM_S) $(if $(SEED),--seed $(SEED)) \
		$(if $(FW),--fw '$(FW)' --limit 10) tests/storm/$(STORM_MACHINE).t

check-storm: fw fw32 $(BUILD)/storm.bin $(BUILD)/rv32/storm.bin	## the same on three machines, a few seconds each
	@prove --exec 'scripts/storm --tap --seed 1 --seconds $(STORM_CHECK_S)' \
		$(STORM_CHECK:%=tests/storm/%.t)

storm-stock: stock $(BUILD)/storm.bin	## how many calls unmodified OpenSBI survives [STORM_RUNS=9] [SEED=1]
	@scripts/storm --quiet --fw $(BUILD)/stock/fw_dynamic.bin --limit 10 --seconds $(STORM_S) \
		--seed $(or $(SEED),1) --runs $(STORM_RUNS) tests/storm/rv64.t || [ $$? -eq 1 ]
