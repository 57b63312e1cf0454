# SPDX-License-Identifier: BSD-2-Clause
# Another board: the console and the power switch are HTIF, and the device tree
# has no pmu node. The board cannot drive stimecmp, though its hart claims
# Sstc.
qemu: 64
machine: spike
cpu: rv64,sscofpmf=on,smcntrpmf=on,sstc=off
icount: shift=0,sleep=off
