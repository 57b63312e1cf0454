# SPDX-License-Identifier: BSD-2-Clause
# Programmable counters 3, 5, 7 and 9 only: holes are no counters.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,pmu-mask=0x2a8
icount: shift=0,sleep=off
