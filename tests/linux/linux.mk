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

.PHONY: linux-parts linux-kernels linux-shell
linux-kernels:
	@for name in $(LINUX_NAMES); do \
		SBI_PMU_CACHE='$(SBI_PMU_CACHE)' scripts/fetch-linux $$name \
			>/dev/null || exit 1; \
	done

linux-parts: linux-kernels $(LINUX_OUT)/loop $(LINUX_OUT)/provoke \
	$(if $(FW),,fw)
