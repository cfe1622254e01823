/* SPDX-License-Identifier: Apache-2.0 */
#include "review/carry.h"

#include "base/text.h"
#include "review/own_json.h"
#include "review/same.h"

/* Who a provider is. Of one whom the body names otherwise nothing is carried over. */
static const char *const provider_identity[] = {"npi", "tax_id", "medicaid_id", "name", NULL};

/* What goes on is described by these; how many units, and when, is asked anew. */
static const char *const line_members[] = {"code", "unit", NULL};

static const struct json *given(const struct json *node)
{
	return node != NULL && json_kind(node) != JSON_NULL ? node : NULL;
}

struct carrier {
	struct arena *arena;
	const struct json *root;
	struct continued *continued;
};

static void set(struct carrier *carrier, const char *pointer, const struct json *value)
{
	carrier->root = own_json_edit(carrier->arena, carrier->root, pointer, value); /* its parent was just found */
}

static void carry(struct carrier *carrier, const char *pointer, const struct json *value)
{
	set(carrier, pointer, value);
	carrier->continued->carried[carrier->continued->carried_count++] = pointer;
}

/* The members of BEFORE that the object at POINTER leaves open; all of it where there is none. */
static void carry_object(struct carrier *carrier, const char *pointer, const struct json *before)
{
	const struct json *own = given(json_at(carrier->root, pointer));
	if (given(before) == NULL || (own != NULL && json_kind(own) != JSON_OBJECT)) {
		return;
	}
	if (own == NULL) {
		carry(carrier, pointer, before);
		return;
	}
	for (const struct json *node = json_first(before); node != NULL; node = json_next(node)) {
		if (given(node) != NULL && given(json_member(own, json_name(node))) == NULL) {
			carry(carrier, arena_printf(carrier->arena, "%s/%s", pointer, json_name(node)), node);
		}
	}
}

static void carry_provider(struct carrier *carrier, const char *pointer)
{
	const struct json *before = json_at(carrier->continued->body, pointer);
	const struct json *own = json_at(carrier->root, pointer);
	for (size_t i = 0; provider_identity[i] != NULL; i++) {
		const struct json *said = given(json_member(own, provider_identity[i]));
		if (said != NULL && !same_kept(json_member(before, provider_identity[i]), said)) {
			return;
		}
	}
	carry_object(carrier, pointer, before);
}

/* An object of the named members that BEFORE says. */
static const struct json *part(struct arena *arena, const struct json *before, const char *const *names)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 128);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	for (size_t i = 0; names[i] != NULL; i++) {
		if (given(json_member(before, names[i])) != NULL) {
			json_member_tree(&writer, names[i], json_member(before, names[i]));
		}
	}
	json_close_object(&writer);
	return own_json(arena, out.data);
}

/* A line of the body is the earlier one in its place; or the only one there was. */
static const struct json *earlier_line(const struct json *before, size_t count, size_t place)
{
	const struct json *line = json_first(before);
	for (size_t i = 0; i < place && json_count(before) == count && line != NULL; i++) {
		line = json_next(line);
	}
	return json_count(before) == 1 || json_count(before) == count ? line : NULL;
}

static void carry_new_lines(struct carrier *carrier, const struct json *before)
{
	set(carrier, "/lines", own_json(carrier->arena, "[]"));
	size_t place = 0;
	for (const struct json *line = json_first(before); line != NULL; line = json_next(line), place++) {
		set(carrier, "/lines/-", part(carrier->arena, line, line_members));
	}
	carrier->continued->carried[carrier->continued->carried_count++] = "/lines";
}

static void carry_lines(struct carrier *carrier)
{
	const struct json *before = given(json_member(carrier->continued->body, "lines"));
	const struct json *own = given(json_member(carrier->root, "lines"));
	if (json_first(before) == NULL || (own != NULL && json_kind(own) != JSON_ARRAY)) {
		return;
	}
	if (own == NULL) {
		carry_new_lines(carrier, before);
		return;
	}
	size_t place = 0;
	for (const struct json *line = json_first(own); line != NULL; line = json_next(line), place++) {
		const struct json *earlier = earlier_line(before, json_count(own), place);
		if (json_kind(line) == JSON_OBJECT && earlier != NULL && given(json_member(line, "code")) == NULL) {
			carry_object(carrier, arena_printf(carrier->arena, "/lines/%zu", place),
				     part(carrier->arena, earlier, line_members));
		}
	}
}

const struct json *carry_authorization(struct arena *arena, const struct json *authorization)
{
	static const char *const members[] = {"number", "from", "to", NULL};
	return part(arena, authorization, members);
}

/* Room for every pointer that can be carried. */
static const char **room(struct arena *arena, const struct json *root, const struct json *before)
{
	size_t most = 8 + json_count(json_member(before, "member")) + json_count(json_member(before, "requesting_provider")) +
		      json_count(json_member(before, "servicing_provider"));
	most += 2 * json_count(json_member(root, "lines"));
	return arena_array(arena, most, sizeof(const char *));
}

void carry_over(struct continued *continued, struct draft *draft, struct arena *arena)
{
	struct carrier carrier = {arena, draft->root, continued};
	continued->carried = room(arena, draft->root, continued->body);
	carry_object(&carrier, "/prior_authorization", carry_authorization(arena, continued->authorization));
	carry_object(&carrier, "/member", json_member(continued->body, "member"));
	carry_provider(&carrier, "/requesting_provider");
	carry_provider(&carrier, "/servicing_provider");
	if (given(json_member(carrier.root, "diagnoses")) == NULL && given(json_member(continued->body, "diagnoses")) != NULL) {
		carry(&carrier, "/diagnoses", json_member(continued->body, "diagnoses"));
	}
	carry_lines(&carrier);
	draft_replace(draft, carrier.root, arena);
}
