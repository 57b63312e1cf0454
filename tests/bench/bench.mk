# SPDX-License-Identifier: BSD-2-Clause
#
# Instructions of each call, ours beside unmodified OpenSBI, see bench.h. Included
# before firmware/payload.mk, which knows how to build the payload.

PAYLOADS += bench
# What the suite knows about machines and events is true here as well.
bench_SRCS := $(sort $(wildcard tests/bench/*.c tests/bench/*.S)) \
	$(patsubst %,tests/suite/%.c,facts counters)

BENCH_MACHINES ?= $(sort $(wildcard tests/bench/*.t))
BENCH_PAYLOADS := $(BUILD)/bench.bin $(BUILD)/rv32/bench.bin
# A table of one compiler says nothing about the code of another.
BENCH_CC = $(notdir $(CROSS_COMPILE))gcc $(shell $(CROSS_COMPILE)gcc -dumpfullversion)
bench_run = scripts/bench --compiler '$(BENCH_CC)' --size '$(CROSS_COMPILE)size' \
	--readelf '$(CROSS_COMPILE)readelf' --ours '$(FW_OUT)' --stock '$(STOCK_OUT)'

.PHONY: bench bench-check bench-update stock32
stock32:	## unmodified OpenSBI for RV32 in build/stock32/
	$(call build_opensbi,$(OPENSBI_SRC),$(STOCK_OUT)-rv32,$(BUILD)/stock32,PLATFORM_RISCV_XLEN=32)

bench: fw fw32 stock stock32 $(BENCH_PAYLOADS)	## instructions of each call, ours beside stock, in build/bench/
	@$(bench_run) $(BENCH_MACHINES)

bench-check: fw fw32 $(BENCH_PAYLOADS)	## no call takes 2 % more than in tests/bench/expected
	@$(bench_run) --check $(BENCH_MACHINES)

bench-update: fw fw32 stock stock32 $(BENCH_PAYLOADS)	## write tests/bench/expected and the tables of docs/performance.md
	@$(bench_run) --update $(sort $(wildcard tests/bench/*.t))

.PHONY: check-slow
check-slow:	## the suite with the calls that come by OpenSBI's trap entry (SBI_PMU_FAST=n)
	@+$(MAKE) --no-print-directory run SBI_PMU_FAST=n
	@+$(MAKE) --no-print-directory run SBI_PMU_FAST=n MACHINE=rv32
