/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows whose key leaves out the same columns are held against each other where the rest is equal; rows that leave out different ones, where
 * that is equal which both have. So there is one pass over the rows for each two forms of a key, of which there are few.
 */
#include "policy/table_agree.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { FORMS = 1 << TABLE_KEY_MAX, NOBODY = INT32_MAX };

_Static_assert((int)TABLE_ROWS_MAX < (int)NOBODY, "nobody is no row");

/* Of the rows seen so far: the one that lasts longest, and the one that lasts longest among those that say otherwise. */
struct lasting {
	uint32_t first;
	uint32_t second;
};

struct holding {
	const struct table *table;
	const uint8_t *forms; /* of each row's key: a bit for each of its columns that is given */
	unsigned left; /* the two forms that are held against each other */
	unsigned right;
	uint32_t *rows; /* of the two forms */
	size_t count;
	uint32_t *against; /* of each row: one before it that it contradicts, or NOBODY */
};

/* ---- what rows say ---- */

static int compare_cells(const struct value *a, const struct value *b)
{
	switch ((enum value_type)a->type) {
	case VALUE_TEXT: return strcmp(a->text, b->text);
	case VALUE_BOOLEAN: return a->boolean - b->boolean;
	case VALUE_INTEGER: return (a->integer > b->integer) - (a->integer < b->integer);
	case VALUE_DATE: return civil_compare(a->date, b->date);
	case VALUE_WORD:
	case VALUE_NUMBER:
	case VALUE_INSTANT:
	case VALUE_GROUP:
	case VALUE_TEXTS:
	case VALUE_RECORDS: break;
	}
	return 0;
}

static int32_t day_of(const struct table *table, uint32_t row, int column, int32_t open)
{
	const struct value *cell = column < 0 ? NULL : table_cell(table, row, (size_t)column);
	return cell && value_given(cell) ? cell->date.day : open;
}

static int32_t first_day(const struct table *table, uint32_t row)
{
	return day_of(table, row, table->from_column, INT32_MIN);
}

static int32_t last_day(const struct table *table, uint32_t row)
{
	return day_of(table, row, table->to_column, INT32_MAX);
}

static bool in_key(const struct table *table, size_t column)
{
	for (size_t i = 0; i < table->key_count; i++) {
		if (table->key[i] == column) {
			return true;
		}
	}
	return false;
}

static bool says_something(const struct table *table, size_t column)
{
	return (int)column != table->from_column && (int)column != table->to_column && !in_key(table, column);
}

static bool differ(const struct table *table, uint32_t a, uint32_t b, size_t column)
{
	const struct value *left = table_cell(table, a, column);
	const struct value *right = table_cell(table, b, column);
	if (!value_given(left) || !value_given(right)) {
		return value_given(left) || value_given(right);
	}
	return compare_cells(left, right) != 0;
}

static bool say_the_same(const struct table *table, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (says_something(table, i) && differ(table, a, b, i)) {
			return false;
		}
	}
	return true;
}

/* ---- rows that speak of the same, by their first days ---- */

static int compare_keys(const struct holding *holding, uint32_t a, uint32_t b)
{
	const struct table *table = holding->table;
	int order = 0;
	for (size_t i = 0; order == 0 && i < table->key_count; i++) {
		if (holding->left & holding->right & (1U << i)) {
			order = compare_cells(table_cell(table, a, table->key[i]), table_cell(table, b, table->key[i]));
		}
	}
	return order;
}

static int compare_rows(const void *a, const void *b, void *context)
{
	const struct holding *holding = context;
	const uint32_t left = *(const uint32_t *)a;
	const uint32_t right = *(const uint32_t *)b;
	const int order = compare_keys(holding, left, right);
	if (order != 0) {
		return order;
	}
	const int32_t left_day = first_day(holding->table, left);
	const int32_t right_day = first_day(holding->table, right);
	return left_day != right_day ? (left_day > right_day) - (left_day < right_day) : (left > right) - (left < right);
}

static void take(const struct table *table, struct lasting *lasting, uint32_t row)
{
	const int32_t day = last_day(table, row);
	if (lasting->first == NOBODY) {
		lasting->first = row;
	} else if (say_the_same(table, row, lasting->first)) {
		lasting->first = day > last_day(table, lasting->first) ? row : lasting->first;
	} else if (day > last_day(table, lasting->first)) {
		*lasting = (struct lasting){row, lasting->first};
	} else if (lasting->second == NOBODY || day > last_day(table, lasting->second)) {
		lasting->second = row;
	}
}

static void note(struct holding *holding, uint32_t a, uint32_t b)
{
	const uint32_t earlier = a < b ? a : b;
	uint32_t *against = &holding->against[a < b ? b : a];
	*against = earlier < *against ? earlier : *against;
}

