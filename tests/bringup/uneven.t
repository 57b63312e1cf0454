# SPDX-License-Identifier: BSD-2-Clause
# Two harts, of which the second is said to have no Sscofpmf.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 2
# Harts take turns with icount, so that the first boots always, and the second differs.
icount: shift=4,sleep=off
dtb-edit: uneven
