# SPDX-License-Identifier: BSD-2-Clause
# Two harts, of which the second is said to have no Sscofpmf.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 2
dtb-edit: uneven
