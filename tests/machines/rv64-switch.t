# SPDX-License-Identifier: BSD-2-Clause
# Two domains that take turns on one hart. The firmware has an extension more,
# for tests, that makes OpenSBI switch; 1.9 does that only without a floating-point
# unit.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,f=off,d=off,zfa=off
icount: shift=0,sleep=off
dtb-edit: snapshot,domain-switch
other: build/witness.bin
fw: build/switch/fw_dynamic.bin
