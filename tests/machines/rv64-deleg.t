# SPDX-License-Identifier: BSD-2-Clause
# Counter delegation: the supervisor programs hardware counters by itself too.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,smcdeleg=on,ssccfg=on,smcsrind=on,sscsrind=on
icount: shift=0,sleep=off
