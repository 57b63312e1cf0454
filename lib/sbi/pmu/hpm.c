// SPDX-License-Identifier: BSD-2-Clause
/*
 * How a hardware counter is programmed: inhibit it, write 0 and then the event
 * to mhpmevent, write the value, release the inhibit. A counter is never
 * changed while it counts; hardware and emulators mis-measure when it is.
 */

#include "internal.h"

static bool is_fixed(struct hw_ctr c)
{
	return (PMU_BIT(c.n) & PMU_FIXED) != 0;
}

static bool can_inhibit(const struct pmu_hart *h, struct hw_ctr c)
{
	return (PMU_BIT(c.n) & h->inhibitable) != 0;
}

static void set_inhibit(struct pmu_hart *h, uint32_t inhibit)
{
	inhibit &= h->inhibitable;
	if (inhibit == h->inhibit)
		return;
	h->inhibit = inhibit;
	env_inhibit_write(inhibit);
}

static unsigned int bits_of(uint64_t value)
{
	unsigned int bits = 0;

	for (; value != 0; value >>= 1)
		bits++;
	return bits;
}

static void reset_event(struct pmu_hart *h, struct hw_ctr c)
{
	h->hw_event[c.n] = 0;
	h->hw_inhibits[c.n] = 0;
	if (!is_fixed(c))
		env_event_write(c.n, 0, h->wide_events);
	else if (h->has_smcntrpmf)
		env_fixed_cfg_write(c.n, 0);
}

void hpm_init(struct pmu_hart *h)
{
	unsigned int n;

	h->inhibitable = 0;
	if (h->has_inhibit) {
		env_inhibit_write(~PMU_BIT(PMU_CTR_TIME));
		h->inhibitable = env_inhibit_read() & ~PMU_BIT(PMU_CTR_TIME);
	}
	h->inhibit = h->inhibitable;

	for_each_bit(n, h->present) {
		h->width[n] = 64;
		reset_event(h, (struct hw_ctr){n});
		if (PMU_BIT(n) & PMU_FIXED)
			continue;
		env_counter_write(n, ~0ULL);
		h->width[n] = (uint8_t)bits_of(env_counter_read(n));
		env_counter_write(n, 0);
	}
	set_inhibit(h, h->inhibitable & ~PMU_FIXED);
}

void hpm_exit(struct pmu_hart *h)
{
	unsigned int n;

	/* After a suspend mcountinhibit need not be what we wrote */
	h->inhibit = h->inhibitable;
	if (h->has_inhibit)
		env_inhibit_write(h->inhibitable);
	for_each_bit(n, h->present) {
		env_dev_irq_disable(n);
		env_dev_filter(n, 0);
		reset_event(h, (struct hw_ctr){n});
		env_counter_write(n, 0);
	}
}

static uint64_t filter_bits(const struct pmu_hart *h, unsigned long flags)
{
	uint64_t bits = HPM_MINH;

	if (flags & PMU_CFG_SINH)
		bits |= HPM_SINH;
	if (flags & PMU_CFG_UINH)
		bits |= HPM_UINH;
	/* Linux passes VSINH and VUINH to harts without H as well */
	if (h->has_h && (flags & PMU_CFG_VSINH))
		bits |= HPM_VSINH;
	if (h->has_h && (flags & PMU_CFG_VUINH))
		bits |= HPM_VUINH;
	return bits;
}

bool hpm_can_filter(const struct pmu_hart *h, struct hw_ctr c,
		    unsigned long flags)
{
	unsigned long asked = flags & PMU_CFG_INHIBITS;

	if (!h->has_h)
		asked &= ~(PMU_CFG_VSINH | PMU_CFG_VUINH);
	if (asked == 0 || env_dev_filters())
		return true;
	/* On a hart without any filter a counter is as good as another */
	if (!h->has_sscofpmf && !h->has_smcntrpmf)
		return true;
	return is_fixed(c) ? h->has_smcntrpmf : h->has_sscofpmf;
}

/*
 * OF of a programmable counter, if it has to stay. A supervisor that takes an
 * overflow interrupt and finds no cause of it may leave all counters stopped,
 * as Linux does, so nothing clears OF while the interrupt is pending.
 */
