# SPDX-License-Identifier: BSD-2-Clause
# A board with five harts, one of them without S-mode, and memory in two parts.
qemu: 64
machine: microchip-icicle-kit
harts: 5
memory: 2G
dts: tests/bringup/icicle.dts
