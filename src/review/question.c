/* SPDX-License-Identifier: Apache-2.0 */
#include "review/question.h"

#include "base/text.h"
#include "review/criterion.h"

#include <string.h>

enum { QUESTIONS_MAX = 200 /* schema/answer.json shows no more */ };

static bool member_is(const struct json *node, const char *name, const char *text)
{
	return strcmp(json_text(json_member(node, name)), text) == 0;
}

static bool open_still(const struct json *question)
{
	return json_kind(json_member(question, "answer")) == JSON_NULL &&
	       json_text(json_member(question, "withdrawn_at")) == NULL;
}

static const char *zoned_now(const struct amendment *amendment, char at[INSTANT_TEXT_SIZE])
{
	return zone_format(amendment->program->policy->zone, amendment->call->now, at);
}

/* Sets a member of the question at INDEX; VALUE is JSON text. */
static void set_member(struct amendment *amendment, size_t index, const char *name, const char *value)
{
	struct arena *arena = amendment->call->arena;
	const char *place = arena_printf(arena, "questions/%zu/%s", index, name);
	amendment->papers.plan = papers_set(arena, amendment->papers.plan, place, value);
}

static const char *question_json(const struct amendment *amendment, size_t number, const char *criterion, const char *text)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	struct arena *arena = amendment->call->arena;
	text_init(&out, arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", arena_printf(arena, "q%zu", number));
	json_member_text(&writer, "criterion", criterion);
	json_member_text(&writer, "text", text);
	json_member_text(&writer, "at", zoned_now(amendment, at));
	json_member_text(&writer, "by", amendment->call->principal->id);
	json_member_text(&writer, "answer", NULL);
	json_member_text(&writer, "withdrawn_at", NULL);
	json_close_object(&writer);
	return out.data;
}

bool question_put(struct amendment *amendment, const char *criterion, const char *text)
{
	const struct json *questions = json_member(amendment->papers.plan, "questions");
	for (const struct json *node = json_first(questions); node != NULL; node = json_next(node)) {
		if (open_still(node) && member_is(node, "criterion", criterion) && member_is(node, "text", text)) {
			return true;
		}
	}
	size_t count = json_count(questions);
	if (count >= QUESTIONS_MAX) {
		return false;
	}
	const char *question = question_json(amendment, count + 1, criterion, text);
	amendment->papers.plan = papers_append(amendment->call->arena, amendment->papers.plan, "questions", question);
	return true;
}

void question_withdraw(struct amendment *amendment, const char *criterion)
{
	char at[INSTANT_TEXT_SIZE];
	const char *now = arena_printf(amendment->call->arena, "\"%s\"", zoned_now(amendment, at));
	const struct json *node = json_first(json_member(amendment->papers.plan, "questions"));
	for (size_t index = 0; node != NULL; node = json_next(node), index++) {
		if (open_still(node) && member_is(node, "criterion", criterion)) {
			set_member(amendment, index, "withdrawn_at", now);
		}
	}
}

static const char *answer_json(const struct amendment *amendment, const char *text, const char *document)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	text_init(&out, amendment->call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "text", text);
	json_member_text(&writer, "document", document);
	json_member_text(&writer, "at", zoned_now(amendment, at));
	json_close_object(&writer);
	return out.data;
}

bool question_answer(struct amendment *amendment, const char *id, const char *text, const char *document)
{
	const struct json *node = json_first(json_member(amendment->papers.plan, "questions"));
	for (size_t index = 0; node != NULL; node = json_next(node), index++) {
		if (member_is(node, "id", id) && open_still(node)) {
			set_member(amendment, index, "answer", answer_json(amendment, text, document));
			criterion_reopen(amendment, json_text(json_member(node, "criterion")));
			return true;
		}
	}
	return false;
}
