# SPDX-License-Identifier: BSD-2-Clause
# Neither overflow interrupts nor filters: counting alone has to work.
qemu: 64
cpu: rv64,sscofpmf=off,smcntrpmf=off
icount: shift=0,sleep=off
