# SPDX-License-Identifier: BSD-2-Clause
#
# libFuzzer on the core, with the sanitizers and the model of the unit tests.

FUZZ_OUT := $(BUILD)/fuzz
FUZZ_CC ?= clang
# How long each of the jobs fuzzes, in seconds.
FUZZ_S ?= 60
FUZZ_CFLAGS := $(UNIT_CFLAGS) -O2
# Only the core is to be covered; to trace the machine around it costs most of the time.
FUZZ_TRACE := -fsanitize=fuzzer-no-link
CALLS_SRCS := $(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c) $(UNIT_SHARED:%=$(UNIT_DIR)/%.c) \
	tests/fuzz/fuzz_calls.c
CALLS_OBJS := $(CALLS_SRCS:%.c=$(FUZZ_OUT)/%.o)

$(FUZZ_OUT)/%.o: %.c tests/fuzz/fuzz.mk $(UNIT_DIR)/unit.mk
	@mkdir -p $(@D)
	@echo " FUZZCC    $(@:$(BUILD)/%=%)"
	@$(FUZZ_CC) $(FUZZ_CFLAGS) $(if $(filter $(UNIT_CORE_DIR)/%,$<),$(FUZZ_TRACE)) -MMD -MP -c -o $@ $<

$(FUZZ_OUT)/calls: $(CALLS_OBJS)
	@echo " FUZZLD    $(@:$(BUILD)/%=%)"
	@$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^ -lcmocka

.PHONY: fuzz
fuzz: $(FUZZ_OUT)/calls	## random calls from libFuzzer on the core, against the model [FUZZ_S=60]
	@scripts/fuzz --seconds $(FUZZ_S) --jobs $(JOBS) $<

.PHONY: fuzz-mutants check-fuzz-mutants
# A fault may leave a parameter unused.
fuzz-mutants check-fuzz-mutants: export FUZZ_COMPILE = $(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_TRACE) -Wno-error
fuzz-mutants check-fuzz-mutants: export FUZZ_LINK = $(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer
fuzz-mutants check-fuzz-mutants: export FUZZ_OBJS = $(CALLS_OBJS)
fuzz-mutants: $(FUZZ_OUT)/calls	## the fuzzer must find known faults of the core [ONLY=name] [FUZZ_S=5]
	@scripts/fuzz-mutants --objects $(FUZZ_OUT) --jobs $(JOBS) \
		--seconds $(if $(filter file,$(origin FUZZ_S)),5,$(FUZZ_S)) $(ONLY)

check-fuzz-mutants: $(FUZZ_OUT)/calls	## the same for a few of them
	@scripts/fuzz-mutants --objects $(FUZZ_OUT) --jobs $(JOBS) --sample 8

.PHONY: lint
lint:		## static analysis of the core: gcc, clang, cppcheck, clang-tidy
	@scripts/lint $(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c)

-include $(CALLS_OBJS:.o=.d)
