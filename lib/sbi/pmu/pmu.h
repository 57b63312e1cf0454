/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PMU core: state of the counters of one hart, and the functions of the SBI
 * PMU extension on it. It knows registers and memory only through env.h.
 *
 * Section names below are those of the chapter "Performance Monitoring Unit
 * Extension" of the SBI specification v3.0.
 */
#ifndef PMU_PMU_H
#define PMU_PMU_H

#include "env.h"
#include <sbi_pmu/abi.h>

#define PMU_VERSION "0.1.0"

/** Hardware counter indices run to 31, as mhpmcounterN does */
#define PMU_HW_MAX 32
/** Firmware counters of a hart */
#define PMU_FW_MAX 16
/** Rows of the raw-event map */
#define PMU_RAW_ROWS 256
/** General and cache events: 10 + 7 caches * 3 operations * 2 results */
#define PMU_STD_EVENTS \
	(PMU_HW_EVENTS + PMU_CACHE_IDS * PMU_CACHE_OPS * PMU_CACHE_RESULTS)
/** EVENT_GET_INFO refuses longer tables, so that M-mode returns in bounded time
 */
#define PMU_EVENT_INFO_MAX 65536UL

/** mcycle and minstret: no selector, and running from boot */
#define PMU_FIXED (PMU_BIT(PMU_CTR_CYCLE) | PMU_BIT(PMU_CTR_INSTRET))

/* Bits of mhpmevent (Sscofpmf) and mcyclecfg/minstretcfg (Smcntrpmf) */
#define HPM_OF (1ULL << 63)
#define HPM_MINH (1ULL << 62)
#define HPM_SINH (1ULL << 61)
#define HPM_UINH (1ULL << 60)
#define HPM_VSINH (1ULL << 59)
#define HPM_VUINH (1ULL << 58)
/** The part of mhpmevent that belongs to Sscofpmf, never to a selector */
#define HPM_SSCOFPMF (0xffULL << 56)

/** What a call returns in a0 and a1; value is 0 with every error */
struct pmu_result {
	long error;
	unsigned long value;
};

/**
 * A hardware counter and a firmware counter. Two types, so that the index of
 * one cannot be used as the index of the other.
 */
struct hw_ctr {
	unsigned int n; /* as in mhpmcounterN */
};
struct fw_ctr {
	unsigned int n; /* 0 to PMU_FW_MAX - 1 */
};

/** A set of counters, a bit for each */
struct pmu_set {
	uint32_t hw;
	uint32_t fw;
};

/** What the platform can count, the same for all harts; constant after boot */
struct pmu_machine {
	/** Logical indices below this one are hardware counters */
	unsigned int num_hw;
	/** These indices as a set */
	uint32_t hw_indices;
	/** Whether SNAPSHOT_SET_SHMEM is offered */
	bool snapshot;
	/**
	 * General and cache events: which counters can count them, and what
	 * makes an mhpmcounter do so
	 */
	struct pmu_std_event {
		uint32_t counters;
		uint64_t selector;
	} std[PMU_STD_EVENTS];
	/** Raw events: a row matches when (data & mask) == select */
	struct pmu_raw_row {
		uint64_t select;
		uint64_t mask;
		uint32_t counters;
	} raw[PMU_RAW_ROWS];
	unsigned int num_raw;
	/** How many events can use counter N */
	uint32_t demand[PMU_HW_MAX];
	/** Sets of counters, those that the fewest events can use first */
	uint32_t by_demand[PMU_HW_MAX];
};

/** No snapshot memory: no page can begin here */
#define PMU_NO_SHMEM (~0UL)

/** The counters of one hart */
struct pmu_hart {
	const struct pmu_machine *machine;
	uint32_t hartid;

	/* What the hart has; the caller of pmu_hart_init() fills it in */
	uint32_t present; /* hardware counters */
	bool has_inhibit; /* mcountinhibit exists */
	bool has_sscofpmf;
	bool has_interrupt; /* overflow interrupt of programmable counters */
	bool has_smcntrpmf;
	bool has_h;
	bool has_smcdeleg; /* the supervisor writes mcountinhibit as well */
	bool wide_events; /* mhpmevent has 64 bits */
	/**
	 * The caller tells by pmu_hart_resume() when registers were lost, and
	 * nobody else writes them. Else traces of it are looked for.
	 */
	bool resumes;

	/* Found by pmu_hart_init() */
	uint32_t inhibitable; /* bits of mcountinhibit that can be set */
	uint8_t width[PMU_HW_MAX]; /* bits of each counter */
	uint64_t selector_bits; /* of mhpmevent, that a selector may use */
	bool plain; /* resumes, and there is no PMU device */

	/* A counter that is not configured is free */
	struct pmu_set configured;
	struct pmu_set started;
	/** mcountinhibit as we last wrote it */
	uint32_t inhibit;
	/** mhpmevent, or mcyclecfg and minstretcfg, of each configured counter
	 */
	uint64_t hw_event[PMU_HW_MAX];
	uint8_t hw_inhibits[PMU_HW_MAX]; /* PMU_CFG_INHIBITS, for the device */
	/* Values and overflow bits while the state is parked, else 0 */
	uint64_t hw_value[PMU_HW_MAX];
	uint32_t hw_overflow;

