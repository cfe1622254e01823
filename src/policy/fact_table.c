/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/fact_table.h"

#include <string.h>

const char *const plan_fact_names[] = {"eligibility", "participation", "other_insurance", "line_of_business", NULL};

enum { FACTS_COUNT = sizeof(plan_fact_names) / sizeof(plan_fact_names[0]) - 1 };
_Static_assert((int)FACTS_COUNT == (int)TOLD_FACTS_MAX, "each fact is told at most once");

static bool compile_asserted(struct compiler *compiler, const struct json *node, const struct spot *spot,
			     struct fact_table *made)
{
	const struct spot here = spot_member(spot, "asserted");
	if (!reach_compile(compiler, node, &here, &made->asserted)) {
		return false;
	}
	const enum value_type type = (enum value_type)made->asserted.slot.type;
	if (made->asserted.slot.list || (type != VALUE_TEXT && type != VALUE_WORD)) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s holds no single word", made->asserted.pointer);
		return false;
	}
	return true;
}

static bool compile_word(struct compiler *compiler, const struct json *json, const struct spot *spot, const struct table *table,
			 struct fact_table *made)
{
	const char *column = json_text(json_member(json, "column"));
	const struct spot at_column = spot_member(spot, "column");
	const struct spot at_asserted = spot_member(spot, "asserted");
	if (!column || !json_member(json, "asserted")) {
		spot_issue(compiler->issues, column ? &at_asserted : &at_column, "missing_member",
			   "must be given, unless the fact is a list");
		return false;
	}
	const int says = table_column_need(compiler, table, column, &at_column);
	bool good = says >= 0;
	if (good && table->columns[says].type != VALUE_TEXT) {
		spot_issue(compiler->issues, &at_column, "wrong_type", "must be a column of texts");
		good = false;
	}
	made->column = says >= 0 ? (size_t)says : 0;
	return compile_asserted(compiler, json_member(json, "asserted"), spot, made) && good;
}

static bool matched(const struct fact_table *made, size_t column)
{
	for (size_t i = 0; i < made->match.count; i++) {
		if (made->match.parts[i].column == column) {
			return true;
		}
	}
	return false;
}

/* Each column that is not matched is the member of the same name. */
static bool compile_laid(struct compiler *compiler, const struct table *table, const struct spot *spot, struct fact_table *made)
{
	bool good = true;
	for (size_t i = 0; i < table->column_count; i++) {
		const struct table_column *column = &table->columns[i];
		struct slot slot;
		if (matched(made, i)) {
			continue;
		}
		if (!layout_find(made->elements, column->name, &slot) || slot.type != (uint8_t)column->type) {
			spot_issue(compiler->issues, spot, "unknown_column",
				   "its elements have no member %s of the type of that column", column->name);
			good = false;
		} else {
			made->laid[made->laid_count++] = (struct laid_column){i, slot.index};
		}
	}
	return good;
}

static bool compile_list(struct compiler *compiler, const struct json *json, const struct spot *spot, const struct table *table,
			 struct fact_table *made)
{
	const char *pointer = json_text(json_member(json, "list"));
	const struct spot here = spot_member(spot, "list");
	const struct shape *shape = compiler->vocabulary->request;
	struct slot slot;
	if (json_member(json, "column") || json_member(json, "asserted")) {
		spot_issue(compiler->issues, spot, "unknown_member", "a list has neither column nor asserted");
		return false;
	}
	made->elements = shape_elements(shape, pointer);
	if (!made->elements || !shape_find(shape, pointer, &slot) || slot.list) {
		spot_issue(compiler->issues, &here, "wrong_place", "there is no such list in a request");
		return false;
	}
	made->list = slot.index;
	return compile_laid(compiler, table, &here, made);
}

static bool compile_one(struct compiler *compiler, const struct json *json, const struct spot *spot, struct fact_table *made)
{
	const char *name = json_text(json_member(json, "table"));
	const struct spot at_table = spot_member(spot, "table");
	const struct spot at_match = spot_member(spot, "match");
	const int place = table_find(compiler->tables, name);
	if (place < 0) {
		spot_issue(compiler->issues, &at_table, "unknown_table", "there is no table %s", name);
		return false;
	}
	const struct table *table = &compiler->tables->tables[place];
	made->table = (size_t)place;
	bool good = row_match_compile(compiler, table, json_member(json, "match"), &at_match, &made->match);
	if (good && row_match_subject(&made->match)->slot.list) {
		spot_issue(compiler->issues, &at_match, "wrong_place", "a fact of the whole request hangs on no list");
		good = false;
	}
	const bool list = json_member(json, "list");
	return (list ? compile_list : compile_word)(compiler, json, spot, table, made) && good;
}

bool fact_tables_compile(struct compiler *compiler, const struct json *manifest, const struct spot *spot, struct policy *policy)
{
	const struct json *all = json_member(manifest, "verified_by_table");
	const struct spot at_all = spot_member(spot, "verified_by_table");
	struct fact_table *tables = arena_array(compiler->arena, FACTS_COUNT, sizeof(*tables));
	bool good = true;
	for (size_t i = 0; i < FACTS_COUNT; i++) {
		const struct json *one = json_member(all, plan_fact_names[i]);
		const struct spot here = spot_member(&at_all, plan_fact_names[i]);
		if (one) {
			struct fact_table *made = &tables[policy->fact_table_count++];
			made->fact = 1U << i;
			made->name = plan_fact_names[i];
			good = compile_one(compiler, one, &here, made) && good;
		}
	}
	policy->fact_tables = tables;
	return good;
}

