/* SPDX-License-Identifier: Apache-2.0 */
#include "review/papers.h"

#include "base/text.h"
#include "review/own_json.h"

#include <string.h>

const struct json *papers_plan(struct arena *arena, struct instant at, const char *replaces)
{
	char text[INSTANT_TEXT_SIZE];
	return own_json(arena, arena_printf(arena, "{\"arrived_at\":\"%s\",\"replaces\":%s}", instant_format_utc(at, text),
					    replaces != NULL ? replaces : "null"));
}

const char *papers_start(const char *body, size_t length, const struct json *plan, struct arena *arena, size_t *ret_length)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, length + 128);
	text_puts(&out, "{\"body\":");
	text_add(&out, body, length);
	text_puts(&out, ",\"plan\":");
	json_writer_init(&writer, &out);
	json_put_tree(&writer, plan);
	text_puts(&out, ",\"version\":1}");
	*ret_length = out.length;
	return out.data;
}

bool papers_read(struct store_reader *reader, const char *id, struct arena *arena, struct papers *ret_papers,
		 struct outcome *outcome)
{
	struct err err = {0};
	const char *stored = NULL;
	size_t length = 0;
	if (!request_body_read(reader, id, arena, &stored, &length, &err)) {
		return outcome_fail(outcome, &err);
	}
	const struct json *root = json_parse(arena, stored, length, &json_limits_file, &err);
	if (root == NULL) {
		return outcome_fail(outcome, &err);
	}
	ret_papers->body = json_member(root, "body");
	ret_papers->plan = json_member(root, "plan");
	if (!json_integer(json_member(root, "version"), &ret_papers->version)) {
		ret_papers->version = 0;
	}
	return true;
}

const char *papers_write(const struct papers *papers, struct arena *arena, size_t *ret_length)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 8192);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_put_name(&writer, "body");
	json_put_tree(&writer, papers->body);
	json_put_name(&writer, "plan");
	json_put_tree(&writer, papers->plan);
	json_member_integer(&writer, "version", papers->version);
	json_close_object(&writer);
	*ret_length = out.length;
	return out.data;
}

const struct json *papers_append(struct arena *arena, const struct json *plan, const char *name, const char *element)
{
	if (json_member(plan, name) == NULL) {
		plan = own_json_edit(arena, plan, arena_printf(arena, "/%s", name), own_json(arena, "[]"));
	}
	return own_json_edit(arena, plan, arena_printf(arena, "/%s/-", name), own_json(arena, element));
}

const struct json *papers_drop(struct arena *arena, const struct json *plan, const char *name, const char *member,
			       const char *text)
{
	size_t index = 0;
	for (const struct json *node = json_first(json_member(plan, name)); node != NULL; node = json_next(node)) {
		const char *own = json_text(json_member(node, member));
		if (own != NULL && strcmp(own, text) == 0) {
			plan = own_json_edit(arena, plan, arena_printf(arena, "/%s/%zu", name, index), NULL);
		} else {
			index++;
		}
	}
	return plan;
}

const struct json *papers_set(struct arena *arena, const struct json *plan, const char *name, const char *value)
{
	return own_json_edit(arena, plan, arena_printf(arena, "/%s", name), own_json(arena, value));
}
