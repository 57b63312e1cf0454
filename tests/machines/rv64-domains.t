# SPDX-License-Identifier: BSD-2-Clause
# The suite in one domain with two harts of four; a witness has the other two.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 4
dtb-edit: snapshot,domains
other: build/witness.bin
