/* SPDX-License-Identifier: Apache-2.0 */
/* Schemas and bodies for the tests of shapes, written with apostrophes for quotation marks. */
#ifndef TESTS_SHAPE_FIXTURE_H
#define TESTS_SHAPE_FIXTURE_H

#include "base/shape.h"

#include "base/text.h"

#include <check.h>
#include <string.h>

#define LIST_OF_A \
	"{'type':'array','maxItems':4,'x-unique':'a','items':{'type':'object','additionalProperties':false," \
	"'properties':{'a':{'type':['string','null'],'maxLength':1}}}}"

static inline const struct json *fixture_json(struct arena *arena, const char *written)
{
	char *json = arena_copy(arena, written);
	struct err err;

	for (char *at = json; *at != '\0'; at++) {
		if (*at == '\'') {
			*at = '"';
		}
	}
	const struct json *tree = json_parse(arena, json, strlen(json), &json_limits_file, &err);
	ck_assert_msg(tree != NULL, "%s: %s", written, err.detail);
	return tree;
}

/* What a policy would declare: the list "colours" and the members "answers". */
static inline const struct shape_declarations *fixture_declarations(struct arena *arena)
{
	static const char *const colours[] = {"red", "blue"};
	static const struct shape_words words[] = {{"colours", colours, 2}};
	struct shape_members *members = arena_alloc(arena, sizeof(*members));
	struct shape_declarations *declarations = arena_alloc(arena, sizeof(*declarations));

	members->name = "answers";
	members->properties = fixture_json(arena, "{'calm':{'type':['boolean','null'],'title':'Calm'}}");
	*declarations = (struct shape_declarations){.words = words, .words_count = 1, .members = members, .members_count = 1};
	return declarations;
}

static inline const struct shape *fixture_compile(struct arena *arena, const char *schema)
{
	struct err err;
	const struct shape *shape =
		shape_compile(arena, fixture_json(arena, schema), fixture_declarations(arena), NULL, NULL, &err);

	ck_assert_msg(shape != NULL, "%s: %s", schema, err.detail);
	return shape;
}

static inline const struct record *fixture_decode(struct arena *arena, const char *schema, const char *body,
						  struct issues *issues)
{
	issues_init(issues, arena);
	return shape_decode(fixture_compile(arena, schema), fixture_json(arena, body), arena, issues);
}

/* "pointer code; pointer code" */
static inline const char *fixture_said(const struct issues *issues)
{
	struct text said;

	text_init(&said, issues->arena, 64);
	text_puts(&said, "");
	for (size_t i = 0; i < issues->count; i++) {
		text_printf(&said, "%s%s %s", i == 0 ? "" : "; ", issues->items[i].pointer, issues->items[i].code);
	}
	return said.data;
}

#endif
