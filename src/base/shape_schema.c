/* SPDX-License-Identifier: Apache-2.0 */
#include "base/shape_schema.h"

#include <stdarg.h>
#include <string.h>

enum { SCHEMA_DEPTH = 24 };

enum {
	ON_ANY = (1U << RULE_KIND_COUNT) - 1,
	ON_TEXT = 1U << RULE_TEXT,
	ON_NUMBERS = 1U << RULE_INTEGER | 1U << RULE_NUMBER,
	ON_TIMES = 1U << RULE_DATE | 1U << RULE_INSTANT | 1U << RULE_MOMENT,
	ON_OBJECT = 1U << RULE_OBJECT,
	ON_RECORDS = 1U << RULE_RECORDS,
	ON_LISTS = 1U << RULE_TEXTS | ON_RECORDS,
};

struct keyword {
	const char *name;
	unsigned kinds; /* whose values it says something about */
	bool root; /* only in the outermost schema of a file */
};

static const struct keyword keywords[] = {
	{"type", ON_ANY, false},
	{"title", ON_ANY, false},
	{"description", ON_ANY, false},
	{"examples", ON_ANY, false},
	{"properties", ON_OBJECT, false},
	{"required", ON_OBJECT, false},
	{"additionalProperties", ON_OBJECT, false},
	{"x-members", ON_OBJECT, false},
	{"items", ON_LISTS, false},
	{"minItems", ON_LISTS, false},
	{"maxItems", ON_LISTS, false},
	{"x-unique", ON_RECORDS, false},
	{"enum", ON_TEXT, false},
	{"x-words", ON_TEXT, false},
	{"minLength", ON_TEXT, false},
	{"maxLength", ON_TEXT, false},
	{"format", ON_TIMES, false},
	{"minimum", ON_NUMBERS, false},
	{"maximum", ON_NUMBERS, false},
	{"x-form", ON_TEXT | ON_NUMBERS, false},
	{"$schema", ON_ANY, true},
	{"$id", ON_ANY, true},
	{"$defs", ON_ANY, true},
};

struct format_row {
	const char *name;
	enum rule_kind kind;
};

static const struct format_row formats[] = {
	{"date", RULE_DATE},
	{"date-time", RULE_INSTANT},
	{"moment", RULE_MOMENT},
};

static const struct keyword *keyword_find(const char *name)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strcmp(keywords[i].name, name) == 0) {
			return &keywords[i];
		}
	}
	return NULL;
}

bool schema_fail(const struct schema_reader *reader, const struct schema_spot *spot, const char *format, ...)
{
	va_list arguments;
	const char *why;

	va_start(arguments, format);
	why = arena_vprintf(reader->arena, format, arguments);
	va_end(arguments);
	return err_set(reader->err, ERR_CONFIG, "%s#%s: %s", spot->file, spot->at, why);
}

struct schema_spot schema_below(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword,
				const char *name, const struct json *node)
{
	const struct place root = {0};
	struct schema_spot below = *spot;

	below.node = node;
	below.depth++;
	below.at = arena_printf(reader->arena, "%s/%s%s", spot->at, keyword,
				name == NULL ? "" : place_pointer(reader->arena, &(struct place){&root, name, 0}));
	return below;
}

/* Beside $ref only words for people may stand: anything else would have to be merged with what it refers to. */
static bool check_beside_ref(const struct schema_reader *reader, const struct schema_spot *spot)
{
	for (const struct json *child = json_first(spot->node); child != NULL; child = json_next(child)) {
		const char *name = json_name(child);

		if (strcmp(name, "$ref") != 0 && strcmp(name, "title") != 0 && strcmp(name, "description") != 0 &&
		    strcmp(name, "examples") != 0) {
			return schema_fail(reader, spot, "\"%s\" may not stand beside $ref", name);
		}
	}
	return true;
}

static bool follow(const struct schema_reader *reader, struct schema_spot *spot, const char *reference)
{
	const char *fragment = strchr(reference, '#');
	struct schema_spot target = {.depth = spot->depth + 1, .document = spot->document, .file = spot->file};

	if (fragment == NULL || strncmp(fragment, "#/$defs/", 8) != 0) {
		return schema_fail(reader, spot, "$ref must name \"#/$defs/x\" or \"file.json#/$defs/x\"");
	}
	if (fragment != reference) {
		target.file = arena_text(reader->arena, reference, (size_t)(fragment - reference));
		target.document = reader->file == NULL ? NULL : reader->file(reader->file_context, target.file);
		if (target.document == NULL) {
			return schema_fail(reader, spot, "there is no file \"%s\"", target.file);
		}
	}
	target.at = fragment + 1;
	target.node = json_at(target.document, target.at);
	if (target.node == NULL) {
		return schema_fail(reader, spot, "$ref names \"%s\", which is not there", reference);
	}
	*spot = target;
	return true;
}

bool schema_resolve(const struct schema_reader *reader, struct schema_spot *spot)
{
	for (;;) {
		const struct json *reference;

		if (spot->depth > SCHEMA_DEPTH) {
			return schema_fail(reader, spot, "nested deeper than %d levels; does a $ref lead back to itself?",
					   SCHEMA_DEPTH);
		}
		if (json_kind(spot->node) != JSON_OBJECT) {
			return schema_fail(reader, spot, "a schema must be an object");
		}
		reference = json_member(spot->node, "$ref");
		if (reference == NULL) {
			return true;
		}
		if (json_text(reference) == NULL) {
			return schema_fail(reader, spot, "$ref must be text");
		}
		if (!check_beside_ref(reader, spot) || !follow(reader, spot, json_text(reference))) {
			return false;
		}
	}
}

