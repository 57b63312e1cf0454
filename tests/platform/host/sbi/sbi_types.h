/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of OpenSBI's, for tables that are compiled for this machine */
#ifndef HOST_SBI_TYPES_H
#define HOST_SBI_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#endif
