# SPDX-License-Identifier: BSD-2-Clause
#
# The event tables of platform/: as device-tree nodes, and tests of them through
# the code that reads such a node at boot. Included behind fuzz.mk, which knows
# how OpenSBI's parser is compiled for this machine.

PLATFORM_OUT := $(BUILD)/platform
PLATFORM_TABLES := $(patsubst %.c,$(PLATFORM_OUT)/%.o,$(wildcard platform/*.c))
PLATFORM_NODE_OBJS := $(PLATFORM_TABLES) $(PLATFORM_OUT)/tests/platform/node.o
PLATFORM_FDT := $(patsubst $(FUZZ_OUT)/%,$(PLATFORM_OUT)/%,$(FUZZ_FDT))
PLATFORM_HART_OBJS := $(addprefix $(PLATFORM_OUT)/,tests/fuzz/map_glue.o \
	tests/fuzz/map_upstream.o tests/platform/hart.o lib/sbi/pmu/options_fdt.o \
	lib/sbi/pmu/node.o)
PLATFORM_OPENSBI_OBJS := $(PLATFORM_HART_OBJS) $(PLATFORM_OUT)/tests/platform/test_tables.o \
	$(PLATFORM_OUT)/tests/platform/test_node.o

$(PLATFORM_TABLES) $(PLATFORM_OUT)/tests/platform/node.o: \
	PLATFORM_MORE = -Itests/platform/host -Iplatform
$(PLATFORM_OPENSBI_OBJS): PLATFORM_MORE = -I. -DSBI_PMU_TABLES $(FUZZ_OPENSBI_CFLAGS)

$(PLATFORM_OUT)/%.o: %.c tests/platform/platform.mk $(UNIT_DIR)/unit.mk
	@mkdir -p $(@D)
	@echo " HOSTCC    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(UNIT_CFLAGS) $(PLATFORM_MORE) -MMD -MP -c -o $@ $<

# libfdt is not ours, so it goes without our warnings.
$(PLATFORM_OUT)/fdt/%.o: $(FUZZ_FDT_DIR)/%.c tests/platform/platform.mk
	@mkdir -p $(@D)
	@echo " HOSTCC    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(UNIT_CFLAGS) $(FUZZ_FDT_CFLAGS) -w -c -o $@ $<

$(PLATFORM_OUT)/node: $(PLATFORM_NODE_OBJS)
	@$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^

$(PLATFORM_OUT)/tables: $(PLATFORM_OUT)/tests/platform/test_tables.o
$(PLATFORM_OUT)/test-node: $(PLATFORM_OUT)/tests/platform/test_node.o
$(PLATFORM_OUT)/tables $(PLATFORM_OUT)/test-node: $(PLATFORM_HART_OBJS) $(PLATFORM_TABLES) \
		$(PLATFORM_FDT) $(UNIT_LIB)
	@echo " HOSTLD    $(@:$(BUILD)/%=%)"
	@$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^ -lcmocka

.PHONY: platform-node check-platform
platform-node: $(PLATFORM_OUT)/node	## the device-tree node of a core in platform/, or the cores [CORE=vendor,core]
	@$< $(if $(CORE),'$(CORE)')

check-platform: $(PLATFORM_OUT)/node $(PLATFORM_OUT)/tables $(PLATFORM_OUT)/test-node	## the tables of known cores, and nodes with faults
	@mkdir -p $(PLATFORM_OUT)/nodes
	@ASAN_OPTIONS=detect_leaks=0 prove tests/platform/nodes.t :: $(PLATFORM_OUT)/node $(PLATFORM_OUT)/nodes
	@CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=0 \
		$(PROVE) $(PLATFORM_OUT)/tables :: $(PLATFORM_OUT)/nodes
	@CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=0 $(PROVE) $(PLATFORM_OUT)/test-node

-include $(PLATFORM_NODE_OBJS:.o=.d) $(PLATFORM_OPENSBI_OBJS:.o=.d)
