# SPDX-License-Identifier: BSD-2-Clause
# How payloads are built: the S-mode runtime in firmware/, libfdt from the
# OpenSBI tree, and the sources of the payload itself. A payload is named in
# PAYLOADS, with its sources in NAME_SRCS, before this file is included. Set by
# the includer, too: CROSS_COMPILE, BUILD, OPENSBI_SRC. Works on its own:
#   make -f firmware/payload.mk OPENSBI_SRC=... BUILD=...

CROSS_COMPILE ?= riscv64-linux-gnu-
BUILD ?= build

PAYLOAD_CC := $(CROSS_COMPILE)gcc
PAYLOAD_OBJCOPY := $(CROSS_COMPILE)objcopy
PAYLOAD_READELF := $(CROSS_COMPILE)readelf

RUNTIME_SRCS := $(sort $(wildcard firmware/*.c firmware/*.S))
LIBFDT_SRCS := fdt.c fdt_addresses.c fdt_check.c fdt_ro.c fdt_strerror.c
# The order of the files is the order of the cases.
SUITE_FRAME := main verdict facts
SUITE_FIRST := base
suite_SRCS ?= $(SUITE_FRAME:%=tests/suite/%.c) \
	$(SUITE_FIRST:%=tests/suite/%.c) \
	$(filter-out $(patsubst %,tests/suite/%.c,$(SUITE_FRAME) $(SUITE_FIRST)),\
	$(sort $(wildcard tests/suite/*.c)))
# What runs in the other domain where there are two; see tests/suite/witness.h
witness_SRCS := tests/domains/witness.c
PAYLOADS := suite witness $(PAYLOADS)

PAYLOAD_WARN := -Wall -Wextra -Werror -Wmissing-prototypes \
	-Wstrict-prototypes -Wno-clobbered
# -fno-tree-loop-distribute-patterns keeps memcpy and memset from being compiled
# into calls of themselves. gnu11 defines linux as 1, and a group has that name.
PAYLOAD_CFLAGS := -std=gnu11 -Ulinux -O2 -g -ffreestanding -nostdinc -fPIE \
	-fvisibility=hidden -mcmodel=medany -mno-relax -fno-common -ffunction-sections \
	-fno-stack-protector -fno-strict-aliasing -fno-asynchronous-unwind-tables \
	-fno-tree-loop-distribute-patterns
PAYLOAD_LDFLAGS := -nostdlib -static-pie -Wl,--no-dynamic-linker \
	-Wl,--no-relax -Wl,-z,text -Wl,-z,norelro -Wl,--hash-style=sysv \
	-Wl,--build-id=none -Wl,--no-warn-rwx-segments -Wl,--fatal-warnings \
	-Wl,--gc-sections

# $(1) directory, $(2) -march, $(3) -mabi, $(4) link address
define payload_xlen
$(1)_flags := -march=$(2) -mabi=$(3)
$(1)_base := $(4)
$(1)_runtime := $$(RUNTIME_SRCS:%=$(1)/payload/%.o) \
	$$(LIBFDT_SRCS:%=$(1)/payload/libfdt/%.o)

$(1)/payload/%.c.o: %.c firmware/payload.mk
	@mkdir -p $$(@D)
	@echo " CC        $$(@:$(BUILD)/%=%)"
	@$$(PAYLOAD_CC) $$($(1)_flags) $$(PAYLOAD_CFLAGS) $$(PAYLOAD_WARN) \
		-isystem $$(PAYLOAD_INCLUDE) -Iinclude -Ifirmware \
		-Itests/suite -isystem $$(OPENSBI_SRC)/lib/utils/libfdt \
		-MMD -MP -c $$< -o $$@

$(1)/payload/%.S.o: %.S firmware/payload.mk
	@mkdir -p $$(@D)
	@echo " AS        $$(@:$(BUILD)/%=%)"
	@$$(PAYLOAD_CC) $$($(1)_flags) $$(PAYLOAD_CFLAGS) -DLINK_BASE=$(4) \
		-Ifirmware -MMD -MP -c $$< -o $$@

# Not our source, so without our warnings.
$(1)/payload/libfdt/%.c.o: $$(OPENSBI_SRC)/lib/utils/libfdt/%.c firmware/payload.mk
	@mkdir -p $$(@D)
	@echo " CC        $$(@:$(BUILD)/%=%)"
	@$$(PAYLOAD_CC) $$($(1)_flags) $$(PAYLOAD_CFLAGS) -w \
		-isystem $$(PAYLOAD_INCLUDE) -Ifirmware \
		-include firmware/libfdt_env.h \
		-I$$(OPENSBI_SRC)/lib/utils/libfdt -MMD -MP -c $$< -o $$@

-include $$($(1)_runtime:.o=.d)
endef

# $(1) directory, $(2) payload
define payload
$(1)_$(2) := $$($(2)_SRCS:%=$(1)/payload/%.o)

$(1)/$(2).elf: $$($(1)_runtime) $$($(1)_$(2)) firmware/payload.ld
	@echo " LD        $$(@:$(BUILD)/%=%)"
	@$$(PAYLOAD_CC) $$($(1)_flags) $$(PAYLOAD_LDFLAGS) \
		-Wl,--defsym=LINK_BASE=$$($(1)_base) -T firmware/payload.ld \
		$$($(1)_$(2)) $$($(1)_runtime) -o $$@.tmp
	@if $$(PAYLOAD_READELF) -rW $$@.tmp | grep R_RISCV | grep -qv R_RISCV_RELATIVE; then \
		echo "$$@: has relocations that the start code cannot apply; see $$(PAYLOAD_READELF) -r $$@.tmp" >&2; \
		exit 1; fi
	@mv $$@.tmp $$@

$(1)/$(2).bin: $(1)/$(2).elf
	@echo " OBJCOPY   $$(@:$(BUILD)/%=%)"
	@$$(PAYLOAD_OBJCOPY) -O binary $$< $$@.tmp
	@mv $$@.tmp $$@

-include $$($(1)_$(2):.o=.d)
endef

PAYLOAD_INCLUDE = $(shell $(PAYLOAD_CC) -print-file-name=include)

$(eval $(call payload_xlen,$(BUILD),rv64imac_zicsr_zifencei,lp64,0x80200000))
$(eval $(call payload_xlen,$(BUILD)/rv32,rv32imac_zicsr_zifencei,ilp32,0x80400000))

$(foreach name,$(PAYLOADS),$(foreach dir,$(BUILD) $(BUILD)/rv32,\
	$(eval $(call payload,$(dir),$(name)))))
