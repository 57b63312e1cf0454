# SPDX-License-Identifier: BSD-2-Clause
#
# Which lines and branches of our sources the tests run, by gcov.

COVERAGE_OUT := $(BUILD)/coverage
GCOV ?= gcov
COVERAGE_CORE := $(UNIT_CORE:%=$(COVERAGE_OUT)/core/%.o)
COVERAGE_PROGRAMS := $(UNIT_TESTS:%=$(COVERAGE_OUT)/%.t)
# Without the sanitizers, which add branches of their own, and without
# optimisation, which merges those that are there.
COVERAGE_CFLAGS := $(filter-out -O1 -fsanitize% -fno-sanitize%,$(UNIT_CFLAGS)) -O0 --coverage

.SECONDARY: $(COVERAGE_CORE)

$(COVERAGE_OUT)/core/%.o: $(UNIT_CORE_DIR)/%.c $(UNIT_DIR)/unit.mk tests/coverage/coverage.mk
	@mkdir -p $(@D)
	@$(HOSTCC) $(COVERAGE_CFLAGS) -MMD -MP -c -o $@ $<

# The tests and the rig are those of make unit; only the core is counted.
$(COVERAGE_OUT)/%.t: $(UNIT_OUT)/test_%.o $(COVERAGE_CORE) $(UNIT_SHARED:%=$(UNIT_OUT)/%.o)
	@$(HOSTCC) $(UNIT_CFLAGS) --coverage -o $@ $^ -lcmocka

.PHONY: coverage
coverage: $(COVERAGE_PROGRAMS)	## lines and branches of the core that make unit runs
	@rm -f $(COVERAGE_CORE:.o=.gcda)
	@CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=0 $(PROVE) -Q $(COVERAGE_PROGRAMS)
	@scripts/coverage --gcov '$(GCOV)' --exceptions tests/coverage/unit \
		--files $(subst $(empty) $(empty),$(comma),$(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c) \
			$(UNIT_CORE_DIR)/bits.h $(UNIT_CORE_DIR)/internal.h) \
		$(COVERAGE_CORE:.o=.gcda)

# The glue is all of ours that is not the core.
COVERAGE_GLUE := $(filter-out $(UNIT_CORE:%=$(UNIT_CORE_DIR)/%.c) $(UNIT_CORE_DIR)/core.c,\
	$(wildcard lib/sbi/*.c lib/sbi/pmu/*.c)) \
	$(addprefix $(UNIT_CORE_DIR)/,env_opensbi.h compat.h trace.h)
# The test of the glue brings a device of its own, and interrupts with it. The
# trace takes so many instructions that cases which bound those fail.
GLUE_ARGS := --glue tests/machines/rv64-plain.t --glue tests/machines/rv32-plain.t \
	--cases counters,hostile.unknown-functions,founding

.PHONY: coverage-fw check-glue
coverage-fw: mutant-commands	## lines and branches of the firmware's glue that the suite runs
	@scripts/coverage-fw --jobs $(JOBS) $(GLUE_ARGS) --exceptions tests/coverage/suite \
		--files $(subst $(empty) $(empty),$(comma),$(strip $(COVERAGE_GLUE))) $(MACHINES)

check-glue: mutant-commands	## the glue with a device of the platform and without memory, in M-mode
	@scripts/coverage-fw --jobs $(JOBS) $(GLUE_ARGS)

-include $(wildcard $(COVERAGE_OUT)/core/*.d)
