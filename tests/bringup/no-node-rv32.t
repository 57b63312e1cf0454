# SPDX-License-Identifier: BSD-2-Clause
# The same with RV32.
qemu: 32
cpu: rv32,sscofpmf=on,smcntrpmf=on,mvendorid=0x7ff,marchid=1
icount: shift=0,sleep=off
dtb-edit: no-pmu
