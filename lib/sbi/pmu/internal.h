/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the core need of each other */
#ifndef PMU_INTERNAL_H
#define PMU_INTERNAL_H

#include "bits.h"
#include "pmu.h"

/* Functions that only the core calls; core.c has them all in one unit */
#ifndef PMU_INTERNAL
#define PMU_INTERNAL
#endif

/* What is seldom needed is kept apart, so that the rest needs no stack frame */
#define PMU_COLD __attribute__((noinline))
/* A call that perf pays for all the time: all but that becomes part of it */
#define PMU_HOT __attribute__((flatten))

static inline struct pmu_result pmu_error(long error)
{
	return (struct pmu_result){error, 0};
}

static inline struct pmu_result pmu_value(unsigned long value)
{
	return (struct pmu_result){PMU_OK, value};
}

static inline bool pmu_set_empty(struct pmu_set set)
{
	return (set.hw | set.fw) == 0;
}

static inline struct pmu_set pmu_set_and(struct pmu_set a, struct pmu_set b)
{
	return (struct pmu_set){a.hw & b.hw, a.fw & b.fw};
}

/** The members of @a that are not in @b */
static inline struct pmu_set pmu_set_minus(struct pmu_set a, struct pmu_set b)
{
	return (struct pmu_set){a.hw & ~b.hw, a.fw & ~b.fw};
}

static inline struct pmu_set pmu_set_or(struct pmu_set a, struct pmu_set b)
{
	return (struct pmu_set){a.hw | b.hw, a.fw | b.fw};
}

/** The set of the hardware counters with indices below @num_hw, at most 32 */
static inline uint32_t pmu_indices_below(unsigned int num_hw)
{
	return num_hw < PMU_HW_MAX ? PMU_BIT(num_hw) - 1u : ~0u;
}

/** A standard event as an index into pmu_machine.std, or -1 */
PMU_INTERNAL int pmu_std_index(unsigned long event);

/**
 * The hardware counters of this hart that can count a general or cache event,
 * and what makes a programmable one count it
 */
PMU_INTERNAL uint32_t pmu_std_counters(const struct pmu_hart *h,
				       unsigned long event, uint64_t *selector);

/** An event as the hart sees it */
struct pmu_event {
	struct pmu_set counters; /* those that can count it, free or not */
	uint64_t selector; /* for mhpmcounters */
	unsigned int fw_code; /* for firmware counters */
	uint64_t data; /* of a platform firmware event */
};

/**
 * Look up an event. It fails for events that are unknown or reserved, or that
 * no counter of this hart can count.
 */
PMU_INTERNAL bool pmu_event_find(const struct pmu_hart *h, unsigned long event,
				 uint64_t data, struct pmu_event *found);

/* hpm.c: how hardware counters are programmed */

PMU_INTERNAL void hpm_init(struct pmu_hart *h);
PMU_INTERNAL void hpm_exit(struct pmu_hart *h);
/** The bits of mhpmevent that a selector may use on this hart */
PMU_INTERNAL uint64_t hpm_selector_bits(const struct pmu_hart *h);
/** Put registers back that were lost while the hart was suspended, if any */
PMU_INTERNAL void hpm_sync(struct pmu_hart *h);
/** Put them back, lost or not */
PMU_INTERNAL void hpm_restore(struct pmu_hart *h);
/** Stop counter @c, whatever it was, and program event and mode inhibits */
PMU_INTERNAL void hpm_configure(struct pmu_hart *h, struct hw_ctr c,
				uint64_t selector, unsigned long flags);
/** Whether counter @c can keep out the modes that @flags asks for */
PMU_INTERNAL bool hpm_can_filter(const struct pmu_hart *h, struct hw_ctr c,
				 unsigned long flags);
/**
 * Prepare configured @counters for their start: selector, overflow, and the
 * value if it is not NULL: value[n * step] for counter n
 */
PMU_INTERNAL void hpm_prepare(struct pmu_hart *h, uint32_t counters,
			      const uint64_t *value, unsigned long step);
/** Start prepared @counters, with one write of mcountinhibit */
PMU_INTERNAL void hpm_start(struct pmu_hart *h, uint32_t counters);
/** Stop @counters, with one write of mcountinhibit; then see hpm_quiet() */
PMU_INTERNAL void hpm_stop(struct pmu_hart *h, uint32_t counters);
/** Take the event away from stopped @counters */
PMU_INTERNAL void hpm_release(struct pmu_hart *h, uint32_t counters);

/* The parts of these that a plain hart needs: the registers, and no device */
PMU_INTERNAL void hpm_set_event(struct pmu_hart *h, struct hw_ctr c,
				uint64_t selector, unsigned long flags);
PMU_INTERNAL void hpm_program(struct pmu_hart *h, uint32_t counters,
			      const uint64_t *value, unsigned long step);
PMU_INTERNAL void hpm_clear(struct pmu_hart *h, uint32_t counters);
/** And the part that it does not need: stopped @counters do not interrupt */
PMU_INTERNAL void hpm_quiet(uint32_t counters);

/* fw.c: firmware counters */

PMU_INTERNAL void fw_init(struct pmu_hart *h);
PMU_INTERNAL void fw_configure(struct pmu_hart *h, struct fw_ctr c,
			       unsigned int code, uint64_t data);
PMU_INTERNAL uint64_t fw_read(const struct pmu_hart *h, struct fw_ctr c);
PMU_INTERNAL void fw_write(struct pmu_hart *h, struct fw_ctr c, uint64_t value);
/** False when the platform refuses to count its event */
PMU_INTERNAL bool fw_start(struct pmu_hart *h, struct fw_ctr c);
PMU_INTERNAL void fw_stop(struct pmu_hart *h, struct fw_ctr c);
/** The same for a standard event, which is all that a plain hart has */
PMU_INTERNAL void fw_start_plain(struct pmu_hart *h, struct fw_ctr c);
PMU_INTERNAL void fw_stop_plain(struct pmu_hart *h, struct fw_ctr c);
/** Put values that the platform keeps away, and back; see pmu_hart_park() */
PMU_INTERNAL void fw_park(struct pmu_hart *h);
PMU_INTERNAL void fw_unpark(struct pmu_hart *h);

/* snapshot.c */

/** Whether the snapshot page of the hart can be used now; close it then */
PMU_INTERNAL bool snapshot_open(const struct pmu_hart *h, bool write);
PMU_INTERNAL void snapshot_close(const struct pmu_hart *h);
/** Read a slot of the open page */
PMU_INTERNAL bool snapshot_load(const struct pmu_hart *h, unsigned int slot,
				uint64_t *value);
/** Write the values of @stopped and the overflow bitmap, relative to @base */
PMU_INTERNAL void snapshot_save(const struct pmu_hart *h, unsigned long base,
				struct pmu_set stopped);

#endif
