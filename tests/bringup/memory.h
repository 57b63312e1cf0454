/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory of the workloads. Also included by work.S. */
#ifndef BRINGUP_MEMORY_H
#define BRINGUP_MEMORY_H

#define FAR_SIZE (8 * 1024 * 1024)

#endif