static uint64_t overflow_to_keep(const struct pmu_hart *h, struct hw_ctr c)
{
	if (!h->has_sscofpmf || !env_overflow_pending())
		return 0;
	return env_event_read(c.n, h->wide_events) & HPM_OF;
}

/* Write the event of a counter that is inhibited, or that is to start now */
static void write_event(const struct pmu_hart *h, struct hw_ctr c)
{
	uint64_t overflow;

	if (is_fixed(c)) {
		if (h->has_smcntrpmf)
			env_fixed_cfg_write(c.n, h->hw_event[c.n]);
		return;
	}
	overflow = overflow_to_keep(h, c);
	env_event_write(c.n, overflow, h->wide_events);
	env_event_write(c.n, h->hw_event[c.n] | overflow, h->wide_events);
}

void hpm_configure(struct pmu_hart *h, struct hw_ctr c, uint64_t selector,
		   unsigned long flags)
{
	bool filters = is_fixed(c) ? h->has_smcntrpmf : h->has_sscofpmf;

	set_inhibit(h, h->inhibit | PMU_BIT(c.n));
	env_dev_irq_disable(c.n);

	h->hw_event[c.n] = is_fixed(c) ? 0 : selector;
	if (filters)
		h->hw_event[c.n] |= filter_bits(h, flags);
	/* M-mode is kept out whether the supervisor asks for it or not */
	h->hw_inhibits[c.n] =
		(uint8_t)((flags & PMU_CFG_INHIBITS) | PMU_CFG_MINH);

	/* What cannot be inhibited gets its event only when it starts */
	if (is_fixed(c) || can_inhibit(h, c))
		write_event(h, c);
	else
		env_event_write(c.n, overflow_to_keep(h, c), h->wide_events);
	env_dev_filter(c.n, h->hw_inhibits[c.n]);
}

/*
 * The registers are written only where they differ from what they should be,
 * as after a suspend that lost them.
 */
static void prepare_event(const struct pmu_hart *h, struct hw_ctr c)
{
	uint64_t want = h->hw_event[c.n];
	uint64_t now;

	if (is_fixed(c)) {
		if (h->has_smcntrpmf && env_fixed_cfg_read(c.n) != want)
			env_fixed_cfg_write(c.n, want);
		return;
	}

	now = env_event_read(c.n, h->wide_events);
	/* OF says that the counter has interrupted already: clear it if we may
	 */
	if (h->has_sscofpmf && (now & HPM_OF) && env_overflow_pending())
		want |= HPM_OF;
	if (now == want)
		return;
	if (!h->has_sscofpmf || ((now ^ want) & ~HPM_OF))
		env_event_write(c.n, 0, h->wide_events);
	env_event_write(c.n, want, h->wide_events);
}

static void enable_irqs(uint32_t counters)
{
	unsigned int n;

	if (!env_dev_irqs())
		return;
	for_each_bit(n, counters)
		env_dev_irq_enable(n);
}

static void disable_irqs(uint32_t counters)
{
	unsigned int n;

	if (!env_dev_irqs())
		return;
	for_each_bit(n, counters)
		env_dev_irq_disable(n);
}

static void filter_by_device(const struct pmu_hart *h, uint32_t counters)
{
	unsigned int n;

	if (!env_dev_filters())
		return;
	for_each_bit(n, counters)
		env_dev_filter(n, h->hw_inhibits[n]);
}

void hpm_prepare(struct pmu_hart *h, uint32_t counters, const uint64_t *value)
{
	unsigned int n;

	/* A suspend may have lost the filter of the device without a trace */
	filter_by_device(h, counters);
	for_each_bit(n, counters) {
		struct hw_ctr c = {n};

		/* Without an inhibit, writing the event starts the counter */
		if (value && !can_inhibit(h, c))
			env_counter_write(n, *value);
		prepare_event(h, c);
		if (value && can_inhibit(h, c))
			env_counter_write(n, *value);
	}
	enable_irqs(counters);
}

void hpm_start(struct pmu_hart *h, uint32_t counters)
{
	set_inhibit(h, h->inhibit & ~counters);
}

