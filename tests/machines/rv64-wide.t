# All 29 programmable counters: hardware counter 31 is the last one there can be.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,pmu-mask=0xfffffff8
icount: shift=0,sleep=off
