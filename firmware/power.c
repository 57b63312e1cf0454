/* SPDX-License-Identifier: BSD-2-Clause */
#include "power.h"
#include "console.h"
#include "dt.h"
#include "riscv.h"
#include "sbi.h"
#include "timer.h"
#include "trap.h"

/*
 * QEMU stops the machine a moment after the store that asks for it. Until then
 * the processor is idle: another reset request would replace the exit status,
 * and with -icount a busy processor keeps QEMU from its main loop.
 */
#define POWER_OFF_WAIT_MS 100

static void wait_for_power_off(void)
{
	csr_write(CSR_SIE, 1UL << IRQ_TIMER);
	sbi_set_timer(time_now() + ticks_of_ms(POWER_OFF_WAIT_MS));
	wfi();
}

/*
 * Firmware that shuts down through a syscon writes the one value the device
 * tree gives, whatever the reason. On QEMU the device behind it takes an exit
 * status too, so failure is told to it directly.
 */
#define TEST_DEVICE "sifive,test0"
#define TEST_DEVICE_FAIL(status) ((status) << 16 | 0x3333UL)

static void end_by_test_device(unsigned long status)
{
	struct range reg;

	if (status && dt_compatible_reg(TEST_DEVICE, &reg) &&
	    probe_store((uintptr_t)reg.base, 4, TEST_DEVICE_FAIL(status), NULL))
		wait_for_power_off();
}

/*
 * Firmware that shuts down through HTIF spins until the machine is gone, so the
 * device is written here. The status is taken too.
 */
#define HTIF "ucb,htif0"
#define HTIF_TOHOST 8
#define HTIF_EXIT(status) ((status) << 1 | 1UL)

static void end_by_htif(unsigned long status)
{
	struct range reg;
	uintptr_t tohost;

	if (!dt_compatible_reg(HTIF, &reg))
		return;
	tohost = (uintptr_t)reg.base + HTIF_TOHOST;
	if (probe_store(tohost, 4, HTIF_EXIT(status), NULL) &&
	    probe_store(tohost + 4, 4, 0, NULL))
		wait_for_power_off();
}

void power_off(bool good)
{
	irq_off();
	console_flush();
	end_by_test_device(good ? 0 : 1);
	end_by_htif(good ? 0 : 1);
	if (sbi_probe(SBI_EID_SRST))
		sbi_system_reset(0, good ? 0 : 1);
	sbi_legacy_shutdown();
	for (;;)
		wfi();
}
