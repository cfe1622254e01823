/* SPDX-License-Identifier: Apache-2.0 */
#include "review/since_decision.h"

/* A decision that was superseded was told of as well. */
static struct instant decided_at(const struct amendment *amendment, enum since since)
{
	struct instant at;
	const char *text = since == SINCE_FIRST ? json_text(json_at(amendment->before, "/superseded/0/decided_at")) : NULL;
	text = text != NULL ? text : json_text(json_at(amendment->before, "/decision/decided_at"));
	return text != NULL && instant_parse(text, &at) ? at : amendment->view->row.received_at;
}

struct instant since_decision(const struct amendment *amendment, enum since since, const char *member, struct outcome *outcome)
{
	struct instant at = amendment->call->now;
	const char *text = json_text(json_member(amendment->input, member));
	if (text == NULL || !instant_parse(text, &at)) {
		return at;
	}
	const char *pointer = arena_printf(amendment->call->arena, "/%s", member);
	if (instant_compare(at, amendment->call->now) > 0) {
		issues_add(&outcome->issues, pointer, "in_the_future", "Say when it was.", "it is not later than now");
	} else if (instant_compare(at, decided_at(amendment, since)) < 0) {
		issues_add(&outcome->issues, pointer, "out_of_time", "Say when it was.",
			   since == SINCE_FIRST ? "it follows the decision" : "it follows the decision in effect");
	}
	return at;
}
