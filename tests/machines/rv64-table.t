# SPDX-License-Identifier: BSD-2-Clause
# The reference without its riscv,pmu node: the firmware knows the events of the core.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: no-pmu
