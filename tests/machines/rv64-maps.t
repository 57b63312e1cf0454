# SPDX-License-Identifier: BSD-2-Clause
# Event maps with all that the device trees of boards have in them.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: maps
