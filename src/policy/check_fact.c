/* SPDX-License-Identifier: Apache-2.0 */
/* table, event, verified, contradicted, refers: facts that the plan holds or that papers show. */
#include "policy/check.h"

#include "base/text.h"
#include "policy/fact_table.h"
#include "policy/papers.h"
#include "policy/row_match.h"

#include <string.h>

struct expectation {
	size_t column;
	struct value value;
};

struct table_check {
	struct check check;
	size_t table;
	struct row_match match;
	struct expectation *expected;
	size_t expected_count;
	bool any; /* of the elements; else every */
	enum answer no_row;
};

struct fact_check {
	struct check check;
	const char *event;
	enum answer absent; /* event: what it means that it was not recorded */
	unsigned fact;
	struct reach reach; /* refers */
	struct paper_types papers; /* refers; none: any document */
};

/* A value that is not given stands in no row; where that leaves the answer open, it is asked. */
static bool matches_given(const struct table_check *wants, struct evaluator *evaluator, struct trace *trace, size_t element)
{
	if (wants->no_row == ANSWER_UNKNOWN) {
		row_match_ask(&wants->match, evaluator, trace, element);
	}
	return row_match_given(&wants->match, evaluator, element);
}

static void add_table(const struct table_check *wants, struct trace *trace, const struct table *table, size_t element,
		      bool open)
{
	const char *pointer = reach_pointer(row_match_subject(&wants->match), trace->arena, element);
	const char *phrase = reach_phrase(row_match_subject(&wants->match), trace->arena, element);
	trace_add(trace, open ? PROBLEM_UNANSWERED : PROBLEM_INVALID, pointer,
		  (struct entry){.say = sentence(trace->arena,
						 open ? "the plan's list \"%s\" says nothing about %s."
						      : "the plan's list \"%s\" says otherwise about %s.",
						 table->title, phrase)});
}

static enum answer judge_row(const struct table_check *wants, const struct table *table, size_t row)
{
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < wants->expected_count && answer != ANSWER_NOT_MET; i++) {
		const struct value *cell = table_cell(table, row, wants->expected[i].column);
		if (!value_given(cell)) {
			answer = ANSWER_UNKNOWN;
		} else if (!table_same(&wants->expected[i].value, cell)) {
			answer = ANSWER_NOT_MET;
		}
	}
	return answer;
}

static enum answer judge_element(const struct table_check *wants, struct evaluator *evaluator, struct trace *trace,
				 const struct table *table, size_t element)
{
	struct civil_date day = evaluator->submission->received_on;
	evaluator_day(evaluator, DAY_FIRST, &day);
	if (!matches_given(wants, evaluator, trace, element)) {
		return wants->no_row;
	}
	enum answer answer = wants->no_row;
	struct row_cursor cursor = row_match_rows(&wants->match, evaluator, table, element);
	bool found = false;
	for (size_t row; !found && row_match_next(&cursor, &row);) {
		found = table_row_holds(table, row, day);
		answer = found ? judge_row(wants, table, row) : answer;
	}
	if (answer != ANSWER_MET) {
		add_table(wants, trace, table, element, answer == ANSWER_UNKNOWN);
	}
	return answer;
}

static enum answer evaluate_table(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct table_check *wants = (const struct table_check *)check;
	const struct table *table = &evaluator->tables->tables[wants->table];
	const size_t count = reach_count(row_match_subject(&wants->match), evaluator);
	const size_t mark = trace->count;
	enum answer answer = wants->any ? ANSWER_NOT_MET : ANSWER_MET;
	if (count == 0) {
		if (wants->no_row == ANSWER_UNKNOWN) {
			const struct reach *subject = row_match_subject(&wants->match);
			trace_add(trace, PROBLEM_UNANSWERED, subject->empty,
				  (struct entry){.say = sentence(trace->arena, "there is no %s.", subject->element)});
		}
		return wants->no_row;
	}
	for (size_t i = 0; i < count; i++) {
		const enum answer both[] = {answer, judge_element(wants, evaluator, trace, table, i)};
		answer = wants->any ? answer_any(both, 2) : answer_all(both, 2);
	}
	if (answer == ANSWER_MET) {
		trace_cut(trace, mark);
	}
	return answer;
}

static bool read_expected(const struct json *node, const struct table_column *column, struct value *ret_value)
{
	*ret_value = (struct value){.state = VALUE_PRESENT, .type = (uint8_t)column->type};
	if (column->type == VALUE_BOOLEAN && json_kind(node) == JSON_BOOLEAN) {
		ret_value->boolean = json_boolean(node);
		return true;
	}
	if (column->type == VALUE_TEXT && json_text(node)) {
		ret_value->text = json_text(node);
		return true;
	}
	return column->type == VALUE_INTEGER && json_integer(node, &ret_value->integer);
}

