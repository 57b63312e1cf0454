# SPDX-License-Identifier: BSD-2-Clause
#
# Instructions of sequences of calls in the core alone, counted by callgrind on
# this machine. The core is one unit, and optimised, as in the firmware.

BENCH_HOST_OUT := $(BUILD)/bench-host
BENCH_HOST_CFLAGS := -std=gnu11 -g -O2 -Wall -Wextra -Wsign-compare -Wconversion -Werror \
	'-DPMU_ENV_HEADER="env_bench.h"' -Itests/bench-host -Iinclude -I$(UNIT_CORE_DIR)
BENCH_HOST_OBJS := $(BENCH_HOST_OUT)/core.o $(BENCH_HOST_OUT)/bench.o

define bench_host_compile
@mkdir -p $(@D)
@echo " HOSTCC    $(@:$(BUILD)/%=%)"
@$(HOSTCC) $(BENCH_HOST_CFLAGS) -MMD -MP -c -o $@ $<
endef

$(BENCH_HOST_OUT)/core.o: $(UNIT_CORE_DIR)/core.c tests/bench-host/bench-host.mk
	$(bench_host_compile)

$(BENCH_HOST_OUT)/bench.o: tests/bench-host/bench.c tests/bench-host/bench-host.mk
	$(bench_host_compile)

$(BENCH_HOST_OUT)/bench: $(BENCH_HOST_OBJS)
	@echo " HOSTLD    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(BENCH_HOST_CFLAGS) -o $@ $^

.PHONY: bench-host
bench-host: $(BENCH_HOST_OUT)/bench	## instructions of the core on this machine, by callgrind
	@scripts/bench-host $<

-include $(BENCH_HOST_OBJS:.o=.d)
