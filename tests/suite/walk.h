/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A random walk over all calls beside a model of what each call must do. Step N
 * of a walk follows from the seed and N alone, so any part of a walk can be
 * walked again.
 */
#ifndef SUITE_WALK_H
#define SUITE_WALK_H

#include "suite.h"

#define WALK_HW 32
#define WALK_EVENTS 160
#define WALK_ENTRIES 8
#define WALK_PAGES 2
#define WALK_PROVOCATIONS 9
#define WALK_MESSAGE 240

/** Kinds of steps; a profile says how often each comes */
enum walk_kind {
	WALK_CONFIG,
	WALK_START,
	WALK_STOP,
	WALK_READ, /* FW_READ and FW_READ_HI */
	WALK_INFO, /* NUM_COUNTERS and GET_INFO */
	WALK_SHMEM,
	WALK_TABLE, /* EVENT_GET_INFO */
	WALK_UNKNOWN, /* a function that does not exist */
	WALK_WORK, /* instructions in some mode */
	WALK_PROVOKE, /* a firmware event */
	WALK_FILL, /* new contents for the snapshot page */
	WALK_KINDS
};

struct walk_profile {
	const char *id; /* of the case */
	uint8_t weight[WALK_KINDS];
	uint8_t snapshot; /* percent of START and STOP with snapshot */
	bool overflow; /* counters begin close to their overflow */
};

struct walk_step {
	enum walk_kind kind;
	unsigned long a[8]; /* the registers of a call */
	uint64_t data; /* event_data or initial value */
	unsigned int event; /* of CONFIG, in walk_machine.event */
	unsigned int page; /* of SET_SHMEM and FILL */
	unsigned int entries; /* that the table holds */
	unsigned int entry[WALK_ENTRIES]; /* as event */
	enum mode mode;
	unsigned long count; /* instructions of work */
	unsigned int provocation;
	uint64_t fill;
	bool acknowledge; /* an overflow interrupt */
};

/** An event with its event_data, and what the firmware says to it at first */
struct walk_event {
	unsigned long event;
	uint64_t data;
	uint32_t selector;
	bool reserved; /* nothing may count it */
	bool countable; /* by any counter */
	bool ticks; /* cycles or instructions */
	bool can[MAX_COUNTERS];
	unsigned int plain; /* the entry for it without event_data */
};

/** What does not change during a walk and is the same for all harts */
struct walk_machine {
	bool ready;
	unsigned int num;
	unsigned long info[MAX_COUNTERS];
	unsigned int hw[WALK_HW]; /* hardware counters in reading order */
	unsigned int hws;
	uint64_t width_mask[MAX_COUNTERS];
	unsigned long filters[MAX_COUNTERS]; /* that CONFIG places there */
	struct walk_event event[WALK_EVENTS];
	unsigned int events;
	unsigned int set_timer; /* that firmware event */
	unsigned int own_event[MAX_COUNTERS]; /* of the fixed counters */
	bool exact_cycles;
	bool delegation; /* the supervisor may use what is free */
	bool one_per_event; /* QEMU: a second counter of an event stands still
			     */
	uint8_t ecall[2][2]; /* [fixed][instructions]: an ecall counts */
	uint8_t read_late; /* a read does not show itself */
	uint8_t counted[WALK_PROVOCATIONS][PMU_FW_EVENTS];
	bool usable[WALK_PROVOCATIONS];
	uint64_t bad_page[2]; /* no memory of the supervisor */
	unsigned int bad_pages;
	unsigned int hot[16]; /* counters that most calls name */
	unsigned int hots, hot_hws; /* the hardware ones come first */
};

extern struct walk_machine walk_machine;

/** mcycle or minstret */
static inline bool walk_is_fixed(unsigned int index)
{
	return facts.counter[index].exists && !facts.counter[index].fw &&
	       facts.counter[index].csr <= CSR_INSTRET;
}

/** How a hardware counter moves while it runs */
enum walk_pace {
	PACE_EXACT, /* by one for each instruction in its modes */
	PACE_ALL, /* the same in all modes, M included */
	PACE_LOOSE, /* forwards, or not at all */
	PACE_BLIND, /* and it cannot be read before it stops */
};

struct walk_motion {
	bool running;
	enum walk_pace pace;
	bool moves; /* it cannot stand still while it counts a mode */
	uint8_t modes; /* bit mask of enum mode */
	uint8_t ecall;
};

enum walk_clear { WALK_KEEP, WALK_CLEAR, WALK_CLEAR_MAYBE };

enum walk_state { WALK_FREE, WALK_STOPPED, WALK_STARTED };

struct walk_counter {
	enum walk_state state;
	unsigned int event;
	bool mapped; /* see one_per_event */
	struct walk_motion now, was; /* after and before the step */
	bool known; /* the value when it was last looked at */
	uint64_t value;
	bool based; /* this step gave it the value base */
	uint64_t base;
	bool touched; /* this step was about it */
	bool wrapped; /* went through 0 since its overflow bit was cleared */
	bool may_be_set; /* so until this step */
	enum walk_clear clear; /* of the overflow bit, by this step */
	bool unsure; /* more than one outcome is legal: reset it */
	bool stopped; /* this step stopped it */
};

/** Arguments of the assembly in walk_window.c, which knows the offsets */
struct walk_window {
	unsigned long count;
	const unsigned long *readers;
	unsigned long *before, *after;
	void (*fn)(unsigned long arg);
	unsigned long arg;
};