static bool compile_expected(struct compiler *compiler, const struct table *table, const struct json *expect,
			     const struct spot *spot, struct table_check *made)
{
	bool good = true;
	made->expected = arena_array(compiler->arena, json_count(expect) + 1, sizeof(*made->expected));
	for (const struct json *one = json_first(expect); one; one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		const int column = table_column_need(compiler, table, json_name(one), &here);
		struct expectation *added = &made->expected[made->expected_count++];
		if (column < 0) {
			good = false;
			continue;
		}
		added->column = (size_t)column;
		if (!read_expected(one, &table->columns[column], &added->value)) {
			spot_issue(compiler->issues, &here, "wrong_type", "is not of the type of the column");
			good = false;
		}
	}
	return good;
}

static bool compile_manner(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			   struct table_check *made)
{
	static const char *const ofs[] = {"every", "any", NULL};
	static const char *const answers[] = {
		[ANSWER_MET] = "met", [ANSWER_NOT_MET] = "not_met", [ANSWER_UNKNOWN] = "unknown", NULL};
	const struct json *of = json_member(arguments, "of");
	const struct json *no_row = json_member(arguments, "no_row");
	const struct spot at_of = spot_member(spot, "of");
	const struct spot at_no_row = spot_member(spot, "no_row");
	unsigned choice = 0;
	if (of && !word_choice(compiler, of, &at_of, ofs, &choice)) {
		return false;
	}
	made->any = choice == 1;
	choice = ANSWER_UNKNOWN;
	if (no_row && !word_choice(compiler, no_row, &at_no_row, answers, &choice)) {
		return false;
	}
	made->no_row = (enum answer)choice;
	return true;
}

const struct check *compile_table(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"name", "match", "expect", "of", "no_row", NULL};
	struct table_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *name = argument(compiler, arguments, spot, "name", JSON_TEXT);
	const struct json *match = argument(compiler, arguments, spot, "match", JSON_OBJECT);
	const struct json *expect = NULL;
	bool good = argument_optional(compiler, arguments, spot, "expect", JSON_OBJECT, &expect);
	const struct spot at_name = spot_member(spot, "name");
	const struct spot at_match = spot_member(spot, "match");
	const struct spot at_expect = spot_member(spot, "expect");
	if (!name || !match || !good) {
		return NULL;
	}
	const int place = table_find(compiler->tables, json_text(name));
	if (place < 0) {
		spot_issue(compiler->issues, &at_name, "unknown_table", "there is no table %s", json_text(name));
		return NULL;
	}
	const struct table *table = &compiler->tables->tables[place];
	made->table = (size_t)place;
	good = row_match_compile(compiler, table, match, &at_match, &made->match);
	good = compile_expected(compiler, table, expect, &at_expect, made) && good;
	good = compile_manner(compiler, arguments, spot, made) && good;
	made->check = (struct check){evaluate_table, good ? made->match.parts[0].reach.pointer : ""};
	return good ? &made->check : NULL;
}

static enum answer evaluate_event(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct fact_check *wants = (const struct fact_check *)check;
	if (evaluator_event(evaluator, wants->event)) {
		return ANSWER_MET;
	}
	trace_add(trace, PROBLEM_UNANSWERED, "", (struct entry){.needed = wants->event});
	return wants->absent;
}

const struct check *compile_event(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"name", "absent", NULL};
	static const char *const answers[] = {
		[ANSWER_MET] = "met", [ANSWER_NOT_MET] = "not_met", [ANSWER_UNKNOWN] = "unknown", NULL};
	struct fact_check *made = arena_alloc(compiler->arena, sizeof(*made));
	unsigned absent = ANSWER_UNKNOWN;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *name = argument(compiler, arguments, spot, "name", JSON_TEXT);
	const struct json *otherwise = json_member(arguments, "absent");
	const struct spot at_absent = spot_member(spot, "absent");
	if (!name || (otherwise && !word_choice(compiler, otherwise, &at_absent, answers, &absent))) {
		return NULL;
	}
	made->event = json_text(name);
	made->absent = (enum answer)absent;
	made->check = (struct check){evaluate_event, ""};
	return &made->check;
}

/* What a plan fact is called in sentences. */
static const char *fact_phrase(unsigned fact)
{
	switch (fact) {
	case FACT_ELIGIBILITY: return "the member's coverage";
	case FACT_PARTICIPATION: return "whether the provider participates";
	case FACT_OTHER_INSURANCE: return "the other insurance";
	case FACT_LINE_OF_BUSINESS: return "the kind of coverage";
	default: return "this";
	}
}

