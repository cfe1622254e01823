/* SPDX-License-Identifier: Apache-2.0 */
#include "holds.h"

#include "base/json_write.h"
#include "dump.h"

#include <string.h>

const struct property properties[] = {
	{"total", holds_total},       {"same", holds_same},       {"arena", holds_arena},
	{"monotone", holds_monotone}, {"unknown", holds_unknown}, {"words", holds_words},
};
const size_t property_count = sizeof(properties) / sizeof(properties[0]);

static bool decoded(const struct trial *trial, const struct json *body, struct arena *arena, struct submission *ret_submission)
{
	struct issues issues;
	issues_init(&issues, arena);
	*ret_submission = trial->submission;
	ret_submission->events = trial->events;
	ret_submission->asked = trial->asked;
	ret_submission->body = shape_decode(ret_submission->program->policy->request, body, arena, &issues);
	return ret_submission->body != NULL;
}

/* As evaluate() asks them, each in words, for what it does not tell: which items hold, and which do not apply. */
static const struct item_state *item_states(const struct submission *submission, struct arena *arena)
{
	struct evaluator *evaluator = arena_alloc(arena, sizeof(*evaluator));
	const struct program *program = submission->program;
	evaluator_init(evaluator, submission, arena);
	for (size_t i = 0; i < program->item_count; i++) {
		(void)evaluator_worded(evaluator, program->items[i]);
	}
	return evaluator->states;
}

bool judge(const struct trial *trial, const struct json *body, struct arena *arena, struct judged *ret_judged)
{
	if (!decoded(trial, body, arena, &ret_judged->submission)) {
		return false;
	}
	evaluate(&ret_judged->submission, arena, &ret_judged->evaluation);
	ret_judged->states = item_states(&ret_judged->submission, arena);
	return true;
}

/* The members of every object the other way round. */
static void put_backwards(struct json_writer *writer, struct arena *arena, const struct json *node)
{
	const size_t count = json_count(node);
	if (json_kind(node) == JSON_ARRAY) {
		json_open_array(writer);
		for (const struct json *one = json_first(node); one; one = json_next(one)) {
			put_backwards(writer, arena, one);
		}
		json_close_array(writer);
		return;
	}
	if (json_kind(node) != JSON_OBJECT) {
		json_put_tree(writer, node);
		return;
	}
	const struct json **members = arena_array(arena, count + 1, sizeof(*members));
	size_t place = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		members[place++] = one;
	}
	json_open_object(writer);
	while (place > 0) {
		json_put_name(writer, json_name(members[--place]));
		put_backwards(writer, arena, members[place]);
	}
	json_close_object(writer);
}

static const char *said(const struct trial *trial, const struct json *body, struct arena *arena)
{
	struct submission submission;
	struct evaluation evaluation;
	if (!decoded(trial, body, arena, &submission)) {
		return NULL;
	}
	evaluate(&submission, arena, &evaluation);
	return dump_evaluation(arena, &evaluation);
}

/* The line in which two texts part. */
static const char *parting(struct arena *arena, const char *a, const char *b)
{
	size_t from = 0;
	for (size_t i = 0; a[i] == b[i] && a[i] != '\0'; i++) {
		from = a[i] == '\n' ? i + 1 : from;
	}
	return arena_printf(arena, "%.*s\n  instead of\n%.*s", (int)strcspn(b + from, "\n"), b + from,
			    (int)strcspn(a + from, "\n"), a + from);
}

/* Where a place is null in one body and absent in the other; NULL where they say the same. */
static const char *silent_alike(const struct trial *trial, const struct json *body, const char *pointer, struct arena *arena)
{
	const struct json *null = body_set(arena, body, pointer, json_of(arena, "null"));
	const struct json *gone = body_set(arena, body, pointer, NULL);
	const char *one = null ? said(trial, null, arena) : NULL;
	const char *other = gone ? said(trial, gone, arena) : NULL;
	return !one || !other || strcmp(one, other) == 0
		       ? NULL
		       : arena_printf(arena, "%s null is not as absent: %s", pointer, parting(arena, other, one));
}

static bool in_object(const struct json *body, const char *pointer, struct arena *arena)
{
	const char *parent = arena_text(arena, pointer, (size_t)(strrchr(pointer, '/') - pointer));
	return json_kind(json_at(body, parent)) == JSON_OBJECT;
}

const char *holds_same(const struct trial *trial, const struct json *body, struct arena *arena)
{
	enum { SILENCED = 2 };
	struct dice dice = {trial->seed};
	struct text text;
	struct json_writer writer;
	struct err err = {0};
	const char *first = said(trial, body, arena);
	const char *second = said(trial, body, arena);
	if (!first) {
		return NULL;
	}
	if (strcmp(first, second) != 0) {
		return arena_printf(arena, "the second time %s", parting(arena, first, second));
	}
	text_init(&text, arena, 4096);
	json_writer_init(&writer, &text);
	put_backwards(&writer, arena, body);
	const char *backwards = said(trial, json_parse(arena, text.data, text.length, &json_limits_body, &err), arena);
	if (!backwards || strcmp(first, backwards) != 0) {
		return arena_printf(arena, "with members in another order %s",
				    backwards ? parting(arena, first, backwards) : "unreadable");
	}
	size_t count;
	const char **pointers = body_pointers(arena, body, &count);
	for (size_t i = 0; i < SILENCED && count > 0; i++) {
		const char *pointer = pointers[roll(&dice, count)];
		const char *wrong = in_object(body, pointer, arena) ? silent_alike(trial, body, pointer, arena) : NULL;
		if (wrong) {
			return wrong;
		}
	}
	return NULL;
}
