/* SPDX-License-Identifier: BSD-2-Clause */
#include "hart.h"
#include "dt.h"
#include "hart_internal.h"
#include "timer.h"
#include "trap_internal.h"

#define START_TIMEOUT_MS 2000
#define CALL_TIMEOUT_MS 5000

struct hart harts[MAX_HARTS];

static unsigned int count = 1;

static bool valid(unsigned int index)
{
	return index < count && index != this_hart()->index;
}

void harts_init(unsigned long boot_hartid)
{
	unsigned long hartid;

	harts[0].hartid = boot_hartid;
	for (unsigned int i = 0; dt_hart(i, &hartid); i++) {
		if (hartid == boot_hartid || count == MAX_HARTS)
			continue;
		harts[count].hartid = hartid;
		count++;
	}
	for (unsigned int i = 0; i < count; i++) {
		harts[i].index = i;
		harts[i].stack_top =
			(unsigned long)stacks + (i + 1) * STACK_SIZE;
	}
}

unsigned int hart_count(void)
{
	return count;
}

unsigned long hart_id(unsigned int index)
{
	return index < count ? harts[index].hartid : ~0UL;
}

/* The life of every hart but the first: wait for work, do it, again. */
void hart_main(void)
{
	struct hart *hart = this_hart();
	struct context ctx;

	trap_init();
	hart->probe = NULL;
	hart->mode = NULL;
	if (context_save(&ctx)) {
		hart = this_hart();
		hart->probe = NULL;
		irq_reset();
		fence();
		hart->state = HART_FAULT;
	} else {
		hart->abort = &ctx;
		fence();
		hart->state = HART_IDLE;
	}
	for (;;) {
		while (hart->state != HART_BUSY)
			;
		fence();
		hart->result = hart->fn(hart->arg);
		fence();
		hart->state = HART_DONE;
	}
}

bool hart_start(unsigned int index)
{
	struct hart *hart = &harts[index];

	if (!valid(index))
		return false;
	if (hart->state != HART_STOPPED)
		return true;
	fence();
	if (sbi_hart_start(hart->hartid, (unsigned long)secondary_entry,
			   (unsigned long)hart)
		    .error)
		return false;
	return wait_until(hart->state == HART_IDLE, START_TIMEOUT_MS);
}

static unsigned long stop_self(unsigned long arg)
{
	irq_reset();
	sbi_hart_stop();
	return arg;
}

static bool is_stopped(const struct hart *hart)
{
	struct sbiret ret = sbi_hart_status(hart->hartid);

	return !ret.error && ret.value == SBI_HART_STOPPED;
}

bool hart_stop(unsigned int index)
{
	struct hart *hart = &harts[index];

	if (!valid(index))
		return false;
	if (hart->state == HART_STOPPED)
		return true;
	if (!hart_call_async(index, stop_self, 0) ||
	    !wait_until(is_stopped(hart), START_TIMEOUT_MS))
		return false;
	hart->state = HART_STOPPED;
	return true;
}

void hart_stop_others(void)
{
	for (unsigned int i = 0; i < count; i++)
		hart_stop(i);
}

bool hart_call_async(unsigned int index, unsigned long (*fn)(unsigned long),
		     unsigned long arg)
{
	struct hart *hart = &harts[index];

	if (!hart_start(index) || hart->state == HART_BUSY)
		return false;
	hart->fn = fn;
	hart->arg = arg;
	fence();
	hart->state = HART_BUSY;
	return true;
}

bool hart_wait(unsigned int index, unsigned int timeout_ms,
	       unsigned long *result)
{
	struct hart *hart = &harts[index];

	if (!valid(index))
		return false;
	if (!wait_until(hart->state != HART_BUSY, timeout_ms))
		return false;
	fence();
	if (hart->state != HART_DONE)
		return false;
	if (result)
		*result = hart->result;
	return true;
}

bool hart_call(unsigned int index, unsigned long (*fn)(unsigned long),
	       unsigned long arg, unsigned long *result)
{
	return hart_call_async(index, fn, arg) &&
	       hart_wait(index, CALL_TIMEOUT_MS, result);
}
