# SPDX-License-Identifier: BSD-2-Clause
# The same on RV32, where a 64-bit argument takes two registers.
qemu: 32
cpu: rv32,sscofpmf=on,smcntrpmf=on
harts: 5
memory: 32M
dtb-edit: snapshot
