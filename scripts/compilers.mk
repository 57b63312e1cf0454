# SPDX-License-Identifier: BSD-2-Clause
#
# What other compilers, and the call graph of the usual one, say of our sources.

# OpenSBI gives each hart 8192 bytes of stack (SBI_PLATFORM_DEFAULT_HART_STACK_SIZE),
# of which its own way to us takes some; this much of it may be ours.
STACK_LIMIT ?= 1024

COMPILER_CORE := $(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c)
COMPILER_GLUE := $(filter-out $(COMPILER_CORE),$(wildcard lib/sbi/*.c lib/sbi/pmu/*.c))

.PHONY: stack check-compilers check-llvm
stack: mutant-commands	## the stack that our functions take, and their deepest chains
	@scripts/stack --limit $(STACK_LIMIT) 64 32

check-compilers: mutant-commands	## no warning from any gcc or clang that is installed
	@scripts/check-compilers $(COMPILER_CORE) -- $(COMPILER_GLUE)

# Before 17 clang does not know what OpenSBI's vector code says to its assembler.
CLANG_FOR_FW := $(firstword $(foreach v,22 21 20 19 18 17,$(if $(and \
	$(shell command -v clang-$v),$(shell command -v ld.lld-$v),\
	$(shell command -v llvm-objcopy-$v)),clang-$v)))
# All of its tools are there without the version; OpenSBI 1.6 takes no other names.
CLANG_BIN = $(dir $(realpath $(shell command -v $(CLANG_FOR_FW))))
LLVM_BUILD := $(BUILD)/$(CLANG_FOR_FW)

check-llvm: suite $(BUILD)/rv32/suite.bin	## the suite on a firmware that clang 17 or newer builds
ifeq ($(CLANG_FOR_FW),)
	@echo "check-llvm: skipped: there is no clang 17 or newer with lld and llvm:" \
		"scripts/setup compilers installs one"
else
	+@PATH=$(CLANG_BIN):$$PATH $(MAKE) --no-print-directory LLVM=1 BUILD=$(LLVM_BUILD) fw fw32
	@prove --exec 'scripts/run-suite --fw $(LLVM_BUILD)/fw_dynamic.bin' \
		tests/machines/rv64-full.t
	@prove --exec 'scripts/run-suite --fw $(LLVM_BUILD)/rv32/fw_dynamic.bin' \
		tests/machines/rv32.t
endif
