# SPDX-License-Identifier: BSD-2-Clause
# Host tests of the core: `make unit` builds and runs tests/unit/test_*.c, each
# a program of its own that prints TAP.

BUILD ?= build
HOSTCC ?= gcc
PROVE ?= prove

UNIT_DIR := tests/unit
UNIT_CORE_DIR := lib/sbi/pmu
UNIT_CORE := counter event event_info fw hart hpm map park snapshot
UNIT_SHARED := sim_regs sim_platform sim_memory rig rig_machines choose calls \
	calls_machine calls_world model model_events model_memory model_queries \
	model_regs model_time
UNIT_TESTS := $(sort $(patsubst $(UNIT_DIR)/test_%.c,%,\
	$(wildcard $(UNIT_DIR)/test_*.c)))
UNIT_OUT := $(BUILD)/unit
UNIT_PROGRAMS := $(UNIT_TESTS:%=$(UNIT_OUT)/%.t)

UNIT_CFLAGS := -std=gnu11 -g -O1 -Wall -Wextra -Wsign-compare -Wconversion \
	-Werror -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer '-DPMU_ENV_HEADER="env_host.h"' \
	-I$(UNIT_DIR) -Iinclude -I$(UNIT_CORE_DIR)

UNIT_LIB := $(UNIT_CORE:%=$(UNIT_OUT)/core/%.o) \
	$(UNIT_SHARED:%=$(UNIT_OUT)/%.o)

.PHONY: unit unit-build
.SECONDARY: $(UNIT_LIB) $(UNIT_TESTS:%=$(UNIT_OUT)/test_%.o)

unit-build: $(UNIT_PROGRAMS)

# Leaks are not looked for: the sanitizer cannot do it in a traced process.
unit: unit-build
	@CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=0 \
		$(PROVE) $(UNIT_PROGRAMS)

$(UNIT_OUT)/core/%.o: $(UNIT_CORE_DIR)/%.c $(UNIT_DIR)/unit.mk
	@mkdir -p $(@D)
	@echo " HOSTCC    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(UNIT_OUT)/%.o: $(UNIT_DIR)/%.c $(UNIT_DIR)/unit.mk
	@mkdir -p $(@D)
	@echo " HOSTCC    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(UNIT_OUT)/%.t: $(UNIT_OUT)/test_%.o $(UNIT_LIB)
	@echo " HOSTLD    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^ -lcmocka

-include $(wildcard $(UNIT_OUT)/*.d $(UNIT_OUT)/core/*.d)
