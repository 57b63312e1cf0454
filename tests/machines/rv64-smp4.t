# SPDX-License-Identifier: BSD-2-Clause
# Four harts running at the same time: each has counters of its own.
qemu: 64
cpu: rv64,sscofpmf=on,smcntrpmf=on
harts: 4
