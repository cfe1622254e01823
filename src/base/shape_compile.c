/* SPDX-License-Identifier: Apache-2.0 */
/* Schema and declarations to rules, objects and layouts. */
#include "base/shape_schema.h"

#include <math.h>
#include <string.h>

enum { SLOTS_MAX = 4096 };

struct compiler {
	struct schema_reader reader;
	const struct shape_declarations *declarations;
};

/* A layout that is still growing. */
struct sheet {
	const char *pointer;
	struct slot_row *rows;
	size_t count;
	size_t capacity;
};

static bool compile_object(const struct compiler *compiler, struct sheet *sheet, const struct schema_spot *spot,
			   const char *path, const struct object **ret_object);

static bool add_slot(const struct compiler *compiler, struct sheet *sheet, const struct schema_spot *spot, const char *path,
		     struct rule *rule)
{
	struct arena *arena = compiler->reader.arena;

	if (sheet->count == SLOTS_MAX) {
		return schema_fail(&compiler->reader, spot, "one object may have %d members, inner ones counted", SLOTS_MAX);
	}
	if (sheet->count == sheet->capacity) {
		const size_t capacity = sheet->capacity == 0 ? 16 : sheet->capacity * 2;
		struct slot_row *rows = arena_array(arena, capacity, sizeof(*rows));

		if (sheet->count > 0) {
			memcpy(rows, sheet->rows, sheet->count * sizeof(*rows));
		}
		sheet->rows = rows;
		sheet->capacity = capacity;
	}
	rule->slot = (uint16_t)sheet->count;
	sheet->rows[sheet->count++] =
		(struct slot_row){.pointer = arena_printf(arena, "%s/%s", sheet->pointer, path), .path = path, .rule = rule};
	return true;
}

static const struct shape_words *declared_words(const struct compiler *compiler, const char *name)
{
	const struct shape_declarations *declarations = compiler->declarations;

	for (size_t i = 0; declarations != NULL && i < declarations->words_count; i++) {
		if (strcmp(declarations->words[i].name, name) == 0) {
			return &declarations->words[i];
		}
	}
	return NULL;
}

static const struct json *declared_members(const struct compiler *compiler, const char *name)
{
	const struct shape_declarations *declarations = compiler->declarations;

	for (size_t i = 0; declarations != NULL && i < declarations->members_count; i++) {
		if (strcmp(declarations->members[i].name, name) == 0) {
			return declarations->members[i].properties;
		}
	}
	return NULL;
}

static bool set_words(const struct compiler *compiler, const struct schema_spot *spot, const char *const *words, size_t count,
		      struct rule *rule)
{
	struct names *names = arena_alloc(compiler->reader.arena, sizeof(*names));
	size_t twice;

	if (count > NAMES_MAX) {
		return schema_fail(&compiler->reader, spot, "a closed list may have %d words", NAMES_MAX);
	}
	twice = names_build(compiler->reader.arena, words, count, names);
	if (twice < count) {
		return schema_fail(&compiler->reader, spot, "\"%s\" stands in the list twice", words[twice]);
	}
	rule->words = names;
	return true;
}

/* The words of `enum`; null stands among them exactly when the type says so too. */
static bool read_enum(const struct compiler *compiler, const struct schema_spot *spot, const struct json *list,
		      struct rule *rule)
{
	const char **words;
	size_t count = 0;
	bool null = false;

	if (json_kind(list) != JSON_ARRAY || json_count(list) == 0) {
		return schema_fail(&compiler->reader, spot, "\"enum\" must be a list of words");
	}
	words = arena_array(compiler->reader.arena, json_count(list), sizeof(*words));
	for (const struct json *word = json_first(list); word != NULL; word = json_next(word)) {
		if (json_kind(word) == JSON_NULL) {
			null = true;
		} else if (json_text(word) != NULL) {
			words[count++] = json_text(word);
		} else {
			return schema_fail(&compiler->reader, spot, "\"enum\" holds words and null only");
		}
	}
	if (null != rule->nullable) {
		return schema_fail(&compiler->reader, spot, "null must stand both in \"type\" and in \"enum\", or in neither");
	}
	return set_words(compiler, spot, words, count, rule);
}

