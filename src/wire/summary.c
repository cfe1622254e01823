/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/answer.h"

#include "base/text.h"
#include "wire/decided.h"
#include "wire/when.h"

#include <string.h>

static const char *plural(size_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

/* The reason that staff confirmed, or on which it was returned at once; NULL when it was returned for what is missing. */
static const struct return_reason *reason_of(const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	const char *confirmed = json_text(json_at(answer->plan, "/return/reason"));
	for (size_t i = 0; i < evaluation->return_count; i++) {
		if (confirmed == NULL || strcmp(confirmed, evaluation->returns[i].reason) == 0) {
			return &evaluation->returns[i];
		}
	}
	return NULL;
}

/* Why a request was returned: what is missing, or the reason that staff confirmed. */
static void say_returned(struct text *out, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	const struct return_reason *reason = reason_of(answer);
	if (answer->id == NULL) {
		text_printf(out, "it would be returned at once, which is not a denial. %s", reason != NULL ? reason->say : "");
		return;
	}
	text_puts(out, "Your request was returned. This is not a denial.");
	if (reason != NULL) {
		text_printf(out, " %s", reason->say);
	} else {
		text_printf(out, " After %d attempts to reach you, %zu %s still missing; see `missing`.", answer->attempts_made,
			    evaluation->missing_count, plural(evaluation->missing_count, "item is", "items are"));
	}
	text_puts(out, " Send a new request that replaces it.");
}

/* A check must never read as if something had been received. */
static void say_opening(struct text *out, const struct request_answer *answer)
{
	if (answer->id == NULL) {
		text_puts(out, "If you sent this now: ");
	} else if (status_open(answer->evaluation->status)) {
		text_puts(out, "We have your request. ");
	}
}

/* Where a request stands that is being judged. */
static void say_standing(struct text *out, const struct evaluation *evaluation)
{
	if (evaluation->missing_count > 0) {
		text_printf(out, "%zu %s missing. Nothing is denied.", evaluation->missing_count,
			    plural(evaluation->missing_count, "item is", "items are"));
	} else if (evaluation->standing.return_proposed) {
		text_puts(out, "Before it is read, something about it must be settled.");
	} else if (evaluation->status == STATUS_PENDING_CON) {
		text_puts(out, "It waits for the certificate of need; the clock runs on.");
	} else {
		text_puts(out, "A licensed reviewer reads it.");
	}
}

static void say_route(struct text *out, const struct evaluation *evaluation)
{
	const char *route = evaluation->route != NULL ? evaluation->route : "it is handled elsewhere";
	size_t length = strlen(route);
	text_puts(out, "This policy does not answer it: ");
	text_add(out, route, length - (route[length - 1] == '.' ? 1 : 0));
	text_puts(out, ". Staff will route it.");
}

static void say_status(struct text *out, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	say_opening(out, answer);
	switch (evaluation->status) {
	case STATUS_MANUAL_ROUTE: say_route(out, evaluation); break;
	case STATUS_NOT_REQUIRED:
		text_puts(out, "No authorization is needed for what you asked. Payment still depends on the member's coverage "
			       "on the day of service.");
		break;
	case STATUS_RETURNED: say_returned(out, answer); break;
	case STATUS_INCOMPLETE:
	case STATUS_PENDING_CON:
	case STATUS_IN_REVIEW: say_standing(out, evaluation); break;
	case STATUS_DECIDED: decided_say(out, answer); break;
	case STATUS_WITHDRAWN: text_puts(out, "This request was withdrawn. Nothing was decided, and nothing is denied."); break;
	case STATUS_RECORDED: text_puts(out, "This is recorded. Nothing is to be decided."); break;
	case STATUS_COUNT: break;
	}
}

static void say_papers(struct text *out, const struct evaluation *evaluation)
{
	if (evaluation->requested_count > 0) {
		text_printf(out, " We also ask for %zu clinical %s; this alone never returns a request.",
			    evaluation->requested_count, plural(evaluation->requested_count, "item", "items"));
	}
	if (evaluation->standing.return_proposed) {
		text_printf(out, " Staff will check whether it must be returned: %s", evaluation->returns[0].say);
	}
	if (evaluation->flag_count > 0) {
		text_printf(out, " %zu %s noted for the reviewer.", evaluation->flag_count,
			    plural(evaluation->flag_count, "point is", "points are"));
	}
}

static void say_clock(struct text *out, const struct request_answer *answer)
{
	const struct clock *own = clock_list_own(&answer->clocks);
	const struct clock *first = clock_list_first(&answer->clocks);
	const struct zone *zone = answer->program->policy->zone;
	if (own != NULL) {
		text_printf(out, " A determination is due by %s", when_text(out->arena, zone, own->due.due_at));
		if (first != own) {
			text_printf(out, "; the plan acts by %s, because another clock runs as well: %s",
				    when_text(out->arena, zone, first->due.act_by), first->say);
		} else if (instant_compare(own->due.act_by, own->due.due_at) != 0) {
			text_printf(out, "; the plan acts by %s, the last day before it that is not closed",
				    when_text(out->arena, zone, own->due.act_by));
		}
		text_puts(out, ".");
	} else if (first != NULL) {
		text_printf(out, " The plan acts by %s.", when_text(out->arena, zone, first->due.act_by));
	}
}

const char *answer_summary(struct arena *arena, const struct request_answer *answer)
{
	struct text out;
	text_init(&out, arena, 512);
	say_status(&out, answer);
	if (status_open(answer->evaluation->status)) {
		say_papers(&out, answer->evaluation);
		say_clock(&out, answer);
	}
	return out.data;
}

static const char *what_to_send(struct arena *arena, const struct evaluation *evaluation)
{
	size_t missing = evaluation->missing_count;
	size_t requested = evaluation->requested_count;
	if (missing > 0 && requested > 0) {
		return arena_printf(arena, "Send the %zu missing %s and the %zu clinical %s we ask for.", missing,
				    plural(missing, "item", "items"), requested, plural(requested, "item", "items"));
	}
	if (missing > 0) {
		return arena_printf(arena, "Send the %zu missing %s.", missing, plural(missing, "item", "items"));
	}
	if (requested == 1 && evaluation->requested[0].fix != NULL) {
		return evaluation->requested[0].fix;
	}
	return arena_printf(arena, "Send the %zu clinical %s we ask for.", requested, plural(requested, "item", "items"));
}

/* The party that can cure the first open entry. */
static const char *cure_owner(const struct evaluation *evaluation)
{
	const struct entry *first = evaluation->missing_count > 0 ? evaluation->missing : evaluation->requested;
	const char *owner = first->owner != NULL ? first->owner : first->item->owner;
	return owner != NULL ? owner : "requesting_provider";
}

/* What is recorded, or needs no authorization, is closed at once; what it lacked comes with another that replaces it. */
static struct next_step closed_step(const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	const bool at_once = evaluation->status == STATUS_RECORDED || evaluation->status == STATUS_NOT_REQUIRED;
	if (!at_once || evaluation->missing_count + evaluation->requested_count == 0) {
		return (struct next_step){"nobody", "Nothing more is to be done here.", NULL};
	}
	return (struct next_step){
		"nobody",
		"It is closed as it stands; what is listed can still be said in a new request that `replaces` it.",
		answer->id != NULL ? "/v1/requests" : NULL,
	};
}

struct next_step answer_next_step(struct arena *arena, const struct request_answer *answer)
{
	const struct evaluation *evaluation = answer->evaluation;
	struct next_step step = {.who = "plan", .say = "A licensed reviewer reads the request."};
	if (evaluation->status == STATUS_DECIDED) {
		return decided_next_step(arena, answer);
	}
	switch (evaluation->waiting_on) {
	case WAITING_PROVIDER:
		if (evaluation->status == STATUS_RETURNED) {
			return (struct next_step){"requesting_provider",
						  "Read why it was returned, cure it, and send a new request.", NULL};
		}
		step.who = cure_owner(evaluation);
		step.say = what_to_send(arena, evaluation);
		step.href = answer->id != NULL ? arena_printf(arena, "/v1/requests/%s/information", answer->id) : NULL;
		break;
	case WAITING_CON_REVIEWER:
		step = (struct next_step){"con_reviewer", "The independent reviewer completes the certificate of need.", NULL};
		break;
	case WAITING_NOBODY: return closed_step(answer);
	case WAITING_PLAN:
		if (evaluation->standing.return_proposed) {
			step.say = "Staff confirm or set aside the proposed return.";
		} else if (evaluation->status == STATUS_MANUAL_ROUTE) {
			step.say = "Staff route the request to where it is answered.";
		}
		break;
	case WAITING_COUNT: break;
	}
	return step;
}
