/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of a worklist: one line per request, most urgent first, and the cursor that continues it. */
#ifndef AR_WIRE_WORKLIST_H
#define AR_WIRE_WORKLIST_H

#include "base/json_write.h"
#include "base/zone.h"

/* What a worklist shows of a request: no names, no clinical detail. */
struct worklist_line {
	const char *id;
	const char *tracking_number;
	const char *payer;
	const char *service;
	const char *review;
	const char *urgency;
	const char *status;
	const char *waiting_on;
	const char *submitter_reference;
	const char *act_by_rule;
	struct instant received_at;
	struct instant due_at; /* us 0: none */
	struct instant act_by; /* us 0: none */
	int64_t missing_count;
	int64_t requested_count;
	int64_t version;
	unsigned tasks; /* bits of enum task */
	unsigned sensitivity; /* bits of enum label */
	bool open;
	const struct zone *zone;
};

void worklist_line_write(struct json_writer *writer, const struct worklist_line *line, struct instant now);

/* A place in a worklist. */
struct worklist_cursor {
	struct instant act_by;
	const char *id;
};

/* Opaque text for a place, bound to SCOPE (filters and caller), so that it continues only the list it came from. In ARENA. */
const char *worklist_cursor_write(struct arena *arena, const struct worklist_cursor *cursor, const char *scope);

/* False when TEXT is no cursor of that list. */
bool worklist_cursor_read(struct arena *arena, const char *text, const char *scope, struct worklist_cursor *ret_cursor);

#endif
