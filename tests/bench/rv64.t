# SPDX-License-Identifier: BSD-2-Clause
# The reference: 16 programmable counters, 5 rows for raw events in the map.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
icount: shift=0,sleep=off
dtb-edit: map-5
rows: calls counters config fw info linux
