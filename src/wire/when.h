/* SPDX-License-Identifier: Apache-2.0 */
/* Instants as people read them. */
#ifndef AR_WIRE_WHEN_H
#define AR_WIRE_WHEN_H

#include "base/arena.h"
#include "base/zone.h"

/* "Fri 2026-11-27 23:59" on the plan's own clocks. */
const char *when_text(struct arena *arena, const struct zone *zone, struct instant instant);

#endif