static bool compile_text(const struct compiler *compiler, const struct schema_spot *spot, struct rule *rule)
{
	const struct schema_reader *reader = &compiler->reader;
	const struct json *words = json_member(spot->node, "enum");
	const struct shape_words *declared;
	const char *list = NULL;

	if (!schema_size(reader, spot, "minLength", 0, &rule->least) ||
	    !schema_size(reader, spot, "maxLength", SIZE_MAX, &rule->most) || !schema_text(reader, spot, "x-words", &list)) {
		return false;
	}
	if (words != NULL) {
		return read_enum(compiler, spot, words, rule);
	}
	if (rule->most == SIZE_MAX) {
		return schema_fail(reader, spot, "text needs \"maxLength\", \"enum\" or \"format\"");
	}
	declared = list == NULL ? NULL : declared_words(compiler, list);
	if (declared == NULL) {
		return true;
	}
	rule->list = list;
	return set_words(compiler, spot, declared->words, declared->count, rule);
}

static bool compile_number(const struct compiler *compiler, const struct schema_spot *spot, struct rule *rule)
{
	return schema_bound(&compiler->reader, spot, "minimum", -INFINITY, &rule->minimum) &&
	       schema_bound(&compiler->reader, spot, "maximum", INFINITY, &rule->maximum);
}

static bool read_form(const struct compiler *compiler, const struct schema_spot *spot, struct rule *rule)
{
	const char *form = NULL;

	if (!schema_text(&compiler->reader, spot, "x-form", &form)) {
		return false;
	}
	if (form == NULL) {
		return true;
	}
	if (!shape_form_find(form, &rule->form)) {
		return schema_fail(&compiler->reader, spot, "unknown x-form \"%s\"", form);
	}
	if (shape_form_numeric(rule->form) != (rule->kind != RULE_TEXT)) {
		return schema_fail(&compiler->reader, spot, "x-form \"%s\" says nothing about this type", form);
	}
	return true;
}

static const struct layout *sheet_layout(const struct compiler *compiler, const struct sheet *sheet,
					 const struct object *object)
{
	struct layout *layout = arena_alloc(compiler->reader.arena, sizeof(*layout));

	*layout = (struct layout){.pointer = sheet->pointer, .object = object, .rows = sheet->rows, .count = sheet->count};
	return layout;
}

/* x-unique names a text member of the elements. */
static bool read_unique(const struct compiler *compiler, const struct schema_spot *spot, struct rule *rule)
{
	const struct object *object = rule->elements->object;
	size_t place;

	if (!schema_text(&compiler->reader, spot, "x-unique", &rule->unique)) {
		return false;
	}
	if (rule->unique == NULL) {
		return true;
	}
	if (!names_find(&object->names, rule->unique, &place) || object->members[place].kind != RULE_TEXT) {
		return schema_fail(&compiler->reader, spot, "x-unique names \"%s\", which is no text member", rule->unique);
	}
	rule->unique_slot = object->members[place].slot;
	return true;
}

/* Elements that are objects have a layout of their own; elements that are text share one rule. */
static bool compile_list(const struct compiler *compiler, const struct sheet *sheet, const struct schema_spot *spot,
			 const char *path, struct rule *rule)
{
	const struct schema_reader *reader = &compiler->reader;
	struct schema_spot element = schema_below(reader, spot, "items", NULL, json_member(spot->node, "items"));
	struct sheet below = {.pointer = arena_printf(reader->arena, "%s/%s/*", sheet->pointer, path)};
	const struct object *object = NULL;
	struct rule *item;

	if (!schema_size(reader, spot, "minItems", 0, &rule->least) ||
	    !schema_size(reader, spot, "maxItems", SIZE_MAX, &rule->most) || !schema_resolve(reader, &element) ||
	    !schema_keywords(reader, &element, rule->kind == RULE_RECORDS ? RULE_OBJECT : RULE_TEXT, false)) {
		return false;
	}
	if (rule->most == SIZE_MAX) {
		return schema_fail(reader, spot, "an array needs \"maxItems\"");
	}
	if (rule->kind == RULE_TEXTS) {
		item = arena_alloc(reader->arena, sizeof(*item));
		item->kind = RULE_TEXT;
		rule->item = item;
		return json_member(element.node, "x-form") == NULL
			       ? compile_text(compiler, &element, item)
			       : schema_fail(reader, &element, "elements of a list of text have no x-form");
	}
	if (!compile_object(compiler, &below, &element, "", &object)) {
		return false;
	}
	rule->elements = sheet_layout(compiler, &below, object);
	return read_unique(compiler, spot, rule);
}

