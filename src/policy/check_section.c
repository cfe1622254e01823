/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sections, section_is: the parts that a policy asks for inside papers. A part stands when it has a page or some text; a value
 * answers only the check that asks for it.
 */
#include "policy/check.h"

#include "base/text.h"
#include "policy/papers.h"
#include "policy/reach.h"
#include "policy/words.h"

#include <string.h>

struct section_check {
	struct check check;
	struct paper_types papers;
	const uint16_t *needed; /* words of the section list */
	const char *const *phrases; /* parallel: "presentation and symptoms" */
	const char *const *names; /* parallel: the words themselves */
	size_t count;
	const struct window *as_of; /* sections */
	const struct window *within; /* sections: of the time that the paper covers */
	bool goals; /* sections: each names a goal */
	const struct word_set *words; /* section_is */
	bool has_other;
	struct reach other;
};

/* The best that was found of one section, over all papers of the types. */
enum standing_rank { RANK_NO_PAPER, RANK_ABSENT, RANK_BLANK, RANK_NO_GOAL, RANK_UNDATED, RANK_FUTURE, RANK_STALE, RANK_STANDS };

struct found_section {
	enum standing_rank rank;
	const struct record *document;
	const struct record *section;
};

static bool said(const struct value *value)
{
	return value_given(value) && !text_blank(value->text);
}

static bool section_stands(const struct section_check *wants, const struct evaluator *evaluator, const struct record *section)
{
	if (wants->words || wants->has_other) {
		return said(&section->values[evaluator->places->section_value]);
	}
	return value_given(&section->values[evaluator->places->section_page]) ||
	       said(&section->values[evaluator->places->section_text]);
}

static enum standing_rank rank_section(const struct section_check *wants, const struct evaluator *evaluator,
				       const struct record *section)
{
	if (!section_stands(wants, evaluator, section)) {
		return RANK_BLANK;
	}
	const struct value *goals = &section->values[evaluator->places->section_goal_refs];
	if (wants->goals && (!value_given(goals) || goals->count == 0)) {
		return RANK_NO_GOAL;
	}
	if (!wants->as_of) {
		return RANK_STANDS;
	}
	const struct value *as_of = &section->values[evaluator->places->section_as_of];
	if (!value_given(as_of)) {
		return RANK_UNDATED;
	}
	switch (window_judge(wants->as_of, &evaluator->anchor, as_of)) {
	case WINDOW_INSIDE: return RANK_STANDS;
	case WINDOW_STALE: return RANK_STALE;
	case WINDOW_FUTURE: break;
	}
	return RANK_FUTURE;
}

/* Whether the time that a paper covers ends in the window. */
static bool in_window(const struct section_check *wants, const struct evaluator *evaluator, const struct record *document)
{
	const char *pointer;
	const struct value *to = paper_date(evaluator, evaluator->arena, document, DATED_COVERS, &pointer);
	return to && !paper_covers_reversed(evaluator, document) &&
	       window_judge(wants->within, &evaluator->anchor, to) == WINDOW_INSIDE;
}

/* An older paper says nothing of the recent time once there is one that speaks of it; until then all are read. */
static bool only_window(const struct section_check *wants, const struct evaluator *evaluator)
{
	struct paper_walk walk = {0};
	const struct record *document = NULL;
	while (wants->within && (document = papers_next(&wants->papers, evaluator, &walk))) {
		if (in_window(wants, evaluator, document)) {
			return true;
		}
	}
	return false;
}

static struct found_section find_section(const struct section_check *wants, const struct evaluator *evaluator, size_t index)
{
	struct found_section best = {.rank = RANK_NO_PAPER};
	const bool recent = only_window(wants, evaluator);
	struct paper_walk walk = {0};
	const struct record *document;
	while ((document = papers_next(&wants->papers, evaluator, &walk))) {
		if (recent && !in_window(wants, evaluator, document)) {
			continue;
		}
		if (best.rank == RANK_NO_PAPER) {
			best = (struct found_section){RANK_ABSENT, document, NULL};
		}
		size_t count;
		const struct record *const *sections = inner_records(document, evaluator->places->sections, &count);
		for (size_t i = 0; i < count; i++) {
			const struct value *name = &sections[i]->values[evaluator->places->section_name];
			if (!value_given(name) || name->word != wants->needed[index]) {
				continue;
			}
			const enum standing_rank rank = rank_section(wants, evaluator, sections[i]);
			if (rank > best.rank) {
				best = (struct found_section){rank, document, sections[i]};
			}
		}
	}
	return best;
}

