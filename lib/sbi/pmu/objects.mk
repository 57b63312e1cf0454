# SPDX-License-Identifier: BSD-2-Clause
# Read by OpenSBI's Makefile, which finds every objects.mk below lib/sbi.

libsbi-objs-y += pmu/core.o
libsbi-objs-y += pmu/csr.o
libsbi-objs-y += pmu/domain.o
libsbi-objs-y += pmu/shmem.o

ifeq ($(CONFIG_LIBFDT),y)
libsbi-objs-y += pmu/options_fdt.o
libsbi-objs-y += pmu/node.o
else
libsbi-objs-y += pmu/options_none.o
endif

# SBI_PMU_SNAPSHOT=y offers snapshots without a device-tree property.
ifeq ($(SBI_PMU_SNAPSHOT),y)
$(build_dir)/lib/sbi/pmu/options_%.o: CFLAGS += -DSBI_PMU_SNAPSHOT=1
endif

# SBI_PMU_TRACE=y prints each call on the console.
ifeq ($(SBI_PMU_TRACE),y)
libsbi-objs-y += pmu/trace.o
$(build_dir)/lib/sbi/sbi_ecall_pmu.o $(build_dir)/lib/sbi/pmu/trace.o: \
	CFLAGS += -DSBI_PMU_TRACE
endif

# SBI_PMU_FAST=n leaves all calls to OpenSBI's trap entry, which tracing needs.
ifneq ($(SBI_PMU_TRACE),y)
ifneq ($(SBI_PMU_FAST),n)
libsbi-objs-y += pmu/trap_entry.o
libsbi-objs-y += pmu/trap_install.o
pmu-fast-objs = sbi_ecall_pmu sbi_pmu pmu/domain pmu/trap_install
$(pmu-fast-objs:%=$(build_dir)/lib/sbi/%.o): CFLAGS += -DSBI_PMU_FAST
endif
endif

# OpenSBI that tells of domain switches has the version of one that does not.
ifneq ($(shell grep -s SBI_HART_PROTECTION_TYPE_ID $(src_dir)/include/sbi/sbi_hart_protection.h),)
$(build_dir)/lib/sbi/pmu/domain.o: CFLAGS += -DCOMPAT_TELLS_SWITCH
endif

# The core keeps to more warnings than OpenSBI does.
$(build_dir)/lib/sbi/pmu/core.o: CFLAGS += -Wextra -Wsign-compare -Wconversion

# OpenSBI keeps frame pointers for a debugger; in each call they cost.
pmu-hot-objs = sbi_ecall_pmu pmu/core pmu/domain
$(pmu-hot-objs:%=$(build_dir)/lib/sbi/%.o): \
	CFLAGS += -fomit-frame-pointer -foptimize-sibling-calls
