/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The conformance suite: what a file of cases uses.
 *
 *	CASE(founding, fixed_cycle, "A fixed counter stops when configured.")
 *	{
 *		struct sbiret ret = pmu_config(0, 1, 0, PMU_HW_CPU_CYCLES, 0);
 *
 *		require_ok(ret, "CONFIG of counter 0");
 *		expect_eq(ret.value, 0, "the counter chosen");
 *	}
 *
 * Before and after each case every counter is stopped and reset, shared memory
 * is given back, interrupts are off and not pending, other harts are stopped,
 * and the pages of page_alloc() are free again.
 */
#ifndef SUITE_H
#define SUITE_H

#include "runtime.h"

struct suite_case {
	const char *id; /* group.name, '_' is shown as '-' */
	const char *sentence;
	bool ours; /* see CASE_OURS */
	void (*run)(void);
};

/**
 * A case. Its id is group.name with every '_' shown as '-'. Cases run in the
 * order of the files in payload.mk and, in a file, as they stand there.
 */
#define CASE(group, name, sentence_) SUITE_CASE(group, name, sentence_, false)

/**
 * A case about something that the specification leaves open: this project's own
 * firmware is held to it, any other firmware skips it. Where only a part of a
 * case is like that, the case asks ours().
 */
#define CASE_OURS(group, name, sentence_) \
	SUITE_CASE(group, name, sentence_, true)

#define SUITE_CASE(group, name, sentence_, ours_)                            \
	static void case_##group##_##name(void);                             \
	static const struct suite_case info_##group##_##name = {             \
		.id = #group "." #name,                                      \
		.sentence = sentence_,                                       \
		.ours = ours_,                                               \
		.run = case_##group##_##name,                                \
	};                                                                   \
	static const struct suite_case *const entry_##group##_##name         \
		__attribute__((used, no_reorder, section(".suite_cases"))) = \
			&info_##group##_##name;                              \
	static void case_##group##_##name(void)

/*
 * Verdicts. The expect functions mark the case failed when they do not hold,
 * print what was expected and received, and go on; they return whether it held.
 * The require functions end the case then. The text after the values says what
 * was checked, and takes printf arguments.
 */

#define PRINTF(at) __attribute__((format(printf, at, at + 1)))

bool expect(bool cond, const char *what, ...) PRINTF(2);
bool expect_eq(uint64_t received, uint64_t expected, const char *what, ...)
	PRINTF(3);
bool expect_ne(uint64_t received, uint64_t other, const char *what, ...)
	PRINTF(3);
/** low <= received <= high */
bool expect_between(uint64_t received, uint64_t low, uint64_t high,
		    const char *what, ...) PRINTF(4);
/** The call succeeded, with any value */
bool expect_ok(struct sbiret ret, const char *what, ...) PRINTF(2);
/** The call succeeded with this value */
bool expect_value(struct sbiret ret, unsigned long value, const char *what, ...)
	PRINTF(3);
/** The call returned this error code, with any value */
bool expect_error(struct sbiret ret, long error, const char *what, ...)
	PRINTF(3);
/**
 * The call returned this error code; our own firmware has to give 0 as the
 * value, which the specification leaves open
 */
bool expect_refused(struct sbiret ret, long error, const char *what, ...)
	PRINTF(3);

/** Error codes, or PMU_OK, as a set */
#define CODE(error) (1U << -(error))

/**
 * The same where the specification allows other answers as well: our own
 * firmware has to give the error, any other one may give one of the set @also.
 */
bool expect_legal(struct sbiret ret, long error, unsigned int also,
		  const char *what, ...) PRINTF(4);

void require(bool cond, const char *what, ...) PRINTF(2);
void require_eq(uint64_t received, uint64_t expected, const char *what, ...)
	PRINTF(3);
void require_ok(struct sbiret ret, const char *what, ...) PRINTF(2);
void require_value(struct sbiret ret, unsigned long value, const char *what,
		   ...) PRINTF(3);
void require_error(struct sbiret ret, long error, const char *what, ...)
	PRINTF(3);

/** End the case as SKIP: the machine lacks what it needs */
void skip(const char *reason, ...) PRINTF(1) __attribute__((noreturn));
void skip_unless(bool cond, const char *reason, ...) PRINTF(2);

/** End the case as failed */
void fail(const char *what, ...) PRINTF(1) __attribute__((noreturn));

/** A diagnostic line */
void note(const char *text, ...) PRINTF(1);

/** The seed of this run: bootargs seed=N, else 1 */
uint64_t suite_seed(void);

/** How many steps a random walk takes: bootargs steps=N, else the default */
unsigned long suite_steps(unsigned long by_default);

/**
 * Whether this project's own readings of what the specification leaves open are
 * demanded (bootargs word "ours"). Without it every legal reading is accepted.
 */
bool ours(void);

/** Bring the PMU of this hart to the clean state; done around each case */
void pmu_clean(void);

/*
 * Facts about the machine, gathered once before the first case
 */

#define MAX_COUNTERS 128

struct counter_fact {
	bool exists;
	bool fw; /* a firmware counter */
	unsigned int csr; /* hardware counter: 0xc00 ... */
	unsigned int width; /* bits, not minus one */
};

struct facts {
	unsigned long spec_version; /* major in 30:24, minor in 23:0 */
	unsigned long impl_id;
	unsigned long impl_version;
	bool pmu; /* the extension is there */
	bool snapshot; /* SET_SHMEM is supported */
	bool event_info; /* EVENT_GET_INFO is supported */

	unsigned int num; /* NUM_COUNTERS, at most MAX_COUNTERS */
	struct counter_fact counter[MAX_COUNTERS];
	unsigned int hpm[32]; /* indices of programmable counters */
	unsigned int hpms;
	unsigned int fw[MAX_COUNTERS]; /* indices of firmware counters */
	unsigned int fws;

	bool sscofpmf; /* the ISA in the device tree lists it */
	bool smcntrpmf;
	bool h; /* VS and VU modes */
	bool lcofi; /* lcofi_available() */
	bool exact; /* instret counts every instruction, no more, no less */
	unsigned int harts;
};

extern struct facts facts;

/** Skip the case unless the firmware implements this SBI version or later */
void need_spec(unsigned int major, unsigned int minor);

/** Skip the case unless the machine has ... */
void need_hpms(unsigned int count);
void need_fws(unsigned int count);
void need_harts(unsigned int count);
void need_mode(enum mode mode);
void need_exact(void);
void need_lcofi(void);

#endif
