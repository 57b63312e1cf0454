/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seam between the PMU core and the world: registers, platform hooks and
 * memory of the supervisor. It is chosen when compiling, so that the firmware
 * pays no indirect call: on the target env_opensbi.h, in host tests whatever
 * header PMU_ENV_HEADER names.
 *
 * That header defines the fixed-width integer types, bool, and:
 *
 * Counters, n = 0 (mcycle), 2 (minstret), 3 to 31 (mhpmcounterN), all 64 bits
 *   uint64_t env_counter_read(unsigned int n)
 *   void env_counter_write(unsigned int n, uint64_t value)
 * Event registers, n = 3 to 31; @wide tells whether the hart has 64 bits of it
 *   uint64_t env_event_read(unsigned int n, bool wide)
 *   void env_event_write(unsigned int n, uint64_t value, bool wide)
 * mcyclecfg (n = 0) and minstretcfg (n = 2), only on harts with Smcntrpmf
 *   uint64_t env_fixed_cfg_read(unsigned int n)
 *   void env_fixed_cfg_write(unsigned int n, uint64_t value)
 * mcountinhibit, only on harts that have it
 *   uint32_t env_inhibit_read(void)
 *   void env_inhibit_write(uint32_t value)
 * scountovf, only on harts with Sscofpmf
 *   uint32_t env_overflow_read(void)
 * Whether a counter-overflow interrupt is pending in mip
 *   bool env_overflow_pending(void)
 *
 * The mhpmevent value that the platform uses for a general or cache event, 0
 * when it has none
 *   uint64_t env_selector(uint32_t event_idx)
 *
 * Hooks of a PMU device that has registers of its own, hardware counter n
 *   bool env_has_device(void)               else no hook needs to be called
 *   bool env_dev_filters(void)              the device can filter by mode
 *   void env_dev_filter(unsigned int n, unsigned long config_flags)
 *   void env_dev_irq_enable(unsigned int n)
 *   void env_dev_irq_disable(unsigned int n)
 * Hooks for platform firmware events, firmware counter n of hart hartid
 *   bool env_fw_valid(uint32_t hartid, uint64_t data)
 *   bool env_fw_match(uint32_t hartid, unsigned int n, uint64_t data)
 *   bool env_fw_start(uint32_t hartid, unsigned int n, uint64_t data)
 *   void env_fw_stop(uint32_t hartid, unsigned int n)
 *   uint64_t env_fw_read(uint32_t hartid, unsigned int n)
 *   void env_fw_write(uint32_t hartid, unsigned int n, uint64_t value)
 *   unsigned int env_fw_width(void)         bits of every firmware counter
 *
 * Memory of the supervisor. Whether the caller's domain may access all of it;
 * then at most a page is opened at a time, for accesses that each say whether
 * the bus answered them.
 *   bool env_shmem_owned(unsigned long addr, unsigned long size, bool write)
 *   bool env_shmem_open(unsigned long addr, unsigned long size, bool write)
 *   void env_shmem_close(unsigned long addr, unsigned long size)
 *   bool env_load32(unsigned long addr, uint32_t *value)
 *   bool env_load64(unsigned long addr, uint64_t *value)
 *   bool env_store32(unsigned long addr, uint32_t value)
 *   bool env_store64(unsigned long addr, uint64_t value)
 * Entries of a struct pmu_event_info: whether the event of each in the @size
 * bytes at @entries has no bits beyond PMU_EVENT_BITS, where none is read that
 * comes after one which has.
 *   bool env_entries_fit(unsigned long entries, unsigned long size, bool *fit)
 */
#ifndef PMU_ENV_H
#define PMU_ENV_H

#ifndef PMU_ENV_HEADER
#define PMU_ENV_HEADER "env_opensbi.h"
#endif
#include PMU_ENV_HEADER

#endif
