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

const char *title_at(const struct vocabulary *vocabulary, const char *path)
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
	const char *own = json_text(json_member(node, "title"));
	return own ? own : json_text(json_member(resolve(root, node), "title"));
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
