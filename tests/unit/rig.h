/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests share: the state under test, machines to run on, the calls
 * with their invariants checked, and checks that say what they expected.
 */
#ifndef RIG_H
#define RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "bits.h"
#include "sim.h"

/** The state under test */
extern struct pmu_hart hart;
extern struct pmu_machine machine;

/* -- Machines -------------------------------------------------------------- */

enum rig_name {
	FULL, /* Sscofpmf, Smcntrpmf, H */
	SSCOF, /* Sscofpmf only */
	CNTR, /* Smcntrpmf only */
	PLAIN, /* neither */
	NO_HPM, /* cycle, time, instret */
	SPARSE, /* holes among the mhpmcounters */
	NARROW, /* counters of 40 and 32 bits */
	NARROW_EVENT, /* mhpmevent of 32 bits */
	WARL, /* mhpmevent that keeps few bits */
	HARDWIRED, /* inhibit bits of counters 4 to 6 are always 0 */
	NO_INHIBIT, /* no mcountinhibit */
	ANDES,
	THEAD,
	QUICK, /* as FULL, without a device, and the caller tells of suspends */
	QUICK_HARDWIRED,
	QUICK_PLAIN,
	QUICK_NARROW, /* counters and mhpmevent */
	TOLD_ANDES, /* a device, and the caller tells of suspends */
	RIG_MACHINES
};
extern const struct sim_desc machines[RIG_MACHINES];

/* A loop over all machines, each booted with the map of rig_boot() */
#define for_each_machine(i) \
	for ((i) = 0; (i) < RIG_MACHINES && rig_boot((i)); (i)++)

/**
 * Boot a machine with a map of no surprises: cycles and instructions on every
 * counter, other general events on 3 to 8, cache events on 4 and up, raw
 * events up to 0xffff on every programmable counter.
 */
bool rig_boot(unsigned int name);

/** The same in steps, for tests with a map of their own; 0 for the
 * number of hardware counters is up to the last one that is present */
void rig_begin(const struct sim_desc *desc);
void rig_finish(unsigned int num_hw);

/** All counters of the booted machine as a mask from base 0 */
unsigned long rig_all(void);
/** Logical index of firmware counter @n */
unsigned long rig_fw(unsigned int n);
/** Platform event @n and its data, or another event where there are none */
unsigned long rig_platform(void);
uint64_t rig_platform_data(unsigned int n);
/** Whether counter @n of the booted machine can be stopped while it counts */
bool rig_can_inhibit(unsigned int n);
/** The value of a logical counter */
uint64_t rig_value(unsigned long idx);
/** Bring every counter into some state, with values, filters and a page */
void rig_fill(void);
/** No event, filter or value is left in a register or a device */
void rig_no_registers_left(void);
/** A hart that has left keeps no event, filter, value or page */
void rig_nothing_left(void);
/** Every kind of event happens, in S- and U-mode, and so does time */
void rig_elapse(void);

/* -- Calls ----------------------------------------------------------------- */

/*
 * Each checks what holds for every call: the state is valid, no violation, the
 * value is 0 on error, and calls that fail without partial effect have left
 * state, registers and memory alone.
 */
struct pmu_result get_num(void);
struct pmu_result get_info(unsigned long idx);
struct pmu_result config(unsigned long base, unsigned long mask,
			 unsigned long flags, unsigned long event,
			 uint64_t data);
struct pmu_result start(unsigned long base, unsigned long mask,
			unsigned long flags, uint64_t initial);
struct pmu_result stop(unsigned long base, unsigned long mask,
		       unsigned long flags);
struct pmu_result fw_value(unsigned long idx);
struct pmu_result fw_value_hi(unsigned long idx);
struct pmu_result set_shmem(unsigned long lo, unsigned long hi,
			    unsigned long flags);
struct pmu_result event_info(unsigned long lo, unsigned long hi,
			     unsigned long num, unsigned long flags);
/** What the caller does first: tell of a suspend, where it does */
void rig_tell(void);
/** Called after that, if not NULL */
extern void (*rig_told)(void);
/** The next call may fail with an effect, as a refused platform start does */
void rig_allow_effect(void);

/* -- Checks ---------------------------------------------------------------- */

void rig_fail(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4), noreturn));
unsigned long rig_expect(const char *file, int line, const char *call,
			 struct pmu_result got, long want);
void rig_equal(const char *file, int line, const char *what, uint64_t got,
	       uint64_t want);

/** Fail unless @call ends with @error; its value */
#define expect(call, error) \
	rig_expect(__FILE__, __LINE__, #call, (call), (error))
#define ok(call) expect(call, PMU_OK)
/** Fail unless @got is @want */
#define equal(got, want) \
	rig_equal(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(want))
#define check(condition, ...)                                      \
	do {                                                       \
		if (!(condition))                                  \
			rig_fail(__FILE__, __LINE__, __VA_ARGS__); \
	} while (0)

/** A counter that moves, and one that does not, while everything happens */
#define check_moves(idx)                                    \
	check(rig_moves(idx), "counter %lu does not count", \
	      (unsigned long)(idx))
#define check_still(idx) \
	check(!rig_moves(idx), "counter %lu counts", (unsigned long)(idx))
bool rig_moves(unsigned long idx);

/* -- Short names ----------------------------------------------------------- */

#define INVALID PMU_ERR_INVALID_PARAM
#define UNSUPPORTED PMU_ERR_NOT_SUPPORTED
#define BAD_ADDRESS PMU_ERR_INVALID_ADDRESS
#define NO_SHMEM PMU_ERR_NO_SHMEM
#define STARTED PMU_ERR_ALREADY_STARTED
#define STOPPED PMU_ERR_ALREADY_STOPPED

#define CYCLES PMU_EVENT(PMU_TYPE_HW, PMU_HW_CPU_CYCLES)
#define INSTRET PMU_EVENT(PMU_TYPE_HW, PMU_HW_INSTRUCTIONS)
#define MISSES PMU_EVENT(PMU_TYPE_HW, PMU_HW_CACHE_MISSES)
#define L1D_MISS PMU_CACHE(PMU_CACHE_L1D, PMU_CACHE_READ, PMU_CACHE_MISS)
#define RAW PMU_RAW_EVENT
#define RAW2 PMU_RAW_V2_EVENT
#define PLATFORM PMU_FW(PMU_FW_PLATFORM_CODE)
#define TIMER PMU_FW(PMU_FW_SET_TIMER)

#define SKIP PMU_CFG_SKIP_MATCH
#define CLEAR PMU_CFG_CLEAR_VALUE
#define AUTO PMU_CFG_AUTO_START
#define INIT PMU_START_SET_INIT_VALUE
#define FROM_SNAPSHOT PMU_START_INIT_SNAPSHOT
#define RESET PMU_STOP_RESET
#define SNAPSHOT PMU_STOP_TAKE_SNAPSHOT

/** The main() of a test program */
#define RIG_MAIN(topic, ...)                                      \
	int main(void)                                            \
	{                                                         \
		const struct CMUnitTest topic[] = {__VA_ARGS__};  \
		return cmocka_run_group_tests(topic, NULL, NULL); \
	}

#endif
