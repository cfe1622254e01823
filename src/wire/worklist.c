/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/worklist.h"

#include "base/digest.h"
#include "wire/sensitivity.h"
#include "wire/tasks.h"
#include "wire/time_json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of a cursor: hex digits of its scope's digest, at most so many of its instant, characters of its id. */
enum { SCOPE_MARK = 16, INSTANT_DIGITS = 16, ID_MAX = 240 };

void worklist_line_write(struct json_writer *writer, const struct worklist_line *line, struct instant now)
{
	json_open_object(writer);
	json_member_text(writer, "id", line->id);
	json_member_text(writer, "tracking_number", line->tracking_number);
	json_member_text(writer, "status", line->status);
	json_member_text(writer, "waiting_on", line->waiting_on);
	tasks_write(writer, line->tasks);
	json_member_instant_if(writer, "act_by", line->act_by.us != 0, line->act_by, line->zone);
	json_member_text(writer, "act_by_rule", line->act_by_rule);
	json_put_name(writer, "minutes_left");
	if (line->open && line->act_by.us != 0) {
		json_put_integer(writer, instant_since(line->act_by, now).us / INT64_C(60000000));
	} else {
		json_put_null(writer);
	}
	json_member_instant_if(writer, "due_at", line->due_at.us != 0, line->due_at, line->zone);
	json_member_text(writer, "payer", line->payer);
	json_member_text(writer, "service", line->service);
	json_member_text(writer, "review", line->review);
	json_member_text(writer, "urgency", line->urgency);
	json_member_instant_if(writer, "received_at", line->received_at.us != 0, line->received_at, line->zone);
	json_member_text(writer, "submitter_reference", line->submitter_reference);
	sensitivity_write(writer, line->sensitivity);
	json_member_integer(writer, "missing", line->missing_count);
	json_member_integer(writer, "requested", line->requested_count);
	json_member_integer(writer, "version", line->version);
	json_close_object(writer);
}

static void scope_mark(const char *scope, char mark[SCOPE_MARK + 1])
{
	char hex[DIGEST_HEX_SIZE];
	struct digest digest = digest_of(scope, strlen(scope));
	memcpy(mark, digest_hex(&digest, hex), SCOPE_MARK);
	mark[SCOPE_MARK] = '\0';
}

const char *worklist_cursor_write(struct arena *arena, const struct worklist_cursor *cursor, const char *scope)
{
	char mark[SCOPE_MARK + 1];
	scope_mark(scope, mark);
	return arena_printf(arena, "%s.%" PRIx64 ".%s", mark, (uint64_t)cursor->act_by.us, cursor->id);
}

bool worklist_cursor_read(struct arena *arena, const char *text, const char *scope, struct worklist_cursor *ret_cursor)
{
	char mark[SCOPE_MARK + 1];
	scope_mark(scope, mark);
	if (strncmp(text, mark, SCOPE_MARK) != 0 || text[SCOPE_MARK] != '.') {
		return false;
	}
	const char *rest = text + SCOPE_MARK + 1;
	const size_t digits = strspn(rest, "0123456789abcdef");
	if (digits == 0 || digits > INSTANT_DIGITS || rest[digits] != '.' || strlen(rest + digits + 1) > ID_MAX) {
		return false;
	}
	ret_cursor->act_by.us = (int64_t)strtoull(rest, NULL, 16);
	ret_cursor->id = arena_copy(arena, rest + digits + 1);
	return true;
}
