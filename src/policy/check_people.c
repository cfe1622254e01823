/* SPDX-License-Identifier: Apache-2.0 */
/* signed, took_part: who stands behind a paper. Roles are words of the policy; names are never looked at. */
#include "policy/check.h"

#include "base/text.h"
#include "policy/papers.h"
#include "policy/words.h"

struct people_check {
	struct check check;
	struct paper_types papers;
	const struct word_set *roles; /* signed */
	const struct word_set **each_role; /* took_part: one set per role */
	size_t role_count;
	bool qualified; /* signed: asked for */
};

/* What became of one paper; the best one explains. */
struct paper_answer {
	enum answer answer;
	size_t from;
	size_t to;
};

static enum answer judge_signature(const struct people_check *wants, struct evaluator *evaluator, struct trace *trace,
				   const struct record *document, const struct record *signature)
{
	const struct places *places = evaluator->places;
	struct arena *arena = trace->arena;
	const char *base = arena_printf(arena, "/documents/%u/signatures/%u", document->index, signature->index);
	const struct value *signed_on = &signature->values[places->signed_on];
	if (value_given(signed_on) && civil_compare(signed_on->date, evaluator->anchor.today) > 0) {
		trace_add(trace, PROBLEM_INVALID, arena_printf(arena, "%s/signed_on", base),
			  (struct entry){.found = value_text(arena, signed_on, evaluator->anchor.zone),
					 .say = sentence(arena, "the signature on the %s is dated after the day it arrived.",
							 wants->papers.phrase)});
		return ANSWER_NOT_MET;
	}
	const struct value *qualified = &signature->values[places->signature_qualified];
	if (!wants->qualified || (value_given(qualified) && qualified->boolean)) {
		return ANSWER_MET;
	}
	const bool given = value_given(qualified);
	trace_add(trace, given ? PROBLEM_UNQUALIFIED : PROBLEM_UNANSWERED, arena_printf(arena, "%s/qualified", base),
		  (struct entry){.say = sentence(arena,
						 given ? "the signer of the %s is not qualified."
						       : "we cannot tell whether the signer of the %s is qualified.",
						 wants->papers.phrase)});
	return given ? ANSWER_NOT_MET : ANSWER_UNKNOWN;
}

static enum answer judge_signatures(const struct people_check *wants, struct evaluator *evaluator, struct trace *trace,
				    const struct record *document)
{
	const struct places *places = evaluator->places;
	const size_t mark = trace->count;
	size_t count;
	const struct record *const *signatures = inner_records(document, places->signatures, &count);
	enum answer best = ANSWER_NOT_MET;
	size_t from = mark;
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		const struct value *role = &signatures[i]->values[places->signature_role];
		if (!value_given(role) || !words_have(wants->roles, role)) {
			continue;
		}
		const size_t before = trace->count;
		const enum answer one = judge_signature(wants, evaluator, trace, document, signatures[i]);
		if (one == ANSWER_MET) {
			trace_cut(trace, mark);
			return ANSWER_MET;
		}
		if (!any || (one == ANSWER_UNKNOWN && best == ANSWER_NOT_MET)) {
			best = one;
			from = before;
		}
		any = true;
	}
	if (any) {
		trace_keep(trace, mark, from, from + 1);
		return best;
	}
	trace_add(trace, PROBLEM_UNSIGNED, paper_pointer(trace->arena, document, "signatures/-"),
		  (struct entry){.needed = wants->roles->text,
				 .say = sentence(trace->arena, "the %s is not signed by %s.", wants->papers.phrase,
						 wants->roles->phrase)});
	return ANSWER_NOT_MET;
}

static enum answer judge_participants(const struct people_check *wants, struct evaluator *evaluator, struct trace *trace,
				      const struct record *document, const struct word_set *role)
{
	const struct places *places = evaluator->places;
	struct arena *arena = trace->arena;
	size_t count;
	const struct record *const *participants = inner_records(document, places->participants, &count);
	for (size_t i = 0; i < count; i++) {
		const struct value *own = &participants[i]->values[places->participant_role];
		if (!value_given(own) || !words_have(role, own)) {
			continue;
		}
		const struct value *took_part = &participants[i]->values[places->took_part];
		const struct value *reason = &participants[i]->values[places->took_part_reason];
		if (!value_given(took_part)) {
			trace_add(trace, PROBLEM_UNANSWERED,
				  arena_printf(arena, "/documents/%u/participants/%zu/took_part", document->index, i),
				  (struct entry){.needed = role->text,
						 .say = sentence(arena, "the %s does not say whether %s took part.",
								 wants->papers.phrase, role->phrase)});
			return ANSWER_UNKNOWN;
		}
		if (took_part->word == places->took_part_yes || (value_given(reason) && !text_blank(reason->text))) {
			return ANSWER_MET;
		}
		trace_add(trace, PROBLEM_MISSING,
			  arena_printf(arena, "/documents/%u/participants/%zu/reason", document->index, i),
			  (struct entry){.needed = role->text,
					 .say = sentence(arena, "the %s gives no reason why %s did not take part.",
							 wants->papers.phrase, role->phrase)});
		return ANSWER_NOT_MET;
	}
	trace_add(trace, PROBLEM_MISSING, paper_pointer(arena, document, "participants/-"),
		  (struct entry){.needed = role->text,
				 .say = sentence(arena, "the %s does not show that %s took part.", wants->papers.phrase,
						 role->phrase)});
	return ANSWER_NOT_MET;
}

