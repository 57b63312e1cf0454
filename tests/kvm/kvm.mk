# SPDX-License-Identifier: BSD-2-Clause
#
# The suite as a guest of Linux' KVM, on our firmware.

KVM_OUT := $(BUILD)/kvm
KVM_FDT := fdt.c fdt_sw.c fdt_strerror.c fdt_ro.c
# libfdt is not ours, so it goes without our warnings.
KVM_CFLAGS := -std=gnu11 -static -O2 -pthread -isystem $(OPENSBI_SRC)/lib/utils/libfdt

$(KVM_OUT)/fdt/%.o: $(OPENSBI_SRC)/lib/utils/libfdt/%.c tests/kvm/libfdt_env.h
	@mkdir -p $(@D)
	$(LINUX_CC) $(KVM_CFLAGS) -w -include tests/kvm/libfdt_env.h -c -o $@ $<

$(KVM_OUT)/vmm: $(wildcard tests/kvm/*.[ch]) $(KVM_FDT:%.c=$(KVM_OUT)/fdt/%.o)
	$(LINUX_CC) $(KVM_CFLAGS) -Wall -Wextra -Werror -o $@ $(filter %.c %.o,$^)

# What boots before the guest does: busybox, KVM if it is a module, and ours.
# $(1) the name of the kernel
define kvm_host
$(KVM_OUT)/$(1).cpio: tests/kvm/init $(KVM_OUT)/vmm $(BUILD)/suite.bin scripts/initramfs | linux-kernels
	@from=$$$$(scripts/fetch-linux $(1)) && scripts/initramfs $$@ tests/kvm/init:init \
		$(KVM_OUT)/vmm:usr/bin/vmm $(BUILD)/suite.bin:suite.bin \
		$$$$from/root/usr/bin/busybox:usr/bin/busybox \
		$$$$(cd $$$$from/root && find modules -type f | sed "s|.*|$$$$from/root/&:&|")
endef
KVM_HOSTS := forky trixie
$(foreach name,$(KVM_HOSTS),$(eval $(call kvm_host,$(name))))

KVM_MACHINES := $(sort $(wildcard tests/kvm/kvm-*.t))
kvm_verdicts := $(KVM_MACHINES:tests/kvm/kvm-%.t=kvm-verdict-%)

# Two kernels are two implementations, so each has a verdict of its own.
.PHONY: kvm kvm-parts check-kvm $(kvm_verdicts)
kvm: kvm-parts		## the suite as a guest of Linux' KVM on the firmware [FW=] [ONLY=id]
	@$(MAKE) --no-print-directory -j$(JOBS) -O SBI_PMU_PREPARED=$(OPENSBI_SRC) $(kvm_verdicts)

$(kvm_verdicts): kvm-verdict-%:
	@scripts/conformance --fw '$(or $(FW),$(BUILD)/fw_dynamic.bin)' --show founding \
		$(if $(filter 1 y yes,$(STRICT)),--strict) $(RUN_OPTIONS) tests/kvm/kvm-$*.t

kvm-parts: $(if $(FW),,fw) $(KVM_HOSTS:%=$(KVM_OUT)/%.cpio)

KVM_GUESTS := $(addprefix $(KVM_OUT)/guest-,1000000.bin 3000000.bin)
check-kvm: kvm linux-parts $(KVM_GUESTS)	## make kvm, and perf on the host of a guest
	@$(linux_env) prove tests/kvm/modes.t

# Guests of a known number of instructions, for modes.t.
$(KVM_OUT)/guest-%.bin: tests/kvm/guest.S
	@mkdir -p $(@D)
	$(LINUX_CC) -nostdlib -static -Wl,-Ttext=0x80200000 -Wl,--build-id=none \
		-DROUNDS=$* -o $(@:.bin=.elf) $<
	$(CROSS_COMPILE)objcopy -O binary $(@:.bin=.elf) $@