static bool by_staff(const struct fact_table *fact, const struct evaluator *evaluator)
{
	return (evaluator->submission->verified & fact->fact) != 0;
}

/* The table has answered: whether it bears the fact out. */
static void tell(struct evaluator *evaluator, const struct fact_table *fact, bool verified)
{
	const struct table *table = &evaluator->tables->tables[fact->table];
	struct known_facts *facts = &evaluator->facts;
	facts->told[facts->told_count++] = (struct told_fact){fact->name, table->name, table->digest_hex, verified};
	if (verified) {
		facts->verified |= fact->fact;
	} else {
		facts->contradicted |= fact->fact;
	}
}

/* ---- lists ---- */

static const struct record *element_of_row(const struct fact_table *fact, const struct evaluator *evaluator, size_t row,
					   size_t index)
{
	const struct table *table = &evaluator->tables->tables[fact->table];
	struct record *element = record_blank(evaluator->arena, fact->elements, index);
	for (size_t i = 0; i < fact->laid_count; i++) {
		element->values[fact->laid[i].slot] = *table_cell(table, row, fact->laid[i].column);
	}
	return element;
}

static size_t count_rows(struct row_cursor cursor)
{
	size_t count = 0;
	for (size_t row; row_match_next(&cursor, &row);) {
		count++;
	}
	return count;
}

static void lay(struct evaluator *evaluator, const struct fact_table *fact, struct row_cursor cursor, size_t count)
{
	const struct record **elements = arena_array(evaluator->arena, count, sizeof(const struct record *));
	struct record *body = record_copy(evaluator->arena, evaluator->body);
	size_t index = 0;
	for (size_t row; row_match_next(&cursor, &row); index++) {
		elements[index] = element_of_row(fact, evaluator, row, index);
	}
	body->values[fact->list] =
		(struct value){.state = VALUE_PRESENT, .type = VALUE_RECORDS, .count = (uint32_t)count, .records = elements};
	evaluator->body = body;
	evaluator->facts.coverage = evaluator->facts.coverage || fact->list == evaluator->places->coverage;
}

void fact_tables_lay(struct evaluator *evaluator)
{
	for (size_t i = 0; i < evaluator->policy->fact_table_count; i++) {
		const struct fact_table *fact = &evaluator->policy->fact_tables[i];
		if (!fact->elements || by_staff(fact, evaluator) || !row_match_given(&fact->match, evaluator, 0)) {
			continue;
		}
		const struct table *table = &evaluator->tables->tables[fact->table];
		const struct row_cursor cursor = row_match_rows(&fact->match, evaluator, table, 0);
		const size_t count = count_rows(cursor);
		if (count > 0) {
			lay(evaluator, fact, cursor, count);
			tell(evaluator, fact, true);
		}
	}
}

/* ---- words ---- */

/* The request says nothing: the table's word stands there, if it is one that may. */
static bool stand_in(const struct fact_table *fact, struct evaluator *evaluator, const struct value *cell)
{
	const struct slot *slot = &fact->asserted.slot;
	struct value value = {.state = VALUE_PRESENT, .type = slot->type, .text = cell->text};
	while (slot->words && value.word < slot->word_count && strcmp(slot->words[value.word], cell->text) != 0) {
		value.word++;
	}
	if (slot->words && value.word == slot->word_count) {
		return false;
	}
	struct record *body = record_copy(evaluator->arena, evaluator->body);
	body->values[slot->index] = value;
	evaluator->body = body;
	return true;
}

/* Every row in effect that speaks of the request: all agree, one says otherwise, or none says anything. */
static enum answer ask_word(const struct fact_table *fact, struct evaluator *evaluator, struct civil_date day)
{
	const struct table *table = &evaluator->tables->tables[fact->table];
	enum answer answer = ANSWER_UNKNOWN;
	if (!row_match_given(&fact->match, evaluator, 0)) {
		return answer;
	}
	struct row_cursor cursor = row_match_rows(&fact->match, evaluator, table, 0);
	for (size_t row; answer != ANSWER_NOT_MET && row_match_next(&cursor, &row);) {
		const struct value *cell = table_cell(table, row, fact->column);
		const struct value *asserted = reach_value(&fact->asserted, evaluator, 0);
		if (!value_given(cell) || !table_row_holds(table, row, day)) {
			continue;
		}
		if (value_given(asserted)) {
			answer = table_same(cell, asserted) ? ANSWER_MET : ANSWER_NOT_MET;
		} else if (stand_in(fact, evaluator, cell)) {
			answer = ANSWER_MET;
		}
	}
	return answer;
}

void fact_tables_ask(struct evaluator *evaluator)
{
	struct civil_date day = evaluator->submission->received_on;
	evaluator->facts.verified |= evaluator->submission->verified;
	evaluator_day(evaluator, DAY_FIRST, &day);
	for (size_t i = 0; i < evaluator->policy->fact_table_count; i++) {
		const struct fact_table *fact = &evaluator->policy->fact_tables[i];
		if (fact->elements || by_staff(fact, evaluator)) {
			continue;
		}
		const enum answer answer = ask_word(fact, evaluator, day);
		if (answer == ANSWER_MET || answer == ANSWER_NOT_MET) {
			tell(evaluator, fact, answer == ANSWER_MET);
		}
	}
}
