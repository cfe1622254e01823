/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "base/json_node.h"

#include <string.h>

static struct json *deep(struct arena *arena, const struct json *node);

static struct json *merged(struct arena *arena, const struct json *base, const struct json *supplement);

static void copy_children(struct arena *arena, const struct json *node, struct json *copy)
{
	struct json_list list = {0};
	for (const struct json *child = node->first; child != NULL; child = child->next) {
		json_list_add(&list, deep(arena, child));
	}
	json_list_close(&list, copy);
}

static struct json *deep(struct arena *arena, const struct json *node)
{
	struct json *copy = json_shallow(arena, node);
	copy->name = arena_copy(arena, node->name);
	if (node->kind == JSON_TEXT) {
		copy->text = arena_copy(arena, node->text);
	} else if (node->kind == JSON_ARRAY || node->kind == JSON_OBJECT) {
		copy_children(arena, node, copy);
	}
	return copy;
}

/*
 * True for an array in which every element is an object with an "id"; an empty one has nothing that would
 * contradict.
 */
static bool by_id(const struct json *node)
{
	for (const struct json *child = node->first; child != NULL; child = child->next) {
		if (json_text(json_member(child, "id")) == NULL) {
			return false;
		}
	}
	return true;
}

static const struct json *with_id(const struct json *array, const char *id)
{
	const struct json *child = array->first;
	while (child != NULL && strcmp(json_text(json_member(child, "id")), id) != 0) {
		child = child->next;
	}
	return child;
}

/* Known elements are replaced where they stand, new ones follow in the supplement's order. */
static void merge_elements(struct arena *arena, const struct json *base, const struct json *supplement, struct json_list *list)
{
	for (const struct json *child = base->first; child != NULL; child = child->next) {
		const struct json *newer = with_id(supplement, json_text(json_member(child, "id")));
		json_list_add(list, deep(arena, newer != NULL ? newer : child));
	}
	for (const struct json *child = supplement->first; child != NULL; child = child->next) {
		if (with_id(base, json_text(json_member(child, "id"))) == NULL) {
			json_list_add(list, deep(arena, child));
		}
	}
}

static void merge_members(struct arena *arena, const struct json *base, const struct json *supplement, struct json_list *list)
{
	for (const struct json *child = base->first; child != NULL; child = child->next) {
		const struct json *newer = json_member(supplement, child->name);
		json_list_add(list, newer != NULL ? merged(arena, child, newer) : deep(arena, child));
	}
	for (const struct json *child = supplement->first; child != NULL; child = child->next) {
		if (json_member(base, child->name) == NULL) {
			json_list_add(list, deep(arena, child));
		}
	}
}

static struct json *merged(struct arena *arena, const struct json *base, const struct json *supplement)
{
	const bool objects = base->kind == JSON_OBJECT && supplement->kind == JSON_OBJECT;
	const bool arrays = base->kind == JSON_ARRAY && supplement->kind == JSON_ARRAY;
	if (!objects && !(arrays && by_id(base) && by_id(supplement))) {
		return deep(arena, supplement);
	}
	struct json *copy = json_shallow(arena, base);
	copy->name = arena_copy(arena, base->name);
	struct json_list list = {0};
	if (objects) {
		merge_members(arena, base, supplement, &list);
	} else {
		merge_elements(arena, base, supplement, &list);
	}
	json_list_close(&list, copy);
	return copy;
}

const struct json *json_merge(struct arena *arena, const struct json *base, const struct json *supplement)
{
	struct json *root = base == NULL ? deep(arena, supplement) : merged(arena, base, supplement);
	root->name = NULL;
	return root;
}
