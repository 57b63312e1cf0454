// SPDX-License-Identifier: BSD-2-Clause
/* Registers, the PMU device and platform events, as any hart may have them */

#include "world.h"

struct world world, synced;

unsigned int proof_lowest_bit(uint32_t word)
{
	unsigned int n = 0;

	prove("lowest_bit() of a set that has one", word != 0);
	if (!(word & 0xffff))
		n += 16;
	if (!(word >> n & 0xff))
		n += 8;
	if (!(word >> n & 0xf))
		n += 4;
	if (!(word >> n & 3))
		n += 2;
	return word >> n & 1 ? n : n + 1;
}

static bool exists(unsigned int n)
{
	return n < PMU_HW_MAX && (hart.present >> n & 1);
}

static bool is_fixed(unsigned int n)
{
	return n < 3;
}

bool world_can_inhibit(unsigned int n)
{
	return hart.has_inhibit && (world.inhibit_bits >> n & 1);
}

bool world_runs(void)
{
	uint64_t selector = hart.has_sscofpmf ? ~HPM_SSCOFPMF : ~0ULL;

	if (world_can_inhibit(world.k) && (world.inhibit >> world.k & 1))
		return false;
	return is_fixed(world.k) || (world.event & selector) != 0;
}

bool world_filters(void)
{
	return is_fixed(world.k) ? hart.has_smcntrpmf : hart.has_sscofpmf;
}

static void touch(unsigned int n)
{
	world.hw_changes++;
	if (n == world.k)
		world.touched = true;
}

/* What can be stopped is stopped when its value or event is written */
static void change(unsigned int n)
{
	touch(n);
	prove("a counter is never changed while it counts",
	      n != world.k || !world_can_inhibit(n) || !world_runs());
}

uint64_t env_counter_read(unsigned int n)
{
	prove("no CSR the hart lacks: mhpmcounter", exists(n));
	return n == world.k ? world.value : nondet_u64();
}

void env_counter_write(unsigned int n, uint64_t value)
{
	prove("no CSR the hart lacks: mhpmcounter", exists(n));
	change(n);
	if (n != world.k)
		return;
	world.value_writes++;
	world.value = value;
	/* Narrow counters keep the lower bits, and every counter has one */
	if (nondet_bool())
		world.value &= ~0ULL >> (1 + (nondet_u32() & 31));
}

static void check_event(unsigned int n, bool wide)
{
	prove("no CSR the hart lacks: mhpmevent", !is_fixed(n) && exists(n));
	prove("no CSR the hart lacks: upper half of mhpmevent",
	      wide == hart.wide_events);
}

uint64_t env_event_read(unsigned int n, bool wide)
{
	check_event(n, wide);
	if (n == world.k)
		return world.event;
	return wide ? nondet_u64() : nondet_u32();
}

void env_event_write(unsigned int n, uint64_t value, bool wide)
{
	check_event(n, wide);
	prove("32 bits for a narrow mhpmevent", wide || value >> 32 == 0);
	change(n);
	if (n == world.k)
		world.event = value & world.event_bits;
}

static void check_cfg(unsigned int n)
{
	prove("no CSR the hart lacks: mcyclecfg, minstretcfg",
	      hart.has_smcntrpmf && n != 1 && is_fixed(n) && exists(n));
}

uint64_t env_fixed_cfg_read(unsigned int n)
{
	check_cfg(n);
	return n == world.k ? world.cfg : nondet_u64();
}

void env_fixed_cfg_write(unsigned int n, uint64_t value)
{
	check_cfg(n);
	change(n);
	if (n == world.k)
		world.cfg = value;
}

uint32_t env_inhibit_read(void)
{
	prove("no CSR the hart lacks: mcountinhibit", hart.has_inhibit);
	return world.inhibit;
}

void env_inhibit_write(uint32_t value)
{
	prove("no CSR the hart lacks: mcountinhibit", hart.has_inhibit);
	world.hw_changes++;
	world.inhibit = value & world.inhibit_bits;
}

uint32_t env_overflow_read(void)
{
	prove("no CSR the hart lacks: scountovf", hart.has_sscofpmf);
	return nondet_u32();
}

bool env_overflow_pending(void)
{
	return nondet_bool();
}

/* -- The platform ---------------------------------------------------------- */

uint64_t env_selector(uint32_t event_idx)
{
	(void)event_idx;
	return nondet_u64();
}

bool env_has_device(void)
{
	return world.has_device;
}

bool env_dev_filters(void)
{
	return world.dev_filters;
}

void env_dev_filter(unsigned int n, unsigned long config_flags)
{
	prove("no device hook for a counter that is not there", exists(n));
	prove("no flags for a device but mode inhibits",
	      !(config_flags & ~PMU_CFG_INHIBITS));
	touch(n);
	if (n == world.k)
		world.dev_filter = (uint32_t)config_flags;
}

void env_dev_irq_enable(unsigned int n)
{
	prove("no device hook for a counter that is not there", exists(n));
	touch(n);
}

void env_dev_irq_disable(unsigned int n)
{
	prove("no device hook for a counter that is not there", exists(n));
	touch(n);
}

static void check_fw(uint32_t hartid, unsigned int n)
{
	prove("a platform hook is called for the calling hart",
	      hartid == hart.hartid);
	prove("no platform hook for a counter that is not there",
	      n < PMU_FW_MAX);
}

bool env_fw_valid(uint32_t hartid, uint64_t data)
{
	(void)data;
	check_fw(hartid, 0);
	return world.has_device && nondet_bool();
}

bool env_fw_match(uint32_t hartid, unsigned int n, uint64_t data)
{
	(void)data;
	check_fw(hartid, n);
	return nondet_bool();
}

bool env_fw_start(uint32_t hartid, unsigned int n, uint64_t data)
{
	(void)data;
	check_fw(hartid, n);
	world.fw_changes++;
	if (!(world.refuses >> n & 1))
		return true;
	world.refused = true;
	return false;
}

void env_fw_stop(uint32_t hartid, unsigned int n)
{
	check_fw(hartid, n);
	world.fw_changes++;
}

uint64_t env_fw_read(uint32_t hartid, unsigned int n)
{
	check_fw(hartid, n);
	return nondet_u64();
}

void env_fw_write(uint32_t hartid, unsigned int n, uint64_t value)
{
	(void)value;
	check_fw(hartid, n);
	world.fw_changes++;
}

unsigned int env_fw_width(void)
{
	unsigned int width = nondet_u32();

	assume(width >= 1 && width <= 64);
	return width;
}
