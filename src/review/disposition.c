/* SPDX-License-Identifier: Apache-2.0 */
#include "review/disposition.h"

#include "base/json_write.h"
#include "base/text.h"
#include "review/papers.h"

#include <string.h>

static const char machine[] = "system";

static const char *decision_json(const struct disposition *given, const char *id, const struct call *call,
				 const struct zone *zone)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	text_init(&out, call->arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", id);
	json_member_text(&writer, "disposition", given->disposition);
	json_member_text(&writer, "outcome", NULL);
	json_member_text(&writer, "reason", given->reason);
	json_member_text(&writer, "note", given->note);
	json_member_text(&writer, "decided_at", zone_format(zone, call->now, at));
	json_member_text(&writer, "by", given->by);
	json_close_object(&writer);
	return out.data;
}

const struct decision_row *disposition_record(const struct disposition *disposition, const struct call *call,
					      const struct zone *zone, const struct json **plan)
{
	char id[IDENT_ID_SIZE];
	bool system = strcmp(disposition->by, machine) == 0;
	struct decision_row *row = arena_alloc(call->arena, sizeof(*row));
	*row = (struct decision_row){
		.id = arena_copy(call->arena, ident_id(call->service->ident, "dec_", call->now, id)),
		.request_id = disposition->request_id,
		.disposition = disposition->disposition,
		.reason = disposition->reason,
		.required = "[]",
		.parts = "{}",
		.decider = disposition->by,
		.decider_role = system ? machine : role_name(call->principal->role),
		.decided_at = call->now,
	};
	*plan = papers_set(call->arena, *plan, "decision", decision_json(disposition, row->id, call, zone));
	return row;
}

/* What the timeline of returns says: by whom, when, why. */
static void record_return(const char *reason, const struct call *call, const struct zone *zone, const struct json **plan)
{
	char at[INSTANT_TEXT_SIZE];
	const char *text = arena_printf(call->arena, "{\"reason\":\"%s\",\"at\":\"%s\",\"by\":\"%s\",\"note\":null}", reason,
					zone_format(zone, call->now, at), machine);
	*plan = papers_set(call->arena, *plan, "return", text);
}

const struct decision_row *disposition_by_machine(const struct evaluation *evaluation, const char *request_id,
						  const struct call *call, const struct zone *zone, const struct json **plan)
{
	struct disposition close = {.request_id = request_id, .by = machine};
	if (json_member(*plan, "decision") != NULL) {
		return NULL;
	}
	if (evaluation->status == STATUS_RETURNED) {
		close.disposition = "returned";
		close.reason = evaluation->returns[0].reason;
		record_return(close.reason, call, zone, plan);
	} else if (evaluation->status == STATUS_NOT_REQUIRED) {
		close.disposition = "not_required";
		close.reason = evaluation->not_required->reason;
	} else {
		return NULL;
	}
	return disposition_record(&close, call, zone, plan);
}
