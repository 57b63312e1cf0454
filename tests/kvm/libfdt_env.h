/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libfdt needs from a C library. It carries the guard of the header of the
 * same name in OpenSBI's tree, which is for firmware.
 */
#ifndef LIBFDT_ENV_H
#define LIBFDT_ENV_H

#include <endian.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint16_t fdt16_t;
typedef uint32_t fdt32_t;
typedef uint64_t fdt64_t;

#define fdt16_to_cpu(x) be16toh(x)
#define fdt32_to_cpu(x) be32toh(x)
#define fdt64_to_cpu(x) be64toh(x)
#define cpu_to_fdt16(x) htobe16(x)
#define cpu_to_fdt32(x) htobe32(x)
#define cpu_to_fdt64(x) htobe64(x)

#endif
