# SPDX-License-Identifier: BSD-2-Clause
#
# Linux with perf on the firmware: the programs that run there and the tests.

LINUX_OUT := $(BUILD)/linux
# A kernel of one's own is tried with Debian's newest perf.
LINUX_NAMES := $(if $(KERNEL),forky,$(or $(LINUX),forky trixie))
LINUX_CC := $(CROSS_COMPILE)gcc
linux_env = $(foreach v,KERNEL INITRD FW,$(if $($v),$v='$(abspath $($v))')) \
	$(if $(LINUX),LINUX='$(LINUX)')

$(LINUX_OUT):
	@mkdir -p $@

$(LINUX_OUT)/loop: tests/linux/loop.S | $(LINUX_OUT)
	$(LINUX_CC) -static -nostdlib -o $@ $<

$(LINUX_OUT)/%: tests/linux/%.c | $(LINUX_OUT)
	$(LINUX_CC) -static -O2 -Wall -Wextra -Werror -pthread -o $@ $<

.PHONY: linux check-linux linux-shell linux-parts linux-kernels
linux-kernels:
	@for name in $(LINUX_NAMES); do \
		SBI_PMU_CACHE='$(SBI_PMU_CACHE)' scripts/fetch-linux $$name \
			>/dev/null || exit 1; \
	done

linux-parts: linux-kernels $(addprefix $(LINUX_OUT)/,loop provoke selfread) \
	$(if $(FW),,fw)

# What people want to see; check-linux tests the rest, too.
LINUX_SHOWN := $(addprefix tests/linux/,counts.t firmware.t cpus.t sampling.t \
	user.t findings.t)
linux: LINUX_NAMES := $(or $(LINUX),forky)
linux: linux-parts $(if $(FW),,stock)	## perf on Linux on the firmware [LINUX=forky|trixie] [KERNEL=] [INITRD=] [FW=]
	@$(linux_env) LINUX='$(LINUX_NAMES)' prove -v $(LINUX_SHOWN)

check-linux: linux-parts fw suite $(BUILD)/bringup.bin stock	## all that Linux and U-Boot show of the firmware
	@$(linux_env) prove -j$(JOBS) tests/linux/*.t

linux-shell: LINUX_NAMES := $(or $(LINUX),forky)
linux-shell: linux-parts	## a prompt in Linux with perf on the firmware [LINUX=] [KERNEL=] [INITRD=] [FW=]
	@$(linux_env) LINUX='$(LINUX_NAMES)' tests/linux/shell