void hpm_stop(struct pmu_hart *h, uint32_t counters)
{
	unsigned int n;
	uint64_t of;

	set_inhibit(h, h->inhibit | counters);
	disable_irqs(counters);
	for_each_bit(n, counters & ~h->inhibitable & ~PMU_FIXED) {
		of = h->has_sscofpmf ? HPM_OF : 0;
		of &= env_event_read(n, h->wide_events);
		env_event_write(n, of, h->wide_events);
	}
}

void hpm_release(struct pmu_hart *h, uint32_t counters)
{
	uint64_t overflow;
	unsigned int n;

	for_each_bit(n, counters) {
		struct hw_ctr c = {n};

		env_dev_filter(n, 0);
		overflow = is_fixed(c) ? 0 : overflow_to_keep(h, c);
		reset_event(h, c);
		if (overflow)
			env_event_write(n, overflow, h->wide_events);
	}
}

/*
 * Whether a running counter has lost its event where mcountinhibit does not
 * tell: reset leaves no MINH in the registers of mcycle and minstret, and no
 * selector in those of counters that cannot be inhibited.
 */
static bool event_is_lost(const struct pmu_hart *h, struct hw_ctr c)
{
	uint64_t selector = h->has_sscofpmf ? ~HPM_SSCOFPMF : ~0ULL;

	if (is_fixed(c))
		return h->has_smcntrpmf &&
		       !(env_fixed_cfg_read(c.n) & HPM_MINH);
	return !can_inhibit(h, c) &&
	       !(env_event_read(c.n, h->wide_events) & selector);
}

/* Whether @idle counters hold what reset leaves: OF in all, no selector */
static bool is_reset(const struct pmu_hart *h, uint32_t idle)
{
	unsigned int n;

	if (!h->has_sscofpmf || !idle || (idle & ~env_overflow_read()))
		return false;
	n = lowest_bit(idle);
	return env_event_read(n, h->wide_events) == (HPM_OF | HPM_MINH);
}

/* Whether registers of @mine differ from what we left in them */
static bool is_lost(const struct pmu_hart *h, uint32_t inhibit, uint32_t mine,
		    uint32_t running)
{
	unsigned int n;

	if ((inhibit ^ h->inhibit) & mine)
		return true;
	for_each_bit(n, running & (PMU_FIXED | ~h->inhibitable)) {
		if (event_is_lost(h, (struct hw_ctr){n}))
			return true;
	}
	return is_reset(h, h->present & mine & ~running & ~PMU_FIXED);
}

/* Program all that is ours anew */
static void restore(struct pmu_hart *h, uint32_t mine, uint32_t running)
{
	unsigned int n;

	if (h->has_inhibit)
		env_inhibit_write(h->inhibit | (mine & h->inhibitable));
	for_each_bit(n, h->present & mine & ~h->configured.hw & ~PMU_FIXED)
		env_event_write(n, 0, h->wide_events);
	for_each_bit(n, h->configured.hw) {
		struct hw_ctr c = {n};

		if (PMU_BIT(n) & (h->inhibitable | PMU_FIXED | running))
			write_event(h, c);
		else
			env_event_write(n, overflow_to_keep(h, c),
					h->wide_events);
	}
	filter_by_device(h, h->configured.hw);
	enable_irqs(running);
	if (h->has_inhibit)
		env_inhibit_write(h->inhibit);
}

/*
 * OpenSBI initialises the registers anew when a hart comes back from a
 * non-retentive suspend, without a call into the PMU. It leaves traces.
 *
 * With counter delegation the supervisor may use those that are free here, so
 * only the configured counters are ours.
 */
void hpm_sync(struct pmu_hart *h)
{
	uint32_t mine = h->has_smcdeleg ? h->configured.hw : ~0u;
	uint32_t running = h->started.hw & h->configured.hw;
	uint32_t inhibit = h->inhibit;
	bool lost;

	if (h->has_inhibit)
		inhibit = env_inhibit_read() & h->inhibitable;
	lost = is_lost(h, inhibit, mine, running);
	h->inhibit = (inhibit & ~mine) | (h->inhibit & mine);
	if (lost)
		restore(h, mine, running);
	else
		/* mcycle and minstret lose filters of a device without a trace
		 */
		filter_by_device(h, running & PMU_FIXED);
}
