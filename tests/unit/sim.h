/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A simulated hart, its platform and the memory of its supervisor. It is as
 * strict as the worst hardware: an access to a register that the hart lacks
 * fails the test, and a change of a running counter is a violation.
 */
#ifndef SIM_H
#define SIM_H

#include "pmu.h"

#define SIM_HARTID 5u

enum sim_device {
	SIM_NO_DEVICE,
	/* Mode filters and overflow interrupts in registers of its own */
	SIM_ANDES,
	/* Overflow interrupts only */
	SIM_THEAD,
};

/** What a hart has. All zero but @present is the plainest 64-bit hart. */
struct sim_desc {
	const char *name;
	uint32_t present; /* bit N: counter N, never bit 1 */
	uint8_t width[PMU_HW_MAX]; /* 0 is 64 */
	bool no_inhibit;
	uint32_t hardwired; /* bits of mcountinhibit that are always 0 */
	bool sscofpmf, smcntrpmf, h;
	bool narrow_events; /* mhpmevent has 32 bits */
	uint64_t event_missing; /* bits of mhpmevent that are always 0 */
	enum sim_device device;
	unsigned int fw_width; /* 0 is 64 */
	bool no_platform; /* no platform events */
	bool told; /* the caller tells of a suspend */
};

enum sim_mode { SIM_M, SIM_S, SIM_U, SIM_VS, SIM_VU, SIM_MODES };

/** Everything that a call which failed must leave alone */
struct sim_regs {
	uint64_t counter[PMU_HW_MAX];
	uint64_t event[PMU_HW_MAX];
	uint64_t cfg[3];
	uint32_t inhibit;
	uint32_t lcofip; /* 1 when pending */
	uint32_t dev_filter[PMU_HW_MAX];
	uint32_t dev_irq; /* counters with their interrupt enabled */
	uint32_t dev_overflow;
	uint64_t plat_value[PMU_FW_MAX];
	uint64_t plat_data[PMU_FW_MAX];
	uint32_t plat_running;
};

/** Accesses since sim_clear_stats(), and what was wrong with them */
struct sim_stats {
	unsigned int inhibit_writes;
	unsigned int event_writes;
	unsigned int counter_writes;
	unsigned int violations;
	const char *violation;
	unsigned int violator;
};

struct sim {
	const struct sim_desc *desc;
	struct sim_regs regs;
	struct sim_stats stats;
	/* Selectors from elsewhere, instead of those below */
	uint64_t (*selector)(uint32_t event_idx);
	/* Platform firmware events */
	bool suspended; /* and the caller has not told yet */
	bool plat_present;
	bool plat_refuses;
	uint32_t plat_matches; /* firmware counters that can count them */
	/* Counters whose filter in the device went with a suspend */
	uint32_t dev_lost;
};
extern struct sim sim;

/** Power on a hart: its registers hold garbage, its memory canaries */
void sim_reset(const struct sim_desc *desc);
void sim_clear_stats(void);

/** @n of every event happen in @mode */
void sim_run(enum sim_mode mode, uint64_t n);
/** @n of the event that mhpmevent selects by @selector happen in @mode */
void sim_event(uint64_t selector, enum sim_mode mode, uint64_t n);
/** What OpenSBI writes when a hart comes back from non-retentive suspend */
void sim_suspend(void);
/** Registers of the platform's PMU device are lost */
void sim_device_lose(void);
/** Whether counter @n counts in any mode now */
bool sim_is_running(unsigned int n);
/** Bits of counter @n that exist */
uint64_t sim_counter_mask(unsigned int n);
/** The part of mhpmevent that selects */
uint64_t sim_selector_of(uint64_t event);
void sim_violation(const char *what, unsigned int n);

/* Platform: general and cache events select by their event_idx, but these */
#define SIM_EVENT_NO_SELECTOR PMU_EVENT(PMU_TYPE_HW, PMU_HW_BUS_CYCLES)
#define SIM_EVENT_BIG_SELECTOR PMU_EVENT(PMU_TYPE_HW, PMU_HW_REF_CPU_CYCLES)
#define SIM_BIG_SELECTOR 0x00ab00000000000aULL
#define SIM_EVENT_HIGH_SELECTOR \
	PMU_EVENT(PMU_TYPE_HW, PMU_HW_STALLED_CYCLES_BACKEND)
#define SIM_HIGH_SELECTOR (1ULL << 40)

/** Platform firmware events with this in bits 63:8 are valid */
#define SIM_PLAT(n) (0xfeed00ULL << 32 | (n))
/** A platform firmware event happens @n times */
void sim_plat_event(uint64_t data, uint64_t n);

/*
 * Memory of the supervisor: after the firmware's own memory come a page that
 * the bus lets nobody write, a page read-only for the domain, RAM, and nothing.
 */
#define SIM_FW_BASE 0x80000000ul
#define SIM_ROM 0x80200000ul
#define SIM_READONLY (SIM_ROM + 0x1000ul)
#define SIM_RAM (SIM_READONLY + 0x1000ul)
#define SIM_RAM_SIZE 0x200000ul
#define SIM_HOLE (SIM_RAM + SIM_RAM_SIZE)

void sim_memory_reset(void);
bool sim_memory_is_closed(void);
/** The domain loses RAM, as when it is given to another one */
void sim_memory_lose(bool lost);
/** The bus answers below this address only, at most SIM_HOLE */
void sim_memory_end(unsigned long end);
/** The bus leaves one access unanswered, after @left that it answers */
void sim_memory_fault(unsigned int left);
/** M-mode cannot open memory @times times, after @left that it can */
void sim_memory_refuse(unsigned int left, unsigned int times);
void sim_poke64(unsigned long addr, uint64_t value);
uint64_t sim_peek64(unsigned long addr);
void sim_poke32(unsigned long addr, uint32_t value);
uint32_t sim_peek32(unsigned long addr);
/** Loads and stores so far that covered the 32-bit word at @addr */
unsigned int sim_loads(unsigned long addr);
unsigned int sim_stores(unsigned long addr);
/** All stores since sim_reset() */
unsigned int sim_all_stores(void);
/** The word that memory holds before anybody writes it */
uint32_t sim_canary(unsigned long addr);

#endif
