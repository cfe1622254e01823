/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/fact_table.h"

const char *const plan_fact_names[] = {"eligibility", "participation", "other_insurance", "line_of_business", NULL};

enum { FACTS_COUNT = sizeof(plan_fact_names) / sizeof(plan_fact_names[0]) - 1 };

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

static bool compile_one(struct compiler *compiler, const struct json *json, const struct spot *spot, struct fact_table *made)
{
	const char *name = json_text(json_member(json, "table"));
	const char *column = json_text(json_member(json, "column"));
	const struct spot at_table = spot_member(spot, "table");
	const struct spot at_match = spot_member(spot, "match");
	const struct spot at_column = spot_member(spot, "column");
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
	const int says = table_column_need(compiler, table, column, &at_column);
	if (says >= 0 && table->columns[says].type != VALUE_TEXT) {
		spot_issue(compiler->issues, &at_column, "wrong_type", "must be a column of texts");
		good = false;
	}
	made->column = says >= 0 ? (size_t)says : 0;
	return compile_asserted(compiler, json_member(json, "asserted"), spot, made) && good && says >= 0;
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
			good = compile_one(compiler, one, &here, made) && good;
		}
	}
	policy->fact_tables = tables;
	return good;
}

/* Every row in effect that speaks of the request: all agree, one says otherwise, or none says anything. */
static enum answer read_one(const struct fact_table *fact, const struct evaluator *evaluator, struct civil_date day)
{
	const struct table *table = &evaluator->tables->tables[fact->table];
	const struct value *asserted = reach_value(&fact->asserted, evaluator, 0);
	enum answer answer = ANSWER_UNKNOWN;
	if (!value_given(asserted) || !row_match_given(&fact->match, evaluator, 0)) {
		return answer;
	}
	for (size_t row = 0; row < table->row_count && answer != ANSWER_NOT_MET; row++) {
		const struct value *cell = table_cell(table, row, fact->column);
		if (value_given(cell) && table_row_holds(table, row, day) &&
		    row_match_holds(&fact->match, evaluator, table, row, 0)) {
			answer = table_same(cell, asserted) ? ANSWER_MET : ANSWER_NOT_MET;
		}
	}
	return answer;
}

struct known_facts fact_tables_read(const struct evaluator *evaluator)
{
	struct known_facts facts = {.verified = evaluator->submission->verified};
	struct civil_date day = evaluator->submission->received_on;
	evaluator_day(evaluator, DAY_FIRST, &day);
	for (size_t i = 0; i < evaluator->policy->fact_table_count; i++) {
		const struct fact_table *fact = &evaluator->policy->fact_tables[i];
		const enum answer answer = read_one(fact, evaluator, day);
		if (answer == ANSWER_MET) {
			facts.verified |= fact->fact;
		} else if (answer == ANSWER_NOT_MET && (facts.verified & fact->fact) == 0) {
			facts.contradicted |= fact->fact;
		}
	}
	return facts;
}
