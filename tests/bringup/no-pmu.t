# SPDX-License-Identifier: BSD-2-Clause
# A firmware that was built without the PMU extension.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
fw: build/no-pmu/fw_dynamic.bin
