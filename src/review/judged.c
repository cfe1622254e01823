/* SPDX-License-Identifier: Apache-2.0 */
#include "review/judged.h"

#include "base/text.h"
#include "review/criterion.h"
#include "review/same.h"

#include <string.h>

/* Who the request is about. */
static const char *const identity[] = {"/member/id", "/member/recipient_id", "/member/first_name", "/member/last_name",
				       "/member/birth_date"};

/* What is asked for: every answer is about it. */
static const char *const subjects[] = {"/service_period", "/lines", "/diagnoses", "/servicing_provider"};

enum {
	IDENTITY_COUNT = sizeof(identity) / sizeof(identity[0]),
	SUBJECT_COUNT = sizeof(subjects) / sizeof(subjects[0]),
};

/* Answers that were opened again leave an empty list: somebody has looked. */
static bool judged(const struct json *plan)
{
	return json_member(plan, "con") != NULL || json_member(plan, "answers") != NULL;
}

static bool kept(const struct amendment *amendment, const struct json *before, const char *pointer)
{
	return same_kept(json_at(before, pointer), json_at(amendment->papers.body, pointer));
}

bool judged_member_kept(const struct amendment *amendment, const struct json *before, struct outcome *outcome)
{
	const char *changed[IDENTITY_COUNT];
	size_t count = 0;
	struct text list;
	for (size_t i = 0; i < IDENTITY_COUNT; i++) {
		if (!kept(amendment, before, identity[i])) {
			changed[count++] = identity[i];
		}
	}
	if (count == 0 || !judged(amendment->papers.plan)) {
		return true;
	}
	text_init(&list, amendment->call->arena, 128);
	for (size_t i = 0; i < count; i++) {
		text_printf(&list, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " and ", changed[i]);
	}
	return outcome_refuse(outcome, ERR_TRANSITION,
			      arena_printf(amendment->call->arena,
					   "who the member is was judged already, so it cannot change: %s; withdraw the "
					   "request and send a new request that replaces it",
					   list.data));
}

static const struct json *document(const struct json *body, const char *id)
{
	const struct json *node = json_first(json_member(body, "documents"));
	while (node != NULL) {
		const char *own = json_text(json_member(node, "id"));
		if (own != NULL && strcmp(own, id) == 0) {
			break;
		}
		node = json_next(node);
	}
	return node;
}

static bool evidence_kept(const struct amendment *amendment, const struct json *before, const struct json *answer)
{
	for (const struct json *node = json_first(json_member(answer, "evidence")); node != NULL; node = json_next(node)) {
		const char *id = json_text(json_member(node, "document"));
		if (id != NULL && !same_json(document(before, id), document(amendment->papers.body, id))) {
			return false;
		}
	}
	return true;
}

void judged_reopen(struct amendment *amendment, const struct json *before)
{
	const struct json *answers = json_member(amendment->papers.plan, "answers");
	bool all = false;
	for (size_t i = 0; i < SUBJECT_COUNT; i++) {
		all = all || !kept(amendment, before, subjects[i]);
	}
	for (const struct json *node = json_first(answers); node != NULL; node = json_next(node)) {
		if (all || !evidence_kept(amendment, before, node)) {
			criterion_reopen(amendment, json_text(json_member(node, "criterion")));
		}
	}
}
