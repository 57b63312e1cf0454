# SPDX-License-Identifier: BSD-2-Clause
# Snapshots are on, which unmodified OpenSBI does not have.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: snapshot
rows: snapshot
