# SPDX-License-Identifier: BSD-2-Clause
# Four harts that run at the same time, a fifth that watches, and snapshots.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 5
memory: 32M
dtb-edit: snapshot
