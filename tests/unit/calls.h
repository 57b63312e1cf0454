/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls on machines that are both chosen by numbers from somewhere. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>

/** Where the numbers come from: random ones, or the bytes of a fuzzer */
extern uint64_t (*calls_random)(void);

/** Boot a machine; @name is what a failure calls it, and has to stay */
void calls_machine(const char *name);

/** One call, or some time, on core and model; fails unless they agree */
void calls_step(void);

#endif
