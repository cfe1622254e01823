/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "base/json_node.h"
#include "base/json_scan.h"

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define KIB ((size_t)1024)

const struct json_limits json_limits_body = {.bytes = 256 * KIB, .depth = 32, .nodes = 20000, .members = 512, .text = 64 * KIB};
const struct json_limits json_limits_file = {
	.bytes = 8192 * KIB, .depth = 64, .nodes = 2000000, .members = 20000, .text = 64 * KIB};

/*
 * cJSON's hooks are global: they are set once, and use the arena of the json_parse() that this thread is
 * in, if any.
 */
static _Thread_local struct arena *parsing;
static pthread_once_t hooks_once = PTHREAD_ONCE_INIT;

static void *hook_allocate(size_t size)
{
	return parsing != NULL ? arena_alloc(parsing, size) : malloc(size);
}

static void hook_free(void *memory)
{
	if (parsing == NULL) {
		free(memory);
	}
}

static void set_hooks(void)
{
	cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = hook_allocate, .free_fn = hook_free});
}

static cJSON *parse_in(struct arena *arena, const char *bytes, size_t length)
{
	pthread_once(&hooks_once, set_hooks);
	parsing = arena;
	cJSON *root = cJSON_ParseWithLength(bytes, length);
	parsing = NULL;
	return root;
}

/* The walk from cJSON's tree to ours, in the order of the text, which is the order of the scan's numbers. */
struct conversion {
	struct arena *arena;
	const unsigned char *integers;
	size_t number;
};

static struct json *convert(struct conversion *conversion, const cJSON *from)
{
	struct json *node = arena_alloc(conversion->arena, sizeof(*node));
	node->name = from->string;
	switch (from->type & 0xFF) {
	case cJSON_False:
	case cJSON_True:
		node->kind = JSON_BOOLEAN;
		node->truth = (from->type & cJSON_True) != 0;
		break;
	case cJSON_Number:
		node->kind = JSON_NUMBER;
		node->number = from->valuedouble;
		node->integer = conversion->integers[conversion->number / 8] >> conversion->number % 8 & 1;
		conversion->number++;
		break;
	case cJSON_String:
		node->kind = JSON_TEXT;
		node->text = from->valuestring;
		break;
	case cJSON_Array:
	case cJSON_Object: {
		node->kind = (from->type & cJSON_Array) != 0 ? JSON_ARRAY : JSON_OBJECT;
		struct json_list list = {0};
		for (const cJSON *child = from->child; child != NULL; child = child->next) {
			json_list_add(&list, convert(conversion, child));
		}
		json_list_close(&list, node);
		break;
	}
	default: node->kind = JSON_NULL; break;
	}
	return node;
}

const struct json *json_parse(struct arena *arena, const char *bytes, size_t length, const struct json_limits *limits,
			      struct err *err)
{
	struct json_scan_numbers numbers;
	if (length > limits->bytes) {
		err_set(err, ERR_TOO_LARGE, "the text has more than %zu bytes", limits->bytes);
		return NULL;
	}
	if (!json_scan(arena, bytes, length, limits, &numbers, err)) {
		return NULL;
	}
	const cJSON *parsed = parse_in(arena, bytes, length);
	struct conversion conversion = {.arena = arena, .integers = numbers.integers};
	const struct json *root = parsed != NULL ? convert(&conversion, parsed) : NULL;
	if (root == NULL || conversion.number != numbers.count) {
		err_set(err, ERR_INTERNAL, "the strict scan and the parser read this text differently");
		return NULL;
	}
	return root;
}

/* A tree that shares nothing with FROM; as deep as the limits of its parsing let it be. */
static struct json *copy_tree(struct arena *arena, const struct json *from)
{
	struct json *copy = json_shallow(arena, from);
	copy->name = arena_copy(arena, from->name);
	if (from->kind == JSON_TEXT) {
		copy->text = arena_copy(arena, from->text);
	} else if (from->kind == JSON_ARRAY || from->kind == JSON_OBJECT) {
		struct json_list list = {0};
		for (const struct json *child = from->first; child != NULL; child = child->next) {
			json_list_add(&list, copy_tree(arena, child));
		}
		json_list_close(&list, copy);
	}
	return copy;
}

const struct json *json_parse_kept(struct arena *arena, const char *bytes, size_t length, const struct json_limits *limits,
				   struct err *err)
{
	struct arena *scratch = arena_create();
	const struct json *parsed = json_parse(scratch, bytes, length, limits, err);
	const struct json *root = parsed != NULL ? copy_tree(arena, parsed) : NULL;
	arena_destroy(scratch);
	return root;
}

void json_list_add(struct json_list *list, struct json *child)
{
	child->next = NULL;
	if (list->last == NULL) {
		list->first = child;
	} else {
		list->last->next = child;
	}
	list->last = child;
	list->count++;
}

void json_list_close(const struct json_list *list, struct json *node)
{
	node->first = list->first;
	node->count = list->count;
}

struct json *json_shallow(struct arena *arena, const struct json *node)
{
	struct json *copy = arena_alloc(arena, sizeof(*copy));
	*copy = *node;
	copy->next = NULL;
	return copy;
}
