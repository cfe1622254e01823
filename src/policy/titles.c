/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/titles.h"

#include <string.h>

enum { STEP_MAX = 128 };

static const struct json *resolve(const struct json *root, const struct json *node)
{
	const char *reference = json_text(json_member(node, "$ref"));
	return reference && reference[0] == '#' ? json_at(root, reference + 1) : node;
}

/* One step down; an asterisk stands for the elements of a list. */
static const struct json *step_into(const struct vocabulary *vocabulary, const struct json *node, const char *step)
{
	if (strcmp(step, "*") == 0) {
		return json_member(node, "items");
	}
	const char *declared = json_text(json_member(node, "x-members"));
	const struct json *properties =
		declared && strcmp(declared, "facts") == 0 ? vocabulary->facts : json_member(node, "properties");
	return json_member(properties, step);
}

/* Before a last reference is resolved: what refers may have a title of its own. */
static const struct json *walk(const struct vocabulary *vocabulary, const char *path)
{
	const struct json *root = vocabulary->request_schema;
	const struct json *node = root;
	const char *at = path;
	while (node && *at == '/') {
		char step[STEP_MAX];
		const size_t length = strcspn(at + 1, "/");
		if (length >= sizeof(step)) {
			return NULL;
		}
		memcpy(step, at + 1, length);
		step[length] = '\0';
		node = step_into(vocabulary, resolve(root, node), step);
		at += length + 1;
	}
	return node;
}

const struct json *title_node(const struct vocabulary *vocabulary, const char *path)
{
	const struct json *node = walk(vocabulary, path);
	return node ? resolve(vocabulary->request_schema, node) : NULL;
}

const char *title_at(const struct vocabulary *vocabulary, const char *path)
{
	const struct json *node = walk(vocabulary, path);
	const char *own = json_text(json_member(node, "title"));
	return own || !node ? own : json_text(json_member(resolve(vocabulary->request_schema, node), "title"));
}

bool title_holds(const struct json *node, const char *type)
{
	const struct json *types = json_member(node, "type");
	bool holds = types && json_text(types) && strcmp(json_text(types), type) == 0;
	for (const struct json *one = types && json_kind(types) == JSON_ARRAY ? json_first(types) : NULL; one && !holds;
	     one = json_next(one)) {
		holds = json_text(one) && strcmp(json_text(one), type) == 0;
	}
	return holds;
}

bool title_asks(const char *title)
{
	static const char *const words[] = {"Who ", "What ", "When ", "Where ", "Which ", "Why ", "How "};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strncmp(title, words[i], strlen(words[i])) == 0) {
			return true;
		}
	}
	return false;
}
