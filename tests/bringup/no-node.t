# SPDX-License-Identifier: BSD-2-Clause
# The reference without its riscv,pmu node, and a core that nobody knows: no event
# of a programmable counter is known until it is searched for.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,mvendorid=0x7ff,marchid=1
icount: shift=0,sleep=off
dtb-edit: no-pmu
