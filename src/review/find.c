/* SPDX-License-Identifier: Apache-2.0 */
#include "review/find.h"

#include "base/text.h"
#include "domain/lifecycle.h"
#include "review/criterion.h"
#include "review/evidence.h"
#include "review/question.h"
#include "review/say.h"

#include <string.h>

static const char cannot_tell[] = "cannot_tell";

/* One answer of a call. */
struct reply {
	const struct item *item;
	const struct json *input;
	const char *at; /* where it stands in the call's body: "" or "/findings/2" */
	const char *refusal; /* why nobody can give it, or NULL */
};

static const char *reply_text(const struct reply *reply, const char *name)
{
	return json_text(json_member(reply->input, name));
}

/* Who answers: those whom the item names; where it names nobody, those who may determine in some way. */
static struct item_words credentials_for(const struct amendment *amendment, const struct item *item)
{
	const struct program *program = amendment->program;
	struct item_words all = item->by;
	if (all.count > 0) {
		return all;
	}
	size_t most = 0;
	for (size_t i = 0; i < program->item_count; i++) {
		most += program->items[i]->by.count;
	}
	const char **words = arena_array(amendment->call->arena, most + 1, sizeof(*words));
	all.list = words;
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *other = program->items[i];
		for (size_t j = 0; other->kind == KIND_DETERMINATION && j < other->by.count; j++) {
			if (!item_words_have(&all, other->by.list[j])) {
				words[all.count++] = other->by.list[j];
			}
		}
	}
	return all;
}

static bool may_answer(const struct amendment *amendment, const struct item *item, struct outcome *outcome)
{
	const struct item_words credentials = credentials_for(amendment, item);
	const char *own = amendment->call->principal->credential;
	if (own != NULL && (credentials.count == 0 || item_words_have(&credentials, own))) {
		return true;
	}
	struct arena *arena = amendment->call->arena;
	const char *who = credentials.count > 0 ? say_words(arena, amendment->program->policy, &credentials)
						: "somebody with a credential";
	return outcome_refuse(outcome, ERR_FORBIDDEN, arena_printf(arena, "the policy has this answered by: %s", who));
}

static bool closed(const struct amendment *amendment)
{
	enum status status;
	return status_from_name(amendment->view->row.status, &status) && !status_open(status);
}

static void check_question(const struct amendment *amendment, const struct reply *reply, struct issues *issues)
{
	const char *question = reply_text(reply, "question");
	const char *pointer = arena_printf(issues->arena, "%s/question", reply->at);
	if (question == NULL) {
		return;
	}
	if (strcmp(reply_text(reply, "answer"), cannot_tell) != 0) {
		issues_add(issues, pointer, "not_open", "Answer \"cannot_tell\", or leave the question out.",
			   "only what cannot be told is asked");
	} else if (text_blank(question)) {
		issues_add(issues, pointer, "blank", "Say what the provider is asked.", "the question says nothing");
	} else if (closed(amendment)) {
		issues_add(issues, pointer, "not_open", "Leave the question out.",
			   "the request is closed; nobody is asked anything");
	}
}

static void check_reply(const struct amendment *amendment, const struct reply *reply, struct issues *issues)
{
	const char *pointer = arena_printf(issues->arena, "%s/evidence", reply->at);
	const bool seen = evidence_check(amendment, json_member(reply->input, "evidence"), pointer, issues);
	const bool told = strcmp(reply_text(reply, "answer"), cannot_tell) != 0;
	if (told && !seen && text_blank(reply_text(reply, "note"))) {
		issues_add(issues, pointer, "no_evidence", "Name a document or a section, or say why in `note`.",
			   "met and not_met need at least one place where it is seen, or a note");
	}
	check_question(amendment, reply, issues);
}

static const char *reply_json(const struct amendment *amendment, const struct reply *reply)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "criterion", reply->item->id);
	json_member_text(&writer, "answer", reply_text(reply, "answer"));
	json_member_list(&writer, "evidence", json_member(reply->input, "evidence"));
	json_member_text(&writer, "note", reply_text(reply, "note"));
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_member_text(&writer, "credential", call->principal->credential);
	json_close_object(&writer);
	return out.data;
}

