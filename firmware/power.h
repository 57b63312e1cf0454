/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FIRMWARE_POWER_H
#define FIRMWARE_POWER_H

#include <stdbool.h>

/**
 * Power the machine off through SRST, reason "no reason" when good, else
 * "system failure"; legacy shutdown without SRST. On an emulator whose device
 * tree shows its test device or HTIF that is used first where needed, so that
 * the emulator ends with status 0 or 1.
 */
void power_off(bool good) __attribute__((noreturn));

#endif
