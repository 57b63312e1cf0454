// SPDX-License-Identifier: BSD-2-Clause
/*
 * The calls on counters. A counter is free, configured (and stopped) or
 * started; mcycle and minstret are free and started at boot.
 */

#include "internal.h"

/*
 * Turn counter_idx_base and counter_idx_mask into a set. It fails when a
 * member is not a counter of this hart, or when there is none.
 */
static bool decode_set(const struct pmu_hart *h, unsigned long base,
		       unsigned long mask, struct pmu_set *set)
{
	unsigned int num_hw = h->machine->num_hw;
	uint64_t members;

	if (mask == 0 || base >= num_hw + PMU_FW_MAX)
		return false;
	members = (uint64_t)mask << base;
	if (members >> base != mask || members >> (num_hw + PMU_FW_MAX) != 0)
		return false;

	set->fw = (uint32_t)(members >> num_hw);
	set->hw = (uint32_t)(members & ((1ULL << num_hw) - 1));
	return (set->hw & ~h->present) == 0;
}

/* The firmware counter of a logical index; false for any other index */
static bool decode_fw(const struct pmu_hart *h, unsigned long idx,
		      struct fw_ctr *c)
{
	unsigned int num_hw = h->machine->num_hw;

	if (idx < num_hw || idx >= num_hw + PMU_FW_MAX)
		return false;
	c->n = (unsigned int)idx - num_hw;
	return true;
}

struct pmu_result pmu_num_counters(const struct pmu_hart *h)
{
	return pmu_value(h->machine->num_hw + PMU_FW_MAX);
}

struct pmu_result pmu_counter_info(const struct pmu_hart *h, unsigned long idx)
{
	unsigned long width;
	struct fw_ctr c;

	if (decode_fw(h, idx, &c)) {
		/* The specification says to ignore it, but Linux masks by it */
		width = env_fw_width() - 1u;
		return pmu_value(PMU_INFO_TYPE_FW |
				 width << PMU_INFO_WIDTH_SHIFT);
	}
	if (idx >= h->machine->num_hw || !(h->present & PMU_BIT(idx)))
		return pmu_error(PMU_ERR_INVALID_PARAM);

	width = h->width[idx] - 1u;
	return pmu_value((PMU_CSR_CYCLE + idx) | width << PMU_INFO_WIDTH_SHIFT);
}

/* Of several counters take the one that the fewest other events could use */
static struct hw_ctr least_wanted(const struct pmu_hart *h, uint32_t counters)
{
	const uint32_t *by_demand = h->machine->by_demand;
	unsigned int i;

	for (i = 0; i < PMU_HW_MAX; i++) {
		if (counters & by_demand[i]) {
			counters &= by_demand[i];
			break;
		}
	}
	return (struct hw_ctr){lowest_bit(counters)};
}

/*
 * A fixed counter never interrupts. Where programmable ones do they come first,
 * for the supervisor may want to sample; where they do not either, the fixed
 * one does, so that they are left to events that have no other.
 */
static bool choose_hw(const struct pmu_hart *h, uint32_t candidates,
		      unsigned long flags, struct hw_ctr *chosen)
{
	uint32_t programmable = candidates & ~PMU_FIXED;
	uint32_t fixed = candidates & PMU_FIXED;
	struct hw_ctr c = {0};

	if (fixed)
		c.n = lowest_bit(fixed);
	/* Without any filter for this event the flags are only hints */
	if (fixed && !hpm_can_filter(h, c, flags))
		fixed = 0;
	if (programmable)
		*chosen = least_wanted(h, programmable);
	if (fixed && !(programmable && h->has_interrupt &&
		       hpm_can_filter(h, *chosen, flags)))
		*chosen = c;
	return (programmable | fixed) != 0;
}

/* Select one of @set for @event: the one that SKIP_MATCH names, or a free one
 */
static bool choose(const struct pmu_hart *h, struct pmu_set set,
		   unsigned long flags, const struct pmu_event *event,
		   struct pmu_set *chosen)
{
	struct pmu_set able;
	struct hw_ctr c;

	if (flags & PMU_CFG_SKIP_MATCH) {
		/* Hardware counters have the lower indices */
		chosen->hw = set.hw ? PMU_BIT(lowest_bit(set.hw)) : 0;
		chosen->fw = set.hw ? 0 : PMU_BIT(lowest_bit(set.fw));
		*chosen = pmu_set_and(*chosen, event->counters);
		return !pmu_set_empty(*chosen);
	}

