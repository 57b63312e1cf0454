# SPDX-License-Identifier: BSD-2-Clause
# A guest of KVM in Linux 7 of Debian testing, on our firmware.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on,h=on
icount: shift=0,sleep=off
memory: 1G
host: forky
