# SPDX-License-Identifier: BSD-2-Clause
# All 29 programmable counters that there can be.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,pmu-mask=0xfffffff8
icount: shift=0,sleep=off
rows: counters config linux
