/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bring-up report. Every hart measures what its PMU does into a struct view
 * of its own; the first hart alone judges that, tells it line by line and, at
 * the end, once more as one line of JSON. Nothing here trusts the firmware or
 * the hardware: each wait ends, and an exception ends one step only.
 */
#ifndef BRINGUP_H
#define BRINGUP_H

#include "runtime.h"

/*
 * Findings (report.c)
 */

enum verdict { UNKNOWN, OK, ABSENT, BROKEN };

#define PRINTF(at) __attribute__((format(printf, at, at + 1)))

/** The heading of a part of the report */
void section(const char *title);

/** The hart that the next findings are about; of others only differences are
 * told */
void report_hart(unsigned int hart);

/**
 * A finding. id says what was looked at, about which part of it ("" is all);
 * harts whose finding has the same id, verdict and about do not differ.
 */
void finding(enum verdict verdict, const char *id, const char *about,
	     const char *text, ...) PRINTF(4);
/** What should have been, and what to do, of the latest finding */
void expected(const char *text, ...) PRINTF(1);
void advise(const char *text, ...) PRINTF(1);

/** How many findings there are of a hart, with one verdict */
unsigned int findings(unsigned int hart, enum verdict verdict);

/** How many findings of a hart are others than those of the first, for sure */
unsigned int differences(unsigned int hart);

/** printf to memory; returns the length that it has there */
unsigned int text(char *to, unsigned int size, const char *format, ...)
	PRINTF(3);
unsigned int vtext(char *to, unsigned int size, const char *format,
		   va_list args) __attribute__((format(printf, 3, 0)));

const char *verdict_name(enum verdict verdict);

/** "0,2-18" of the bits of a set */
const char *list_of(uint64_t bits);

/** Print all findings as the members of a JSON array, without a new line */
void json_findings(void);
/** A JSON string */
void json_string(const char *s);

/*
 * What a hart measures
 */

#define MAX_COUNTERS 128
#define STD_EVENTS \
	(PMU_HW_EVENTS + PMU_CACHE_IDS * PMU_CACHE_OPS * PMU_CACHE_RESULTS)

/** What GET_INFO says of a counter, and how it behaved; see control.c */
struct counter {
	bool exists, fw;
	unsigned int csr, width; /* bits, as GET_INFO says */
	bool readable;
	bool user_open, user_closed;

	bool examined;
	unsigned long event; /* that it was examined with */
	unsigned int bits; /* that keep what is written; 0 when not known */
	uint64_t moved; /* between CONFIG and START */
	uint64_t moved_again; /* the same of one that ran before */
	long start, start_again, stop, stop_again; /* error codes */
	uint64_t counted;
	uint64_t after_stop, after_reset; /* how far it went on */
	uint64_t initial; /* what was left of INITIAL */
	uint64_t continued; /* and after one more START */
	uint64_t cleared;
	uint64_t auto_counted;

	unsigned int overflows, came, extra; /* overflow interrupts */
	bool wrong_bit; /* scountovf did not show the counter */
	bool bit_gone; /* or no more after STOP */
};

struct event {
	long error; /* of CONFIG, all counters offered */
	uint64_t counters; /* those that take it, as a set of indices */
	uint64_t silent; /* of these the ones that do not count it */
	uint16_t percent[64]; /* that each counted of the amount of work */
	int info; /* EVENT_GET_INFO: 0 or 1; -1 when it does not say */
	bool outside; /* CONFIG chose a counter that was not offered */
	bool measured;
	bool time; /* it is time that is counted instead */
	uint64_t moved; /* before START */
	uint64_t own, other; /* with its workload, and another one */
	uint64_t least, most; /* of several times, where that was tried */
};

enum filter_kind { FILTER_CYCLE, FILTER_INSTRET, FILTER_HPM, FILTER_KINDS };

struct filter {
	bool exists, measured;
	unsigned int index;
	unsigned long event;
	long error[4]; /* of CONFIG, by enum mode */
	uint64_t shut[4], open[4]; /* with the mode inhibited, and all others */
	uint64_t m_default, m_asked; /* of M-mode, without MINH and with */
};

