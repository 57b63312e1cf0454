# SPDX-License-Identifier: BSD-2-Clause
# The reference: overflow interrupts, filters on all counters, exact counts.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