static const char *section_pointer(struct arena *arena, const struct found_section *found, const char *rest)
{
	if (!found->section) {
		return paper_pointer(arena, found->document, "sections/-");
	}
	return arena_printf(arena, "/documents/%u/sections/%u%s", found->document->index, found->section->index, rest);
}

static void add_absent(const struct section_check *wants, struct trace *trace, const struct found_section *found, size_t index)
{
	const bool paper = found->rank != RANK_NO_PAPER;
	const char *pointer = paper ? section_pointer(trace->arena, found, "") : "/documents/-";
	const char *phrase = wants->phrases[index];
	trace_add(trace, PROBLEM_MISSING, pointer,
		  (struct entry){
			  .needed = wants->names[index],
			  .say = paper ? sentence(trace->arena, "the %s does not show: %s.", wants->papers.phrase, phrase)
				       : sentence(trace->arena, "we have no %s that shows: %s.", wants->papers.phrase, phrase),
			  .fix = sentence(trace->arena, "send %s that shows: %s.", wants->papers.an, phrase)});
}

static void add_goalless(const struct section_check *wants, struct trace *trace, const struct found_section *found,
			 size_t index)
{
	const char *phrase = wants->phrases[index];
	trace_add(trace, PROBLEM_MISSING, section_pointer(trace->arena, found, "/goal_refs"),
		  (struct entry){.say = sentence(trace->arena, "this refers to no goal: %s.", phrase),
				 .fix = sentence(trace->arena, "name the goals to which this refers: %s.", phrase)});
}

static void add_dating(const struct section_check *wants, struct evaluator *evaluator, struct trace *trace,
		       const struct found_section *found, size_t index)
{
	struct arena *arena = trace->arena;
	const char *pointer = section_pointer(arena, found, "/as_of");
	const char *earliest = window_earliest_text(arena, wants->as_of, &evaluator->anchor);
	const char *needed = arena_printf(arena, "%s or later", earliest);
	const char *fix = sentence(arena, "send it as of %s.", needed);
	const char *phrase = wants->phrases[index];
	const struct value *as_of = &found->section->values[evaluator->places->section_as_of];
	if (found->rank == RANK_UNDATED) {
		const char *say = sentence(arena, "it is not said of which day this is: %s.", phrase);
		trace_add(trace, PROBLEM_MISSING, pointer, (struct entry){.needed = needed, .say = say, .fix = fix});
		return;
	}
	const char *date = value_text(arena, as_of, evaluator->anchor.zone);
	if (found->rank == RANK_FUTURE) {
		const char *say = sentence(arena, "this is dated after the day it arrived: %s.", phrase);
		trace_add(trace, PROBLEM_INVALID, pointer,
			  (struct entry){.found = date, .needed = needed, .say = say, .fix = fix});
		return;
	}
	const char *say = sentence(arena, "this is too old: %s. It must be of %s.", phrase, needed);
	trace_add(trace, PROBLEM_STALE, pointer, (struct entry){.found = date, .needed = needed, .say = say, .fix = fix});
}

static enum answer evaluate_sections(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct section_check *wants = (const struct section_check *)check;
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < wants->count; i++) {
		const struct found_section found = find_section(wants, evaluator, i);
		if (found.rank == RANK_STANDS) {
			continue;
		}
		answer = ANSWER_NOT_MET;
		if (found.rank <= RANK_BLANK) {
			add_absent(wants, trace, &found, i);
		} else if (found.rank == RANK_NO_GOAL) {
			add_goalless(wants, trace, &found, i);
		} else {
			add_dating(wants, evaluator, trace, &found, i);
		}
	}
	return answer;
}

