# SPDX-License-Identifier: BSD-2-Clause
# 250 rows for raw events in the map, nearly all that OpenSBI takes.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: map-250
rows: config info linux
