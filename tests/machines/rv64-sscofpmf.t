# SPDX-License-Identifier: BSD-2-Clause
# Without Smcntrpmf the fixed counters cannot filter, so that a filtered event
# must not be placed on them.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=off
icount: shift=0,sleep=off
