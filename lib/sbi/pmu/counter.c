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
static inline bool decode_set(const struct pmu_hart *h, unsigned long base,
			      unsigned long mask, struct pmu_set *set)
{
	const struct pmu_machine *m = h->machine;
	unsigned long num_hw = m->num_hw;
	unsigned long fw, shift;

	if (base < num_hw) {
		set->hw = (uint32_t)(mask << base & m->hw_indices);
		/* Two steps, for one could be as wide as the word */
		fw = mask >> 1 >> (num_hw - base - 1);
	} else {
		set->hw = 0;
		shift = base - num_hw;
		if (shift >= PMU_FW_MAX)
			return false;
		fw = mask << shift;
		if (fw >> shift != mask)
			return false;
	}
	if (mask == 0 || fw >> PMU_FW_MAX)
		return false;

	set->fw = (uint32_t)fw;
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
static inline bool choose_hw(const struct pmu_hart *h, uint32_t able,
			     unsigned long flags, struct hw_ctr *chosen)
{
	uint32_t programmable = able & ~PMU_FIXED;
	uint32_t fixed = able & PMU_FIXED;
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

/* Those of @set that may be chosen: the one that SKIP_MATCH names, or the free
 */
static inline struct pmu_set candidates(const struct pmu_hart *h,
					struct pmu_set set, unsigned long flags,
					const struct pmu_event *event)
{
	if (!(flags & PMU_CFG_SKIP_MATCH))
		return pmu_set_minus(pmu_set_and(set, event->counters),
				     h->configured);
	/* Hardware counters have the lower indices */
	if (set.hw)
		set = (struct pmu_set){PMU_BIT(lowest_bit(set.hw)), 0};
	else
		set = (struct pmu_set){0, PMU_BIT(lowest_bit(set.fw))};
	return pmu_set_and(set, event->counters);
}

static inline struct pmu_result config_hw(struct pmu_hart *h, struct hw_ctr c,
					  unsigned long flags,
					  uint64_t selector)
{
	h->configured.hw |= PMU_BIT(c.n);
	h->started.hw &= ~PMU_BIT(c.n);
	if (h->plain)
		hpm_set_event(h, c, selector, flags);
	else
		hpm_configure(h, c, selector, flags);

	if (flags & PMU_CFG_CLEAR_VALUE)
		env_counter_write(c.n, 0);
	if (flags & PMU_CFG_AUTO_START) {
		hpm_prepare(h, PMU_BIT(c.n), 0, 0);
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

PMU_HOT
struct pmu_result pmu_counter_config(struct pmu_hart *h, unsigned long base,
				     unsigned long mask, unsigned long flags,
				     unsigned long event, uint64_t data)
{
	struct pmu_event found;
	struct pmu_set set;
	struct hw_ctr c = {0};

	if (flags & ~PMU_CFG_DEFINED || !decode_set(h, base, mask, &set))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	if (!pmu_event_find(h, event, data, &found))
		return pmu_error(PMU_ERR_NOT_SUPPORTED);

	set = candidates(h, set, flags, &found);
	if (set.fw)
		return config_fw(h, (struct fw_ctr){lowest_bit(set.fw)}, flags,
				 &found);
	if (set.hw && (flags & PMU_CFG_SKIP_MATCH))
		c.n = lowest_bit(set.hw);
	else if (!choose_hw(h, set.hw, flags, &c))
		return pmu_error(PMU_ERR_NOT_SUPPORTED);
	hpm_sync(h);
	return config_hw(h, c, flags, found.selector);
}

/* mcycle and minstret need no CONFIG_MATCHING to be started */
static PMU_COLD void claim_fixed(struct pmu_hart *h, uint32_t counters)
{
	unsigned int n;

	for_each_bit(n, counters)
		hpm_configure(h, (struct hw_ctr){n}, 0, 0);
}

/* Everything but the release of the inhibit, which is one for all counters */
static void prepare_hw(struct pmu_hart *h, uint32_t counters,
		       const uint64_t *value, unsigned long step)
{
	if (counters & ~h->configured.hw)
		claim_fixed(h, counters & ~h->configured.hw);
	hpm_prepare(h, counters, value, step);
	h->configured.hw |= counters;
	h->started.hw |= counters;
}

static bool start_one_fw(struct pmu_hart *h, struct fw_ctr c,
			 const uint64_t *value)
{
	if (value)
		fw_write(h, c, *value);
	return fw_start(h, c);
}

static PMU_COLD long start_fw(struct pmu_hart *h, uint16_t counters,
			      const uint64_t *value)
{
	unsigned int n;
	long error = PMU_OK;

	for_each_bit(n, counters) {
		if (!start_one_fw(h, (struct fw_ctr){n}, value))
			error = PMU_ERR_INVALID_PARAM;
	}
	return error;
}

/* What cannot be read from the page stays stopped, and the error tells of it */
static PMU_COLD long start_from_snapshot(struct pmu_hart *h, unsigned long base,
					 struct pmu_set idle)
{
	unsigned int first_fw = h->machine->num_hw - (unsigned int)base;
	uint64_t values[PMU_HW_MAX], value;
	uint32_t ready = 0;
	unsigned int n;
	long error_hw = PMU_OK, error_fw = PMU_OK;

	for_each_bit(n, idle.hw) {
		if (snapshot_load(h, n - (unsigned int)base, &values[n]))
			ready |= PMU_BIT(n);
		else
			error_hw = PMU_ERR_NO_SHMEM;
	}
	if (ready) {
		prepare_hw(h, ready, values, 1);
		hpm_start(h, ready);
	}
	for_each_bit(n, (uint16_t)idle.fw) {
		if (!snapshot_load(h, first_fw + n, &value))
			error_fw = PMU_ERR_NO_SHMEM;
		else if (!start_one_fw(h, (struct fw_ctr){n}, &value))
			error_fw = PMU_ERR_INVALID_PARAM;
	}
	snapshot_close(h);
	return error_hw ? error_hw : error_fw;
}

static PMU_COLD long start_any(struct pmu_hart *h, unsigned long base,
			       unsigned long flags, struct pmu_set set,
			       uint64_t initial)
{
	const uint64_t *value =
		(flags & PMU_START_SET_INIT_VALUE) ? &initial : 0;
	struct pmu_set idle;

	if ((flags & PMU_START_INIT_SNAPSHOT) && !snapshot_open(h, false))
		return PMU_ERR_NO_SHMEM;

	hpm_sync(h);
	idle = pmu_set_minus(set, h->started);
	if (flags & PMU_START_INIT_SNAPSHOT)
		return start_from_snapshot(h, base, idle);
	prepare_hw(h, idle.hw, value, 0);
	hpm_start(h, idle.hw);
	return start_fw(h, (uint16_t)idle.fw, value);
}

/* Configured counters of a plain hart: what most calls are about */
static void start_plain(struct pmu_hart *h, struct pmu_set idle,
			const uint64_t *value)
{
	unsigned int n;

	if (idle.hw) {
		hpm_program(h, idle.hw, value, 0);
		h->started.hw |= idle.hw;
		hpm_start(h, idle.hw);
	}
	for_each_bit(n, (uint16_t)idle.fw) {
		if (value)
			h->fw_value[n] = *value;
		fw_start_plain(h, (struct fw_ctr){n});
	}
}

PMU_HOT
struct pmu_result pmu_counter_start(struct pmu_hart *h, unsigned long base,
				    unsigned long mask, unsigned long flags,
				    uint64_t initial)
{
	const uint64_t *value =
		(flags & PMU_START_SET_INIT_VALUE) ? &initial : 0;
	struct pmu_set set, unconfigured, running;
	long error = PMU_OK;

	if (flags & ~PMU_START_DEFINED || flags == PMU_START_DEFINED ||
	    !decode_set(h, base, mask, &set))
		return pmu_error(PMU_ERR_INVALID_PARAM);
	unconfigured = pmu_set_minus(set, h->configured);
	if ((unconfigured.hw & ~PMU_FIXED) | unconfigured.fw)
		return pmu_error(PMU_ERR_INVALID_PARAM);

	running = pmu_set_and(set, h->started);
	if (h->plain && !unconfigured.hw && !(flags & PMU_START_INIT_SNAPSHOT))
		start_plain(h, pmu_set_minus(set, running), value);
	else
		error = start_any(h, base, flags, set, initial);
	if (error == PMU_OK && !pmu_set_empty(running))
		error = PMU_ERR_ALREADY_STARTED;
	return pmu_error(error);
}

static PMU_COLD void stop_fw(struct pmu_hart *h, uint16_t counters)
{
	unsigned int n;

	for_each_bit(n, counters)
		fw_stop(h, (struct fw_ctr){n});
}

static PMU_COLD long stop_any(struct pmu_hart *h, unsigned long base,
			      unsigned long flags, struct pmu_set set)
{
	struct pmu_set running;

	if ((flags & PMU_STOP_TAKE_SNAPSHOT) && !snapshot_open(h, true))
		return PMU_ERR_NO_SHMEM;

	hpm_sync(h);
	running = pmu_set_and(set, h->started);
	hpm_stop(h, running.hw);
	hpm_quiet(running.hw);
	h->started.hw &= ~running.hw;
	stop_fw(h, (uint16_t)running.fw);

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
	return PMU_OK;
}

/* Counters of a plain hart: what most calls are about */
static void stop_plain(struct pmu_hart *h, unsigned long flags,
		       struct pmu_set set)
{
	unsigned int n;

	if (set.hw) {
		hpm_stop(h, set.hw & h->started.hw);
		h->started.hw &= ~set.hw;
	}
	for_each_bit(n, (uint16_t)(set.fw & h->started.fw))
		fw_stop_plain(h, (struct fw_ctr){n});
	if (flags & PMU_STOP_RESET) {
		hpm_clear(h, set.hw);
		h->configured = pmu_set_minus(h->configured, set);
	}
}

PMU_HOT
struct pmu_result pmu_counter_stop(struct pmu_hart *h, unsigned long base,
				   unsigned long mask, unsigned long flags)
{
	struct pmu_set set, idle;
	long error = PMU_OK;

	if (flags & ~PMU_STOP_DEFINED || !decode_set(h, base, mask, &set))
		return pmu_error(PMU_ERR_INVALID_PARAM);

	idle = pmu_set_minus(set, h->started);
	if (h->plain && !(flags & PMU_STOP_TAKE_SNAPSHOT))
		stop_plain(h, flags, set);
	else
		error = stop_any(h, base, flags, set);
	if (error == PMU_OK && !pmu_set_empty(idle))
		error = PMU_ERR_ALREADY_STOPPED;
	return pmu_error(error);
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
