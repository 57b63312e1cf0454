# SPDX-License-Identifier: BSD-2-Clause

.PHONY: check-labgrid
check-labgrid: all $(BUILD)/bench.bin	## the lines of the payloads as tests of labgrid, in QEMU
	@QEMU='$(QEMU)' pytest-3 -q --tb=short -p no:cacheprovider \
		--lg-env tests/labgrid/qemu.yaml tests/labgrid
