# SPDX-License-Identifier: BSD-2-Clause
# Two domains that take turns on one hart. The firmware has an extension more,
# for tests, that makes OpenSBI switch.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: snapshot,domain-switch
other: build/witness.bin
fw: build/switch/fw_dynamic.bin
