/* SPDX-License-Identifier: Apache-2.0 */
#include "review/inform.h"

#include "base/text.h"
#include "review/continue.h"
#include "review/evidence.h"
#include "review/judged.h"
#include "review/own_json.h"
#include "review/question.h"

/* What is supplied besides answers: those belong to the questions, not to the submitter's papers. */
static const struct json *without_answers(const struct amendment *amendment)
{
	if (json_member(amendment->input, "answers") == NULL) {
		return amendment->input;
	}
	return own_json_edit(amendment->call->arena, amendment->input, "/answers", NULL);
}

static void answer_one(struct amendment *amendment, const struct json *node, const char *pointer, struct issues *issues)
{
	struct arena *arena = issues->arena;
	const char *question = json_text(json_member(node, "question"));
	const char *text = json_text(json_member(node, "text"));
	const char *document = json_text(json_member(node, "document"));
	if (text_blank(text) && document == NULL) {
		issues_add(issues, pointer, "says_nothing", "Answer in `text`, or name the document that shows it.",
			   "the answer says nothing");
	}
	evidence_check_document(amendment->papers.body, document, arena_printf(arena, "%s/document", pointer), issues);
	if (question == NULL || !question_answer(amendment, question, text, document)) {
		issues_add(issues, arena_printf(arena, "%s/question", pointer), "no_open_question",
			   "Name a question of `questions` by its `id`, as in \"q1\".",
			   "the request has no open question of this name");
	}
}

/* After the papers were merged: a document may come with the answer that names it. */
static void answer_questions(struct amendment *amendment, struct issues *issues)
{
	const struct json *answers = json_member(amendment->input, "answers");
	size_t index = 0;
	for (const struct json *node = json_first(answers); node != NULL; node = json_next(node), index++) {
		answer_one(amendment, node, arena_printf(issues->arena, "/answers/%zu", index), issues);
	}
}

struct record_change *inform_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	static const struct amend_rule rule = {.step = STEP_INFORM, .resource = "information"};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	const struct json *supplied = without_answers(&amendment);
	const struct json *before = amendment.papers.body;
	amendment.papers.body = json_merge(call->arena, before, supplied);
	if (!judged_member_kept(&amendment, before, outcome) ||
	    !continue_kept(amendment.papers.plan, before, amendment.papers.body, outcome)) {
		return NULL;
	}
	answer_questions(&amendment, &outcome->issues);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	judged_reopen(&amendment, before);
	/* Answers alone are no papers: nothing was written later than what is there. */
	if (supplied == amendment.input || json_count(supplied) > 0) {
		amendment.arrived_at = call->now;
	}
	return amend_end(&amendment, "information_supplied", outcome);
}
