# SPDX-License-Identifier: BSD-2-Clause
# The last of eight harts, while the others sleep.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 8
icount: shift=0,sleep=off
dtb-edit: map-5
rows: calls counters config fw info linux
