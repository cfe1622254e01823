/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "base/json_node.h"
#include "base/json_pointer.h"

#include <string.h>

/* One edit on its way down the pointer. */
struct edit {
	struct arena *arena;
	const char *pointer;
	const char *rest; /* what is left of POINTER below the node at hand */
	const struct json *value;
	struct err *err;
};

static const struct json *edited(struct edit *edit, const struct json *node);

static struct json *refuse(const struct edit *edit, const char *why)
{
	err_set(edit->err, ERR_CONFIG, "%s: %s", edit->pointer, why);
	return NULL;
}

static bool is_last(const struct edit *edit)
{
	return *edit->rest == '\0';
}

/*
 * The children of NODE, shallowly copied, with TARGET edited, replaced or left out. False when the edit
 * below failed.
 */
static bool copy_children(struct edit *edit, const struct json *node, const struct json *target, struct json_list *list)
{
	const bool last = is_last(edit); /* going down moves on */
	for (const struct json *child = node->first; child != NULL; child = child->next) {
		const struct json *kept = child;
		if (child == target) {
			kept = last ? edit->value : edited(edit, child);
			if (kept == NULL && !last) {
				return false;
			}
		}
		if (kept != NULL) {
			struct json *copy = json_shallow(edit->arena, kept);
			copy->name = child->name;
			json_list_add(list, copy);
		}
	}
	return true;
}

/* NODE with the rest of the pointer applied below it; a new node. */
static const struct json *edited(struct edit *edit, const struct json *node)
{
	struct json_token token;
	if (!json_pointer_next(&edit->rest, &token)) {
		return refuse(edit, "not an RFC 6901 pointer");
	}
	if (node->kind != JSON_ARRAY && node->kind != JSON_OBJECT) {
		return refuse(edit, "the parent is neither an object nor an array");
	}
	const struct json *target = json_pointer_child(node, &token);
	const bool appends = node->kind == JSON_OBJECT || json_token_is(&token, "-");
	if (target == NULL && (!is_last(edit) || edit->value == NULL || !appends)) {
		return refuse(edit, is_last(edit) ? "there is nothing here" : "the parent does not exist");
	}
	struct json_list list = {0};
	if (!copy_children(edit, node, target, &list)) {
		return NULL;
	}
	if (target == NULL) {
		struct json *added = json_shallow(edit->arena, edit->value);
		added->name = node->kind == JSON_OBJECT ? json_token_text(&token, edit->arena) : NULL;
		json_list_add(&list, added);
	}
	struct json *copy = json_shallow(edit->arena, node);
	json_list_close(&list, copy);
	return copy;
}

const struct json *json_edit(struct arena *arena, const struct json *root, const char *pointer, const struct json *value,
			     struct err *err)
{
	struct edit edit = {.arena = arena, .pointer = pointer, .rest = pointer, .value = value, .err = err};
	if (*pointer != '\0') {
		return edited(&edit, root);
	}
	if (value == NULL) {
		return refuse(&edit, "the whole document cannot be removed");
	}
	struct json *copy = json_shallow(arena, value);
	copy->name = NULL;
	return copy;
}
