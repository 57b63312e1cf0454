/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libfdt needs from its surroundings. It is included before libfdt's own
 * files and carries the include guard of the header of the same name next to
 * them, which would pull in parts of the firmware.
 */
#ifndef LIBFDT_ENV_H
#define LIBFDT_ENV_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include "string.h"

#define INT_MAX 0x7fffffff
#define UINT_MAX 0xffffffffU

typedef uint16_t fdt16_t;
typedef uint32_t fdt32_t;
typedef uint64_t fdt64_t;

static inline uint16_t fdt16_to_cpu(fdt16_t x)
{
	return (uint16_t)(x << 8 | x >> 8);
}

static inline uint32_t fdt32_to_cpu(fdt32_t x)
{
	const uint8_t *b = (const uint8_t *)&x;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	       (uint32_t)b[2] << 8 | b[3];
}

static inline uint64_t fdt64_to_cpu(fdt64_t x)
{
	return (uint64_t)fdt32_to_cpu((uint32_t)x) << 32 |
	       fdt32_to_cpu((uint32_t)(x >> 32));
}

#define cpu_to_fdt16(x) fdt16_to_cpu(x)
#define cpu_to_fdt32(x) fdt32_to_cpu(x)
#define cpu_to_fdt64(x) fdt64_to_cpu(x)

#endif
