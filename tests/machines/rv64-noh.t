# SPDX-License-Identifier: BSD-2-Clause
# Without the hypervisor extension the VS and VU filters have no mode to hold.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,h=off
icount: shift=0,sleep=off
