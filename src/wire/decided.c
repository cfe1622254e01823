/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/decided.h"

#include "domain/days.h"
#include "wire/when.h"

#include <inttypes.h>
#include <string.h>

enum { SPANS_SAID = 4 };

/* On what ground something was refused, after "because". */
static const char *ground(const char *basis)
{
	static const char *const rows[][2] = {
		{"criterion_not_met", "a criterion is not met"},
		{"not_eligible_part", "the member is not covered then"},
		{"primary_payer_part", "another insurance pays first then"},
		{"retroactive_days", "those days had passed when it was received"},
		{"before_con", "the certification of need was not complete then"},
		{"policy_limit", "one authorization holds no more"},
		{"interqual_limit", "the InterQual review shows no more to be right"},
		{"insufficient_information", "what was asked for to decide it did not come"},
	};
	for (size_t i = 0; basis != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i][0], basis) == 0) {
			return rows[i][1];
		}
	}
	return "the reasons stand in the decision";
}

static const struct json *decision_of(const struct request_answer *answer)
{
	return json_member(answer->plan, "decision");
}

static const char *decision_text(const struct request_answer *answer, const char *name)
{
	return json_text(json_member(decision_of(answer), name));
}

static bool is_outcome(const struct request_answer *answer, const char *outcome)
{
	const char *own = decision_text(answer, "outcome");
	return own != NULL && strcmp(own, outcome) == 0;
}

static const char *when_member(struct arena *arena, const struct request_answer *answer, const struct json *node,
			       const char *name)
{
	struct instant at;
	const char *text = json_text(json_member(node, name));
	bool known = text != NULL && instant_parse(text, &at);
	return known ? when_text(arena, answer->program->policy->zone, at) : NULL;
}

/* The newest appeal against the decision in effect, or NULL. */
static const struct json *appeal_of(const struct request_answer *answer)
{
	const struct json *found = NULL;
	const char *id = decision_text(answer, "id");
	for (const struct json *node = json_first(json_member(answer->plan, "appeals")); node != NULL; node = json_next(node)) {
		const char *decision = json_text(json_member(node, "decision"));
		found = id != NULL && decision != NULL && strcmp(id, decision) == 0 ? node : found;
	}
	return found;
}

static bool has_status(const struct json *appeal, const char *status)
{
	const char *own = json_text(json_member(appeal, "status"));
	return own != NULL && strcmp(own, status) == 0;
}

/* Which appeal the policy offers of what was refused, or NULL. */
static const struct item *offered(const struct request_answer *answer)
{
	const struct program *program = answer->program;
	bool refused = is_outcome(answer, "denied") || is_outcome(answer, "approved_in_part");
	for (size_t i = 0; refused && i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_APPEAL && (program->items[i]->of & RULING_DENIED) != 0) {
			return program->items[i];
		}
	}
	return NULL;
}

static bool awaits_placement(const struct request_answer *answer)
{
	const char *state = json_text(json_at(answer->plan, "/placement/state"));
	return state != NULL && strcmp(state, "awaited") == 0;
}

/* Whether the decision only says again, with its authorization, what was approved before the placement was known. */
static bool placed(const struct request_answer *answer)
{
	const char *id = decision_text(answer, "id");
	const char *by_placement = json_text(json_at(answer->plan, "/placement/decision"));
	return id != NULL && by_placement != NULL && strcmp(id, by_placement) == 0;
}

static void say_authorization(struct text *out, const struct request_answer *answer)
{
	int64_t days = 0;
	if (awaits_placement(answer)) {
		text_puts(out, ". The authorization with its days follows when the placement with a provider is recorded.");
		return;
	}
	const struct json *authorization = json_member(answer->plan, "authorization");
	(void)json_integer(json_member(authorization, "days"), &days);
	text_printf(out, ": %" PRId64 " %s, %s to %s, authorization %s.", days, days == 1 ? "day" : "days",
		    json_text(json_member(authorization, "from")), json_text(json_member(authorization, "to")),
		    json_text(json_member(authorization, "number")));
}

/* The days of a list, of whichever line. */
static struct day_set days_in(struct arena *arena, const struct json *list)
{
	struct day_span *spans = arena_array(arena, json_count(list) + 1, sizeof(*spans));
	size_t count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *from = json_text(json_member(node, "from"));
		const char *to = json_text(json_member(node, "to"));
		bool known = from != NULL && to != NULL && civil_parse(from, &spans[count].from);
		count += known && civil_parse(to, &spans[count].to);
	}
	return days_of(arena, spans, count);
}

/* A sentence holds a few spans. */
static const char *days_short(struct arena *arena, struct day_set days)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	if (days.count <= SPANS_SAID) {
		return days_text(arena, days);
	}
	return arena_printf(arena, "%" PRId64 " days from %s to %s", days_count(days), civil_format(days_first(days), from),
			    civil_format(days_last(days), to));
}

/* Days that no line has, and days that some line has not. */
static void say_refused(struct text *out, const struct request_answer *answer)
{
	struct arena *arena = out->arena;
	const struct json *list = json_member(decision_of(answer), "not_approved");
	struct day_set granted = days_in(arena, json_at(answer->plan, "/authorization/lines"));
	struct day_set refused = days_in(arena, list);
	struct day_set other = days_minus(arena, refused, granted);
	struct day_set some = days_both(arena, refused, granted);
	if (!days_empty(other)) {
		text_printf(out, " The other days (%s) are not approved", days_short(arena, other));
	} else if (days_empty(some)) {
		text_puts(out, " Less is approved than was asked for");
	}
	if (!days_empty(some)) {
		text_printf(out, "%s %s", days_empty(other) ? " Not every line is approved on" : ", nor is every line on",
			    days_short(arena, some));
	}
	text_printf(out, ", because %s. The reasons are in `decision.rationale`.", ground(decision_text(answer, "basis")));
}

