# SPDX-License-Identifier: BSD-2-Clause
# Read by OpenSBI's Makefile, in whose tree this folder is lib/sbi/pmu/platform.

# SBI_PMU_TABLES=n leaves the tables of known cores out. A platform without a
# device tree has code of its own that knows its events.
ifeq ($(CONFIG_LIBFDT),y)
ifneq ($(SBI_PMU_TABLES),n)
libsbi-objs-y += pmu/tables.o
libsbi-objs-y += $(patsubst $(libsbi_dir)/%.c,%.o,$(wildcard $(libsbi_dir)/pmu/platform/*.c))
pmu-table-objs = sbi_pmu pmu/core pmu/tables
$(pmu-table-objs:%=$(build_dir)/lib/sbi/%.o): CFLAGS += -DSBI_PMU_TABLES
endif
endif
