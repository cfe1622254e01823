/* SPDX-License-Identifier: Apache-2.0 */
#include "review/attested.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/occurrence.h"
#include "review/own_json.h"
#include "wire/time_json.h"

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
				     size_t number, const char *retracts)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", arena_printf(call->arena, "o%zu", number));
	json_member_text(&writer, "kind", occurrence_attestation);
	json_member_text(&writer, "item", attested->item);
	if (retracts != NULL) {
		json_member_text(&writer, "retracts", retracts);
		json_member_text(&writer, "reason", "It was attested anew.");
	} else {
		json_member_text(&writer, "on", attested->on);
		json_member_text(&writer, "expires_on", attested->expires_on);
		json_member_text(&writer, "by", attested->by);
		json_member_text(&writer, "note", attested->note);
	}
	json_member_text(&writer, "recorded_by", call->principal->id);
	json_member_instant(&writer, "recorded_at", call->now, zone);
	json_close_object(&writer);
	return own_json(call->arena, out.data);
}

const struct json *attested_add(const struct call *call, const struct zone *zone, const struct json *root,
				const struct attested *attested, const char *retracts)
{
	const struct json *list = json_at(root, occurrence_list);
	if (list == NULL) {
		root = own_json_edit(call->arena, root, "/facts", own_json(call->arena, "{\"occurrences\":[]}"));
	}
	return own_json_edit(call->arena, root, "/facts/occurrences/-",
			     occurrence(call, zone, attested, json_count(list) + 1, retracts));
}
