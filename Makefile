# SPDX-License-Identifier: BSD-2-Clause
#
# The only entry point. "make run" and "make check" prepare all they need;
# "make help" lists the rest. Every option of OpenSBI's Makefile passes through.

SHELL := /bin/sh
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

BUILD := build
PREFIX ?= /usr/local
PLATFORM ?= generic
CROSS_COMPILE ?= riscv64-linux-gnu-
JOBS ?= $(shell nproc)
MACHINE ?= rv64-full
MACHINES ?= $(sort $(wildcard tests/machines/*.t))
CHECK_TARGETS := check-format unit check-platform check-runner check-report \
	check-catalogue check-machines check-storm check-stock check-mutants bench-check

include scripts/opensbi.mk
include tests/storm/storm.mk
include tests/bench/bench.mk
include tests/bringup/bringup.mk
include firmware/payload.mk
-include tests/unit/unit.mk
include tests/linux/linux.mk
include tests/linux/calls.mk
include tests/kvm/kvm.mk
-include tests/fuzz/fuzz.mk
include tests/platform/platform.mk
include tests/labgrid/labgrid.mk
include tests/proof/proof.mk
include tests/bench-host/bench-host.mk
include tests/domains/domains.mk
include tests/coverage/coverage.mk
include scripts/compilers.mk

RUN_MACHINE := tests/machines/$(MACHINE).t
# A machine says itself which width it has.
RUN_XLEN := $(shell sed -n 's/^qemu:[[:space:]]*//p' $(RUN_MACHINE) 2>/dev/null)
RUN_FW := $(shell sed -n 's/^fw:[[:space:]]*//p' $(RUN_MACHINE) 2>/dev/null)
comma := ,
empty :=
RUN_OPTIONS := $(if $(SEED),--seed '$(SEED)') $(if $(STEPS),--steps '$(STEPS)') \
	$(if $(ONLY),--only $(subst $(empty) $(empty),$(comma),$(strip $(ONLY))))
ifneq ($(filter run,$(MAKECMDGOALS)),)
ifeq ($(wildcard $(RUN_MACHINE)),)
$(error sbi-pmu: MACHINE=$(MACHINE): there is no $(RUN_MACHINE); choose of \
	$(basename $(notdir $(MACHINES))))
endif
endif
C_FILES = $(sort $(shell find lib include firmware platform tests \
	-name '*.[ch]' 2>/dev/null))
# Releases of clang-format disagree about details; this one decides.
CLANG_FORMAT_MAJOR := 14
CLANG_FORMAT ?= $(shell command -v clang-format-$(CLANG_FORMAT_MAJOR) || \
	command -v clang-format)
clang_format_found = $(shell $(CLANG_FORMAT) --version 2>/dev/null | \
	sed -n 's/.*version \([0-9]*\).*/\1/p')

.PHONY: all run conformance check fw fw32 stock suite unit install clean distclean \
	format check-format check-runner check-report check-catalogue report check-machines check-stock setup help FORCE

all: fw suite $(BUILD)/bringup.bin	## the firmware and the payloads (the default)

ifeq ($(RUN_XLEN),32)
run: fw32 $(BUILD)/rv32/suite.bin
else
run: fw suite
endif
ifeq ($(RUN_FW),build/switch/fw_dynamic.bin)
run: fw-switch
endif
run:		## boot the suite in QEMU [MACHINE=rv64-full] [ONLY=id] [SEED=] [STEPS=]
	@scripts/run-suite --pretty $(RUN_OPTIONS) $(RUN_MACHINE)

.PHONY: check-oldest
check-oldest:	## the suite with the oldest OpenSBI that is supported
	@+$(MAKE) --no-print-directory run OPENSBI_VERSION=1.6

# Another firmware is only known by its file; ours is built for both widths.
ifdef FW
CONFORMANCE_FW := --fw '$(FW)' --timeout 5
else
conformance: fw fw32 fw-switch
endif
conformance: suite $(BUILD)/rv32/suite.bin	## a verdict on each clause [FW=fw_dynamic.bin] [FW32=] [NAME=]
	@scripts/conformance --jobs $(JOBS) $(CONFORMANCE_FW) \
		$(if $(FW32),--fw32 '$(FW32)') $(if $(NAME),--name '$(NAME)') \
		$(if $(filter 1 y yes,$(STRICT)),--strict) $(RUN_OPTIONS) $(MACHINES)

# judge NAME,OPTIONS: what failed is for the report to say.
define judge
@echo "report: the suite on $(1); more in $(BUILD)/conformance.log"
@scripts/conformance --jobs $(JOBS) $(2) $(RUN_OPTIONS) $(MACHINES) \
	>>$(BUILD)/conformance.log; [ $$? -lt 2 ]
endef

# Ours and stock beside each other, and whatever else was tested before.
report: fw fw32 fw-switch stock suite $(BUILD)/rv32/suite.bin	## build/report/index.html: ours, stock, others tested [FW=] [FW32=] [NAME=]
	@: >$(BUILD)/conformance.log
	$(call judge,our firmware,--name sbi-pmu)
	$(call judge,unmodified OpenSBI,--name stock --timeout 5 \
		--fw $(BUILD)/stock/fw_dynamic.bin)
	$(if $(FW),$(call judge,$(FW),$(CONFORMANCE_FW) \
		$(if $(FW32),--fw32 '$(FW32)') $(if $(NAME),--name '$(NAME)')))
	@scripts/report

# One after the other and all of them, so that the output can be read and one
# failure does not hide the next.
check: fw suite fw32 $(BUILD)/rv32/suite.bin	## run all tests
	@failed=; \
	for part in $(CHECK_TARGETS); do \
		echo "== $$part"; \
		SBI_PMU_PREPARED=$(OPENSBI_SRC) \
			$(MAKE) --no-print-directory $$part || \
			failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then \
		echo "make check: FAILED:$$failed" >&2; exit 1; \
	fi; \
	echo "make check: all passed: $(CHECK_TARGETS)"

fw: overlay	## build/fw_dynamic.{bin,elf} and build/fw_jump.bin with our PMU
	$(call build_opensbi,$(OVERLAY),$(FW_OUT),$(BUILD))

fw32: overlay	## the same for RV32 in build/rv32/
	$(call build_opensbi,$(OVERLAY),$(FW_OUT)-rv32,$(BUILD)/rv32,PLATFORM_RISCV_XLEN=32)

stock:		## unmodified OpenSBI of the same tree in build/stock/
	$(call build_opensbi,$(OPENSBI_SRC),$(STOCK_OUT),$(BUILD)/stock)

suite: $(BUILD)/suite.elf $(BUILD)/suite.bin $(BUILD)/witness.bin	## build/suite.{elf,bin}

ifeq ($(wildcard tests/unit/unit.mk),)
unit:		## host tests of the core
	@echo "unit: skipped: there are no host tests in this tree"
endif

# These fake QEMU, so that they need no firmware.
check-runner:	## tests of the scripts
	@prove -j$(JOBS) tests/runner/

# A browser is large, so nothing but scripts/setup browser installs one.
check-report:	## the page of make report in a browser, if there is one
	@if perl -Itests/report -MBrowser -e 'exit !Browser::program()'; then \
		prove -j$(JOBS) tests/report/; \
	else \
		echo "check-report: skipped: there is no Chromium:" \
			"scripts/setup browser installs it"; \
	fi

check-catalogue:	## each clause has a case and each case a clause
	@scripts/check-catalogue

check-machines: fw suite fw32 fw-switch $(BUILD)/rv32/suite.bin	## the suite on every machine
	@prove -j$(JOBS) --exec scripts/run-suite $(MACHINES)

check-stock: stock suite $(BUILD)/storm.bin	## the suite tells which calls kill stock OpenSBI
	@prove tests/stock/

# What OpenSBI's make would do if all our files were new; see scripts/Relink.pm.
# $(1) name, $(2) build directory, $(3) tree, $(4) more options
define mutant_commands
+@mkdir -p $(BUILD)/mutants
+@GIT_CEILING_DIRECTORIES=$(abspath $(dir $(abspath $(3)))) \
	$(MAKE) -n -C $(3) O=$(abspath $(2)) $(opensbi_args) $(4) \
	$(patsubst %,-W $(abspath $(3))/%,$(shell find lib/sbi -name '*.[cS]')) \
	$(abspath $(2))/platform/$(PLATFORM)/firmware/fw_dynamic.bin \
	>$(BUILD)/mutants/$(1).make.tmp
@mv $(BUILD)/mutants/$(1).make.tmp $(BUILD)/mutants/$(1).make
endef

.PHONY: mutants mutant-commands check-mutants
mutant-commands: fw suite fw32 fw-switch $(BUILD)/rv32/suite.bin \
	$(BUILD)/storm.bin $(BUILD)/rv32/storm.bin
	$(call mutant_commands,rv64,$(FW_OUT),$(OVERLAY))
	$(call mutant_commands,rv32,$(FW_OUT)-rv32,$(OVERLAY),PLATFORM_RISCV_XLEN=32)
	$(call mutant_commands,switch,$(SWITCH_OUT),$(SWITCH_TREE))

mutants: mutant-commands	## each known fault must fail a case [ONLY=name] [SHARD=1/4]
	@scripts/mutants --jobs $(JOBS) $(if $(SHARD),--shard $(SHARD)) $(ONLY)

check-mutants: mutant-commands	## the same for a few of them
	@scripts/mutants --jobs $(JOBS) --sample 10

install: fw suite $(BUILD)/bringup.bin	## install below [DESTDIR=] PREFIX=/usr/local
	install -d $(DESTDIR)$(PREFIX)/share/sbi-pmu
	install -m 644 $(BUILD)/fw_*.bin $(BUILD)/fw_*.elf $(BUILD)/suite.elf \
		$(BUILD)/suite.bin $(BUILD)/bringup.elf $(BUILD)/bringup.bin $(DESTDIR)$(PREFIX)/share/sbi-pmu/

format:		## reformat the C files
	@$(if $(CLANG_FORMAT),,echo "sbi-pmu: clang-format is missing: install\
	 clang-format-$(CLANG_FORMAT_MAJOR)" >&2; exit 1;) \
	$(CLANG_FORMAT) -i $(C_FILES)

check-format:	## complain about C files that "make format" would change
	@case "$(clang_format_found)" in \
	$(CLANG_FORMAT_MAJOR)) \
		$(CLANG_FORMAT) --dry-run -Werror $(C_FILES) ;; \
	"")	echo "check-format: skipped: clang-format is not installed" ;; \
	*)	echo "check-format: skipped: the style is decided by clang-format"\
		"$(CLANG_FORMAT_MAJOR), not $(clang_format_found)" ;; \
	esac

setup:		## install what building and testing need
	@scripts/setup

clean:		## remove what was built, keep what was downloaded
	@[ ! -d $(BUILD) ] || find $(BUILD) -mindepth 1 -maxdepth 1 \
		! -name cache -exec rm -rf {} +

distclean:	## remove the downloads too
	@rm -rf $(BUILD)

help:		## this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  make \1|\2/p' \
		Makefile \
		scripts/compilers.mk $(sort $(wildcard tests/*/*.mk)) | while IFS='|' read -r t d; do \
		printf '  %-20s %s\n' "$$t" "$$d"; done
	@echo
	@echo "Options: OPENSBI_DIR=tree  OPENSBI_VERSION=1.8.1  QEMU=program"
	@echo "         ONLY=id-prefix  SEED=number  STEPS=number  STRICT=1"
	@echo "         QEMU32=program  SBI_PMU_SNAPSHOT=y  SBI_PMU_TRACE=y"
	@echo "         SBI_PMU_CACHE=dir"
	@echo "         and those of OpenSBI (PLATFORM=, FW_PAYLOAD_PATH=, LLVM=1, ...)"
