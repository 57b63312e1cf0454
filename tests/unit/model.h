/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A second, simple implementation of what a counter does, to compare the core
 * with: states, values and filters per logical counter, no registers.
 */
#ifndef MODEL_H
#define MODEL_H

#include "rig.h"

struct model_counter {
	bool exists, configured, started;
	unsigned long event, filters;
	uint64_t data;
	uint64_t value; /* of hardware and standard events */
	uint64_t plat_value;
};

struct model {
	struct model_counter ctr[64];
	bool has_page;
};
extern struct model model;

/** The model of a machine that has just been booted */
void model_boot(void);
/** Whether a set is valid, and its members relative to base 0 */
bool model_set(unsigned long base, unsigned long mask, uint64_t *set);
/** What a call must answer; it takes effect in the model */
long model_start(unsigned long base, unsigned long mask, unsigned long flags,
		 uint64_t initial);
long model_stop(unsigned long base, unsigned long mask, unsigned long flags);
/** Check the core's answer to CONFIG_MATCHING, then do the same */
void model_config(unsigned long base, unsigned long mask, unsigned long flags,
		  unsigned long event, uint64_t data, struct pmu_result got);
void model_run(enum sim_mode mode, uint64_t n);
void model_fw(unsigned int code);
void model_plat(uint64_t data, uint64_t n);
/** Whether a counter could count an event if it were free */
bool model_can_count(unsigned int idx, unsigned long event, uint64_t data);
/** Check the core's answer; model_queries.c */
void model_num(struct pmu_result got);
void model_get_info(unsigned long idx, struct pmu_result got);
/** Call the core, and check its answer and what it wrote */
void model_event_info(unsigned long lo, unsigned long hi, unsigned long num,
		      unsigned long flags);
void model_set_shmem(unsigned long lo, unsigned long hi, unsigned long flags);
/** Compare all values and states */
void model_compare(const char *call);

#endif