struct fw_event {
	long error;
	bool provoked;
	uint64_t times, seen;
};

#define STEPS 9
struct view {
	bool measured;
	struct {
		bool came;
		struct trap_info info;
	} trap[STEPS];

	unsigned long vendor, architecture, implementation;
	long num_error;
	unsigned long num;
	struct counter counter[MAX_COUNTERS];
	struct event event[STD_EVENTS];
	struct filter filter[FILTER_KINDS];
	struct fw_event fw_event[PMU_FW_EVENTS];
	bool exact; /* instructions are counted one by one */
	bool one_clock; /* cycle and instret show the same since the boot */

	uint64_t ticks[2], cycles[2], insns[2]; /* two windows of time */
	bool timer_came;
	uint64_t timer_late; /* ticks */

	bool sie_bit; /* the overflow interrupt can be enabled */
	bool scountovf; /* and the CSR is there */
	bool sampled;
	unsigned int samples; /* that came */
	uint64_t late[3]; /* least, median and most counts past the overflow */
	bool storm; /* the interrupt came without end */
};

extern struct view views[MAX_HARTS];

/*
 * Counters (control.c)
 */

/** What START gives in control.c; the lower half leaves room to count */
#define INITIAL 0x5a5a5a5a00000000ULL

/** The value now; 0 when it cannot be read */
uint64_t counter_value(const struct view *v, unsigned int index);

/** Whether the device tree lists an extension for this hart */
bool view_has(const struct view *v, const char *extension);

/** The hardware counters as a set of indices; those above 63 are left out */
uint64_t hardware_set(const struct view *v);
bool is_programmable(const struct counter *c);

/**
 * CONFIG with a set of counters to choose from, also where one mask does not
 * hold them. On success the value is the index.
 */
struct sbiret config_of(uint64_t set, unsigned long flags, unsigned long event,
			uint64_t data);

/** START at 0, work, STOP: how far it came */
struct work;
uint64_t count_work(const struct view *v, unsigned int index,
		    const struct work *work, unsigned int times);

/*
 * Workloads (work.c)
 */

struct work {
	const char *name;
	void (*run)(void);
	unsigned long amount; /* how often its event happens, about */
};

extern const struct work work_arith, work_nops, work_loads, work_stores,
	work_page_reads, work_page_writes, work_far_reads, work_far_writes,
	work_branches, work_random, work_code_pages, work_far_code, work_fences;

/** Build the tables of the window of pages; false: there is no paging */
bool work_init(void);

/*
 * Events (events.c)
 */

/** The n-th standard event, its name, and the workload that makes it happen */
unsigned long std_event(unsigned int n);
const char *event_name(unsigned long event);

struct rule {
	const struct work *own; /* NULL: nothing makes it happen for sure */
	const struct work *other; /* under which it is rare; may be NULL */
	unsigned int least; /* percent of the amount */
};
struct rule rule_of(unsigned long event);

/** How an event did, and the same whether or not it stood still before START */
enum verdict judge_event(const struct event *e, unsigned long event);
enum verdict judge_count(const struct event *e, unsigned long event);

/*
 * The steps: what is measured on each hart, and how it is told
 */

void isa_measure(struct view *v);
void isa_tell(const struct view *v);
void info_measure(struct view *v);
void info_tell(const struct view *v);
void time_measure(struct view *v);
void time_tell(const struct view *v);
void events_measure(struct view *v);
void events_tell(const struct view *v);
void control_measure(struct view *v);
void control_tell(const struct view *v);
void filter_measure(struct view *v);
void filter_tell(const struct view *v);
void overflow_measure(struct view *v);
void overflow_tell(const struct view *v);
void user_measure(struct view *v);
void user_tell(const struct view *v);
void fw_measure(struct view *v);
void fw_tell(const struct view *v);

/** What the firmware says of itself; true when it has a PMU */
bool firmware_tell(void);
/** Whether time goes on, without waiting for it for ever */
bool time_goes_on(void);

/** What a picture needs, each a member of a JSON object without a comma */
void filter_json(const struct view *v);
void overflow_json(const struct view *v);

/** All again, as one line of JSON (json.c) */
void json_report(bool pmu);

#endif