static enum answer judge_taking_part(const struct people_check *wants, struct evaluator *evaluator, struct trace *trace,
				     const struct record *document)
{
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < wants->role_count; i++) {
		const enum answer both[] = {answer, judge_participants(wants, evaluator, trace, document, wants->each_role[i])};
		answer = answer_all(both, 2);
	}
	return answer;
}

static bool better(const struct paper_answer *a, const struct paper_answer *b)
{
	if (a->answer != b->answer) {
		return a->answer == ANSWER_UNKNOWN;
	}
	return a->to - a->from < b->to - b->from;
}

static enum answer evaluate_people(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct people_check *wants = (const struct people_check *)check;
	const size_t mark = trace->count;
	struct paper_walk walk = {0};
	struct paper_answer best = {0};
	bool any = false;
	const struct record *document;
	while ((document = papers_next(&wants->papers, evaluator, &walk))) {
		struct paper_answer one = {.from = trace->count};
		one.answer = wants->roles ? judge_signatures(wants, evaluator, trace, document)
					  : judge_taking_part(wants, evaluator, trace, document);
		one.to = trace->count;
		if (one.answer == ANSWER_MET) {
			trace_cut(trace, mark);
			return ANSWER_MET;
		}
		if (!any || better(&one, &best)) {
			best = one;
			any = true;
		}
	}
	if (!any) {
		papers_missing(&wants->papers, trace, NULL);
		return ANSWER_NOT_MET;
	}
	trace_keep(trace, mark, best.from, best.to);
	return best.answer;
}

const struct check *compile_signed(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "roles", "qualified", NULL};
	struct people_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct json *qualified;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *roles = argument(compiler, arguments, spot, "roles", JSON_ARRAY);
	const struct spot at_roles = spot_member(spot, "roles");
	bool good = papers_compile(compiler, arguments, spot, "of", &made->papers);
	good = argument_optional(compiler, arguments, spot, "qualified", JSON_BOOLEAN, &qualified) && good;
	made->qualified = qualified && json_boolean(qualified);
	made->roles = roles ? words_compile(compiler, roles, &at_roles, NULL) : NULL;
	made->check = (struct check){evaluate_people, "/documents/-"};
	return good && made->roles ? &made->check : NULL;
}

/* A role may be a list of words of which one is enough: ["individual", ["cassp", "county"]]. */
static const struct word_set *compile_role(struct compiler *compiler, const struct json *role, const struct spot *spot)
{
	if (json_kind(role) == JSON_ARRAY) {
		return words_compile(compiler, role, spot, NULL);
	}
	if (!json_text(role) || json_text(role)[0] == '@') {
		spot_issue(compiler->issues, spot, "wrong_type", "must be a role, or a list of roles of which any will do");
		return NULL;
	}
	return words_single(compiler, json_text(role));
}

const struct check *compile_took_part(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "roles", NULL};
	struct people_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *roles = argument(compiler, arguments, spot, "roles", JSON_ARRAY);
	const struct spot at_roles = spot_member(spot, "roles");
	bool good = papers_compile(compiler, arguments, spot, "of", &made->papers) && roles;
	made->each_role = arena_array(compiler->arena, json_count(roles) + 1, sizeof(const struct word_set *));
	for (const struct json *one = json_first(roles); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_roles, made->role_count);
		made->each_role[made->role_count] = compile_role(compiler, one, &here);
		good = made->each_role[made->role_count++] && good;
	}
	if (roles && made->role_count == 0) {
		spot_issue(compiler->issues, &at_roles, "too_few", "names no role");
		good = false;
	}
	made->check = (struct check){evaluate_people, "/documents/-"};
	return good ? &made->check : NULL;
}