static void say_outcome(struct text *out, const struct request_answer *answer)
{
	if (is_outcome(answer, "denied")) {
		text_printf(out, "Your request is denied, because %s. The reasons are in `decision.rationale`.",
			    ground(decision_text(answer, "basis")));
		text_puts(out, decision_text(answer, "alternative") != NULL
				       ? " What is recommended instead is in `decision.alternative`."
				       : "");
		return;
	}
	text_puts(out, "Your request is approved");
	text_puts(out, is_outcome(answer, "approved_in_part") ? " in part" : "");
	say_authorization(out, answer);
	if (is_outcome(answer, "approved_in_part")) {
		say_refused(out, answer);
	}
	const char *again = when_member(out->arena, answer, json_member(answer->plan, "authorization"), "ask_again_by");
	if (again != NULL) {
		text_printf(out, " If the care is to go on, ask again by %s.", again);
	}
}

/* How it came about. */
static void say_history(struct text *out, const struct request_answer *answer)
{
	const struct json *late = json_member(decision_of(answer), "late");
	const char *note = decision_text(answer, "note");
	if (late != NULL && json_kind(late) == JSON_BOOLEAN && json_boolean(late)) {
		text_puts(out, " It was decided late: the time for it had passed.");
	}
	if (decision_text(answer, "appeal") != NULL) {
		text_puts(out, " It was decided on appeal.");
	} else if (decision_text(answer, "supersedes") != NULL && !placed(answer)) {
		text_printf(out, " It corrects an earlier decision.%s%s", note != NULL ? " " : "", note != NULL ? note : "");
	}
}

static void say_appeal(struct text *out, const struct request_answer *answer)
{
	const struct json *appeal = appeal_of(answer);
	const struct item *offer = offered(answer);
	if (appeal != NULL && has_status(appeal, "open")) {
		text_printf(out, " An appeal is open; it is decided by %s.", when_member(out->arena, answer, appeal, "due_at"));
	} else if (appeal != NULL) {
		text_puts(out, " It was upheld on appeal.");
	} else if (offer != NULL) {
		text_printf(out, " You have the right to appeal. %s", offer->text);
	}
}

void decided_say(struct text *out, const struct request_answer *answer)
{
	if (decision_text(answer, "outcome") == NULL) {
		text_puts(out, "Your request is decided.");
		return;
	}
	say_outcome(out, answer);
	say_history(out, answer);
	say_appeal(out, answer);
}

/* The notice that is due first, or NULL. */
static const struct json *notice_owed(const struct request_answer *answer)
{
	const struct json *first = NULL;
	struct instant earliest = {0};
	for (const struct json *node = json_first(json_member(answer->plan, "owed")); node != NULL; node = json_next(node)) {
		struct instant due;
		if (json_kind(json_member(node, "told_at")) == JSON_NULL &&
		    instant_parse(json_text(json_member(node, "due_at")), &due) &&
		    (first == NULL || instant_compare(due, earliest) < 0)) {
			first = node;
			earliest = due;
		}
	}
	return first;
}

/* What the plan owes: the decision of an appeal, then a notice. */
static struct next_step plan_owes(struct arena *arena, const struct request_answer *answer)
{
	const struct json *appeal = appeal_of(answer);
	const struct json *notice = notice_owed(answer);
	struct next_step step = {"plan", "Staff tell of the decision.", NULL};
	if (appeal != NULL && has_status(appeal, "open")) {
		step.say = arena_printf(arena, "Somebody who was not involved decides the appeal by %s.",
					when_member(arena, answer, appeal, "due_at"));
		step.href = arena_printf(arena, "/v1/appeals/%s/determination", json_text(json_member(appeal, "id")));
	} else if (notice != NULL) {
		step.say = arena_printf(arena, "Staff tell the %s of the decision by %s.", json_text(json_member(notice, "to")),
					when_member(arena, answer, notice, "due_at"));
		step.href = arena_printf(arena, "/v1/requests/%s/notices", answer->id);
	} else if (awaits_placement(answer)) {
		step.say = "Staff record the placement once a provider is found; the authorization is issued then.";
		step.href = arena_printf(arena, "/v1/requests/%s/placement", answer->id);
	}
	return step;
}

struct next_step decided_next_step(struct arena *arena, const struct request_answer *answer)
{
	struct next_step step = {"nobody", "Nothing more is to be done here.", NULL};
	if (answer->evaluation->waiting_on == WAITING_PLAN) {
		return plan_owes(arena, answer);
	}
	const char *again = when_member(arena, answer, json_member(answer->plan, "authorization"), "ask_again_by");
	if (offered(answer) != NULL && appeal_of(answer) == NULL) {
		step.say = "Whoever disagrees with what was refused may appeal.";
		step.href = arena_printf(arena, "/v1/requests/%s/appeals", answer->id);
	} else if (again != NULL) {
		step.say = arena_printf(arena, "If the care is to go on, send the next request by %s.", again);
	}
	return step;
}
