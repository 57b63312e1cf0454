# SPDX-License-Identifier: BSD-2-Clause
# The reference without its riscv,pmu node: no event of a programmable counter is
# known until it is searched for.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: no-pmu