static const char *near_section(struct compiler *compiler, const char *given)
{
	const struct vocabulary *vocabulary = compiler->vocabulary;
	const char **names = arena_array(compiler->arena, vocabulary->section_count + 1, sizeof(*names));
	for (size_t i = 0; i < vocabulary->section_count; i++) {
		names[i] = vocabulary->sections[i].name;
	}
	return spot_near(compiler->arena, given, names, vocabulary->section_count);
}

static bool compile_names(struct compiler *compiler, const struct json *list, const struct spot *spot,
			  struct section_check *made)
{
	uint16_t *needed = arena_array(compiler->arena, json_count(list) + 1, sizeof(*needed));
	const char **phrases = arena_array(compiler->arena, json_count(list) + 1, sizeof(*phrases));
	const char **names = arena_array(compiler->arena, json_count(list) + 1, sizeof(*names));
	bool good = json_first(list) != NULL;
	if (!good) {
		spot_issue(compiler->issues, spot, "too_few", "names no section");
	}
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const struct spot here = spot_element(spot, made->count);
		size_t place = 0;
		if (!json_text(one) || !vocabulary_section(compiler->vocabulary, json_text(one), &place)) {
			spot_issue(compiler->issues, &here, "unknown_section", "section \"%s\" is not declared%s",
				   json_text(one) ? json_text(one) : "?",
				   json_text(one) ? near_section(compiler, json_text(one)) : "");
			good = false;
			place = 0;
		}
		needed[made->count] = (uint16_t)place;
		phrases[made->count] = good ? compiler->vocabulary->sections[place].phrase : "";
		names[made->count++] = json_text(one);
	}
	made->needed = needed;
	made->phrases = phrases;
	made->names = names;
	return good;
}

/* A section that none of the types asks for is a slip of the pen. */
static bool sections_fit(struct compiler *compiler, const struct section_check *made, const struct spot *spot)
{
	bool good = true;
	for (size_t i = 0; i < made->count; i++) {
		bool asked = false;
		for (size_t k = 0; k < made->papers.count && !asked; k++) {
			const struct json *sections = compiler->vocabulary->types[made->papers.types[k]].sections;
			for (const struct json *one = json_first(sections); one && !asked; one = json_next(one)) {
				asked = strcmp(json_text(one), made->names[i]) == 0;
			}
		}
		if (!asked) {
			spot_issue(compiler->issues, spot, "wrong_section",
				   "no document type named here declares section \"%s\"", made->names[i]);
			good = false;
		}
	}
	return good;
}

const struct check *compile_sections(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "need", "as_of_within", "within", "goal_refs", NULL};
	struct section_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *need = argument(compiler, arguments, spot, "need", JSON_ARRAY);
	const struct json *window = json_member(arguments, "as_of_within");
	const struct spot at_need = spot_member(spot, "need");
	const struct json *covered = json_member(arguments, "within");
	const struct spot at_window = spot_member(spot, "as_of_within");
	const struct spot at_covered = spot_member(spot, "within");
	const struct json *goals;
	bool good = papers_compile(compiler, arguments, spot, "of", &made->papers);
	good = need && compile_names(compiler, need, &at_need, made) && good;
	good = good && sections_fit(compiler, made, &at_need);
	if (window && !(made->as_of = argument_window(compiler, window, &at_window))) {
		good = false;
	}
	if (covered && !(made->within = argument_window(compiler, covered, &at_covered))) {
		good = false;
	}
	good = argument_optional(compiler, arguments, spot, "goal_refs", JSON_BOOLEAN, &goals) && good;
	made->goals = goals && json_boolean(goals);
	made->check = (struct check){evaluate_sections, "/documents/-"};
	return good ? &made->check : NULL;
}

