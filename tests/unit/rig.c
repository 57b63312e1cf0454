// SPDX-License-Identifier: BSD-2-Clause
/* Calls with what always holds checked, and checks that say what they saw */

#include "rig.h"

void rig_fail(const char *file, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_error("# on machine \"%s\": ",
		    sim.desc ? sim.desc->name : "none");
	vprint_error(format, args);
	print_error("\n");
	va_end(args);
	_fail(file, line);
	__builtin_unreachable();
}

unsigned long rig_expect(const char *file, int line, const char *call,
			 struct pmu_result got, long want)
{
	if (got.error != want)
		rig_fail(file, line, "%s: error %ld, expected %ld", call,
			 got.error, want);
	return got.value;
}

void rig_equal(const char *file, int line, const char *what, uint64_t got,
	       uint64_t want)
{
	if (got != want)
		rig_fail(file, line, "%s is 0x%llx, expected 0x%llx", what,
			 (unsigned long long)got, (unsigned long long)want);
}

/* -- What holds for every call --------------------------------------------- */

static struct {
	struct pmu_hart hart;
	struct pmu_machine machine;
	struct sim_regs regs;
	unsigned int stores;
} before;

static bool effect_allowed;

void rig_allow_effect(void)
{
	effect_allowed = true;
}

void (*rig_told)(void);

void rig_tell(void)
{
	if (!hart.resumes || !sim.suspended)
		return;
	sim.suspended = false;
	pmu_hart_resume(&hart);
	if (rig_told)
		rig_told();
}

static void prologue(void)
{
	rig_tell();
	memcpy(&before.hart, &hart, sizeof(hart));
	memcpy(&before.machine, &machine, sizeof(machine));
	memcpy(&before.regs, &sim.regs, sizeof(sim.regs));
	before.stores = sim_all_stores();
}

static bool may_have_effect(long error)
{
	return error == PMU_OK || error == STARTED || error == STOPPED ||
	       effect_allowed;
}

static struct pmu_result epilogue(const char *call, struct pmu_result result)
{
	check(pmu_hart_is_valid(&hart), "invalid state after %s", call);
	check(sim.stats.violations == 0, "%s: %s (counter %u)", call,
	      sim.stats.violation, sim.stats.violator);
	check(sim_memory_is_closed(), "%s leaves memory open", call);
	check(result.error == PMU_OK || result.value == 0,
	      "%s: value 0x%lx with error %ld", call, result.value,
	      result.error);
	check(memcmp(&before.machine, &machine, sizeof(machine)) == 0,
	      "%s changed the machine", call);
	if (!may_have_effect(result.error)) {
		check(memcmp(&before.hart, &hart, sizeof(hart)) == 0,
		      "%s failed (%ld) and changed the state", call,
		      result.error);
		check(memcmp(&before.regs, &sim.regs, sizeof(sim.regs)) == 0,
		      "%s failed (%ld) and changed registers", call,
		      result.error);
		check(before.stores == sim_all_stores(),
		      "%s failed (%ld) and wrote memory", call, result.error);
	}
	effect_allowed = false;
	return result;
}

#define CALL(name, function, ...)                             \
	do {                                                  \
		prologue();                                   \
		return epilogue(name, function(__VA_ARGS__)); \
	} while (0)

struct pmu_result get_num(void)
{
	CALL("NUM_COUNTERS", pmu_num_counters, &hart);
}

struct pmu_result get_info(unsigned long idx)
{
	CALL("GET_INFO", pmu_counter_info, &hart, idx);
}

struct pmu_result config(unsigned long base, unsigned long mask,
			 unsigned long flags, unsigned long event,
			 uint64_t data)
{
	CALL("CONFIG_MATCHING", pmu_counter_config, &hart, base, mask, flags,
	     event, data);
}

struct pmu_result start(unsigned long base, unsigned long mask,
			unsigned long flags, uint64_t initial)
{
	CALL("START", pmu_counter_start, &hart, base, mask, flags, initial);
}

struct pmu_result stop(unsigned long base, unsigned long mask,
		       unsigned long flags)
{
	CALL("STOP", pmu_counter_stop, &hart, base, mask, flags);
}

struct pmu_result fw_value(unsigned long idx)
{
	CALL("FW_READ", pmu_counter_fw_read, &hart, idx);
}

struct pmu_result fw_value_hi(unsigned long idx)
{
	CALL("FW_READ_HI", pmu_counter_fw_read_hi, &hart, idx);
}

struct pmu_result set_shmem(unsigned long lo, unsigned long hi,
			    unsigned long flags)
{
	CALL("SET_SHMEM", pmu_snapshot_set, &hart, lo, hi, flags);
}

struct pmu_result event_info(unsigned long lo, unsigned long hi,
			     unsigned long num, unsigned long flags)
{
	CALL("EVENT_GET_INFO", pmu_event_get_info, &hart, lo, hi, num, flags);
}

void rig_fill(void)
{
	unsigned int n;

	for_each_bit(n, hart.present) {
		ok(config(n, 1, SKIP | PMU_CFG_SINH | PMU_CFG_UINH | AUTO,
			  n == 2 ? INSTRET : CYCLES, 0));
		if (n % 3 == 0)
			ok(stop(n, 1, 0));
	}
	for (n = 0; n < PMU_FW_MAX; n++)
		ok(config(rig_fw(n), 1, n % 3 ? AUTO : 0,
			  n % 2 ? TIMER : rig_platform(),
			  n % 2 ? 0 : rig_platform_data(1)));
	ok(set_shmem(SIM_RAM, 0, 0));
	for_each_bit(n, hart.present & ~7u) {
		if (rig_can_inhibit(n))
			expect(start(n, 1, INIT, ~0ULL),
			       n % 3 ? STARTED : PMU_OK);
	}
	rig_elapse();
}
