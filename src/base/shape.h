/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shapes: a closed subset of JSON Schema 2020-12, compiled once into a table; one pass over a parsed body then validates it and fills
 * typed slots. Pointers in policies are resolved to slots at load, so that evaluation reads slots only.
 *
 * Keywords: $schema $id $ref $defs title description examples type properties required additionalProperties:false items minItems maxItems
 * minLength maxLength minimum maximum enum format(date, date-time, moment) and our own x-form, x-words, x-members, x-unique. Anything else
 * is an error of the schema. `type` may be one type or [type, "null"]; null always means "not answered". Every string and array has
 * a maximum. $ref names "#/$defs/x" or "file.json#/$defs/x" of the same directory.
 *
 *   format moment   a date ("2026-05-14") or an instant with offset; decoded as VALUE_DATE or VALUE_INSTANT
 *   x-form NAME     a value of the right type that makes no sense is accepted and marked `senseless`: npi, tax_id (nine digits),
 *                   icd10, positive (a number above zero); blank text is left to whoever asks for an answer
 *   x-words NAME    the closed list comes from the declarations of a policy (document types, sections, payers, ...)
 *   x-members NAME  the members of this object come from the declarations of a policy (facts); others are refused, though
 *                   additionalProperties is left out for those who read the schema without a policy
 *   x-unique NAME   in an array of objects, the member NAME is present at most once with each value
 */
#ifndef AR_BASE_SHAPE_H
#define AR_BASE_SHAPE_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"
#include "base/instant.h"
#include "base/issue.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_state { VALUE_ABSENT, VALUE_NULL, VALUE_PRESENT };

enum value_type {
	VALUE_TEXT,
	VALUE_WORD, /* text of a closed list; `word` is its index there */
	VALUE_BOOLEAN,
	VALUE_INTEGER,
	VALUE_NUMBER,
	VALUE_DATE,
	VALUE_INSTANT,
	VALUE_GROUP, /* an object: its members have slots of their own in the same record */
	VALUE_TEXTS, /* an array of strings */
	VALUE_RECORDS /* an array of objects */
};

struct value {
	uint8_t state; /* enum value_state */
	uint8_t type; /* enum value_type; for a moment the type that was found */
	bool senseless; /* readable, but its x-form says that it cannot be right */
	uint16_t word; /* VALUE_WORD */
	uint32_t count; /* VALUE_TEXTS, VALUE_RECORDS */
	union {
		const char *text; /* VALUE_TEXT, VALUE_WORD */
		bool boolean;
		int64_t integer;
		double number; /* VALUE_NUMBER */
		struct civil_date date;
		struct instant instant;
		const char *const *texts;
		const struct record *const *records;
	};
};

/* One object of a body: the root, or an element of an array. Objects inside objects share their parent's record. */
struct record {
	const struct layout *layout;
	uint32_t index; /* position in its array, for pointers */
	struct value values[];
};

struct layout; /* the slots of one record */
struct shape; /* a compiled schema: root layout and everything below */

/* Where a policy's pointer leads: a slot of the root record, or a slot of each element of one array. */
struct slot {
	const struct layout *list; /* layout of the elements, NULL for a slot of the root itself */
	uint16_t list_index; /* slot of the array in the root, when list is set */
	uint16_t index; /* slot in the root or in the element */
	uint8_t type; /* enum value_type; VALUE_INSTANT for a moment, whose values say what was found */
	uint8_t form; /* enum shape_form */
	const char *pointer; /* as written: "/lines/X/units" with X an asterisk, or "/member/id" */
	const char *const *words; /* closed list, or NULL */
	size_t word_count;
};

enum shape_form { FORM_NONE, FORM_NPI, FORM_TAX_ID, FORM_ICD10, FORM_POSITIVE };

/* "a 10-digit NPI whose check digit is right": what is needed, for messages. */
const char *shape_form_needed(enum shape_form form);

/* What a policy declares for x-words and x-members. */
struct shape_words {
	const char *name;
	const char *const *words;
	size_t count;
};
struct shape_members {
	const char *name;
	const struct json *properties; /* a JSON Schema `properties` object in the same subset */
};
struct shape_declarations {
	const struct shape_words *words;
	size_t words_count;
	const struct shape_members *members;
	size_t members_count;
};

/* Finds another schema file for a $ref ("request.json"); NULL when there is none. */
typedef const struct json *(*shape_file_fn)(void *context, const char *file);

/*
 * Compiles SCHEMA. Undeclared x-words accept any text of the stated length; an undeclared x-members accepts no member. The shape lives in
 * ARENA and borrows SCHEMA and DECLARATIONS. NULL with ERR_CONFIG (file pointer and reason in detail).
 */
const struct shape *shape_compile(struct arena *arena, const struct json *schema, const struct shape_declarations *declarations,
				  shape_file_fn file, void *file_context, struct err *err) AR_MUST_CHECK;

/*
 * Validates and decodes in one pass. All issues of the body are added (codes: wrong_type, not_a_date, not_an_instant, unknown_word,
 * unknown_member, missing_member, too_long, too_short, too_many, too_few, too_large, too_small, duplicate_id); NULL when there was any.
 * The record lives in ARENA and borrows text from ROOT.
 */
const struct record *shape_decode(const struct shape *shape, const struct json *root, struct arena *arena,
				  struct issues *issues) AR_MUST_CHECK;

/*
 * As shape_decode, but members that the schema requires may be absent: for a supplement to an earlier body.
 */
const struct record *shape_decode_part(const struct shape *shape, const struct json *root, struct arena *arena,
				       struct issues *issues) AR_MUST_CHECK;

/* Resolves "/member/birth_date" or "/lines/X/units" (X an asterisk); false when the shape has no such place. */
bool shape_find(const struct shape *shape, const char *pointer, struct slot *ret_slot) AR_MUST_CHECK;

/* The slot of a member of an array's elements: layout_find(slot.list or of a VALUE_RECORDS slot, "author/credential"). */
bool layout_find(const struct layout *layout, const char *path, struct slot *ret_slot) AR_MUST_CHECK;

/* The layout of the elements of the array at POINTER ("/documents"; "/documents/X/sections"), or NULL. */
const struct layout *shape_elements(const struct shape *shape, const char *pointer);

/* A record of LAYOUT in which nothing is given; and a copy that shares what its values lead to. */
struct record *record_blank(struct arena *arena, const struct layout *layout, size_t index);
struct record *record_copy(struct arena *arena, const struct record *record);

static inline const struct value *record_value(const struct record *record, unsigned index)
{
	return &record->values[index];
}

static inline bool value_given(const struct value *value)
{
	return value->state == VALUE_PRESENT;
}

#endif
