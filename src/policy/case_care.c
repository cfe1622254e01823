/* SPDX-License-Identifier: Apache-2.0 */
/* Running care in cases: what happened, what was waived, what is owed. */
#include "policy/case_care.h"

#include "policy/occurrence.h"

#include <string.h>

/* The body with the node at POINTER, which is made of TEXT where it is not there yet. */
static const struct json *with_node(struct arena *arena, const struct json *body, const char *pointer, const char *text)
{
	struct err err = {0};
	const struct json *there = json_at(body, pointer);
	if (there && json_kind(there) != JSON_NULL) {
		return body;
	}
	const struct json *node = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	return node ? json_edit(arena, body, pointer, node, &err) : NULL;
}

const struct json *case_occurrences(struct arena *arena, const struct json *body, const struct json *step,
				    struct differences *differences)
{
	const struct json *list = json_member(step, "occurrences");
	struct err err = {0};
	if (!list) {
		return body;
	}
	const struct json *made = with_node(arena, body, "/facts", "{}");
	made = made ? with_node(arena, made, occurrence_list, "[]") : NULL;
	for (const struct json *one = json_first(list); one && made; one = json_next(one)) {
		made = json_edit(arena, made, arena_printf(arena, "%s/-", occurrence_list), one, &err);
	}
	if (!made) {
		difference(differences, "occurrences: %s", err.detail);
	}
	return made ? made : body;
}

void case_waivers(const struct json *step, const char *name, const struct evaluation *before, struct case_waivers *waivers,
		  struct differences *differences)
{
	for (const struct json *one = json_first(json_member(step, "waivers")); one; one = json_next(one)) {
		const char *item = json_text(json_member(one, "obligation"));
		int64_t number = 0;
		const bool whole = json_integer(json_member(one, "number"), &number) && number > 0;
		const struct care_duty *duty = before && whole ? duties_find(before, item, NULL, (unsigned)number) : NULL;
		if (!duty || waivers->count == CASE_WAIVERS_MAX) {
			difference(differences, "%swaivers: there is no %s#%lld", name, item, (long long)number);
			continue;
		}
		waivers->list[waivers->count++] = (struct duty_waiver){item, duty->key};
	}
}

static const char *due_text(struct arena *arena, const struct care_duty *duty, const struct zone *zone)
{
	char day[CIVIL_TEXT_SIZE];
	char instant[INSTANT_TEXT_SIZE];
	if (!duty->has_due) {
		return "-";
	}
	return arena_copy(arena, duty->in_hours ? zone_format(zone, duty->due_at, instant) : civil_format(duty->due_on, day));
}

const char *case_duty_line(struct arena *arena, const struct care_duty *duty, const struct zone *zone)
{
	return arena_printf(arena, "%s#%u %s %s", duty->item->id, duty->number, due_text(arena, duty, zone),
			    duty_state_name(duty->state));
}

const char *case_attestation_line(struct arena *arena, const struct attestation *attestation)
{
	char day[CIVIL_TEXT_SIZE];
	return arena_printf(arena, "%s %s%s%s", attestation->item->id, attestation_state_name(attestation->state),
			    attestation->expires ? " " : "",
			    attestation->expires ? civil_format(attestation->expires_on, day) : "");
}
