/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern.h"

#include <string.h>

enum { DECISIONS = 100 };

static bool read_events(struct store_reader *reader, const char *id, struct arena *arena, struct pattern *pattern,
			struct err *err)
{
	struct event_page events = {0};
	if (!timeline_read(reader, id, 0, PATTERN_EVENTS_MAX, arena, &events, err)) {
		return false;
	}
	pattern->events = events.events;
	pattern->event_count = events.count;
	return !events.more || err_set(err, ERR_INTERNAL, "%s has more events than rows are made with", id);
}

static bool read_decision(struct store_reader *reader, const char *id, struct arena *arena, struct pattern *pattern,
			  struct err *err)
{
	const struct decisions_query query = {.organization = pattern->view->row.organization, .late = -1, .limit = DECISIONS};
	struct decision_page page = {0};
	if (!decisions_read(reader, &query, arena, &page, err)) {
		return false;
	}
	for (size_t i = 0; i < page.count; i++) {
		if (strcmp(page.rows[i].row.request_id, id) == 0) {
			pattern->decision = &page.rows[i].row;
		}
	}
	return pattern->view->row.open || pattern->decision != NULL ||
	       err_set(err, ERR_INTERNAL, "%s is closed without a decision", id);
}

bool pattern_read(struct store_reader *reader, const char *id, struct arena *arena, struct pattern *ret_pattern,
		  struct err *err)
{
	*ret_pattern = (struct pattern){0};
	if (!request_read(reader, id, arena, &ret_pattern->view, err)) {
		return false;
	}
	if (ret_pattern->view == NULL) {
		return err_set(err, ERR_NOT_FOUND, "there is no request %s to make others like", id);
	}
	return request_body_read(reader, id, arena, &ret_pattern->body, &ret_pattern->body_length, err) &&
	       read_events(reader, id, arena, ret_pattern, err) && read_decision(reader, id, arena, ret_pattern, err);
}

size_t pattern_room(const struct pattern *pattern)
{
	size_t room = pattern->body_length + 1;
	for (size_t i = 0; i < pattern->event_count; i++) {
		const size_t length = pattern->events[i].snapshot_length + 1;
		room = length > room ? length : room;
	}
	return room;
}
