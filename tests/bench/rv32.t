# SPDX-License-Identifier: BSD-2-Clause
# The same on RV32, where each value takes two registers.
qemu: 32
cpu: rv32,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
rows: calls counters config fw info linux
