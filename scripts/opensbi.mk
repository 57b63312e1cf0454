# SPDX-License-Identifier: BSD-2-Clause
#
# Preparing the machine and OpenSBI's source, and building OpenSBI with and
# without our files. Included by the Makefile.

# make takes a blank in a path for the end of it.
$(foreach v,CURDIR OPENSBI_DIR SBI_PMU_CACHE,$(if $(filter-out 0 1,$(words \
	$($v))),$(error sbi-pmu: $v=$($v) contains a blank, which make cannot \
	handle: use a path without)))

# What the goals ask of the machine. This runs while make reads the Makefile,
# because the rules to come name files of the OpenSBI tree.
goals := $(or $(MAKECMDGOALS),$(.DEFAULT_GOAL))
fuzz_goals := fuzz fuzz-coverage fuzz-mutants check-fuzz-mutants
source_goals := $(filter-out check-slow check-oldest help clean distclean format check-format setup \
	unit check-runner check-report check-catalogue platform-node check-platform $(fuzz_goals) \
	lint coverage bench-host,$(goals))
parts := $(if $(source_goals),build) \
	$(if $(filter run conformance report check check-machines check-stock storm check-storm storm-stock bench bench-check bench-update,$(goals)),run) \
	$(if $(filter mutants check-mutants coverage-fw check-glue check-llvm check-domains bringup check-bringup,$(goals)),run) \
	$(if $(filter linux check-linux linux-shell linux-calls kvm check-kvm,$(goals)),run linux) \
	$(if $(filter check unit check-runner check-report check-platform platform-node coverage $(fuzz_goals),$(goals)),check) \
	$(if $(filter check check-platform,$(goals)),schema) \
	$(if $(filter $(fuzz_goals),$(goals)),fuzz) $(if $(filter lint,$(goals)),lint) \
	$(if $(filter bench-host,$(goals)),bench) \
	$(if $(filter check-labgrid,$(goals)),run labgrid)

ifdef SBI_PMU_PREPARED
OPENSBI_SRC := $(SBI_PMU_PREPARED)
else
ifneq ($(strip $(parts)),)
setup_log := $(shell QEMU='$(QEMU)' QEMU32='$(QEMU32)' LLVM='$(LLVM)' \
	CROSS_COMPILE='$(CROSS_COMPILE)' scripts/setup $(parts) >&2)
ifneq ($(.SHELLSTATUS),0)
$(error stopped, see the line above)
endif
endif
ifneq ($(source_goals)$(filter check-platform $(fuzz_goals),$(goals)),)
OPENSBI_SRC := $(shell OPENSBI_DIR='$(OPENSBI_DIR)' \
	OPENSBI_VERSION='$(OPENSBI_VERSION)' SBI_PMU_CACHE='$(SBI_PMU_CACHE)' \
	scripts/fetch-opensbi)
ifneq ($(.SHELLSTATUS),0)
$(error stopped, see the line above)
endif
endif
endif

# OpenSBI's make does not notice changed options, so each set of options has a
# build directory of its own, named by a checksum of them. Those that change
# nothing in the firmware do not count.
own_options := QEMU QEMU32 OPENSBI_DIR OPENSBI_VERSION SBI_PMU_CACHE DESTDIR \
	PREFIX V MACHINE MACHINES ONLY SEED STEPS FW FW32 NAME STRICT CHECK_TARGETS JOBS CLANG_FORMAT
own_options += SHARD LINUX KERNEL INITRD STORM_S STORM_MACHINE STORM_RUNS BENCH_MACHINES \
	RAW NODE CORE
env_options := PLATFORM% FW_% LLVM DEBUG BUILD_INFO REPRODUCIBLE CROSS_COMPILE \
	SBI_PMU_SNAPSHOT SBI_PMU_TRACE SBI_PMU_FAST SBI_PMU_TABLES CPPFLAGS GENFLAGS ELFFLAGS
option_names := $(sort PLATFORM CROSS_COMPILE \
	$(foreach v,$(filter-out $(own_options),$(.VARIABLES)),\
	$(if $(filter command,$(origin $v)),$v)) \
	$(foreach v,$(filter $(env_options),$(.VARIABLES)),\
	$(if $(filter environment,$(origin $v)),$v)))
define option_text
$(CURDIR) $(OPENSBI_SRC) $(foreach v,$(option_names),$v=$(value $v))
endef
KEY := $(if $(source_goals),$(shell echo '$(subst ','\'',$(option_text))' | \
	cksum | cut -d' ' -f1))

OVERLAY := $(BUILD)/opensbi
FW_OUT := $(BUILD)/opensbi-out/$(KEY)
STOCK_OUT := $(BUILD)/stock-out/$(KEY)

# OpenSBI's make runs in its own tree; paths are meant from here.
path_options := FW_PAYLOAD_PATH FW_FDT_PATH PLATFORM_DIR
opensbi_args := PLATFORM='$(PLATFORM)' CROSS_COMPILE='$(CROSS_COMPILE)' \
	$(foreach v,$(path_options),$(if $($v),$v='$(abspath $($v))'))

# Outside OpenSBI's own repository, git would name the version of ours.
# $(call build_opensbi,tree,build directory,result directory,more options)
define build_opensbi
+@[ -n "$(PLATFORM_DIR)" ] || [ -f "$(1)/platform/$(PLATFORM)/objects.mk" ] || \
	{ echo "sbi-pmu: PLATFORM=$(PLATFORM): OpenSBI has no such platform;\
	 choose of $(sort $(patsubst $(1)/platform/%/configs/defconfig,%,$(wildcard \
	$(1)/platform/*/configs/defconfig $(1)/platform/*/*/configs/defconfig))), or leave it\
	 out for generic" >&2; exit 1; }
+@[ -z "$(FW_PAYLOAD_PATH)" ] || [ -f "$(abspath $(FW_PAYLOAD_PATH))" ] || \
	{ echo "sbi-pmu: FW_PAYLOAD_PATH=$(FW_PAYLOAD_PATH): there is no such\
	 file; build the payload first or give another path" >&2; exit 1; }
+@mkdir -p $(2)
+@case " $$MAKEFLAGS " in *jobserver*|*" -j"*) j= ;; *) j=-j$(JOBS) ;; esac; \
	GIT_CEILING_DIRECTORIES=$(abspath $(dir $(abspath $(1)))) \
	$(MAKE) $$j $(if $(filter 1,$(V)),,-s) -C $(1) O=$(abspath $(2)) \
	$(opensbi_args) $(4) all
@mkdir -p $(3)
@for f in fw_dynamic fw_jump fw_payload; do for e in bin elf; do \
	from=$(2)/platform/$(PLATFORM)/firmware/$$f.$$e; to=$(3)/$$f.$$e; \
	case "$$f:$(FW_PAYLOAD)$(FW_PAYLOAD_PATH)" in fw_payload:) from= ;; esac; \
	if [ ! -f "$$from" ]; then rm -f $$to; \
	elif ! cmp -s $$from $$to; then \
		cp $$from $$to.tmp && mv $$to.tmp $$to || exit 1; \
	fi; \
done; done
endef

.PHONY: overlay
overlay:
	@scripts/overlay "$(OPENSBI_SRC)" "$(OVERLAY)" $(wildcard $(BUILD)/opensbi-out/*)
