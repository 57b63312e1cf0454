# SPDX-License-Identifier: BSD-2-Clause
# Unmodified OpenSBI, of which a report has to say what is wrong.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
fw: build/stock/fw_dynamic.bin