/* A criterion that was answered needs no answer from the provider any more; one that cannot be told may ask for one. */
static void record_reply(struct amendment *amendment, const struct reply *reply, struct issues *issues)
{
	struct arena *arena = amendment->call->arena;
	const char *question = reply_text(reply, "question");
	criterion_reopen(amendment, reply->item->id);
	amendment->papers.plan = papers_append(arena, amendment->papers.plan, "answers", reply_json(amendment, reply));
	if (strcmp(reply_text(reply, "answer"), cannot_tell) != 0) {
		question_withdraw(amendment, reply->item->id);
	} else if (question != NULL && !question_put(amendment, reply->item->id, question)) {
		issues_add(issues, arena_printf(arena, "%s/question", reply->at), "too_many",
			   "Determine on what is there, or withdraw questions by answering their criteria.",
			   "the request has as many questions as it can hold");
	}
}

/* All or none; false with the issues in OUTCOME. */
static bool keep(struct amendment *amendment, const struct reply *replies, size_t count, struct outcome *outcome)
{
	for (size_t i = 0; i < count; i++) {
		check_reply(amendment, &replies[i], &outcome->issues);
	}
	for (size_t i = 0; i < count && !issues_any(&outcome->issues); i++) {
		record_reply(amendment, &replies[i], &outcome->issues);
	}
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

/* The answer at AT to the criterion ID. */
static struct reply reply_to(const struct amendment *amendment, const char *id, const struct json *input, const char *at)
{
	struct reply reply = {.item = criterion_find(amendment, id), .input = input, .at = at};
	reply.refusal = reply.item != NULL ? criterion_refusal(amendment, reply.item)
					   : "the policy of the request has no criterion of this name";
	return reply;
}

/* What was recorded and closed stays as it was judged; the answers stand beside it. */
static struct record_change *end(struct amendment *amendment, struct outcome *outcome)
{
	static const char action[] = "finding_recorded";
	return closed(amendment) ? amend_keep(amendment, action, outcome) : amend_end(amendment, action, outcome);
}

/* What staff closed because it was answered elsewhere is not a review that was recorded. */
static bool may_find(const struct amendment *amendment, struct outcome *outcome)
{
	const bool answered = closed(amendment) && json_member(amendment->papers.plan, "decision") != NULL;
	return !answered || outcome_refuse(outcome, ERR_TRANSITION, lifecycle_refusal(STATUS_RECORDED, STEP_FIND));
}

struct record_change *find_prepare(const struct call *call, const char *id, const char *criterion, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_FIND,
		.resource = arena_printf(call->arena, "findings/%s", criterion),
		.shape = call->service->shapes[SHAPE_FINDING],
		.put = true,
	};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome) || !may_find(&amendment, outcome)) {
		return NULL;
	}
	const struct reply reply = reply_to(&amendment, criterion, amendment.input, "");
	if (reply.refusal != NULL) {
		(void)outcome_refuse(outcome, reply.item != NULL ? ERR_TRANSITION : ERR_NOT_FOUND, reply.refusal);
		return NULL;
	}
	bool kept = may_answer(&amendment, reply.item, outcome) && keep(&amendment, &reply, 1, outcome);
	return kept ? end(&amendment, outcome) : NULL;
}

static struct reply *read_replies(const struct amendment *amendment, size_t *ret_count)
{
	struct arena *arena = amendment->call->arena;
	const struct json *list = json_member(amendment->input, "findings");
	struct reply *replies = arena_array(arena, json_count(list) + 1, sizeof(*replies));
	*ret_count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *at = arena_printf(arena, "/findings/%zu", *ret_count);
		replies[(*ret_count)++] = reply_to(amendment, json_text(json_member(node, "criterion")), node, at);
	}
	return replies;
}

bool find_apply(struct amendment *amendment, struct outcome *outcome)
{
	size_t count = 0;
	const struct reply *replies = read_replies(amendment, &count);
	for (size_t i = 0; i < count; i++) {
		if (replies[i].refusal == NULL && !may_answer(amendment, replies[i].item, outcome)) {
			return false;
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (replies[i].refusal != NULL) {
			issues_add(&outcome->issues, arena_printf(amendment->call->arena, "%s/criterion", replies[i].at),
				   "not_open", "`findings` of the request lists what can be answered.", "%s",
				   replies[i].refusal);
		}
	}
	return keep(amendment, replies, count, outcome);
}

struct record_change *find_several_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_FIND, .resource = "findings", .shape = call->service->shapes[SHAPE_FINDINGS], .put = true};
	struct amendment amendment;
	bool kept = amend_begin(&amendment, call, id, &rule, outcome) && may_find(&amendment, outcome) &&
		    find_apply(&amendment, outcome);
	return kept ? end(&amendment, outcome) : NULL;
}
