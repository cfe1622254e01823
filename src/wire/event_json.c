/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/event_json.h"

#include "wire/sensitivity.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { EVENT_DIGITS = 12 };

const char *event_id_write(struct arena *arena, int64_t sequence)
{
	return arena_printf(arena, "evt_%012" PRId64, sequence);
}

bool event_id_read(const char *text, int64_t *ret_sequence)
{
	if (strncmp(text, "evt_", 4) != 0 || strlen(text) != 4 + EVENT_DIGITS ||
	    strspn(text + 4, "0123456789") != EVENT_DIGITS) {
		return false;
	}
	*ret_sequence = strtoll(text + 4, NULL, 10);
	return true;
}

/* What a reader of a history wants to see move. */
static void write_state(struct json_writer *writer, const struct json *snapshot)
{
	static const char *const members[] = {"status", "waiting_on", "summary", "version"};
	json_put_name(writer, "state");
	json_open_object(writer);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		json_member_tree(writer, members[i], json_member(snapshot, members[i]));
	}
	const struct json *missing = json_member(snapshot, "missing");
	const struct json *requested = json_member(snapshot, "requested");
	json_member_integer(writer, "missing", (int64_t)json_count(missing));
	json_member_integer(writer, "requested", (int64_t)json_count(requested));
	json_close_object(writer);
}

static bool standing(const struct event_line *line)
{
	return strncmp(line->request_id, "prv_", 4) == 0 && line->provider_npi != NULL && line->payer != NULL &&
	       line->service != NULL;
}

/* What a provider attests is read by the provider, not by the name of its record. */
static const char *href(struct arena *arena, const struct event_line *line)
{
	const char *id = line->request_id;
	if (standing(line)) {
		return arena_printf(arena, "/v1/providers/%s/attestations?payer=%s&service=%s", line->provider_npi, line->payer,
				    line->service);
	}
	const bool care = strncmp(id, "svc_", 4) == 0;
	return arena_printf(arena, "/v1/%s/%s", care ? "service-records" : "requests", id);
}

static void write_policy(struct json_writer *writer, const struct event_line *line)
{
	json_put_name(writer, "policy");
	if (line->policy_id == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	json_member_text(writer, "id", line->policy_id);
	json_member_text(writer, "version", line->policy_version);
	json_member_text(writer, "digest", line->policy_digest);
	json_close_object(writer);
}

void event_line_write(struct json_writer *writer, const struct event_line *line)
{
	char at[INSTANT_TEXT_SIZE];
	struct arena *arena = writer->out->arena;
	json_open_object(writer);
	json_member_text(writer, "id", event_id_write(arena, line->sequence));
	json_member_text(writer, "at", zone_format(line->zone, line->at, at));
	json_member_text(writer, "action", line->action);
	json_member_text(writer, "actor_role", line->actor_role);
	json_member_text(writer, "actor", line->actor);
	json_member_text(writer, "request", line->request_id);
	json_member_text(writer, "href", href(arena, line));
	json_member_text(writer, "provider_npi", standing(line) ? line->provider_npi : NULL);
	write_policy(writer, line);
	sensitivity_write(writer, line->sensitivity);
	if (line->snapshot != NULL) {
		write_state(writer, line->snapshot);
	}
	json_close_object(writer);
}
