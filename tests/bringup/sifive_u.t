# SPDX-License-Identifier: BSD-2-Clause
# A board whose harts have no mcountinhibit, nor a riscv,pmu node; the first of
# them has no S-mode.
qemu: 64
machine: sifive_u
harts: 2
icount: shift=0,sleep=off