	able = pmu_set_minus(pmu_set_and(set, event->counters), h->configured);
	*chosen = (struct pmu_set){0, 0};
	if (able.fw)
		chosen->fw = PMU_BIT(lowest_bit(able.fw));
	else if (able.hw && choose_hw(h, able.hw, flags, &c))
		chosen->hw = PMU_BIT(c.n);
	return !pmu_set_empty(*chosen);
}

static struct pmu_result config_hw(struct pmu_hart *h, struct hw_ctr c,
				   unsigned long flags, uint64_t selector)
{
	h->configured.hw |= PMU_BIT(c.n);
	h->started.hw &= ~PMU_BIT(c.n);
	hpm_configure(h, c, selector, flags);

	if (flags & PMU_CFG_CLEAR_VALUE)
		env_counter_write(c.n, 0);
	if (flags & PMU_CFG_AUTO_START) {
		hpm_prepare(h, PMU_BIT(c.n), 0);
		hpm_start(h, PMU_BIT(c.n));
		h->started.hw |= PMU_BIT(c.n);
	}
	return pmu_value(c.n);
}

static struct pmu_result config_fw(struct pmu_hart *h, struct fw_ctr c,
				   unsigned long flags,
				   const struct pmu_event *event)
{
	fw_configure(h, c, event->fw_code, event->data);
	if (flags & PMU_CFG_CLEAR_VALUE)
		fw_write(h, c, 0);
	if ((flags & PMU_CFG_AUTO_START) && !fw_start(h, c)) {
		h->configured.fw &= ~PMU_BIT(c.n);
		return pmu_error(PMU_ERR_NOT_SUPPORTED);
	}
	h->configured.fw |= PMU_BIT(c.n);
	return pmu_value(h->machine->num_hw + c.n);
}

struct pmu_result pmu_counter_config(struct pmu_hart *h, unsigned long base,
				     unsigned long mask, unsigned long flags,
				     unsigned long event, uint64_t data)
{
	struct pmu_set set, chosen;
	struct pmu_event found;

	if (flags & ~PMU_CFG_DEFINED || !decode_set(h, base, mask, &set))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if (!pmu_event_find(h, event, data, &found) ||
	    !choose(h, set, flags, &found, &chosen))
		return pmu_error(PMU_ERR_NOT_SUPPORTED);

	if (chosen.fw)
		return config_fw(h, (struct fw_ctr){lowest_bit(chosen.fw)},
				 flags, &found);
	hpm_sync(h);
	return config_hw(h, (struct hw_ctr){lowest_bit(chosen.hw)}, flags,
			 found.selector);
}

/* Where a counter that is about to start gets its first value from */
struct start_from {
	unsigned long flags;
	unsigned long base;
	uint64_t initial;
};

/* Point @value at the first value, or at nothing when the old one stays */
static bool first_value(const struct pmu_hart *h, const struct start_from *from,
			unsigned int idx, uint64_t *room,
			const uint64_t **value)
{
	*value = 0;
	if (from->flags & PMU_START_SET_INIT_VALUE) {
		*value = &from->initial;
	} else if (from->flags & PMU_START_INIT_SNAPSHOT) {
		if (!snapshot_load(h, idx - (unsigned int)from->base, room))
			return false;
		*value = room;
	}
	return true;
}

static void prepare_hw(struct pmu_hart *h, uint32_t counters,
		       const uint64_t *value)
{
	unsigned int n;

	/* mcycle and minstret need no CONFIG_MATCHING to be started */
	for_each_bit(n, counters & ~h->configured.hw)
		hpm_configure(h, (struct hw_ctr){n}, 0, 0);
	hpm_prepare(h, counters, value);
}

/* Prepare those of @counters whose values can be read, and tell which */
static uint32_t prepare_from_snapshot(struct pmu_hart *h, uint32_t counters,
				      const struct start_from *from)
{
	uint32_t ready = 0;
	const uint64_t *value;
	uint64_t room;
	unsigned int n;

	for_each_bit(n, counters) {
		if (first_value(h, from, n, &room, &value)) {
			prepare_hw(h, PMU_BIT(n), value);
			ready |= PMU_BIT(n);
		}
	}
	return ready;
}

