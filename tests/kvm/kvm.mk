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

$(KVM_OUT)/vmm: tests/kvm/vmm.c tests/kvm/tree.c tests/kvm/vmm.h $(KVM_FDT:%.c=$(KVM_OUT)/fdt/%.o)
	$(LINUX_CC) $(KVM_CFLAGS) -Wall -Wextra -Werror -o $@ $(filter %.c %.o,$^)
