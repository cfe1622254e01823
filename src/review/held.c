/* SPDX-License-Identifier: Apache-2.0 */
#include "review/held.h"

#include "review/episode.h"

#include <string.h>

static bool asked_for(const struct program *program)
{
	for (size_t i = 0; program != NULL && i < program->item_count; i++) {
		if (program->items[i]->looks_elsewhere) {
			return true;
		}
	}
	return false;
}

static struct day_set days_of_row(const struct authorized_row *row, struct arena *arena)
{
	struct err err = {0};
	const struct json *authorization =
		row->authorization != NULL
			? json_parse(arena, row->authorization, strlen(row->authorization), &json_limits_file, &err)
			: NULL;
	return authorization_days(arena, authorization);
}

bool held_find(const struct call *call, const struct held_scope *scope, struct draft *draft, struct outcome *outcome)
{
	struct err err = {0};
	const struct authorized_row *rows = NULL;
	size_t count = 0;
	const char *member = draft_text(draft, "/member/id");
	const struct principal *principal = scope->principal;
	const bool may = principal == NULL || access_allows(principal->role, ACTION_READ_REQUEST);
	if (member == NULL || !asked_for(draft->program) || !may) {
		return true;
	}
	const struct authorized_query query = {
		.member_id = member,
		.payer = draft->program->policy->payer,
		.organization = principal != NULL ? principal->organization : NULL,
		.episode = scope->episode != NULL ? scope->episode : "",
	};
	if (!authorized_read(call->reader, &query, call->arena, &rows, &count, &err)) {
		return outcome_fail(outcome, &err);
	}
	struct held_days *held = arena_array(call->arena, count + 1, sizeof(*held));
	for (size_t i = 0; i < count; i++) {
		held[i] = (struct held_days){rows[i].service, days_of_row(&rows[i], call->arena)};
	}
	draft->held = held;
	draft->held_count = count;
	return true;
}
