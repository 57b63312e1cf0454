/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions of the SBI PMU extension with C types. Arguments go to the
 * firmware exactly as given, nothing is checked here. 64-bit arguments are
 * split into two registers on RV32.
 */
#ifndef FIRMWARE_PMU_H
#define FIRMWARE_PMU_H

#include "sbi.h"
#include <sbi_pmu/abi.h>

struct sbiret pmu_num_counters(void);
struct sbiret pmu_get_info(unsigned long index);
struct sbiret pmu_config(unsigned long base, unsigned long mask,
			 unsigned long flags, unsigned long event,
			 uint64_t data);
struct sbiret pmu_start(unsigned long base, unsigned long mask,
			unsigned long flags, uint64_t initial);
struct sbiret pmu_stop(unsigned long base, unsigned long mask,
		       unsigned long flags);
struct sbiret pmu_fw_read(unsigned long index);
struct sbiret pmu_fw_read_hi(unsigned long index);
struct sbiret pmu_set_shmem(unsigned long lo, unsigned long hi,
			    unsigned long flags);
struct sbiret pmu_event_info(unsigned long lo, unsigned long hi,
			     unsigned long entries, unsigned long flags);

/** One counter alone: base is its index, mask 1, no flags */
struct sbiret pmu_start_one(unsigned long index);
/** The same, from an initial value */
struct sbiret pmu_start_at(unsigned long index, uint64_t initial);
struct sbiret pmu_stop_one(unsigned long index);
/** Stop with RESET: the counter is free afterwards */
struct sbiret pmu_reset(unsigned long index);

/**
 * The 64-bit value of a hardware counter through its CSR. csr is the number
 * GET_INFO gives, 0xc00 to 0xc1f. On RV32 the halves are read until they fit
 * together. Between the call and the reading instruction, and between that and
 * the return, lies a constant number of instructions, so two reads in a row of
 * an instruction counter differ by a constant.
 */
uint64_t pmu_read_csr(unsigned int csr);

/** The value of a counter: by CSR if GET_INFO says hardware, else FW_READ */
uint64_t pmu_read(unsigned long index);

/** The value of a firmware counter, FW_READ_HI included on RV32 */
uint64_t pmu_read_fw(unsigned long index);

#endif
