/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads one JSON body per line on standard input and prints per line what the shape says about it: "ok", "unreadable", or a JSON array
 * of the pointers that it refuses, sorted. shape_judge SCHEMA_DIRECTORY SCHEMA DECLARATIONS
 */
#include "base/json_write.h"
#include "base/shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_SIZE = 1 << 18, DECLARED_MAX = 16 };

struct judge {
	struct arena *arena;
	const char *directory;
};

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "shape_judge: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static const struct json *read_path(struct arena *arena, const char *path)
{
	FILE *stream = fopen(path, "rb");
	char *bytes = arena_alloc(arena, FILE_SIZE);
	struct err err;

	if (stream == NULL) {
		fail(path, "cannot be opened");
		return NULL;
	}
	const size_t length = fread(bytes, 1, FILE_SIZE, stream);
	fclose(stream);
	const struct json *tree = json_parse(arena, bytes, length, &json_limits_file, &err);
	if (tree == NULL) {
		fail(path, err.detail);
	}
	return tree;
}

static const struct json *read_schema(void *context, const char *file)
{
	const struct judge *judge = context;

	return read_path(judge->arena, arena_printf(judge->arena, "%s/%s", judge->directory, file));
}

static struct shape_words words_of(struct arena *arena, const struct json *list)
{
	const char **words = arena_array(arena, json_count(list) + 1, sizeof(*words));
	size_t count = 0;

	for (const struct json *word = json_first(list); word != NULL; word = json_next(word)) {
		words[count++] = json_text(word);
	}
	return (struct shape_words){json_name(list), words, count};
}

static const struct shape_declarations *read_declarations(struct arena *arena, const char *path)
{
	const struct json *tree = read_path(arena, path);
	struct shape_declarations *declarations = arena_alloc(arena, sizeof(*declarations));
	struct shape_words *words = arena_array(arena, DECLARED_MAX, sizeof(*words));
	struct shape_members *members = arena_array(arena, DECLARED_MAX, sizeof(*members));
	const struct json *each = json_first(json_member(tree, "words"));

	for (; each != NULL && declarations->words_count < DECLARED_MAX; each = json_next(each)) {
		words[declarations->words_count++] = words_of(arena, each);
	}
	each = json_first(json_member(tree, "members"));
	for (; each != NULL && declarations->members_count < DECLARED_MAX; each = json_next(each)) {
		members[declarations->members_count++] = (struct shape_members){json_name(each), each};
	}
	declarations->words = words;
	declarations->members = members;
	return declarations;
}

static int compare_pointers(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void print_pointers(const struct issues *issues)
{
	const char *pointers[ISSUES_MAX];
	struct json_writer writer;
	struct text out;

	for (size_t i = 0; i < issues->count; i++) {
		pointers[i] = issues->items[i].pointer;
	}
	qsort(pointers, issues->count, sizeof(pointers[0]), compare_pointers);
	text_init(&out, issues->arena, 256);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (size_t i = 0; i < issues->count; i++) {
		json_put_text(&writer, pointers[i]);
	}
	json_close_array(&writer);
	puts(out.data);
}

static void judge_line(const struct shape *shape, struct arena *arena, const char *line, size_t length)
{
	struct issues issues;
	struct err err;
	const struct json *body = json_parse(arena, line, length, &json_limits_body, &err);

	if (body == NULL) {
		puts("unreadable");
		return;
	}
	issues_init(&issues, arena);
	if (shape_decode(shape, body, arena, &issues) != NULL) {
		puts("ok");
	} else {
		print_pointers(&issues);
	}
}

int main(int argc, char **argv)
{
	struct judge judge = {.arena = arena_create()};
	struct arena *arena = arena_create();
	struct err err;
	char *line = NULL;
	size_t size = 0;

	if (argc != 4) {
		fail("usage", "shape_judge SCHEMA_DIRECTORY SCHEMA DECLARATIONS");
	}
	judge.directory = argv[1];
	const struct shape *shape = shape_compile(judge.arena, read_schema(&judge, argv[2]),
						  read_declarations(judge.arena, argv[3]), read_schema, &judge, &err);
	if (shape == NULL) {
		fail(argv[2], err.detail);
	}
	for (ssize_t length = getline(&line, &size, stdin); length >= 0; length = getline(&line, &size, stdin)) {
		judge_line(shape, arena, line, (size_t)length);
		arena_reset(arena);
	}
	free(line);
	arena_destroy(arena);
	arena_destroy(judge.arena);
	return EXIT_SUCCESS;
}