static bool same_as_other(const struct section_check *wants, const struct evaluator *evaluator, const struct value *value,
			  bool *ret_known)
{
	const struct value *other = reach_value(&wants->other, evaluator, 0);
	*ret_known = value_given(other);
	return *ret_known && strcmp(reach_text(&wants->other, evaluator, other), value->text) == 0;
}

static enum answer evaluate_section_is(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct section_check *wants = (const struct section_check *)check;
	const struct found_section found = find_section(wants, evaluator, 0);
	const char *phrase = wants->phrases[0];
	const struct value *value = found.section ? &found.section->values[evaluator->places->section_value] : NULL;
	if (!value || !said(value)) {
		const char *pointer =
			found.rank == RANK_NO_PAPER ? "/documents/-" : section_pointer(trace->arena, &found, "/value");
		trace_add(trace, PROBLEM_UNANSWERED, pointer,
			  (struct entry){.needed = wants->words ? wants->words->text : NULL,
					 .say = sentence(trace->arena, "we cannot tell from the %s: %s.", wants->papers.phrase,
							 phrase)});
		return ANSWER_UNKNOWN;
	}
	bool known = true;
	const bool good = wants->words ? words_have(wants->words, value) : same_as_other(wants, evaluator, value, &known);
	if (!known) {
		reach_unanswered(&wants->other, trace, 0);
		return ANSWER_UNKNOWN;
	}
	if (good) {
		return ANSWER_MET;
	}
	trace_add(
		trace, PROBLEM_WRONG_KIND, section_pointer(trace->arena, &found, "/value"),
		(struct entry){.needed = wants->words ? wants->words->text : NULL,
			       .say = sentence(trace->arena,
					       wants->has_other ? "the %s says something else than the request about this: %s."
								: "the %s says something else than needed about this: %s.",
					       wants->papers.phrase, phrase)});
	return ANSWER_NOT_MET;
}

static bool compile_expected(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			     struct section_check *made)
{
	const struct json *words = json_member(arguments, "words");
	const struct json *other = json_member(arguments, "other");
	const struct spot at_words = spot_member(spot, "words");
	const struct spot at_other = spot_member(spot, "other");
	if ((words != NULL) == (other != NULL)) {
		spot_issue(compiler->issues, spot, "missing_member", "needs either words or other");
		return false;
	}
	if (words) {
		made->words = words_compile(compiler, words, &at_words, NULL);
		return made->words != NULL;
	}
	made->has_other = true;
	if (!reach_compile(compiler, other, &at_other, &made->other)) {
		return false;
	}
	if (made->other.slot.list || (made->other.slot.type != VALUE_TEXT && made->other.slot.type != VALUE_WORD)) {
		spot_issue(compiler->issues, &at_other, "wrong_place", "%s holds no single word", json_text(other));
		return false;
	}
	return true;
}

const struct check *compile_section_is(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "section", "words", "other", NULL};
	struct section_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *section = argument(compiler, arguments, spot, "section", JSON_TEXT);
	const struct spot at_section = spot_member(spot, "section");
	bool good = papers_compile(compiler, arguments, spot, "of", &made->papers);
	good = compile_expected(compiler, arguments, spot, made) && good;
	size_t place = 0;
	if (section && !vocabulary_section(compiler->vocabulary, json_text(section), &place)) {
		spot_issue(compiler->issues, &at_section, "unknown_section", "section \"%s\" is not declared%s",
			   json_text(section), near_section(compiler, json_text(section)));
		good = false;
	}
	if (!section || !good) {
		return NULL;
	}
	uint16_t *needed = arena_alloc(compiler->arena, sizeof(*needed));
	const char **texts = arena_array(compiler->arena, 2, sizeof(*texts));
	*needed = (uint16_t)place;
	texts[0] = compiler->vocabulary->sections[place].phrase;
	texts[1] = json_text(section);
	made->needed = needed;
	made->phrases = texts;
	made->names = texts + 1;
	made->count = 1;
	made->check = (struct check){evaluate_section_is, "/documents/-"};
	return sections_fit(compiler, made, &at_section) ? &made->check : NULL;
}
