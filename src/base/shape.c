/* SPDX-License-Identifier: Apache-2.0 */
/* Pointers and paths of policies to slots. Asked while policies are loaded, never while a request is judged. */
#include "base/shape_table.h"

#include <string.h>

static enum value_type slot_type(const struct rule *rule)
{
	switch (rule->kind) {
	case RULE_TEXT: return rule->words != NULL ? VALUE_WORD : VALUE_TEXT;
	case RULE_BOOLEAN: return VALUE_BOOLEAN;
	case RULE_INTEGER: return VALUE_INTEGER;
	case RULE_NUMBER: return VALUE_NUMBER;
	case RULE_DATE: return VALUE_DATE;
	case RULE_INSTANT:
	case RULE_MOMENT: return VALUE_INSTANT;
	case RULE_OBJECT: return VALUE_GROUP;
	case RULE_TEXTS: return VALUE_TEXTS;
	case RULE_RECORDS: return VALUE_RECORDS;
	case RULE_KIND_COUNT: break;
	}
	return VALUE_TEXT;
}

static struct slot slot_of(const struct slot_row *row)
{
	const struct rule *rule = row->rule;
	const struct names *words = rule->kind == RULE_TEXTS ? rule->item->words : rule->words;

	return (struct slot){
		.index = rule->slot,
		.type = (uint8_t)slot_type(rule),
		.form = (uint8_t)rule->form,
		.pointer = row->pointer,
		.words = words != NULL ? words->items : NULL,
		.word_count = words != NULL ? words->count : 0,
	};
}

/* The row of LAYOUT whose pointer from the root is POINTER, or NULL. */
static const struct slot_row *row_at(const struct layout *layout, const char *pointer)
{
	for (size_t i = 0; i < layout->count; i++) {
		if (strcmp(layout->rows[i].pointer, pointer) == 0) {
			return &layout->rows[i];
		}
	}
	return NULL;
}

/* The array of LAYOUT on whose elements POINTER goes on ("/lines/X/units" with X an asterisk), or NULL. */
static const struct rule *list_on_way(const struct layout *layout, const char *pointer)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct rule *rule = layout->rows[i].rule;

		if (rule->kind == RULE_RECORDS) {
			const size_t length = strlen(rule->elements->pointer);

			if (strncmp(rule->elements->pointer, pointer, length) == 0 && pointer[length] == '/') {
				return rule;
			}
		}
	}
	return NULL;
}

bool shape_find(const struct shape *shape, const char *pointer, struct slot *ret_slot)
{
	const struct slot_row *row = row_at(shape->root, pointer);

	if (row != NULL) {
		*ret_slot = slot_of(row);
		return true;
	}
	const struct rule *list = list_on_way(shape->root, pointer);
	row = list != NULL ? row_at(list->elements, pointer) : NULL;
	if (row == NULL) {
		return false;
	}
	*ret_slot = slot_of(row);
	ret_slot->list = list->elements;
	ret_slot->list_index = list->slot;
	return true;
}

bool layout_find(const struct layout *layout, const char *path, struct slot *ret_slot)
{
	for (size_t i = 0; i < layout->count; i++) {
		if (strcmp(layout->rows[i].path, path) == 0) {
			*ret_slot = slot_of(&layout->rows[i]);
			return true;
		}
	}
	return false;
}

const struct layout *shape_elements(const struct shape *shape, const char *pointer)
{
	const struct layout *layout = shape->root;

	for (;;) {
		const struct slot_row *row = row_at(layout, pointer);

		if (row != NULL) {
			return row->rule->kind == RULE_RECORDS ? row->rule->elements : NULL;
		}
		const struct rule *list = list_on_way(layout, pointer);
		if (list == NULL) {
			return NULL;
		}
		layout = list->elements;
	}
}