/* ROW begins no earlier than any that was seen: one of those that say otherwise lasts until then, or none does. */
static void hold_against(struct holding *holding, const struct lasting *seen, uint32_t row)
{
	const struct table *table = holding->table;
	const bool agrees = seen->first != NOBODY && say_the_same(table, row, seen->first);
	const uint32_t other = agrees ? seen->second : seen->first;
	if (other != NOBODY && last_day(table, other) >= first_day(table, row)) {
		note(holding, row, other);
	}
}

static void hold_rows(struct holding *holding)
{
	static const struct lasting none = {NOBODY, NOBODY};
	struct lasting of_left = none;
	struct lasting of_right = none;
	const bool alike = holding->left == holding->right;
	qsort_r(holding->rows, holding->count, sizeof(*holding->rows), compare_rows, holding);
	for (size_t i = 0; i < holding->count; i++) {
		const uint32_t row = holding->rows[i];
		const bool is_left = holding->forms[row] == holding->left;
		if (i > 0 && compare_keys(holding, holding->rows[i - 1], row) != 0) {
			of_left = none;
			of_right = none;
		}
		hold_against(holding, is_left && !alike ? &of_right : &of_left, row);
		take(holding->table, is_left ? &of_left : &of_right, row);
	}
}

/* ---- forms of a key ---- */

static uint8_t form_of(const struct table *table, uint32_t row)
{
	unsigned form = 0;
	for (size_t i = 0; i < table->key_count; i++) {
		form |= value_given(table_cell(table, row, table->key[i])) ? 1U << i : 0;
	}
	return (uint8_t)form;
}

static void hold_forms(struct holding *holding, const size_t *counts)
{
	const struct table *table = holding->table;
	holding->count = 0;
	if (counts[holding->left] == 0 || counts[holding->right] == 0) {
		return;
	}
	for (uint32_t row = 0; row < table->row_count; row++) {
		if (holding->forms[row] == holding->left || holding->forms[row] == holding->right) {
			holding->rows[holding->count++] = row;
		}
	}
	hold_rows(holding);
}

static size_t gather(struct arena *arena, const struct holding *holding, const struct table_clash **ret_clashes)
{
	size_t count = 0;
	for (uint32_t row = 0; row < holding->table->row_count; row++) {
		count += holding->against[row] != NOBODY;
	}
	struct table_clash *clashes = arena_array(arena, count + 1, sizeof(*clashes));
	count = 0;
	for (uint32_t row = 0; row < holding->table->row_count; row++) {
		if (holding->against[row] != NOBODY) {
			clashes[count++] = (struct table_clash){holding->against[row], row};
		}
	}
	*ret_clashes = clashes;
	return count;
}

size_t table_clashes(struct arena *arena, const struct table *table, const struct table_clash **ret_clashes)
{
	*ret_clashes = NULL;
	if (table->key_count == 0) {
		return 0;
	}
	uint8_t *forms = arena_array(arena, table->row_count + 1, sizeof(*forms));
	struct holding holding = {.table = table, .forms = forms};
	size_t counts[FORMS] = {0};
	holding.rows = arena_array(arena, table->row_count + 1, sizeof(*holding.rows));
	holding.against = arena_array(arena, table->row_count + 1, sizeof(*holding.against));
	for (uint32_t row = 0; row < table->row_count; row++) {
		forms[row] = form_of(table, row);
		counts[forms[row]]++;
		holding.against[row] = NOBODY;
	}
	for (holding.left = 0; holding.left < FORMS; holding.left++) {
		for (holding.right = holding.left; holding.right < FORMS; holding.right++) {
			hold_forms(&holding, counts);
		}
	}
	return gather(arena, &holding, ret_clashes);
}

/* ---- what to say ---- */

const char *table_clash_say(struct arena *arena, const struct table *table, const struct table_clash *clash,
			    const char *earlier)
{
	struct text text;
	text_init(&text, arena, 256);
	text_printf(&text, "found a row that contradicts %s (both speak of one ", earlier);
	for (size_t i = 0; i < table->key_count; i++) {
		text_printf(&text, "%s%s", i > 0 ? ", " : "", table->columns[table->key[i]].name);
	}
	text_puts(&text, " and day, and differ in ");
	const char *comma = "";
	for (size_t i = 0; i < table->column_count; i++) {
		if (says_something(table, i) && differ(table, clash->row, clash->earlier, i)) {
			text_printf(&text, "%s%s", comma, table->columns[i].name);
			comma = ", ";
		}
	}
	text_puts(&text, "), needed one of the two, or days that do not overlap");
	return text.data;
}
