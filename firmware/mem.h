/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory of the payload, and facts about the memory that is not its own. */
#ifndef FIRMWARE_MEM_H
#define FIRMWARE_MEM_H

#include "dt.h"
#include <stddef.h>

#define PAGE_SIZE 4096UL

/** Zeroed pages in a row, aligned to 4096; NULL when none are left */
void *page_alloc(unsigned int count);
#define PAGE_POOL 64

/** Give back every page at once */
void page_free_all(void);

/** The memory that holds this payload; false when the tree does not say */
bool payload_memory(struct range *range);

/** First address after the memory that holds this payload; 0 if unknown */
uint64_t ram_end(void);

/** Memory the firmware keeps for itself; false when the tree does not say */
bool firmware_range(struct range *range);

/** The registers of a UART; false when the tree has none */
bool uart_range(struct range *range);

/** Whether nobody has a page of payload_memory(): firmware, payload or tree */
bool page_is_free(const struct range *page);

/** A page below ram_end() that is free: not firmware, payload or tree */
void *free_page_at_end(void);

#endif