static bool compile_rule(const struct compiler *compiler, struct sheet *sheet, const struct schema_spot *written,
			 const char *path, struct rule *rule)
{
	struct schema_spot spot = *written;

	if (!schema_resolve(&compiler->reader, &spot) || !schema_kind(&compiler->reader, &spot, &rule->kind, &rule->nullable) ||
	    !schema_keywords(&compiler->reader, &spot, rule->kind, false) || !add_slot(compiler, sheet, &spot, path, rule) ||
	    !read_form(compiler, &spot, rule)) {
		return false;
	}
	switch (rule->kind) {
	case RULE_TEXT: return compile_text(compiler, &spot, rule);
	case RULE_INTEGER:
	case RULE_NUMBER: return compile_number(compiler, &spot, rule);
	case RULE_OBJECT: return compile_object(compiler, sheet, &spot, path, &rule->object);
	case RULE_TEXTS:
	case RULE_RECORDS: return compile_list(compiler, sheet, &spot, path, rule);
	case RULE_BOOLEAN:
	case RULE_DATE:
	case RULE_INSTANT:
	case RULE_MOMENT:
	case RULE_KIND_COUNT: break;
	}
	return true;
}

/* Members of an object while it is compiled. */
struct members {
	const char **names;
	struct rule *rules;
	size_t count;
};

/* Adds the members that PROPERTIES (named KEYWORD in messages) lists. */
static bool compile_members(const struct compiler *compiler, struct sheet *sheet, const struct schema_spot *spot,
			    const char *path, struct members *members)
{
	struct arena *arena = compiler->reader.arena;
	const struct place root = {0};

	for (const struct json *child = json_first(spot->node); child != NULL; child = json_next(child)) {
		const struct place member = {.parent = &root, .name = json_name(child)};
		const char *pointer = place_pointer(arena, &member);
		struct schema_spot below = *spot;

		below.node = child;
		below.depth++;
		below.at = arena_printf(arena, "%s%s", spot->at, pointer);
		members->names[members->count] = json_name(child);
		if (!compile_rule(compiler, sheet, &below,
				  arena_printf(arena, "%s%s", path, path[0] == '\0' ? pointer + 1 : pointer),
				  &members->rules[members->count++])) {
			return false;
		}
	}
	return true;
}

static bool read_required(const struct compiler *compiler, const struct schema_spot *spot, struct object *object,
			  struct rule *rules)
{
	const struct json *required = json_member(spot->node, "required");
	size_t place;

	if (required != NULL && json_kind(required) != JSON_ARRAY) {
		return schema_fail(&compiler->reader, spot, "\"required\" must be a list of names");
	}
	for (const struct json *name = json_first(required); name != NULL; name = json_next(name)) {
		if (json_text(name) == NULL || !names_find(&object->names, json_text(name), &place)) {
			return schema_fail(&compiler->reader, spot, "\"required\" names a member that is not there");
		}
		if (!rules[place].required) {
			rules[place].required = true;
			object->required_count++;
		}
	}
	return true;
}

/* The spots of an object's own properties and of those that a policy declares for it; a node is NULL when there are none. */
static bool find_properties(const struct compiler *compiler, const struct schema_spot *spot, struct schema_spot *ret_own,
			    struct schema_spot *ret_declared)
{
	const struct json *own = json_member(spot->node, "properties");
	const struct json *additional = json_member(spot->node, "additionalProperties");
	const struct json *declared = NULL;
	const char *name = NULL;

