# SPDX-License-Identifier: BSD-2-Clause
#
# libFuzzer on the core, with the sanitizers and the model of the unit tests:
# "calls" chooses calls, "map" a device tree that OpenSBI's parser reads.

FUZZ_OUT := $(BUILD)/fuzz
FUZZ_CC ?= clang
# How long the programs fuzz, in seconds.
FUZZ_S ?= 60
ifdef FUZZ_COUNT
# Counters instead of sanitizers, for make fuzz-coverage.
FUZZ_CFLAGS := $(filter-out -fsanitize=%,$(UNIT_CFLAGS)) -O2 -fprofile-instr-generate
FUZZ_TRACE := -fcoverage-mapping
else
FUZZ_CFLAGS := $(UNIT_CFLAGS) -O2
# Only the core is to be covered; to trace the machine around it costs most of the time.
FUZZ_TRACE := -fsanitize=fuzzer-no-link
endif
FUZZ_CORE := $(UNIT_CORE:%=$(FUZZ_OUT)/$(UNIT_CORE_DIR)/%.o)
FUZZ_MODEL := $(UNIT_SHARED:%=$(FUZZ_OUT)/$(UNIT_DIR)/%.o)
FUZZ_CALLS_OBJS := $(FUZZ_CORE) $(FUZZ_MODEL) $(FUZZ_OUT)/tests/fuzz/fuzz_calls.o

# libfdt and the parser are compiled from OpenSBI's tree as they are there.
FUZZ_FDT_DIR := $(OPENSBI_SRC)/lib/utils/libfdt
FUZZ_FDT := $(patsubst %,$(FUZZ_OUT)/fdt/%.o,fdt fdt_addresses fdt_ro fdt_rw fdt_strerror fdt_sw fdt_wip)
FUZZ_FDT_CFLAGS := -Itests/kvm -isystem $(FUZZ_FDT_DIR) -include tests/kvm/libfdt_env.h
FUZZ_OPENSBI_CFLAGS := $(FUZZ_FDT_CFLAGS) -Itests/fuzz -Ilib/sbi -isystem $(OPENSBI_SRC)/include \
	-isystem $(OPENSBI_SRC)/lib/utils/fdt -include tests/fuzz/opensbi_host.h -DCONFIG_FDT_PMU -DCONFIG_LIBFDT \
	-Wno-unused-parameter
FUZZ_MAP_OBJS := $(FUZZ_CORE) $(FUZZ_MODEL) $(FUZZ_FDT) \
	$(patsubst %,$(FUZZ_OUT)/%.o,tests/fuzz/fuzz_map tests/fuzz/map_tree tests/fuzz/map_glue \
	tests/fuzz/map_upstream lib/sbi/pmu/options_fdt lib/sbi/pmu/node)

$(FUZZ_OUT)/%.o: FUZZ_MORE = $(if $(filter $(UNIT_CORE_DIR)/%,$<),$(FUZZ_TRACE))
$(FUZZ_OUT)/tests/fuzz/map_glue.o $(FUZZ_OUT)/tests/fuzz/map_upstream.o \
$(FUZZ_OUT)/lib/sbi/pmu/options_fdt.o $(FUZZ_OUT)/lib/sbi/pmu/node.o: FUZZ_MORE = $(FUZZ_TRACE) $(FUZZ_OPENSBI_CFLAGS)
$(FUZZ_OUT)/tests/fuzz/fuzz_map.o $(FUZZ_OUT)/tests/fuzz/map_tree.o: \
	FUZZ_MORE = $(FUZZ_FDT_CFLAGS)

$(FUZZ_OUT)/%.o: %.c tests/fuzz/fuzz.mk $(UNIT_DIR)/unit.mk
	@mkdir -p $(@D)
	@echo " FUZZCC    $(@:$(BUILD)/%=%)"
	@$(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_MORE) -MMD -MP -c -o $@ $<

# libfdt is not ours, so it goes without our warnings.
$(FUZZ_OUT)/fdt/%.o: $(FUZZ_FDT_DIR)/%.c tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	@echo " FUZZCC    $(@:$(BUILD)/%=%)"
	@$(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_TRACE) $(FUZZ_FDT_CFLAGS) -w -c -o $@ $<

$(FUZZ_OUT)/calls: $(FUZZ_CALLS_OBJS)
$(FUZZ_OUT)/map: $(FUZZ_MAP_OBJS)
$(FUZZ_OUT)/calls $(FUZZ_OUT)/map:
	@echo " FUZZLD    $(@:$(BUILD)/%=%)"
	@$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^ -lcmocka

.PHONY: fuzz
fuzz: $(FUZZ_OUT)/calls $(FUZZ_OUT)/map	## libFuzzer on the core and the event map, against a model [FUZZ_S=60]
	@scripts/fuzz --seconds $(FUZZ_S) --jobs $(JOBS) $^

.PHONY: fuzz-mutants check-fuzz-mutants
# A fault may leave a parameter unused.
fuzz-mutants check-fuzz-mutants: export FUZZ_COMPILE = $(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_TRACE) -Wno-error
fuzz-mutants check-fuzz-mutants: export FUZZ_LINK = $(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer
fuzz-mutants check-fuzz-mutants: export FUZZ_OBJS = $(FUZZ_CALLS_OBJS)
fuzz-mutants: $(FUZZ_OUT)/calls	## the fuzzer must find known faults of the core [ONLY=name] [FUZZ_S=5]
	@scripts/fuzz-mutants --objects $(FUZZ_OUT) --jobs $(JOBS) \
		--seconds $(if $(filter file,$(origin FUZZ_S)),5,$(FUZZ_S)) $(ONLY)

check-fuzz-mutants: $(FUZZ_OUT)/calls	## the same for a few of them
	@scripts/fuzz-mutants --objects $(FUZZ_OUT) --jobs $(JOBS) --sample 8

FUZZ_COUNTING := $(BUILD)/fuzz-coverage/calls $(BUILD)/fuzz-coverage/map

.PHONY: fuzz-coverage
fuzz-coverage:	## lines and branches of the core that the fuzzers reach
	@$(MAKE) --no-print-directory SBI_PMU_PREPARED='$(OPENSBI_SRC)' FUZZ_COUNT=y \
		FUZZ_OUT=$(BUILD)/fuzz-coverage $(FUZZ_COUNTING)
	@scripts/fuzz-coverage --out $(BUILD)/fuzz-coverage --inputs $(FUZZ_OUT) \
		$(FUZZ_COUNTING) -- $(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c) lib/sbi/pmu/options_fdt.c \
		lib/sbi/pmu/node.c

.PHONY: lint
lint:		## static analysis of the core: gcc, clang, cppcheck, clang-tidy
	@scripts/lint $(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c)

-include $(FUZZ_CALLS_OBJS:.o=.d) $(FUZZ_MAP_OBJS:.o=.d)
