/* SPDX-License-Identifier: Apache-2.0 */
/* What the strict reader takes, the writer must write so that it reads back as the same tree. */
#include "base/arena.h"
#include "base/json.h"
#include "base/json_write.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Wide enough for whatever writing makes of an input: an escape of one byte takes six. */
static const struct json_limits wide = {
	.bytes = 64 << 20, .depth = 96, .nodes = 4000000, .members = 40000, .text = 1 << 20,
};

static void require(bool held, const char *what)
{
	if (!held) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
}

static bool same_name(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same(const struct json *a, const struct json *b)
{
	const bool alike = json_kind(a) == json_kind(b) && json_count(a) == json_count(b);
	if (!alike || !same_name(json_name(a), json_name(b))) {
		return false;
	}
	switch (json_kind(a)) {
	case JSON_NULL:
		return true;
	case JSON_BOOLEAN:
		return json_boolean(a) == json_boolean(b);
	case JSON_NUMBER:
		return !(json_number(a) < json_number(b)) && !(json_number(a) > json_number(b));
	case JSON_TEXT:
		return strcmp(json_text(a), json_text(b)) == 0;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	const struct json *other = json_first(b);
	for (const struct json *child = json_first(a); child != NULL; child = json_next(child)) {
		if (!same(child, other)) {
			return false;
		}
		other = json_next(other);
	}
	return true;
}

static struct text written(struct arena *arena, const struct json *root)
{
	struct text text;
	struct json_writer writer;
	text_init(&text, arena, 0);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, root);
	return text;
}

static void check_tree(struct arena *arena, const struct json *root)
{
	struct err err = {0};
	const struct text once = written(arena, root);
	require(text_utf8(once.data, once.length), "what is written is UTF-8");
	const struct json *back = json_parse(arena, once.data, once.length, &wide, &err);
	require(back != NULL, "what is written reads back");
	require(same(root, back), "it reads back as the same tree");
	require(strcmp(written(arena, back).data, once.data) == 0, "writing again gives the same text");
}

/* Every member is found by its name, and editing or merging a tree with itself gives the tree. */
static void check_places(struct arena *arena, const struct json *root)
{
	struct err err = {0};
	for (const struct json *child = json_first(root); child != NULL; child = json_next(child)) {
		require(json_name(child) == NULL || json_member(root, json_name(child)) == child,
		        "a member is found by its name");
	}
	const struct json *first = json_first(root);
	if (first != NULL && json_kind(root) == JSON_ARRAY) {
		const struct json *edited = json_edit(arena, root, "/0", first, &err);
		require(edited != NULL && same(edited, root), "replacing an element with itself changes nothing");
		const struct json *shorter = json_edit(arena, root, "/0", NULL, &err);
		require(shorter != NULL && json_count(shorter) + 1 == json_count(root), "removing takes one away");
	}
	/* Elements that share an id all become the first of them, so the second merge is the one to compare. */
	const struct json *merged = json_merge(arena, root, root);
	require(same(json_merge(arena, merged, merged), merged), "a tree merged with itself stays as it is");
}

/* The first text of the tree serves as a pointer: what it names can be replaced by itself, and removed. */
static void check_pointer(struct arena *arena, const struct json *root, const char *pointer)
{
	struct err err = {0};
	const struct json *found = json_at(root, pointer);
	const struct json *set = json_edit(arena, root, pointer, found != NULL ? found : root, &err);
	const struct json *removed = json_edit(arena, root, pointer, NULL, &err);
	if (found != NULL) {
		require(set != NULL && same(set, root), "replacing what is there by itself changes nothing");
		require((removed != NULL) == (*pointer != '\0'), "what is there can be removed, but not the whole");
	} else {
		require(removed == NULL && err.code == ERR_CONFIG, "what is not there cannot be removed");
	}
	if (set != NULL && found == NULL) {
		require(written(arena, set).length > written(arena, root).length, "adding makes the text longer");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	const struct json *root = json_parse(arena, (const char *)bytes, length, &json_limits_body, &err);
	if (root != NULL) {
		check_tree(arena, root);
		check_places(arena, root);
		if (json_text(json_first(root)) != NULL) {
			check_pointer(arena, root, json_text(json_first(root)));
		}
	} else {
		require(err.code == ERR_UNREADABLE || err.code == ERR_TOO_LARGE, "the scan and the parser agree");
		require(text_utf8(err.detail, strlen(err.detail)) && err.detail[0] != '\0', "the fault has a detail");
	}
	arena_destroy(arena);
	return 0;
}
