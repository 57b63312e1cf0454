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
	@rm -f $(@:.o=.gcda)
	@$(HOSTCC) $(COVERAGE_CFLAGS) -MMD -MP -c -o $@ $<

# The tests and the rig are those of make unit; only the core is counted.
$(COVERAGE_OUT)/%.t: $(UNIT_OUT)/test_%.o $(COVERAGE_CORE) $(UNIT_SHARED:%=$(UNIT_OUT)/%.o)
	@$(HOSTCC) $(UNIT_CFLAGS) --coverage -o $@ $^ -lcmocka

.PHONY: coverage
coverage: $(COVERAGE_PROGRAMS)	## lines and branches of the core that make unit runs
	@rm -f $(COVERAGE_CORE:.o=.gcda)
	@CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=0 $(PROVE) -Q $(COVERAGE_PROGRAMS)
	@scripts/coverage --gcov '$(GCOV)' --exceptions tests/coverage/unit \
		$(COVERAGE_CORE:.o=.gcda)

-include $(wildcard $(COVERAGE_OUT)/core/*.d)
