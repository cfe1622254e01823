/* SPDX-License-Identifier: Apache-2.0 */
#include "review/same.h"

#include "base/text.h"

#include <string.h>

static const struct json *said(const struct json *node)
{
	const bool nothing =
		node == NULL || json_kind(node) == JSON_NULL || (json_kind(node) == JSON_TEXT && text_blank(json_text(node)));
	return nothing ? NULL : node;
}

static bool kept_elements(const struct json *before, const struct json *now)
{
	const struct json *left = json_first(before);
	const struct json *right = json_first(now);
	if (left == NULL) {
		return true;
	}
	while (left != NULL && right != NULL && same_kept(left, right)) {
		left = json_next(left);
		right = json_next(right);
	}
	return left == NULL && right == NULL;
}

static bool kept_members(const struct json *before, const struct json *now)
{
	for (const struct json *node = json_first(before); node != NULL; node = json_next(node)) {
		if (!same_kept(node, json_member(now, json_name(node)))) {
			return false;
		}
	}
	return true;
}

/* Depth is bounded by the reader. */
bool same_kept(const struct json *before, const struct json *now)
{
	const struct json *left = said(before);
	const struct json *right = said(now);
	if (left == NULL) {
		return true;
	}
	if (right == NULL || json_kind(left) != json_kind(right)) {
		return false;
	}
	switch (json_kind(left)) {
	case JSON_NULL: return true;
	case JSON_BOOLEAN: return json_boolean(left) == json_boolean(right);
	case JSON_NUMBER: return !(json_number(left) < json_number(right)) && !(json_number(left) > json_number(right));
	case JSON_TEXT: return strcmp(json_text(left), json_text(right)) == 0;
	case JSON_ARRAY: return kept_elements(left, right);
	case JSON_OBJECT: return kept_members(left, right);
	}
	return false;
}

bool same_json(const struct json *a, const struct json *b)
{
	return same_kept(a, b) && same_kept(b, a);
}
