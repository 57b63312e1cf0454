/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world of the core in proofs: see env.h for what each function promises,
 * and world.h for what is known of it here. The types come from the compiler,
 * so that both widths of a long can be proved on any host.
 */
#ifndef ENV_PROOF_H
#define ENV_PROOF_H

typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __INT64_TYPE__ int64_t;
#define bool _Bool
#define true 1
#define false 0

uint64_t env_counter_read(unsigned int n);
void env_counter_write(unsigned int n, uint64_t value);
uint64_t env_event_read(unsigned int n, bool wide);
void env_event_write(unsigned int n, uint64_t value, bool wide);
uint64_t env_fixed_cfg_read(unsigned int n);
void env_fixed_cfg_write(unsigned int n, uint64_t value);
uint32_t env_inhibit_read(void);
void env_inhibit_write(uint32_t value);
uint32_t env_overflow_read(void);
bool env_overflow_pending(void);

uint64_t env_selector(uint32_t event_idx);
bool env_has_device(void);
bool env_dev_filters(void);
void env_dev_filter(unsigned int n, unsigned long config_flags);
void env_dev_irq_enable(unsigned int n);
void env_dev_irq_disable(unsigned int n);
bool env_fw_valid(uint32_t hartid, uint64_t data);
bool env_fw_match(uint32_t hartid, unsigned int n, uint64_t data);
bool env_fw_start(uint32_t hartid, unsigned int n, uint64_t data);
void env_fw_stop(uint32_t hartid, unsigned int n);
uint64_t env_fw_read(uint32_t hartid, unsigned int n);
void env_fw_write(uint32_t hartid, unsigned int n, uint64_t value);
unsigned int env_fw_width(void);

bool env_shmem_owned(unsigned long addr, unsigned long size, bool write);
bool env_shmem_open(unsigned long addr, unsigned long size, bool write);
void env_shmem_close(unsigned long addr, unsigned long size);
bool env_load32(unsigned long addr, uint32_t *value);
bool env_load64(unsigned long addr, uint64_t *value);
bool env_store32(unsigned long addr, uint32_t value);
bool env_store64(unsigned long addr, uint64_t value);
bool env_entries_fit(unsigned long entries, unsigned long size, bool *fit);

#endif