static long start_hw(struct pmu_hart *h, uint32_t counters,
		     const struct start_from *from)
{
	bool common = from->flags & PMU_START_SET_INIT_VALUE;
	uint32_t ready = counters;

	if (from->flags & PMU_START_INIT_SNAPSHOT)
		ready = prepare_from_snapshot(h, counters, from);
	else
		prepare_hw(h, counters, common ? &from->initial : 0);
	h->configured.hw |= ready;
	h->started.hw |= ready;
	hpm_start(h, ready);
	return ready == counters ? PMU_OK : PMU_ERR_NO_SHMEM;
}

static long start_fw(struct pmu_hart *h, uint16_t counters,
		     const struct start_from *from)
{
	const uint64_t *value;
	uint64_t room;
	unsigned int n;
	long error = PMU_OK;

	for_each_bit(n, counters) {
		struct fw_ctr c = {n};

		if (!first_value(h, from, h->machine->num_hw + n, &room,
				 &value)) {
			error = PMU_ERR_NO_SHMEM;
			continue;
		}
		if (value)
			fw_write(h, c, *value);
		if (!fw_start(h, c))
			error = PMU_ERR_INVALID_PARAM;
	}
	return error;
}

struct pmu_result pmu_counter_start(struct pmu_hart *h, unsigned long base,
				    unsigned long mask, unsigned long flags,
				    uint64_t initial)
{
	const struct start_from from = {flags, base, initial};
	struct pmu_set set, unconfigured, running, idle;
	long error_hw, error_fw;

	if (flags & ~PMU_START_DEFINED || flags == PMU_START_DEFINED ||
	    !decode_set(h, base, mask, &set))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	unconfigured = pmu_set_minus(set, h->configured);
	if ((unconfigured.hw & ~PMU_FIXED) | unconfigured.fw)
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if ((flags & PMU_START_INIT_SNAPSHOT) && !snapshot_open(h, false))
		return pmu_error(PMU_ERR_NO_SHMEM);

	hpm_sync(h);
	running = pmu_set_and(set, h->started);
	idle = pmu_set_minus(set, h->started);
	error_hw = start_hw(h, idle.hw, &from);
	error_fw = start_fw(h, (uint16_t)idle.fw, &from);
	if (flags & PMU_START_INIT_SNAPSHOT)
		snapshot_close(h);

	if (error_hw || error_fw)
		return pmu_error(error_hw ? error_hw : error_fw);
	return pmu_error(pmu_set_empty(running) ? PMU_OK
						: PMU_ERR_ALREADY_STARTED);
}

struct pmu_result pmu_counter_stop(struct pmu_hart *h, unsigned long base,
				   unsigned long mask, unsigned long flags)
{
	struct pmu_set set, running, idle;
	unsigned int n;

	if (flags & ~PMU_STOP_DEFINED || !decode_set(h, base, mask, &set))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if ((flags & PMU_STOP_TAKE_SNAPSHOT) && !snapshot_open(h, true))
		return pmu_error(PMU_ERR_NO_SHMEM);

	hpm_sync(h);
	running = pmu_set_and(set, h->started);
	idle = pmu_set_minus(set, h->started);
	hpm_stop(h, running.hw);
	h->started.hw &= ~running.hw;
	for_each_bit(n, (uint16_t)running.fw)
		fw_stop(h, (struct fw_ctr){n});

	if (flags & PMU_STOP_TAKE_SNAPSHOT) {
		snapshot_save(h, base, running);
		snapshot_close(h);
	}
	if (flags & PMU_STOP_RESET) {
		/* Delegated counters that are free here may run elsewhere */
		hpm_release(h, h->has_smcdeleg ? set.hw & h->configured.hw
					       : set.hw);
		h->configured = pmu_set_minus(h->configured, set);
	}
	return pmu_error(pmu_set_empty(idle) ? PMU_OK
					     : PMU_ERR_ALREADY_STOPPED);
}

static struct pmu_result read_fw(const struct pmu_hart *h, unsigned long idx,
				 unsigned int shift)
{
	struct fw_ctr c;

	if (!decode_fw(h, idx, &c) || !(h->configured.fw & PMU_BIT(c.n)))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	return pmu_value((unsigned long)(fw_read(h, c) >> shift));
}

struct pmu_result pmu_counter_fw_read(const struct pmu_hart *h,
				      unsigned long idx)
{
	return read_fw(h, idx, 0);
}

struct pmu_result pmu_counter_fw_read_hi(const struct pmu_hart *h,
					 unsigned long idx)
{
	struct pmu_result result = read_fw(h, idx, 32);

	if (sizeof(unsigned long) == sizeof(uint64_t))
		result.value = 0;
	return result;
}