/** What a walk has to see, or it proves little: calls that succeeded ... */
#define WALK_SAW_CALL(fid) (1u << (fid))
#define WALK_SAW_MODE(mode) (1u << (16 + (mode)))
#define WALK_SAW_SAVE (1u << 20)
#define WALK_SAW_LOAD (1u << 21)
#define WALK_SAW_OVERFLOW (1u << 22)

/** The walk of one hart */
struct walk {
	const struct walk_profile *profile;
	unsigned int hart;
	uint64_t seed;
	unsigned long total; /* steps to walk */
	unsigned long at; /* how many steps came before the one that runs */
	unsigned long number; /* of that step */
	struct walk_step step;
	bool failed;
	char message[WALK_MESSAGE];
	struct sbiret ret;
	struct walk_counter ctr[MAX_COUNTERS];
	unsigned long call[10]; /* registers, then the results */
	uint64_t before[WALK_HW], after[WALK_HW];
	unsigned long overflow, was_overflow; /* scountovf after and before */
	bool pending; /* the overflow interrupt */
	int shmem; /* page in use, or -1 */
	bool taken; /* this step took a snapshot */
	bool page_open; /* it may have written anything there */
	uint64_t *page[WALK_PAGES];
	uint64_t want[WALK_PAGES][PAGE_SIZE / 8];
	struct pmu_event_info *table;
	struct pmu_event_info want_table[PAGE_SIZE / 16];
	unsigned int seen; /* WALK_SAW bits */
	unsigned long life; /* steps taken since the last message */
	bool shrinking;
};

/** The step failed: keep the first message */
void walk_fail(struct walk *w, const char *text, ...) PRINTF(2);

/* walk_machine.c */

/**
 * Find out about the machine; ends the case when it makes no sense. @w is only
 * lent: it is too large for a stack.
 */
void walk_know_machine(struct walk *w, uint64_t seed);
/** Make a firmware event happen */
void walk_provoke(unsigned int n);
const char *walk_provocation_name(unsigned int n);
/** Put @text together at @to */
void walk_format(char *to, size_t size, const char *text, ...) PRINTF(3);
void walk_vformat(char *to, size_t size, const char *text, va_list args)
	__attribute__((format(printf, 3, 0)));

/* walk_events.c */

void walk_know_events(void);

/* walk_choose.c */

void walk_choose(const struct walk *w, unsigned long n, struct walk_step *s);
uint64_t walk_start_value(const struct walk *w, uint64_t x);

/* walk_print.c */

/** Print a step as one line without its end */
void walk_print(const struct walk_step *s);

/* walk_model.c: check the answer to a call, and do the same in the model */

/** Members of a set; false when it is not one */
bool walk_set(const struct walk_step *s, unsigned int *members,
	      unsigned int *count);
/** The errors in @allowed are legal; 0 is success */
#define WALK_ALLOW(error) (1u << -(error))
bool walk_expect_error(struct walk *w, unsigned int allowed);
void walk_model(struct walk *w, const struct walk_step *s);

/* walk_config.c */

void walk_model_config(struct walk *w, const struct walk_step *s);
/** How a counter moves from now on, by its event and the inhibits in flags */
void walk_set_motion(struct walk *w, unsigned int index, unsigned long flags);
void walk_set_base(struct walk_counter *c, uint64_t value, bool fw);

/* walk_memory.c: SET_SHMEM, EVENT_GET_INFO and the snapshot page */

void walk_prepare_table(struct walk *w, const struct walk_step *s);
void walk_model_shmem(struct walk *w, const struct walk_step *s);
void walk_model_table(struct walk *w, const struct walk_step *s);
void walk_fill(struct walk *w, const struct walk_step *s);
void walk_check_memory(struct walk *w, const struct walk_step *s);

/* walk_window.c: run something between two looks at all hardware counters */

void walk_run_window(struct walk *w, void (*fn)(unsigned long),
		     unsigned long arg);
/** The S-mode instructions from the read of counter j to that after fn */
unsigned long walk_window_length(unsigned int j);
/** The parts of it before and after the ecall of walk_ecall() */
unsigned long walk_before_ecall(unsigned int j);
unsigned long walk_after_ecall(unsigned int j);
#define WALK_ECALL_LENGTH 12 /* without the ecall itself */
void walk_ecall(unsigned long registers);

/* walk_check.c: the values of all counters after a step */

void walk_check_counters(struct walk *w, const struct walk_step *s);
/** Look at all counters without expectations */
void walk_look(struct walk *w);

/* walk_overflow.c */

void walk_overflow_clear(struct walk *w, struct walk_counter *c);
void walk_overflow_cleared(struct walk_counter *c);
void walk_check_overflow(struct walk *w, const struct walk_step *s);
void walk_forget_overflow(struct walk *w);
/** The overflow bitmap of a snapshot, where @shown is one that can be right */
uint64_t walk_snapshot_overflow(const struct walk *w, unsigned long base,
				uint64_t shown);

/* walk_run.c */

/** trap_unexpected during a walk */
void walk_unexpected(const struct trap_info *info);
/** Walk steps from a clean state; true when nothing failed */
bool walk_steps(struct walk *w, const uint32_t *list, unsigned long first,
		unsigned long count, bool print);
/** Find a short part of a walk that fails, and print it */
void walk_shrink(struct walk *w);

#endif
