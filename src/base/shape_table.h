/* SPDX-License-Identifier: Apache-2.0 */
/* What a schema is compiled to: rules, objects and layouts. Seen by the files of base/shape only. */
#ifndef AR_BASE_SHAPE_TABLE_H
#define AR_BASE_SHAPE_TABLE_H

#include "base/names.h"
#include "base/shape.h"

enum rule_kind {
	RULE_TEXT,
	RULE_BOOLEAN,
	RULE_INTEGER,
	RULE_NUMBER,
	RULE_DATE,
	RULE_INSTANT,
	RULE_MOMENT,
	RULE_OBJECT,
	RULE_TEXTS,
	RULE_RECORDS,
	RULE_KIND_COUNT
};

/* What one value must be, and where it goes. */
struct rule {
	enum rule_kind kind;
	enum shape_form form;
	bool nullable;
	bool required;
	uint16_t slot; /* in the record that the value belongs to */
	size_t least; /* code points or elements */
	size_t most;
	double minimum; /* numbers; infinite when there is none */
	double maximum;
	const struct names *words; /* closed list, or NULL */
	const char *list; /* name of the list when a policy declares it, or NULL */
	const struct object *object; /* RULE_OBJECT */
	const struct rule *item; /* RULE_TEXTS */
	const struct layout *elements; /* RULE_RECORDS */
	const char *unique; /* RULE_RECORDS: member of the elements, or NULL */
	uint16_t unique_slot;
};

/* The members of one JSON object. */
struct object {
	struct names names;
	const struct rule *members; /* parallel to names */
	size_t required_count;
};

struct slot_row {
	const char *pointer; /* from the root, X an asterisk for elements: "/lines/X/units" */
	const char *path; /* within the record: "units", "author/credential" */
	const struct rule *rule;
};

struct layout {
	const char *pointer; /* of one such record: "" or "/lines/X" */
	const struct object *object;
	const struct slot_row *rows;
	size_t count;
};

struct shape {
	const struct layout *root;
};

/* A step on the way into a schema or body; pointers are written from these only when something is wrong. */
struct place {
	const struct place *parent; /* NULL: the document itself, which has no name */
	const char *name; /* member, or NULL for an element */
	size_t index; /* element */
};

/* The RFC 6901 pointer of a place. */
const char *place_pointer(struct arena *arena, const struct place *place);

/* The form called NAME; false when there is none. */
bool shape_form_find(const char *name, enum shape_form *ret_form);

/* True when TEXT (not blank) could be of FORM. */
bool shape_form_text(enum shape_form form, const char *text);

/* True when a form can only be asked of numbers. */
bool shape_form_numeric(enum shape_form form);

#endif
