# SPDX-License-Identifier: BSD-2-Clause
# With Smepmp each look at memory opens and closes it, on every hart for itself.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,smepmp=on
harts: 5
memory: 32M
dtb-edit: snapshot
