/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What proofs know of the world: one counter k and one byte of memory, which
 * may be any, are followed through a call; all other registers and all memory
 * read as anything at any time. What holds for k holds for every counter.
 */
#ifndef WORLD_H
#define WORLD_H

#include "pmu.h"

/*
 * A solver finds the loop over set bits hard as it is written, for it goes by
 * a multiplication. The proof of bits shows that these two are the same.
 */
#include "bits.h"
#define lowest_bit proof_lowest_bit
#undef for_each_bit
#define for_each_bit(n, word)                        \
	for (uint32_t n##_set = (word), n##_bit = 0; \
	     n##_bit < 8 * sizeof(word); n##_bit++)  \
		if ((n) = n##_bit, n##_set >> n##_bit & 1u)
unsigned int proof_lowest_bit(uint32_t word);

/** Prove @condition, under a name of the table in SECURITY.md */
#define prove(name, condition) __CPROVER_assert(condition, name)
#define assume(condition) __CPROVER_assume(condition)

bool nondet_bool(void);
uint32_t nondet_u32(void);
uint64_t nondet_u64(void);
unsigned long nondet_ulong(void);

/** The state before and during the call */
extern struct pmu_machine machine;
extern struct pmu_hart hart, before;
struct pmu_machine nondet_machine(void);
struct pmu_hart nondet_hart(void);

struct world {
	unsigned int k; /* the counter that is followed */
	uint32_t inhibit; /* mcountinhibit */
	uint32_t inhibit_bits; /* those of it that can be set */
	uint64_t value, event, cfg; /* of counter k */
	uint64_t event_bits; /* those of mhpmevent that keep what is written */
	uint32_t dev_filter; /* of counter k */
	bool has_device; /* hooks may be there */
	bool dev_filters; /* the device can filter by mode */
	bool suspended; /* the registers were lost and initialised again */
	unsigned int value_writes; /* of counter k */
	bool touched; /* a register of counter k, or of a device for it */
	unsigned int hw_changes; /* writes of any register, and device hooks */
	unsigned int fw_changes; /* hooks that change a firmware counter */
	uint32_t refuses; /* firmware counters whose platform event cannot start
			   */
	bool refused; /* one of them was to start */

	/* Memory: what the domain was asked for last, and what is open */
	unsigned long owned, owned_size;
	bool is_owned, owned_write;
	unsigned long open, open_size;
	bool is_open, open_write;
	unsigned long byte; /* the byte that is followed */
	bool stored; /* it was written */
	unsigned int accesses;
};
/** As it is now, and as hpm_sync() left it */
extern struct world world, synced;
struct world nondet_world(void);

/** Any machine, any valid state, registers in step with it or lost */
void world_any_hart(void);
/** Any registers, as they are before pmu_hart_init() */
void world_any_registers(void);
/** Counter @n can be stopped by mcountinhibit */
bool world_can_inhibit(unsigned int n);
/** Counter k counts */
bool world_runs(void);
/** The hart can keep M-mode out of counter k */
bool world_filters(void);
/** mcountinhibit and the event of k are what the state says */
bool world_in_step(void);
/** The state is as before the call: k and any firmware counter @n of it */
bool world_same_hw(void);
bool world_same_hw_but_inhibit(void);
bool world_same_fw(unsigned int n);
bool world_same_rest(void);
/**
 * How often the event of firmware counter @n of @h has happened, 0 for a
 * platform event. The value of a running counter is what it has kept and this;
 * a solver is asked only what it keeps, as it likes no sums to be taken apart.
 */
uint64_t world_fw_total(const struct pmu_hart *h, unsigned int n);
/** A suspend loses the registers, and they are initialised again */
void world_lose(void);

/** Once it is configured, counter k runs only with M-mode kept out */
void prove_minh(void);

/**
 * What holds after any call: the state is valid, no memory is open, the value
 * is 0 with an error, and an error that promises it has changed nothing.
 */
void prove_call(struct pmu_result result);

#endif