static enum answer evaluate_verified(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct fact_check *wants = (const struct fact_check *)check;
	if ((evaluator->facts.verified & wants->fact) != 0) {
		return ANSWER_MET;
	}
	trace_add(trace, PROBLEM_UNANSWERED, check->subject,
		  (struct entry){.say = sentence(trace->arena, "the plan has not yet verified %s.", fact_phrase(wants->fact)),
				 .fix = "Nothing is needed from you; the plan looks it up."});
	return ANSWER_NOT_MET;
}

static enum answer evaluate_contradicted(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct fact_check *wants = (const struct fact_check *)check;
	if ((evaluator->facts.contradicted & wants->fact) != 0) {
		return ANSWER_MET;
	}
	trace_add(trace, PROBLEM_INVALID, check->subject,
		  (struct entry){.say = "Nothing that the plan knows says otherwise than the request."});
	return ANSWER_NOT_MET;
}

static struct fact_check *compile_plan_fact(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"fact", NULL};
	static const char *const subjects[] = {"/member/coverage", "/servicing_provider/participation",
					       "/member/other_insurance", "/member/line_of_business"};
	struct fact_check *made = arena_alloc(compiler->arena, sizeof(*made));
	unsigned place = 0;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *fact = argument(compiler, arguments, spot, "fact", JSON_TEXT);
	const struct spot at_fact = spot_member(spot, "fact");
	if (!fact || !word_choice(compiler, fact, &at_fact, plan_fact_names, &place)) {
		return NULL;
	}
	made->fact = 1U << place;
	made->check.subject = subjects[place];
	return made;
}

const struct check *compile_verified(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	struct fact_check *made = compile_plan_fact(compiler, arguments, spot);
	if (made) {
		made->check.evaluate = evaluate_verified;
	}
	return made ? &made->check : NULL;
}

const struct check *compile_contradicted(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	struct fact_check *made = compile_plan_fact(compiler, arguments, spot);
	if (made) {
		made->check.evaluate = evaluate_contradicted;
	}
	return made ? &made->check : NULL;
}

static enum answer judge_reference(const struct fact_check *wants, struct evaluator *evaluator, struct trace *trace,
				   size_t index)
{
	const struct reach *reach = &wants->reach;
	const struct value *value = reach_value(reach, evaluator, index);
	const char *pointer = reach_pointer(reach, trace->arena, index);
	const char *phrase = reach_phrase(reach, trace->arena, index);
	const char *fix = wants->papers.count > 0 ? sentence(trace->arena, "send %s and name it here.", wants->papers.an)
						  : "Send the document and name it here.";
	if (!value_given(value) || text_blank(value->text)) {
		trace_add(trace, PROBLEM_MISSING, pointer,
			  (struct entry){.say = sentence(trace->arena, "%s is not named.", phrase), .fix = fix});
		return ANSWER_NOT_MET;
	}
	const struct record *document = paper_by_id(evaluator, value->text);
	if (document && (wants->papers.count == 0 || paper_is(&wants->papers, evaluator, document))) {
		return ANSWER_MET;
	}
	trace_add(trace, document ? PROBLEM_WRONG_KIND : PROBLEM_INVALID, pointer,
		  (struct entry){.say = sentence(trace->arena,
						 document ? "%s is named, but is another sort of document."
							  : "%s is named, but is not among the documents.",
						 phrase),
				 .fix = fix});
	return ANSWER_NOT_MET;
}

static enum answer evaluate_refers(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct fact_check *wants = (const struct fact_check *)check;
	const size_t count = reach_count(&wants->reach, evaluator);
	enum answer answer = count > 0 ? ANSWER_MET : ANSWER_NOT_MET;
	if (count == 0) {
		trace_add(trace, PROBLEM_MISSING, wants->reach.empty,
			  (struct entry){.say = sentence(trace->arena, "there is no %s.", wants->reach.element)});
	}
	for (size_t i = 0; i < count; i++) {
		const enum answer both[] = {answer, judge_reference(wants, evaluator, trace, i)};
		answer = answer_all(both, 2);
	}
	return answer;
}

const struct check *compile_refers_to(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", "types", NULL};
	struct fact_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_TEXT);
	const struct spot at_spot = spot_member(spot, "at");
	bool good = !json_member(arguments, "types") || papers_compile(compiler, arguments, spot, "types", &made->papers);
	if (!at || !reach_compile(compiler, at, &at_spot, &made->reach)) {
		return NULL;
	}
	if (made->reach.slot.type != VALUE_TEXT) {
		spot_issue(compiler->issues, &at_spot, "wrong_place", "%s holds no document id", json_text(at));
		good = false;
	}
	made->check = (struct check){evaluate_refers, made->reach.pointer};
	return good ? &made->check : NULL;
}
