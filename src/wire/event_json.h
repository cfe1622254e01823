/* SPDX-License-Identifier: Apache-2.0 */
/* Events as the feed and the timeline show them. */
#ifndef AR_WIRE_EVENT_JSON_H
#define AR_WIRE_EVENT_JSON_H

#include "base/json_write.h"
#include "base/zone.h"

struct event_line {
	int64_t sequence;
	struct instant at;
	const struct zone *zone; /* NULL: UTC */
	const char *action;
	const char *actor;
	const char *actor_role;
	const char *request_id;
	const char *payer; /* of the request, as are the next three; any may be NULL */
	const char *service;
	const char *provider_npi;
	const char *policy_id;
	const char *policy_version;
	const char *policy_digest; /* of the text that judged this event; NULL: nobody knows any more */
	unsigned sensitivity; /* of the request, as it is now: bits of enum label */
	const struct json *snapshot; /* the representation after the event, for timelines; NULL in the feed */
};

/* "evt_000000000042": sortable. */
const char *event_id_write(struct arena *arena, int64_t sequence);
bool event_id_read(const char *text, int64_t *ret_sequence);

void event_line_write(struct json_writer *writer, const struct event_line *line);

#endif
