# SPDX-License-Identifier: BSD-2-Clause
# Snapshots on four harts, each with a page of its own, and without Sscofpmf.
qemu: 64
cpu: rv64,sscofpmf=off,smcntrpmf=on
harts: 4
dtb-edit: snapshot