/* `type` is a word, or a word and "null". */
static bool read_type(const struct schema_reader *reader, const struct schema_spot *spot, const char **ret_type,
		      bool *ret_nullable)
{
	const struct json *type = json_member(spot->node, "type");

	*ret_nullable = false;
	if (type != NULL && json_kind(type) == JSON_ARRAY) {
		const struct json *first = json_first(type);
		const char *second = json_count(type) == 2 ? json_text(json_next(first)) : NULL;

		if (second == NULL || strcmp(second, "null") != 0) {
			return schema_fail(reader, spot, "a list of types must be one type and \"null\"");
		}
		*ret_nullable = true;
		type = first;
	}
	*ret_type = json_text(type);
	if (*ret_type == NULL) {
		return schema_fail(reader, spot, "every schema needs a \"type\"");
	}
	return true;
}

static bool text_kind(const struct schema_reader *reader, const struct schema_spot *spot, enum rule_kind *ret_kind)
{
	const char *format = NULL;

	if (!schema_text(reader, spot, "format", &format)) {
		return false;
	}
	if (format == NULL) {
		*ret_kind = RULE_TEXT;
		return true;
	}
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i].name, format) == 0) {
			*ret_kind = formats[i].kind;
			return true;
		}
	}
	return schema_fail(reader, spot, "unknown format \"%s\"", format);
}

static bool list_kind(const struct schema_reader *reader, const struct schema_spot *spot, enum rule_kind *ret_kind)
{
	const struct json *items = json_member(spot->node, "items");
	struct schema_spot element;
	const char *type = "";
	bool nullable = false;

	if (items == NULL) {
		return schema_fail(reader, spot, "an array needs \"items\"");
	}
	element = schema_below(reader, spot, "items", NULL, items);
	if (!schema_resolve(reader, &element) || !read_type(reader, &element, &type, &nullable)) {
		return false;
	}
	if (nullable) {
		return schema_fail(reader, &element, "elements of an array may not be null");
	}
	if (strcmp(type, "object") == 0) {
		*ret_kind = RULE_RECORDS;
		return true;
	}
	if (strcmp(type, "string") == 0 && json_member(element.node, "format") == NULL) {
		*ret_kind = RULE_TEXTS;
		return true;
	}
	return schema_fail(reader, &element, "an array holds objects or plain text, nothing else");
}

bool schema_kind(const struct schema_reader *reader, const struct schema_spot *spot, enum rule_kind *ret_kind,
		 bool *ret_nullable)
{
	const char *type = "";

	if (!read_type(reader, spot, &type, ret_nullable)) {
		return false;
	}
	if (strcmp(type, "string") == 0) {
		return text_kind(reader, spot, ret_kind);
	}
	if (strcmp(type, "array") == 0) {
		return list_kind(reader, spot, ret_kind);
	}
	if (strcmp(type, "object") == 0) {
		*ret_kind = RULE_OBJECT;
	} else if (strcmp(type, "boolean") == 0) {
		*ret_kind = RULE_BOOLEAN;
	} else if (strcmp(type, "integer") == 0) {
		*ret_kind = RULE_INTEGER;
	} else if (strcmp(type, "number") == 0) {
		*ret_kind = RULE_NUMBER;
	} else {
		return schema_fail(reader, spot, "unknown type \"%s\"", type);
	}
	return true;
}

bool schema_keywords(const struct schema_reader *reader, const struct schema_spot *spot, enum rule_kind kind, bool root)
{
	for (const struct json *child = json_first(spot->node); child != NULL; child = json_next(child)) {
		const struct keyword *keyword = keyword_find(json_name(child));

		if (keyword == NULL || (keyword->root && !root)) {
			return schema_fail(reader, spot, "the keyword \"%s\" is not used here", json_name(child));
		}
		if ((keyword->kinds & 1U << kind) == 0) {
			return schema_fail(reader, spot, "\"%s\" says nothing about this type", json_name(child));
		}
	}
	return true;
}

bool schema_size(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword, size_t fallback,
		 size_t *ret_size)
{
	const struct json *node = json_member(spot->node, keyword);
	int64_t value = 0;

	if (node == NULL) {
		*ret_size = fallback;
		return true;
	}
	if (json_kind(node) != JSON_NUMBER || !json_integer(node, &value) || value < 0 || value > 1000000) {
		return schema_fail(reader, spot, "\"%s\" must be a whole number from 0 to 1000000", keyword);
	}
	*ret_size = (size_t)value;
	return true;
}

bool schema_bound(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword, double fallback,
		  double *ret_bound)
{
	const struct json *node = json_member(spot->node, keyword);

	if (node != NULL && json_kind(node) != JSON_NUMBER) {
		return schema_fail(reader, spot, "\"%s\" must be a number", keyword);
	}
	*ret_bound = node == NULL ? fallback : json_number(node);
	return true;
}

bool schema_text(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword, const char **ret_text)
{
	const struct json *node = json_member(spot->node, keyword);

	*ret_text = json_text(node);
	if (node != NULL && *ret_text == NULL) {
		return schema_fail(reader, spot, "\"%s\" must be text", keyword);
	}
	return true;
}
