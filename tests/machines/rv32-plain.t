# RV32 without Sscofpmf, whose mhpmevent has no upper half, nor any filter.
qemu: 32
cpu: rv32,sscofpmf=off,smcntrpmf=off
icount: shift=0,sleep=off
