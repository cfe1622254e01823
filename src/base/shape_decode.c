/* SPDX-License-Identifier: Apache-2.0 */
/* One pass over a parsed body: issues for what is wrong, slots for what is there. */
#include "base/shape_issue.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

struct decoder {
	struct arena *arena;
	struct issues *issues;
	bool part; /* members that the schema requires may be absent */
};

/* Beyond it a double no longer tells neighbouring integers apart. */
static const double integer_limit = 9007199254740991.0;

static void decode_object(const struct decoder *decoder, const struct object *object, const struct json *node,
			  const struct place *place, struct value *values);

static void decode_text(const struct decoder *decoder, const struct rule *rule, const struct json *node,
			const struct place *place, struct value *value)
{
	const char *text = json_text(node);
	size_t word;

	value->type = VALUE_TEXT;
	value->text = text;
	if (rule->words != NULL) {
		value->type = VALUE_WORD;
		if (!names_find(rule->words, text, &word)) {
			shape_issue_word(decoder->issues, place, rule, text);
			return;
		}
		value->word = (uint16_t)word;
	}
	if (rule->least > 0 || rule->most < SIZE_MAX) {
		const size_t bytes = strlen(text);

		/* A code point takes one to four bytes, so that the bytes nearly always settle it. */
		if (bytes > rule->most || bytes / 4 < rule->least) {
			const size_t points = text_points(text);

			if (points > rule->most || points < rule->least) {
				shape_issue_length(decoder->issues, place, rule, points);
			}
		}
	}
	if (rule->form != FORM_NONE) {
		value->senseless = !shape_form_text(rule->form, text) && !text_blank(text);
	}
}

static void decode_number(const struct decoder *decoder, const struct rule *rule, const struct json *node,
			  const struct place *place, struct value *value)
{
	const double number = json_number(node);
	int64_t integer;

	if (!isfinite(number) || (rule->kind == RULE_INTEGER && floor(number) != number)) {
		shape_issue_type(decoder->issues, place, rule, node);
		return;
	}
	if (number < rule->minimum || number > rule->maximum) {
		shape_issue_number(decoder->issues, place, rule, number);
		return;
	}
	value->senseless = rule->form == FORM_POSITIVE && number <= 0;
	if (rule->kind == RULE_NUMBER) {
		value->type = VALUE_NUMBER;
		value->number = number;
		return;
	}
	value->type = VALUE_INTEGER;
	if (json_integer(node, &integer)) {
		value->integer = integer;
	} else if (fabs(number) <= integer_limit) {
		value->integer = (int64_t)number; /* 2.0 and 2e3 are integers too */
	} else {
		shape_issue_type(decoder->issues, place, rule, node);
	}
}

static void decode_time(const struct decoder *decoder, const struct rule *rule, const struct json *node,
			const struct place *place, struct value *value)
{
	const char *text = json_text(node);

	if (rule->kind != RULE_INSTANT && civil_parse(text, &value->date)) {
		value->type = VALUE_DATE;
	} else if (rule->kind != RULE_DATE && instant_parse(text, &value->instant)) {
		value->type = VALUE_INSTANT;
	} else {
		shape_issue_time(decoder->issues, place, rule, text);
	}
}

/* True when COUNT elements are as many as RULE allows. More are not looked at: the limit is there to bound the work. */
static bool count_fits(const struct decoder *decoder, const struct rule *rule, const struct place *place, size_t count)
{
	if (count <= rule->most && count >= rule->least) {
		return true;
	}
	shape_issue_count(decoder->issues, place, rule, count);
	return false;
}

static void decode_texts(const struct decoder *decoder, const struct rule *rule, const struct json *node,
			 const struct place *place, struct value *value)
{
	const size_t count = json_count(node);

	value->type = VALUE_TEXTS;
	if (!count_fits(decoder, rule, place, count)) {
		return;
	}
	const char **texts = arena_array(decoder->arena, count + 1, sizeof(*texts));
	struct place element = {.parent = place};
	for (const struct json *item = json_first(node); item != NULL; item = json_next(item)) {
		struct value one = {0};

		if (json_kind(item) == JSON_TEXT) {
			decode_text(decoder, rule->item, item, &element, &one);
			texts[element.index] = one.text;
		} else {
			shape_issue_type(decoder->issues, &element, rule->item, item);
		}
		element.index++;
	}
	value->count = (uint32_t)count;
	value->texts = texts;
}

/* Every id at most once: an open table of the elements, by their id. */
static void check_unique(const struct decoder *decoder, const struct rule *rule, const struct place *place,
			 const struct record *const *records, size_t count)
{
	size_t size = 4;

	while (size < count * 2) {
		size *= 2;
	}
	const struct record **buckets = arena_array(decoder->arena, size, sizeof(const struct record *));
	for (size_t i = 0; i < count; i++) {
		const struct value *id = record_value(records[i], rule->unique_slot);

		if (id->state != VALUE_PRESENT || id->text == NULL) {
			continue;
		}
		size_t at = (size_t)text_hash(id->text) & (size - 1);
		while (buckets[at] != NULL && strcmp(record_value(buckets[at], rule->unique_slot)->text, id->text) != 0) {
			at = (at + 1) & (size - 1);
		}
		if (buckets[at] == NULL) {
			buckets[at] = records[i];
			continue;
		}
		const struct place element = {.parent = place, .index = i};
		const struct place member = {.parent = &element, .name = rule->unique};
		shape_issue_duplicate(decoder->issues, &member, buckets[at]->index);
	}
}

struct record *record_blank(struct arena *arena, const struct layout *layout, size_t index)
{
	struct record *record = arena_alloc(arena, sizeof(*record) + layout->count * sizeof(record->values[0]));

