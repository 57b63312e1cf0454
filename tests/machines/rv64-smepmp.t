# SPDX-License-Identifier: BSD-2-Clause
# With Smepmp M-mode has to open memory of the supervisor before it looks at it.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,smepmp=on
icount: shift=0,sleep=off
