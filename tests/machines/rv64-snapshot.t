# SPDX-License-Identifier: BSD-2-Clause
# The reference with snapshots switched on by the device tree.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: snapshot
