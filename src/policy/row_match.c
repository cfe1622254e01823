/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/row_match.h"

static size_t element_of(const struct row_match *match, size_t part, size_t element)
{
	return part == match->over ? element : 0;
}

int table_column_need(struct compiler *compiler, const struct table *table, const char *name, const struct spot *spot)
{
	const int column = table_column_find(table, name);
	if (column < 0) {
		spot_issue(compiler->issues, spot, "unknown_column", "table %s has no column %s", table->name, name);
	}
	return column;
}

static bool compile_part(struct compiler *compiler, const struct table *table, const struct json *one, const struct spot *spot,
			 struct row_match_part *part)
{
	const int column = table_column_need(compiler, table, json_name(one), spot);
	if (column < 0) {
		return false;
	}
	part->column = (size_t)column;
	return reach_compile(compiler, one, spot, &part->reach);
}

bool row_match_compile(struct compiler *compiler, const struct table *table, const struct json *match, const struct spot *spot,
		       struct row_match *ret_match)
{
	*ret_match = (struct row_match){.over = ROW_MATCH_PARTS};
	bool good = json_count(match) > 0 && json_count(match) <= ROW_MATCH_PARTS;
	if (!good) {
		spot_issue(compiler->issues, spot, "too_few", "names the columns to match, at most %d", ROW_MATCH_PARTS);
		return false;
	}
	for (const struct json *one = json_first(match); one; one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		const size_t place = ret_match->count++;
		struct row_match_part *part = &ret_match->parts[place];
		if (!compile_part(compiler, table, one, &here, part)) {
			good = false;
		} else if (part->reach.slot.list && ret_match->over != ROW_MATCH_PARTS) {
			spot_issue(compiler->issues, &here, "wrong_place", "only one column may run over a list");
			good = false;
		} else if (part->reach.slot.list) {
			ret_match->over = place;
		}
	}
	return good;
}

const struct reach *row_match_subject(const struct row_match *match)
{
	return &match->parts[match->over < match->count ? match->over : 0].reach;
}

bool row_match_given(const struct row_match *match, const struct evaluator *evaluator, size_t element)
{
	for (size_t i = 0; i < match->count; i++) {
		if (!value_given(reach_value(&match->parts[i].reach, evaluator, element_of(match, i, element)))) {
			return false;
		}
	}
	return true;
}

void row_match_ask(const struct row_match *match, const struct evaluator *evaluator, struct trace *trace, size_t element)
{
	for (size_t i = 0; i < match->count; i++) {
		const struct reach *reach = &match->parts[i].reach;
		const size_t index = element_of(match, i, element);
		if (!value_given(reach_value(reach, evaluator, index))) {
			reach_unanswered(reach, trace, index);
		}
	}
}

static bool holds(const struct row_cursor *cursor, size_t row)
{
	const struct row_match *match = cursor->match;
	for (size_t i = 0; i < match->count; i++) {
		const struct row_match_part *part = &match->parts[i];
		const struct value *cell = table_cell(cursor->table, row, part->column);
		const size_t element = element_of(match, i, cursor->element);
		/* a column that a row leaves out stands for every value */
		if (value_given(cell) && !table_same(cell, reach_value(&part->reach, cursor->evaluator, element))) {
			return false;
		}
	}
	return true;
}

struct row_cursor row_match_rows(const struct row_match *match, const struct evaluator *evaluator, const struct table *table,
				 size_t element)
{
	struct row_cursor cursor = {
		.match = match, .evaluator = evaluator, .table = table, .element = element, .end = table->row_count};
	for (size_t i = 0; i < match->count; i++) {
		const struct value *value = reach_value(&match->parts[i].reach, evaluator, element_of(match, i, element));
		const bool text = value_given(value) && (value->type == VALUE_TEXT || value->type == VALUE_WORD);
		if (table->key_column >= 0 && match->parts[i].column == (size_t)table->key_column && text) {
			cursor.keyed = true;
			table_keyed(table, value->text, &cursor.at, &cursor.end);
		}
	}
	return cursor;
}

bool row_match_next(struct row_cursor *cursor, size_t *ret_row)
{
	while (cursor->at < cursor->end) {
		const size_t row = cursor->keyed ? cursor->table->by_key[cursor->at] : cursor->at;
		cursor->at++;
		if (holds(cursor, row)) {
			*ret_row = row;
			return true;
		}
	}
	return false;
}
