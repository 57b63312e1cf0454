/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The binary interface of the SBI Performance Monitoring Unit extension, as in
 * the chapter "Performance Monitoring Unit Extension" of the RISC-V SBI
 * specification v3.0. Firmware and payloads share this one copy.
 *
 * Include a header that defines the fixed-width integer types first: OpenSBI's
 * own on the firmware side, <stdint.h> elsewhere.
 */
#ifndef SBI_PMU_ABI_H
#define SBI_PMU_ABI_H

/** Extension id (EID), in a7: "PMU" */
#define PMU_EID 0x504D55

/** Function ids (FID), in a6 */
#define PMU_FID_NUM_COUNTERS 0
#define PMU_FID_GET_INFO 1
#define PMU_FID_CONFIG 2
#define PMU_FID_START 3
#define PMU_FID_STOP 4
#define PMU_FID_FW_READ 5
#define PMU_FID_FW_READ_HI 6
#define PMU_FID_SET_SHMEM 7
#define PMU_FID_EVENT_INFO 8

/** Error codes, in a0 (chapter "Binary Encoding", standard SBI errors) */
#define PMU_OK 0
#define PMU_ERR_FAILED (-1)
#define PMU_ERR_NOT_SUPPORTED (-2)
#define PMU_ERR_INVALID_PARAM (-3)
#define PMU_ERR_DENIED (-4)
#define PMU_ERR_INVALID_ADDRESS (-5)
#define PMU_ERR_ALREADY_AVAILABLE (-6)
#define PMU_ERR_ALREADY_STARTED (-7)
#define PMU_ERR_ALREADY_STOPPED (-8)
#define PMU_ERR_NO_SHMEM (-9)

/**
 * counter_info of FID 1: CSR number in bits 11:0, width minus one in bits
 * 17:12, and the type in the most significant bit (1 is a firmware counter).
 */
#define PMU_INFO_CSR(info) ((unsigned int)((info)&0xfffu))
#define PMU_INFO_WIDTH_SHIFT 12
#define PMU_INFO_WIDTH(info) \
	((unsigned int)(((info) >> PMU_INFO_WIDTH_SHIFT) & 0x3fu))
#define PMU_INFO_TYPE_FW (~(~0UL >> 1))

/** config_flags of FID 2 */
#define PMU_CFG_SKIP_MATCH (1UL << 0)
#define PMU_CFG_CLEAR_VALUE (1UL << 1)
#define PMU_CFG_AUTO_START (1UL << 2)
#define PMU_CFG_VUINH (1UL << 3)
#define PMU_CFG_VSINH (1UL << 4)
#define PMU_CFG_UINH (1UL << 5)
#define PMU_CFG_SINH (1UL << 6)
#define PMU_CFG_MINH (1UL << 7)
#define PMU_CFG_DEFINED 0xffUL
/** The mode inhibits among them; the specification calls them hints */
#define PMU_CFG_INHIBITS                                               \
	(PMU_CFG_VUINH | PMU_CFG_VSINH | PMU_CFG_UINH | PMU_CFG_SINH | \
	 PMU_CFG_MINH)

/** start_flags of FID 3 */
#define PMU_START_SET_INIT_VALUE (1UL << 0)
#define PMU_START_INIT_SNAPSHOT (1UL << 1)
#define PMU_START_DEFINED 0x3UL

/** stop_flags of FID 4 */
#define PMU_STOP_RESET (1UL << 0)
#define PMU_STOP_TAKE_SNAPSHOT (1UL << 1)
#define PMU_STOP_DEFINED 0x3UL

/** event_idx: 20 bits, type in 19:16 and code in 15:0 */
#define PMU_EVENT_WIDTH 20
#define PMU_EVENT_BITS ((1UL << PMU_EVENT_WIDTH) - 1)
#define PMU_EVENT(type, code) \
	(((unsigned long)(type) << 16) | (unsigned long)(code))
#define PMU_EVENT_TYPE(event) (((event) >> 16) & 0xfu)
#define PMU_EVENT_CODE(event) ((event)&0xffffu)

#define PMU_TYPE_HW 0
#define PMU_TYPE_CACHE 1
#define PMU_TYPE_RAW 2
#define PMU_TYPE_RAW_V2 3
#define PMU_TYPE_FW 15

/** Hardware general events (type 0) */
#define PMU_HW_NO_EVENT 0
#define PMU_HW_CPU_CYCLES 1
#define PMU_HW_INSTRUCTIONS 2
#define PMU_HW_CACHE_REFERENCES 3
#define PMU_HW_CACHE_MISSES 4
#define PMU_HW_BRANCH_INSTRUCTIONS 5
#define PMU_HW_BRANCH_MISSES 6
#define PMU_HW_BUS_CYCLES 7
#define PMU_HW_STALLED_CYCLES_FRONTEND 8
#define PMU_HW_STALLED_CYCLES_BACKEND 9
#define PMU_HW_REF_CPU_CYCLES 10
/** Codes 1 to 10 are defined */
#define PMU_HW_EVENTS 10

