/* SPDX-License-Identifier: BSD-2-Clause */
/* The device-tree node for what was found. */
#ifndef BRINGUP_NODE_H
#define BRINGUP_NODE_H

#include "bringup.h"

/** Print the node, in the syntax of dtc */
void node_tell(const struct view *v);

/** The same once more, as one text; "" when there is none */
const char *node_text(void);

#endif
