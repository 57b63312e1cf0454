/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FIRMWARE_POWER_H
#define FIRMWARE_POWER_H

#include <stdbool.h>

/**
 * Power the machine off through SRST, reason "no reason" when good, else
 * "system failure"; legacy shutdown without SRST. Where the device tree has
 * a device of an emulator that ends it, QEMU ends with status 0 or 1.
 */
void power_off(bool good) __attribute__((noreturn));

#endif