	uint16_t fw_event[PMU_FW_MAX]; /* event code */
	uint64_t fw_data[PMU_FW_MAX]; /* event data of platform events */
	/**
	 * Of standard events. While a counter runs this is what it lacks: its
	 * value is the sum of it and of the total of its event.
	 */
	uint64_t fw_value[PMU_FW_MAX];
	/** How often each standard event has happened since the hart started */
	uint64_t fw_total[PMU_FW_EVENTS];

	/** Address of the snapshot page, or PMU_NO_SHMEM */
	unsigned long shmem;
};

/* map.c: what the platform says it can count */

/**
 * Add a row of the event map: the general or cache events @first to @last can
 * be counted by the mhpmcounters in @counters. Rows may overlap; they add up.
 *
 * @return false when the row makes no sense and was ignored
 */
bool pmu_map_add(struct pmu_machine *m, uint32_t first, uint32_t last,
		 uint32_t counters);

/**
 * Add a row of the raw-event map.
 *
 * @return false when there is no room for it
 */
bool pmu_map_add_raw(struct pmu_machine *m, uint64_t select, uint64_t mask,
		     uint32_t counters);

/** Complete the map when all rows are in. @num_hw as in struct pmu_machine. */
void pmu_map_finish(struct pmu_machine *m, unsigned int num_hw);

/* hart.c: life of a hart's state */

/**
 * Bring the counters of the calling hart into their state at boot: everything
 * free and zero, mcycle and minstret running for kernels without PMU driver.
 */
void pmu_hart_init(struct pmu_hart *h);

/** Program the registers anew: a suspend of the hart has lost what they held */
void pmu_hart_resume(struct pmu_hart *h);

/** Leave no event, filter or value behind; called when the hart stops */
void pmu_hart_exit(struct pmu_hart *h);

/** The invariants that hold between any two calls */
bool pmu_hart_is_valid(const struct pmu_hart *h);

/* park.c: one hart, several users of it in turn */

/**
 * Take all that belongs to @h out of the registers of the calling hart and keep
 * it in @h, so that another state can have the hart. Until pmu_hart_unpark()
 * only pmu_fw_count() may be called with @h.
 */
void pmu_hart_park(struct pmu_hart *h);

/** Put back what pmu_hart_park() took, on a hart whose other state is parked */
void pmu_hart_unpark(struct pmu_hart *h);

/* counter.c: the calls on counters */

/** FID 0: number of counters, hardware and firmware */
struct pmu_result pmu_num_counters(const struct pmu_hart *h);

/** FID 1: CSR, width and type of a counter */
struct pmu_result pmu_counter_info(const struct pmu_hart *h, unsigned long idx);

/** FID 2: find a counter for an event and configure it; it stays stopped */
struct pmu_result pmu_counter_config(struct pmu_hart *h, unsigned long base,
				     unsigned long mask, unsigned long flags,
				     unsigned long event, uint64_t data);

/** FID 3: start a set of counters */
struct pmu_result pmu_counter_start(struct pmu_hart *h, unsigned long base,
				    unsigned long mask, unsigned long flags,
				    uint64_t initial);

/** FID 4: stop a set of counters */
struct pmu_result pmu_counter_stop(struct pmu_hart *h, unsigned long base,
				   unsigned long mask, unsigned long flags);

/** FID 5: the value of a firmware counter, its low XLEN bits */
struct pmu_result pmu_counter_fw_read(const struct pmu_hart *h,
				      unsigned long idx);

/** FID 6: bits 63:32 of a firmware counter on RV32, 0 on RV64 */
struct pmu_result pmu_counter_fw_read_hi(const struct pmu_hart *h,
					 unsigned long idx);

/* snapshot.c */

/** FID 7: set or clear the snapshot memory of the calling hart */
struct pmu_result pmu_snapshot_set(struct pmu_hart *h, unsigned long lo,
				   unsigned long hi, unsigned long flags);

/* event_info.c */

/** FID 8: tell for a table of events in memory which ones can be counted */
struct pmu_result pmu_event_get_info(struct pmu_hart *h, unsigned long lo,
				     unsigned long hi, unsigned long num,
				     unsigned long flags);

/** Count a standard firmware event that happened on the calling hart */
static inline void pmu_fw_count(struct pmu_hart *h, unsigned long code)
{
	unsigned long __attribute__((may_alias)) * low;

	if (code >= PMU_FW_EVENTS)
		return;
	/* RV32 counts in the lower word alone, but when that one is full */
	low = (void *)&h->fw_total[code];
	if (sizeof(*low) < sizeof(h->fw_total[0]) && *low != ~0ul)
		++*low;
	else
		h->fw_total[code]++;
}

#endif
