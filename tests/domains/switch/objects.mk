# SPDX-License-Identifier: BSD-2-Clause
# Read by OpenSBI's Makefile, in the test firmware only.

carray-sbi_ecall_exts-y += ecall_switch
libsbi-objs-y += switch/sbi_ecall_switch.o
