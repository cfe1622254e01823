/* SPDX-License-Identifier: Apache-2.0 */
#include "review/replace.h"

#include "base/text.h"
#include "domain/lifecycle.h"
#include "review/papers.h"
#include "review/read.h"
#include "review/same.h"

#include <string.h>

static const char member_name[] = "replaces";

/* ---- which request ---- */

/* Why the earlier request cannot be replaced, if it cannot. */
static bool check_status(const struct request_row *row, struct issues *issues)
{
	enum status status;
	bool known = status_from_name(row->status, &status);
	if (known && status != STATUS_DECIDED && !status_open(status)) {
		return true;
	}
	if (known && status_open(status)) {
		issues_add(issues, "/replaces", "still_open", "Supply what it lacks as information, or withdraw it first.",
			   "that request is still open");
	} else {
		issues_add(issues, "/replaces", "not_replaceable", "Leave it out, and send this as a request of its own.",
			   "that request was decided; a correction or an appeal may change that");
	}
	return false;
}

/* A closed request does not change: its last answer is the one that closed it. */
static struct instant closed_at(const struct request_view *view, struct arena *arena)
{
	struct err err = {0};
	struct instant at = view->row.received_at;
	const struct json *answer = view->snapshot != NULL
					    ? json_parse(arena, view->snapshot, view->snapshot_length, &json_limits_file, &err)
					    : NULL;
	const char *text = json_text(json_member(answer, "updated_at"));
	return text != NULL && instant_parse(text, &at) ? at : view->row.received_at;
}

bool replace_find(const struct call *call, const struct draft *draft, struct replaced *ret_replaced, struct outcome *outcome)
{
	struct outcome found;
	struct papers papers;
	const char *id = json_text(json_member(draft->root, member_name));
	*ret_replaced = (struct replaced){0};
	if (id == NULL) {
		return true; /* a number, say: the shape's business */
	}
	outcome_init(&found, call->arena);
	const struct request_view *view = read_owned(call->reader, call->principal, id, call->arena, &found);
	if (view == NULL && found.err.code != ERR_NOT_FOUND) {
		return outcome_fail(outcome, &found.err);
	}
	if (view == NULL) {
		issues_add(&outcome->issues, "/replaces", "not_found",
			   "Send the id of your request that was closed without a determination, or leave it out.",
			   "no request of yours has this id");
		return true;
	}
	if (!check_status(&view->row, &outcome->issues)) {
		return true;
	}
	if (!papers_read(call->reader, view->row.id, call->arena, &papers, outcome)) {
		return false;
	}
	*ret_replaced = (struct replaced){view->row.id, view->row.tracking_number, closed_at(view, call->arena), papers.body,
					  view->row.sensitivity};
	return true;
}

/* ---- what has changed ---- */

/* Null says as little as nothing at all. */
static const struct json *given(const struct json *node)
{
	return node != NULL && json_kind(node) != JSON_NULL ? node : NULL;
}

static bool objects(const struct json *a, const struct json *b)
{
	return a != NULL && b != NULL && json_kind(a) == JSON_OBJECT && json_kind(b) == JSON_OBJECT;
}

/* Pointers to the members that differ; below BASE ("" is the body itself) an object that differs is named as a whole. */
static void put_changed(struct json_writer *writer, const char *base, const struct json *now, const struct json *before)
{
	struct arena *arena = writer->out->arena;
	bool top = *base == '\0';
	for (const struct json *node = json_first(now); node != NULL; node = json_next(node)) {
		const char *name = json_name(node);
		const struct json *other = json_member(before, name);
		if (same_json(node, other) || (top && strcmp(name, member_name) == 0)) {
			continue;
		}
		const char *pointer = arena_printf(arena, "%s/%s", base, name);
		if (top && objects(node, other)) {
			put_changed(writer, pointer, node, other);
		} else {
			json_put_text(writer, pointer);
		}
	}
	for (const struct json *node = json_first(before); node != NULL; node = json_next(node)) {
		const char *name = json_name(node);
		if (given(node) != NULL && json_member(now, name) == NULL && !(top && strcmp(name, member_name) == 0)) {
			json_put_text(writer, arena_printf(arena, "%s/%s", base, name));
		}
	}
}

/* Whole minutes; none when it had come by another way before the earlier one was closed. */
static int64_t minutes_between(struct instant closed, struct instant received)
{
	int64_t us = instant_since(received, closed).us;
	return us > 0 ? us / span_seconds(60).us : 0;
}

const char *replace_json(const struct replaced *replaced, const struct draft *draft, struct arena *arena)
{
	struct text out;
	struct json_writer writer;
	if (replaced->id == NULL) {
		return NULL;
	}
	text_init(&out, arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", replaced->id);
	json_member_text(&writer, "tracking_number", replaced->tracking_number);
	json_put_name(&writer, "changed");
	json_open_array(&writer);
	put_changed(&writer, "", draft->root, replaced->body);
	json_close_array(&writer);
	json_member_integer(&writer, "minutes_between", minutes_between(replaced->closed_at, draft->received_at));
	json_close_object(&writer);
	return out.data;
}
