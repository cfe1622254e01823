/* SPDX-License-Identifier: Apache-2.0 */
#include "review/attested.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/occurrence.h"
#include "review/own_json.h"
#include "wire/time_json.h"

#include <stdlib.h>
#include <string.h>

static bool same(const struct json *a, const char *b)
{
	const char *text = json_text(a);
	return text == NULL || b == NULL ? text == NULL && b == NULL : strcmp(text, b) == 0;
}

bool attested_before(const struct json *occurrence, const struct attested *attested)
{
	return occurrence != NULL && same(json_member(occurrence, "on"), attested->on) &&
	       same(json_member(occurrence, "expires_on"), attested->expires_on) &&
	       same(json_member(occurrence, "by"), attested->by) && same(json_member(occurrence, "note"), attested->note);
}

static const struct json *occurrence(const struct call *call, const struct zone *zone, const struct attested *attested,
				     size_t number)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", arena_printf(call->arena, "o%zu", number));
	json_member_text(&writer, "kind", occurrence_attestation);
	json_member_text(&writer, "item", attested->item);
	json_member_text(&writer, "on", attested->on);
	json_member_text(&writer, "expires_on", attested->expires_on);
	json_member_text(&writer, "by", attested->by);
	json_member_text(&writer, "note", attested->note);
	json_member_text(&writer, "recorded_by", call->principal->id);
	json_member_instant(&writer, "recorded_at", call->now, zone);
	json_close_object(&writer);
	return own_json(call->arena, out.data);
}

/* The number in "o12"; 0 of a name that is none of these. */
static size_t number_of(const char *id)
{
	char *end = NULL;
	const bool numbered = id != NULL && id[0] == 'o' && id[1] >= '1' && id[1] <= '9';
	const unsigned long number = numbered ? strtoul(id + 1, &end, 10) : 0;
	return numbered && *end == '\0' ? (size_t)number : 0;
}

/* Whether NODE retracts another or is retracted: neither counts. */
static bool retracted(const struct json *list, const struct json *node)
{
	const struct json *id = json_member(node, "id");
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		const char *taken = json_text(json_member(one, "retracts"));
		if (taken != NULL && (one == node || same(id, taken))) {
			return true;
		}
	}
	return false;
}

const struct json *attested_put(const struct call *call, const struct zone *zone, const struct json *root,
				const struct attested *attested)
{
	struct arena *arena = call->arena;
	const struct json *list = json_at(root, occurrence_list);
	const struct json *kept = own_json(arena, "{\"occurrences\":[]}");
	size_t last = json_count(list); /* counted before anything goes: the newest is kept or replaced by a newer one */
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		const size_t number = number_of(json_text(json_member(one, "id")));
		last = number > last ? number : last;
		if (!retracted(list, one) && !same(json_member(one, "item"), attested->item)) {
			kept = own_json_edit(arena, kept, "/occurrences/-", one);
		}
	}
	kept = own_json_edit(arena, kept, "/occurrences/-", occurrence(call, zone, attested, last + 1));
	if (json_member(root, "facts") == NULL) {
		return own_json_edit(arena, root, "/facts", kept);
	}
	return own_json_edit(arena, root, occurrence_list, json_member(kept, "occurrences"));
}
