/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/form.h"

#include "base/civil.h"
#include "base/text.h"

#include <string.h>

enum { FORM_NAMES_MAX = 64 };

struct former {
	const struct json *root;
	struct issues *issues;
	bool good;
};

static void check_value(struct former *former, const struct json *schema, const struct json *node, const struct spot *spot);

static void complain(struct former *former, const struct spot *spot, const char *code, const char *what)
{
	former->good = false;
	spot_issue(former->issues, spot, code, "%s", what);
}

static bool kind_fits(const char *type, const struct json *node)
{
	int64_t ignored;
	switch (json_kind(node)) {
	case JSON_NULL: return strcmp(type, "null") == 0;
	case JSON_BOOLEAN: return strcmp(type, "boolean") == 0;
	case JSON_NUMBER: return strcmp(type, "number") == 0 || (strcmp(type, "integer") == 0 && json_integer(node, &ignored));
	case JSON_TEXT: return strcmp(type, "string") == 0;
	case JSON_ARRAY: return strcmp(type, "array") == 0;
	case JSON_OBJECT: return strcmp(type, "object") == 0;
	}
	return false;
}

static bool check_type(struct former *former, const struct json *type, const struct json *node, const struct spot *spot)
{
	if (json_kind(type) == JSON_TEXT) {
		if (kind_fits(json_text(type), node)) {
			return true;
		}
		spot_issue(former->issues, spot, "wrong_type", "must be of type %s%s", json_text(type),
			   spot_quoted_number(node));
		former->good = false;
		return false;
	}
	for (const struct json *one = json_first(type); one; one = json_next(one)) {
		if (kind_fits(json_text(one), node)) {
			return true;
		}
	}
	complain(former, spot, "wrong_type", "is not of a type that may stand here");
	return false;
}

static double bound(const struct json *schema, const char *keyword, double otherwise)
{
	const struct json *limit = json_member(schema, keyword);
	return limit ? json_number(limit) : otherwise;
}

static void check_size(struct former *former, const struct json *schema, const struct json *node, const struct spot *spot)
{
	double size = 0;
	const char *least = "minimum";
	const char *most = "maximum";
	switch (json_kind(node)) {
	case JSON_TEXT:
		size = (double)text_points(json_text(node));
		least = "minLength";
		most = "maxLength";
		break;
	case JSON_ARRAY:
		size = (double)json_count(node);
		least = "minItems";
		most = "maxItems";
		break;
	case JSON_OBJECT:
		size = (double)json_count(node);
		least = "minProperties";
		most = "maxProperties";
		break;
	case JSON_NUMBER: size = json_number(node); break;
	case JSON_NULL:
	case JSON_BOOLEAN: return;
	}
	if (size < bound(schema, least, size)) {
		complain(former, spot, "too_small", "is too small, too short or has too few parts");
	}
	if (size > bound(schema, most, size)) {
		complain(former, spot, "too_large", "is too large, too long or has too many parts");
	}
}

static void check_text(struct former *former, const struct json *schema, const struct json *node, const struct spot *spot)
{
	const struct json *words = json_member(schema, "enum");
	const char *text = json_text(node);
	const char *format = json_text(json_member(schema, "format"));
	struct civil_date ignored;
	if (format && strcmp(format, "date") == 0 && !civil_parse(text, &ignored)) {
		complain(former, spot, "not_a_date", "must be a date of the form YYYY-MM-DD");
	}
	if (!words) {
		return;
	}
	const char *names[FORM_NAMES_MAX];
	size_t count = 0;
	for (const struct json *word = json_first(words); word && count < FORM_NAMES_MAX; word = json_next(word)) {
		if (json_text(word)) {
			names[count++] = json_text(word);
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], text) == 0) {
			return;
		}
	}
	former->good = false;
	const char *near = text_nearest(text, names, count);
	spot_issue(former->issues, spot, "unknown_word",
		   near ? "\"%s\" is not a word for this; did you mean \"%s\"?" : "\"%s\" is not a word for this", text,
		   near ? near : "");
}

static void complain_unknown(struct former *former, const struct json *properties, const struct spot *spot, const char *name)
{
	const char *names[FORM_NAMES_MAX];
	size_t count = 0;
	for (const struct json *one = json_first(properties); one && count < FORM_NAMES_MAX; one = json_next(one)) {
		names[count++] = json_name(one);
	}
	const char *near = text_nearest(name, names, count);
	former->good = false;
	spot_issue(former->issues, spot, "unknown_member",
		   near ? "there is no such member; did you mean \"%s\"?" : "there is no such member%s", near ? near : "");
}

static void check_members(struct former *former, const struct json *schema, const struct json *node, const struct spot *spot)
{
	const struct json *properties = json_member(schema, "properties");
	const struct json *others = json_member(schema, "additionalProperties");
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		const struct json *rule = json_member(properties, json_name(one));
		if (rule) {
			check_value(former, rule, one, &here);
		} else if (others && json_kind(others) == JSON_OBJECT) {
			check_value(former, others, one, &here);
		} else if (others) {
			complain_unknown(former, properties, &here, json_name(one));
		}
	}
	for (const struct json *one = json_first(json_member(schema, "required")); one; one = json_next(one)) {
		if (!json_member(node, json_text(one))) {
			const struct spot here = spot_member(spot, json_text(one));
			complain(former, &here, "missing_member", "must be given");
		}
	}
}

static const struct json *follow(const struct former *former, const struct json *schema)
{
	const char *reference = json_text(json_member(schema, "$ref"));
	if (!reference) {
		return schema;
	}
	return reference[0] == '#' ? json_at(former->root, reference + 1) : NULL;
}

static bool keyword_known(const char *name)
{
	static const char *const known[] = {
		"$defs",       "$id",           "$ref",          "$schema",    "additionalProperties",
		"description", "enum",          "examples",      "format",     "items",
		"maxItems",    "maxLength",     "maxProperties", "maximum",    "minItems",
		"minLength",   "minProperties", "minimum",       "properties", "required",
		"title",       "type"};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static void check_value(struct former *former, const struct json *schema, const struct json *node, const struct spot *spot)
{
	schema = follow(former, schema);
	if (!schema) {
		complain(former, spot, "bad_schema", "the schema refers to nothing");
		return;
	}
	for (const struct json *one = json_first(schema); one; one = json_next(one)) {
		if (!keyword_known(json_name(one))) {
			spot_issue(former->issues, spot, "bad_schema", "the schema uses the keyword %s", json_name(one));
			former->good = false;
		}
	}
	const struct json *type = json_member(schema, "type");
	if (type && !check_type(former, type, node, spot)) {
		return;
	}
	check_size(former, schema, node, spot);
	if (json_kind(node) == JSON_TEXT) {
		check_text(former, schema, node, spot);
	} else if (json_kind(node) == JSON_OBJECT) {
		check_members(former, schema, node, spot);
	} else if (json_kind(node) == JSON_ARRAY && json_member(schema, "items")) {
		size_t index = 0;
		for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
			const struct spot here = spot_element(spot, index);
			check_value(former, json_member(schema, "items"), one, &here);
		}
	}
}

bool form_check(const struct json *schema, const struct json *node, const struct spot *spot, struct issues *issues)
{
	return form_check_part(schema, "", node, spot, issues);
}

bool form_check_part(const struct json *schema, const char *pointer, const struct json *node, const struct spot *spot,
		     struct issues *issues)
{
	struct former former = {schema, issues, true};
	check_value(&former, json_at(schema, pointer), node, spot);
	return former.good;
}
