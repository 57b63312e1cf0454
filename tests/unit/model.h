/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A second, simple implementation of the extension, to compare the core with:
 * for each logical counter what the supervisor knows of it, and for a hardware
 * counter what its registers must hold then. It shares no code with the core.
 */
#ifndef MODEL_H
#define MODEL_H

#include "rig.h"

#define MODEL_ROWS 256
/* As many rows for raw events as the core has room for */
#define MODEL_RAW_ROWS 256

struct model_counter {
	bool exists, configured, started;
	unsigned long event, filters;
	uint64_t data;
	uint64_t value; /* of hardware and standard events */
	uint64_t plat_value;

	/* Registers of a hardware counter */
	bool inhibited, overflow, irq;
	uint64_t selector; /* that mhpmevent holds now */
	unsigned long out; /* PMU_CFG_INHIBITS in mhpmevent or mcyclecfg now */
	unsigned long device_out; /* the same in registers of the platform */
};

struct model {
	struct model_counter ctr[64];
	unsigned int num_hw;
	unsigned int demand[PMU_HW_MAX];
	bool suspended;

	/* Memory of the supervisor */
	bool has_page;
	unsigned long page;
	bool lost; /* the domain has no RAM any more */
	bool shut; /* M-mode cannot open it */
	unsigned long end; /* the bus does not answer from here on */

	/* The event map, as the platform gave it */
	uint64_t (*selector)(uint32_t event);
	unsigned int rows, raw_rows;
	struct {
		uint32_t first, last, counters;
	} row[MODEL_ROWS];
	struct {
		uint64_t select, mask;
		uint32_t counters;
	} raw[MODEL_RAW_ROWS];
};
extern struct model model;

/* -- model_events.c: what can be counted, and where ------------------------ */

/** Forget the map, and how the platform selects */
void model_map_clear(void);
/** Rows that the platform has given to the core */
void model_row(uint32_t first, uint32_t last, uint32_t counters);
void model_raw_row(uint64_t select, uint64_t mask, uint32_t counters);
/** Give rows to the core; then complete the model */
void model_map_add(uint32_t first, uint32_t last, uint32_t counters);
void model_map_add_raw(uint64_t select, uint64_t mask, uint32_t counters);
void model_map_finish(unsigned int num_hw);
/** The counters that could count an event if they were free */
uint64_t model_counters(unsigned long event, uint64_t data);
/** What mhpmevent selects the event of a counter by */
uint64_t model_selector(unsigned long event, uint64_t data);
/** The one of @free that CONFIG_MATCHING has to choose, or -1 */
int model_choose(uint64_t free, unsigned long flags);

/* -- model.c: the calls on counters. They call the core, and check it. ------
 */

bool model_is_fw(unsigned int idx);
bool model_is_fixed(unsigned int idx);
bool model_is_platform(unsigned int idx);
/** The model of a hart that has just been booted, with the map as it is */
void model_boot(void);
void model_config(unsigned long base, unsigned long mask, unsigned long flags,
		  unsigned long event, uint64_t data);
void model_start(unsigned long base, unsigned long mask, unsigned long flags,
		 uint64_t initial);
void model_stop(unsigned long base, unsigned long mask, unsigned long flags);

/* -- model_regs.c: registers and values ------------------------------------ */

uint64_t *model_value(unsigned int idx);
void model_set_value(unsigned int idx, uint64_t value);
void model_hw_boot(unsigned int idx);
void model_hw_configure(unsigned int idx);
void model_hw_start(unsigned int idx);
void model_hw_stop(unsigned int idx);
void model_hw_reset(unsigned int idx);
/** Registers are lost, and at the next call on counters they are put back */
void model_suspend(bool device_too);
void model_resume(void);
/** Compare all registers, values and states */
void model_compare(const char *call);

/* -- model_time.c: what happens between calls ------------------------------ */

/** @n of each event, or of the one that @selector selects, in @mode */
void model_run(enum sim_mode mode, uint64_t n);
void model_event(uint64_t selector, enum sim_mode mode, uint64_t n);
void model_fw(unsigned int code);
void model_plat(uint64_t data, uint64_t n);
/** The hart stops, which leaves nothing behind, and starts again */
void model_restart(bool reset_between);
/** The supervisor programs a free counter itself (Smcdeleg) */
void model_delegated(unsigned int idx, bool inhibited, uint64_t event,
		     uint64_t value);

/* -- model_queries.c: calls that change no counter ------------------------- */

void model_num(void);
void model_get_info(unsigned long idx);
void model_fw_read(unsigned long idx);
void model_event_info(unsigned long lo, unsigned long hi, unsigned long num,
		      unsigned long flags);

/* -- model_memory.c -------------------------------------------------------- */

/** Whether domain and bus let M-mode at all of a range of RAM */
bool model_in_ram(unsigned long at, unsigned long size);
void model_memory_lose(bool lost);
void model_memory_shut(bool shut);
void model_memory_end(unsigned long end);
void model_set_shmem(unsigned long lo, unsigned long hi, unsigned long flags);
/** Whether the snapshot page can be used now */
bool model_page_usable(void);
/** Whether the bus answers for a slot, and what is in it */
bool model_slot(unsigned long slot, uint64_t *value);
/** Check that a STOP of @stopped has written their values and no others */
void model_check_snapshot(unsigned long base, uint64_t stopped,
			  unsigned int stores);

#endif
