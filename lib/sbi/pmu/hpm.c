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

/* -- A device that has registers of its own for the counters --------------- */

static PMU_COLD void device_irqs(uint32_t counters, bool enable)
{
	unsigned int n;

	for_each_bit(n, counters) {
		if (enable)
			env_dev_irq_enable(n);
		else
			env_dev_irq_disable(n);
	}
}

static void enable_irqs(uint32_t counters)
{
	if (env_has_device())
		device_irqs(counters, true);
}

static void disable_irqs(uint32_t counters)
{
	if (env_has_device())
		device_irqs(counters, false);
}

static PMU_COLD void device_filters(const struct pmu_hart *h, uint32_t counters)
{
	unsigned int n;

	for_each_bit(n, counters)
		env_dev_filter(n, h->hw_inhibits[n]);
}

/* Have the device filter as the state says, which for a free counter is 0 */
static void filter_by_device(const struct pmu_hart *h, uint32_t counters)
{
	if (env_dev_filters())
		device_filters(h, counters);
}

/* -- The registers of the hart --------------------------------------------- */

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

uint64_t hpm_selector_bits(const struct pmu_hart *h)
{
	if (!h->wide_events)
		return 0xffffffffULL;
	return h->has_sscofpmf ? ~HPM_SSCOFPMF : ~0ULL;
}

void hpm_init(struct pmu_hart *h)
{
	unsigned int n;

	h->plain = h->resumes && !env_has_device();
	h->selector_bits = hpm_selector_bits(h);

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
	disable_irqs(h->present);
	for_each_bit(n, h->present) {
		reset_event(h, (struct hw_ctr){n});
		env_counter_write(n, 0);
	}
	filter_by_device(h, h->present);
}

