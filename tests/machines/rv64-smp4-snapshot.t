# SPDX-License-Identifier: BSD-2-Clause
# Snapshots on four harts: each has a page of its own, and loses it on its own.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 4
dtb-edit: snapshot