	record->layout = layout;
	record->index = (uint32_t)index;
	return record;
}

struct record *record_copy(struct arena *arena, const struct record *record)
{
	struct record *copy = record_blank(arena, record->layout, record->index);
	memcpy(copy->values, record->values, record->layout->count * sizeof(copy->values[0]));
	return copy;
}

static void decode_records(const struct decoder *decoder, const struct rule *rule, const struct json *node,
			   const struct place *place, struct value *value)
{
	static const struct rule object_rule = {.kind = RULE_OBJECT};
	const size_t count = json_count(node);

	value->type = VALUE_RECORDS;
	if (!count_fits(decoder, rule, place, count)) {
		return;
	}
	const struct record **records = arena_array(decoder->arena, count + 1, sizeof(const struct record *));
	struct place element = {.parent = place};
	for (const struct json *item = json_first(node); item != NULL; item = json_next(item)) {
		struct record *record = record_blank(decoder->arena, rule->elements, element.index);

		records[element.index] = record;
		if (json_kind(item) == JSON_OBJECT) {
			decode_object(decoder, rule->elements->object, item, &element, record->values);
		} else {
			shape_issue_type(decoder->issues, &element, &object_rule, item);
		}
		element.index++;
	}
	if (rule->unique != NULL) {
		check_unique(decoder, rule, place, records, count);
	}
	value->count = (uint32_t)count;
	value->records = records;
}

/* The kind of JSON in which each kind of value is written. */
static const enum json_kind written_as[] = {
	[RULE_TEXT] = JSON_TEXT,   [RULE_BOOLEAN] = JSON_BOOLEAN, [RULE_INTEGER] = JSON_NUMBER, [RULE_NUMBER] = JSON_NUMBER,
	[RULE_DATE] = JSON_TEXT,   [RULE_INSTANT] = JSON_TEXT,    [RULE_MOMENT] = JSON_TEXT,    [RULE_OBJECT] = JSON_OBJECT,
	[RULE_TEXTS] = JSON_ARRAY, [RULE_RECORDS] = JSON_ARRAY,
};
_Static_assert(sizeof(written_as) / sizeof(written_as[0]) == RULE_KIND_COUNT, "every kind is written somehow");

static void decode_value(const struct decoder *decoder, const struct rule *rule, const struct json *node,
			 const struct place *place, struct value *values)
{
	struct value *value = &values[rule->slot];
	const enum json_kind kind = json_kind(node);

	if (kind == JSON_NULL && rule->nullable) {
		value->state = VALUE_NULL;
		return;
	}
	/* Set before the value is judged: a required member that is wrong is not missing as well. */
	value->state = VALUE_PRESENT;
	if (kind != written_as[rule->kind]) {
		shape_issue_type(decoder->issues, place, rule, node);
		return;
	}
	switch (rule->kind) {
	case RULE_TEXT: decode_text(decoder, rule, node, place, value); break;
	case RULE_BOOLEAN:
		value->type = VALUE_BOOLEAN;
		value->boolean = json_boolean(node);
		break;
	case RULE_INTEGER:
	case RULE_NUMBER: decode_number(decoder, rule, node, place, value); break;
	case RULE_DATE:
	case RULE_INSTANT:
	case RULE_MOMENT: decode_time(decoder, rule, node, place, value); break;
	case RULE_OBJECT:
		value->type = VALUE_GROUP;
		decode_object(decoder, rule->object, node, place, values);
		break;
	case RULE_TEXTS: decode_texts(decoder, rule, node, place, value); break;
	case RULE_RECORDS: decode_records(decoder, rule, node, place, value); break;
	case RULE_KIND_COUNT: break;
	}
}

static void decode_object(const struct decoder *decoder, const struct object *object, const struct json *node,
			  const struct place *place, struct value *values)
{
	for (const struct json *child = json_first(node); child != NULL; child = json_next(child)) {
		const struct place member = {.parent = place, .name = json_name(child)};
		size_t found;

		if (names_find(&object->names, member.name, &found)) {
			decode_value(decoder, &object->members[found], child, &member, values);
		} else {
			shape_issue_unknown(decoder->issues, &member, object);
		}
	}
	for (size_t i = 0; object->required_count > 0 && !decoder->part && i < object->names.count; i++) {
		const struct place member = {.parent = place, .name = object->names.items[i]};

		if (object->members[i].required && values[object->members[i].slot].state == VALUE_ABSENT) {
			shape_issue_missing(decoder->issues, &member);
		}
	}
}

static const struct record *decode(const struct decoder *decoder, const struct shape *shape, const struct json *root)
{
	static const struct rule body = {.kind = RULE_OBJECT};
	const struct place place = {0};
	const struct issues *issues = decoder->issues;
	const size_t before = issues->count + issues->omitted;

	if (json_kind(root) != JSON_OBJECT) {
		shape_issue_type(decoder->issues, &place, &body, root);
		return NULL;
	}
	struct record *record = record_blank(decoder->arena, shape->root, 0);
	decode_object(decoder, shape->root->object, root, &place, record->values);
	return issues->count + issues->omitted == before ? record : NULL;
}

const struct record *shape_decode(const struct shape *shape, const struct json *root, struct arena *arena,
				  struct issues *issues)
{
	return decode(&(struct decoder){.arena = arena, .issues = issues}, shape, root);
}

const struct record *shape_decode_part(const struct shape *shape, const struct json *root, struct arena *arena,
				       struct issues *issues)
{
	return decode(&(struct decoder){.arena = arena, .issues = issues, .part = true}, shape, root);
}