	if (!schema_text(&compiler->reader, spot, "x-members", &name)) {
		return false;
	}
	/* Who does not know the policy cannot know the members either: only for them may the object be left open. */
	const bool closed = additional != NULL && json_kind(additional) == JSON_BOOLEAN && !json_boolean(additional);
	if (!closed && (additional != NULL || name == NULL)) {
		return schema_fail(&compiler->reader, spot, "an object needs \"additionalProperties\": false");
	}
	if (name != NULL) {
		declared = declared_members(compiler, name);
	}
	*ret_own = schema_below(&compiler->reader, spot, "properties", NULL, own);
	*ret_declared = schema_below(&compiler->reader, spot, "x-members", name, declared);
	if ((own != NULL && json_kind(own) != JSON_OBJECT) || (own == NULL && name == NULL)) {
		return schema_fail(&compiler->reader, spot, "\"properties\" must be an object");
	}
	if (declared != NULL && json_kind(declared) != JSON_OBJECT) {
		return schema_fail(&compiler->reader, ret_declared, "what is declared must be an object of members");
	}
	return true;
}

static bool compile_object(const struct compiler *compiler, struct sheet *sheet, const struct schema_spot *spot,
			   const char *path, const struct object **ret_object)
{
	struct arena *arena = compiler->reader.arena;
	struct object *object = arena_alloc(arena, sizeof(*object));
	struct members members = {0};
	struct schema_spot own = {0};
	struct schema_spot declared = {0};
	size_t most;
	size_t twice;

	if (!find_properties(compiler, spot, &own, &declared)) {
		return false;
	}
	most = (own.node == NULL ? 0 : json_count(own.node)) + (declared.node == NULL ? 0 : json_count(declared.node));
	if (most > SLOTS_MAX) {
		return schema_fail(&compiler->reader, spot, "an object may have %d members", SLOTS_MAX);
	}
	members.names = arena_array(arena, most + 1, sizeof(*members.names));
	members.rules = arena_array(arena, most + 1, sizeof(*members.rules));
	if ((own.node != NULL && !compile_members(compiler, sheet, &own, path, &members)) ||
	    (declared.node != NULL && !compile_members(compiler, sheet, &declared, path, &members))) {
		return false;
	}
	twice = names_build(arena, members.names, members.count, &object->names);
	if (twice < members.count) {
		return schema_fail(&compiler->reader, &declared, "\"%s\" is a member already", members.names[twice]);
	}
	object->members = members.rules;
	*ret_object = object;
	return read_required(compiler, spot, object, members.rules);
}

const struct shape *shape_compile(struct arena *arena, const struct json *schema, const struct shape_declarations *declarations,
				  shape_file_fn file, void *file_context, struct err *err)
{
	const struct compiler compiler = {
		.reader = {.arena = arena, .file = file, .file_context = file_context, .err = err},
		.declarations = declarations,
	};
	const char *id = json_kind(schema) == JSON_OBJECT ? json_text(json_member(schema, "$id")) : NULL;
	const struct schema_spot spot = {.node = schema, .document = schema, .file = id != NULL ? id : "schema", .at = ""};
	struct shape *shape = arena_alloc(arena, sizeof(*shape));
	struct sheet sheet = {.pointer = ""};
	const struct object *object = NULL;
	enum rule_kind kind = RULE_KIND_COUNT;
	bool nullable = false;

	if (json_kind(schema) != JSON_OBJECT) {
		(void)schema_fail(&compiler.reader, &spot, "a schema must be an object");
		return NULL;
	}
	if (!schema_kind(&compiler.reader, &spot, &kind, &nullable)) {
		return NULL;
	}
	if (kind != RULE_OBJECT || nullable) {
		(void)schema_fail(&compiler.reader, &spot, "the outermost schema must be of type object");
		return NULL;
	}
	if (!schema_keywords(&compiler.reader, &spot, kind, true) || !compile_object(&compiler, &sheet, &spot, "", &object)) {
		return NULL;
	}
	shape->root = sheet_layout(&compiler, &sheet, object);
	return shape;
}
