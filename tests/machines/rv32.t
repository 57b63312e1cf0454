# SPDX-License-Identifier: BSD-2-Clause
# RV32, where every 64-bit counter is two registers.
qemu: 32
cpu: rv32,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