/* The flags are bits of mhpmevent, further down */
static uint64_t filter_bits(const struct pmu_hart *h, unsigned long flags)
{
	/* Linux passes VSINH and VUINH to harts without H as well */
	if (!h->has_h)
		flags &= ~(PMU_CFG_VSINH | PMU_CFG_VUINH);
	flags = (flags & PMU_CFG_INHIBITS) | PMU_CFG_MINH;
	return (uint64_t)flags * (HPM_MINH / PMU_CFG_MINH);
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

/* Write the @event of a counter that is inhibited, or that is to start now */
static inline void write_event(const struct pmu_hart *h, struct hw_ctr c,
			       uint64_t event)
{
	uint64_t overflow;

	if (is_fixed(c)) {
		if (h->has_smcntrpmf)
			env_fixed_cfg_write(c.n, event);
		return;
	}
	overflow = overflow_to_keep(h, c);
	env_event_write(c.n, overflow, h->wide_events);
	env_event_write(c.n, event | overflow, h->wide_events);
}

void hpm_set_event(struct pmu_hart *h, struct hw_ctr c, uint64_t selector,
		   unsigned long flags)
{
	bool filters = is_fixed(c) ? h->has_smcntrpmf : h->has_sscofpmf;
	uint64_t event = is_fixed(c) ? 0 : selector;

	set_inhibit(h, h->inhibit | PMU_BIT(c.n));
	if (filters)
		event |= filter_bits(h, flags);
	h->hw_event[c.n] = event;
	/* M-mode is kept out whether the supervisor asks for it or not */
	h->hw_inhibits[c.n] =
		(uint8_t)((flags & PMU_CFG_INHIBITS) | PMU_CFG_MINH);

	/* What cannot be inhibited gets its event only when it starts */
	if (is_fixed(c) || can_inhibit(h, c))
		write_event(h, c, event);
	else
		env_event_write(c.n, overflow_to_keep(h, c), h->wide_events);
}

PMU_COLD
void hpm_configure(struct pmu_hart *h, struct hw_ctr c, uint64_t selector,
		   unsigned long flags)
{
	set_inhibit(h, h->inhibit | PMU_BIT(c.n));
	disable_irqs(PMU_BIT(c.n));
	hpm_set_event(h, c, selector, flags);
	filter_by_device(h, PMU_BIT(c.n));
}

/*
 * The registers are written only where they differ from what they should be,
 * as after a suspend that lost them.
 */
static inline void prepare_event(const struct pmu_hart *h, struct hw_ctr c)
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

void hpm_program(struct pmu_hart *h, uint32_t counters, const uint64_t *value,
		 unsigned long step)
{
	unsigned int n;

	for_each_bit(n, counters) {
		struct hw_ctr c = {n};

		/* Without an inhibit, writing the event starts the counter */
		if (value && !can_inhibit(h, c))
			env_counter_write(n, value[n * step]);
		prepare_event(h, c);
		if (value && can_inhibit(h, c))
			env_counter_write(n, value[n * step]);
	}
}

void hpm_prepare(struct pmu_hart *h, uint32_t counters, const uint64_t *value,
		 unsigned long step)
{
	/* A suspend may have lost the filter of the device without a trace */
	filter_by_device(h, counters);
	hpm_program(h, counters, value, step);
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
	for_each_bit(n, counters & ~h->inhibitable & ~PMU_FIXED) {
		of = h->has_sscofpmf ? HPM_OF : 0;
		of &= env_event_read(n, h->wide_events);
		env_event_write(n, of, h->wide_events);
	}
}

void hpm_clear(struct pmu_hart *h, uint32_t counters)
{
	bool keep = h->has_sscofpmf && env_overflow_pending();
	uint64_t overflow;
	unsigned int n;

	for_each_bit(n, counters) {
		struct hw_ctr c = {n};

		overflow = 0;
		if (keep && !is_fixed(c))
			overflow = env_event_read(n, h->wide_events) & HPM_OF;
		reset_event(h, c);
		if (overflow)
			env_event_write(n, overflow, h->wide_events);
	}
}

void hpm_quiet(uint32_t counters)
{
	disable_irqs(counters);
}

void hpm_release(struct pmu_hart *h, uint32_t counters)
{
	hpm_clear(h, counters);
	filter_by_device(h, counters);
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

/*
 * With counter delegation the supervisor may use those that are free here, and
 * write mcountinhibit for them, so only the configured counters are ours.
 */
static uint32_t ours(const struct pmu_hart *h)
{
	return h->has_smcdeleg ? h->configured.hw : ~0u;
}

static void refresh_inhibit(struct pmu_hart *h, uint32_t inhibit)
{
	h->inhibit = (inhibit & ~ours(h)) | (h->inhibit & ours(h));
}

/* Program all that is ours anew */
static void restore(struct pmu_hart *h)
{
	uint32_t running = h->started.hw & h->configured.hw;
	uint32_t mine = ours(h);
	unsigned int n;

	if (h->has_inhibit)
		env_inhibit_write(h->inhibit | (mine & h->inhibitable));
	for_each_bit(n, h->present & mine & ~h->configured.hw & ~PMU_FIXED)
		env_event_write(n, 0, h->wide_events);
	for_each_bit(n, h->configured.hw) {
		struct hw_ctr c = {n};

		if (PMU_BIT(n) & (h->inhibitable | PMU_FIXED | running))
			write_event(h, c, h->hw_event[n]);
		else
			env_event_write(n, overflow_to_keep(h, c),
					h->wide_events);
	}
	filter_by_device(h, h->configured.hw);
	enable_irqs(running);
	if (h->has_inhibit)
		env_inhibit_write(h->inhibit);
}

void hpm_restore(struct pmu_hart *h)
{
	if (h->has_inhibit)
		refresh_inhibit(h, env_inhibit_read() & h->inhibitable);
	restore(h);
}

static PMU_COLD void find_losses(struct pmu_hart *h)
{
	uint32_t running = h->started.hw & h->configured.hw;
	uint32_t inhibit = h->inhibit;
	bool lost;

	if (h->has_inhibit)
		inhibit = env_inhibit_read() & h->inhibitable;
	lost = is_lost(h, inhibit, ours(h), running);
	refresh_inhibit(h, inhibit);
	if (lost)
		restore(h);
	else
		/* mcycle and minstret lose filters of a device without a trace
		 */
		filter_by_device(h, running & PMU_FIXED);
}

/*
 * OpenSBI initialises the registers anew when a hart comes back from a
 * non-retentive suspend, without a call into the PMU. Where nobody tells of it,
 * it leaves traces.
 */
void hpm_sync(struct pmu_hart *h)
{
	if (!h->resumes)
		find_losses(h);
}
