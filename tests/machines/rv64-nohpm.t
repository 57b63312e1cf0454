# SPDX-License-Identifier: BSD-2-Clause
# No programmable counters: the fixed and the firmware counters are all there is.
qemu: 64
cpu: rv64,zihpm=off,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
