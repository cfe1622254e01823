/* SPDX-License-Identifier: Apache-2.0 */
#include "review/continue.h"

#include "base/text.h"
#include "domain/lifecycle.h"
#include "review/carry.h"
#include "review/papers.h"
#include "review/plan.h"
#include "review/read.h"
#include "review/same.h"

#include <string.h>

/* Who the request is about: what is said of it must be what the earlier request says. */
static const char *const member_identity[] = {"/member/id", "/member/recipient_id", "/member/birth_date", NULL};

static const struct json *given(const struct json *node)
{
	return node != NULL && json_kind(node) != JSON_NULL ? node : NULL;
}

/* ---- which request ---- */

static bool refuse(struct continued *continued, enum err_code code, const char *why)
{
	continued->refused = true;
	return err_set(&continued->why, code, "%s", why);
}

/* Only what was approved, and is authorized, goes on. */
static bool check_approved(struct continued *continued, const struct request_row *row, const struct json *plan)
{
	enum status status;
	const char *outcome = json_text(json_at(plan, "/decision/outcome"));
	if (status_from_name(row->status, &status) && status_open(status)) {
		return refuse(continued, ERR_TRANSITION, "the request that this one continues is not decided yet");
	}
	if (outcome == NULL || (strcmp(outcome, "approved") != 0 && strcmp(outcome, "approved_in_part") != 0)) {
		return refuse(continued, ERR_TRANSITION, "only a request that is approved, in whole or in part, is continued");
	}
	return continued->authorization != NULL ||
	       refuse(continued, ERR_TRANSITION, "of the request that this one continues no day is authorized yet");
}

/* Where the fault is in what the body says, not in how the earlier request stands. */
static void check_kin(const struct draft *draft, const struct request_row *row, struct issues *issues)
{
	if (strcmp(draft->program->policy->payer, row->payer) != 0) {
		issues_add(issues, "/continues", "another_payer", "Name a request to the same payer.",
			   "the request that this one continues is for another payer");
	} else if (strcmp(draft->program->service, row->service) != 0) {
		issues_add(issues, "/continues", "another_service", "Name a request for the same service, or leave it out.",
			   "the request that this one continues is for another service");
	}
}

void continue_check_member(const struct draft *draft, const struct json *earlier, struct issues *issues)
{
	for (size_t i = 0; member_identity[i] != NULL; i++) {
		const struct json *said = given(json_at(draft->root, member_identity[i]));
		const struct json *before = given(json_at(earlier, member_identity[i]));
		if (said != NULL && before != NULL && !same_kept(before, said)) {
			issues_add(issues, member_identity[i], "another_member",
				   "Leave it out, or continue a request about this member.",
				   "the request that this one continues is about another member");
		}
	}
}

void continue_check_authorization(const struct draft *draft, const struct json *authorization, struct issues *issues)
{
	const struct json *said = json_member(draft->root, "prior_authorization");
	for (const struct json *node = json_first(carry_authorization(issues->arena, authorization)); node != NULL;
	     node = json_next(node)) {
		const char *name = json_name(node);
		const struct json *own = given(json_member(said, name));
		if (own != NULL && !same_kept(node, own)) {
			issues_add(issues, arena_printf(issues->arena, "/prior_authorization/%s", name),
				   "another_authorization",
				   "Leave it out: it is taken from the request that this one continues.",
				   "the authorization of the request that this one continues says otherwise");
		}
	}
}

/* ---- together ---- */

/* What the earlier request said and was granted; false with the outcome set. */
static bool read_earlier(const struct call *call, const struct request_view *view, struct continued *continued,
			 struct outcome *outcome)
{
	struct papers papers;
	const struct request_row *row = &view->row;
	if (!papers_read(call->reader, row->id, call->arena, &papers, outcome)) {
		return false;
	}
	continued->id = row->id;
	continued->tracking_number = row->tracking_number;
	continued->episode = row->episode != NULL ? row->episode : row->id;
	continued->organization = row->organization;
	continued->sensitivity = row->sensitivity;
	continued->decision = json_text(json_at(papers.plan, "/decision/id"));
	continued->authorization = given(json_member(papers.plan, "authorization"));
	continued->body = plan_verified_body(call->arena, papers.body, papers.plan);
	(void)check_approved(continued, row, papers.plan);
	return true;
}

bool continue_find(const struct call *call, struct draft *draft, struct continued *ret_continued, struct outcome *outcome)
{
	struct outcome found;
	const char *id = json_text(json_member(draft->root, "continues"));
	*ret_continued = (struct continued){0};
	if (id == NULL || draft->program == NULL) {
		return true; /* the body cannot be used, and says so itself */
	}
	if (strcmp(draft->program->review, "initial") == 0) {
		issues_add(&outcome->issues, "/continues", "not_continuing",
			   "Leave it out, or send the review with which the care goes on.",
			   "an initial review begins an episode and continues nothing");
		return true;
	}
	outcome_init(&found, call->arena);
	const struct request_view *view = read_owned(call->reader, call->principal, id, call->arena, &found);
	if (view == NULL && found.err.code != ERR_NOT_FOUND) {
		return outcome_fail(outcome, &found.err);
	}
	if (view == NULL) {
		(void)refuse(ret_continued, ERR_NOT_FOUND, "no request of yours has the id that this one says it continues");
		return true;
	}
	if (!read_earlier(call, view, ret_continued, outcome)) {
		return false;
	}
	check_kin(draft, &view->row, &outcome->issues);
	continue_check_member(draft, ret_continued->body, &outcome->issues);
	if (!ret_continued->refused) {
		continue_check_authorization(draft, ret_continued->authorization, &outcome->issues);
	}
	if (!ret_continued->refused && !issues_any(&outcome->issues)) {
		carry_over(ret_continued, draft, call->arena);
	}
	return true;
}

const struct json *continue_plan(const struct continued *continued, const struct json *plan, struct arena *arena)
{
	struct text out;
	struct json_writer writer;
	if (continued->id == NULL) {
		return plan;
	}
	text_init(&out, arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "id", continued->id);
	json_member_text(&writer, "tracking_number", continued->tracking_number);
	json_member_text(&writer, "decision", continued->decision);
	json_member_tree(&writer, "authorization", carry_authorization(arena, continued->authorization));
	json_put_name(&writer, "carried_over");
	json_open_array(&writer);
	for (size_t i = 0; i < continued->carried_count; i++) {
		json_put_text(&writer, continued->carried[i]);
	}
	json_close_array(&writer);
	json_close_object(&writer);
	return papers_set(arena, plan, "continues", out.data);
}

bool continue_kept(const struct json *plan, const struct json *before, const struct json *now, struct outcome *outcome)
{
	bool kept = same_kept(json_member(before, "prior_authorization"), json_member(now, "prior_authorization"));
	for (size_t i = 0; member_identity[i] != NULL; i++) {
		kept = kept && same_kept(json_at(before, member_identity[i]), json_at(now, member_identity[i]));
	}
	return kept || json_member(plan, "continues") == NULL ||
	       outcome_refuse(outcome, ERR_TRANSITION,
			      "who the member is, and the earlier authorization, are those of the request that this one "
			      "continues; withdraw it and send a new one where they are not");
}

const char *continue_organization(const struct continued *continued, const struct draft *draft,
				  const struct principal *principal)
{
	if (principal->organization != NULL) {
		return principal->organization;
	}
	static const char provider[] = "/requesting_provider/npi";
	const bool same =
		continued->id != NULL && same_json(json_at(continued->body, provider), json_at(draft->root, provider));
	return same && continued->organization != NULL ? continued->organization : "";
}