/** Hardware cache events (type 1): cache in 15:3, operation 2:1, result 0 */
#define PMU_CACHE(cache, op, result) \
	PMU_EVENT(PMU_TYPE_CACHE, ((cache) << 3) | ((op) << 1) | (result))
#define PMU_CACHE_L1D 0
#define PMU_CACHE_L1I 1
#define PMU_CACHE_LL 2
#define PMU_CACHE_DTLB 3
#define PMU_CACHE_ITLB 4
#define PMU_CACHE_BPU 5
#define PMU_CACHE_NODE 6
#define PMU_CACHE_IDS 7
#define PMU_CACHE_READ 0
#define PMU_CACHE_WRITE 1
#define PMU_CACHE_PREFETCH 2
#define PMU_CACHE_OPS 3
#define PMU_CACHE_ACCESS 0
#define PMU_CACHE_MISS 1
#define PMU_CACHE_RESULTS 2

/** Hardware raw events (types 2 and 3): code 0, selector in event_data */
#define PMU_RAW_EVENT PMU_EVENT(PMU_TYPE_RAW, 0)
#define PMU_RAW_V2_EVENT PMU_EVENT(PMU_TYPE_RAW_V2, 0)
#define PMU_RAW_BITS 48
#define PMU_RAW_V2_BITS 56

/** Firmware events (type 15) */
#define PMU_FW(code) PMU_EVENT(PMU_TYPE_FW, code)
#define PMU_FW_MISALIGNED_LOAD 0
#define PMU_FW_MISALIGNED_STORE 1
#define PMU_FW_ACCESS_LOAD 2
#define PMU_FW_ACCESS_STORE 3
#define PMU_FW_ILLEGAL_INSN 4
#define PMU_FW_SET_TIMER 5
#define PMU_FW_IPI_SENT 6
#define PMU_FW_IPI_RECEIVED 7
#define PMU_FW_FENCE_I_SENT 8
#define PMU_FW_FENCE_I_RECEIVED 9
#define PMU_FW_SFENCE_VMA_SENT 10
#define PMU_FW_SFENCE_VMA_RECEIVED 11
#define PMU_FW_SFENCE_VMA_ASID_SENT 12
#define PMU_FW_SFENCE_VMA_ASID_RECEIVED 13
#define PMU_FW_HFENCE_GVMA_SENT 14
#define PMU_FW_HFENCE_GVMA_RECEIVED 15
#define PMU_FW_HFENCE_GVMA_VMID_SENT 16
#define PMU_FW_HFENCE_GVMA_VMID_RECEIVED 17
#define PMU_FW_HFENCE_VVMA_SENT 18
#define PMU_FW_HFENCE_VVMA_RECEIVED 19
#define PMU_FW_HFENCE_VVMA_ASID_SENT 20
#define PMU_FW_HFENCE_VVMA_ASID_RECEIVED 21
/** Codes 0 to 21 are standard */
#define PMU_FW_EVENTS 22
/** Platform firmware event, described by event_data */
#define PMU_FW_PLATFORM_CODE 0xffff

/** Counters whose meaning the privileged specification fixes */
#define PMU_CTR_CYCLE 0
#define PMU_CTR_TIME 1
#define PMU_CTR_INSTRET 2

/** The CSR that shows counter 0 to S-mode; counter N is at this number + N */
#define PMU_CSR_CYCLE 0xc00

/** The local counter-overflow interrupt (LCOFI) of Sscofpmf */
#define PMU_IRQ_LCOFI 13

/**
 * Shared memory of FID 7: one page, 4096 bytes aligned. Bit and slot numbers
 * are relative to the counter_idx_base of the START or STOP call.
 */
#define PMU_SNAPSHOT_SIZE 4096UL
#define PMU_SNAPSHOT_SLOTS 64
/** Size of an entry of the shared memory of FID 8, 16 bytes aligned */
#define PMU_EVENT_INFO_SIZE 16UL

#ifndef __ASSEMBLER__

struct pmu_snapshot {
	uint64_t overflow; /* counters that have overflown */
	uint64_t values[PMU_SNAPSHOT_SLOTS];
	uint8_t reserved[4096 - 8 - 8 * PMU_SNAPSHOT_SLOTS];
};

struct pmu_event_info {
	uint32_t event_idx;
	uint32_t output; /* 1 when the event can be counted, else 0 */
	uint64_t event_data;
};

#endif

#endif
