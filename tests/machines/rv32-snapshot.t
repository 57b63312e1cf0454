# SPDX-License-Identifier: BSD-2-Clause
# RV32 with snapshots: half of what a 64-bit slot holds is in another word, and a
# mask does not reach over all slots.
qemu: 32
cpu: rv32,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: snapshot
