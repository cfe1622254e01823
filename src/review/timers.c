/* SPDX-License-Identifier: Apache-2.0 */
#include "review/timers.h"

#include "review/plan.h"
#include "wire/time_json.h"

#include <string.h>

enum { QUARTER = 4 };

/* What is due is due until the end of its second. */
static const struct span second_after = {1000000};

struct search {
	const struct request_answer *answer;
	struct arena *arena;
	struct timer *best;
};

static struct instant instant_of(const struct json *node, const char *name)
{
	struct instant at;
	const char *text = json_text(json_member(node, name));
	return text != NULL && instant_parse(text, &at) ? at : (struct instant){0};
}

/*
 * A time that was shortened after it was raised is not raised again; what was granted or owed anew under an old name, and is due later, is.
 */
static bool raised(const struct json *plan, const struct timer *timer)
{
	for (const struct json *node = json_first(json_member(plan, "raised")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "what")), timer->what) == 0 &&
		    strcmp(json_text(json_member(node, "subject")), timer->subject) == 0 &&
		    instant_compare(instant_of(node, "due_at"), timer->due_at) >= 0) {
			return true;
		}
	}
	return false;
}

static void offer(const struct search *search, const struct timer *timer)
{
	struct timer *best = search->best;
	bool sooner = best->what == NULL || instant_compare(timer->at, best->at) < 0;
	if (sooner && !raised(search->answer->plan, timer)) {
		*best = *timer;
	}
}

struct instant timers_soon(struct instant start, struct instant due_at)
{
	return (struct instant){due_at.us - (due_at.us - start.us) / QUARTER};
}

static void offer_soon(const struct search *search, const char *what, const char *subject, struct instant start,
		       struct instant due_at)
{
	const struct timer timer = {
		.what = what,
		.subject = subject,
		.at = timers_soon(start, due_at),
		.due_at = due_at,
	};
	offer(search, &timer);
}

static void offer_passed(const struct search *search, const char *what, const char *subject, struct instant due_at)
{
	const struct timer timer = {
		.what = what, .subject = subject, .at = instant_add(due_at, second_after), .due_at = due_at};
	offer(search, &timer);
}

/* A clock of the policy becomes overdue; one of an overlay asks for the notice that a lapse brings with it. */
static void offer_clocks(const struct search *search)
{
	const struct clock_list *list = &search->answer->clocks;
	for (size_t i = 0; i < list->count; i++) {
		const struct clock *clock = &list->clocks[i];
		const struct item *item = clock->item;
		bool overlay = strcmp(item->basis, "overlay") == 0;
		offer_soon(search, "due_soon", item->id, clock->started_at, clock->due.due_at);
		offer_passed(search, overlay ? "lapse_notice_due" : "overdue", item->id, clock->due.due_at);
	}
}

static bool same_clause(const struct item *item, const char *clause)
{
	return item->cite_count == 0 ? clause == NULL : clause != NULL && strcmp(item->cite[0], clause) == 0;
}

/* The outreach rule that was found to apply. An answer that stood names it by its clause. */
static const struct item *outreach_rule(const struct request_answer *answer)
{
	const struct program *program = answer->program;
	const struct json *outreach = json_member(answer->stood, "outreach");
	const char *clause = json_text(json_at(outreach, "/cite/0/clause"));
	if (answer->stood == NULL) {
		return answer->evaluation->outreach;
	}
	for (size_t i = 0; outreach != NULL && i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_OUTREACH && same_clause(program->items[i], clause)) {
			return program->items[i];
		}
	}
	return NULL;
}

/* What an answer that stood lacks, as an evaluation says it: attempts are counted by it. */
static struct evaluation lacking(const struct search *search)
{
	const struct json *missing = json_member(search->answer->stood, "missing");
	struct evaluation evaluation = {.missing = arena_array(search->arena, json_count(missing) + 1, sizeof(struct entry))};
	for (const struct json *node = json_first(missing); node != NULL; node = json_next(node)) {
		const struct item *item = program_item_find(search->answer->program, json_text(json_member(node, "item")));
		if (item != NULL) {
			evaluation.missing[evaluation.missing_count++].item = item;
		}
	}
	return evaluation;
}

static struct attempts attempts_of(const struct search *search)
{
	const struct request_answer *answer = search->answer;
	struct evaluation stood = {0};
	struct attempts attempts;
	if (answer->stood != NULL) {
		stood = lacking(search);
	}
	plan_attempts(answer->plan, answer->stood != NULL ? &stood : answer->evaluation, &answer->clocks,
		      answer->program->policy, &attempts);
	return attempts;
}

/* The next attempt is owed within the rule's time after receipt, or after the attempt before it. */
static void offer_outreach(const struct search *search)
{
	const struct request_answer *answer = search->answer;
	const struct policy *policy = answer->program->policy;
	const struct item *rule = (answer->tasks & TASK_OUTREACH) != 0 ? outreach_rule(answer) : NULL;
	if (rule == NULL || rule->each_within.amount == 0) {
		return;
	}
	struct attempts attempts = attempts_of(search);
	struct instant start = attempts.made > 0 ? attempts.newest_at : answer->received_at;
	struct clock_due due = clock_compute(&rule->each_within, start, policy->zone, policy->calendar);
	offer_passed(search, "outreach_owed", arena_printf(search->arena, "%s#%zu", rule->id, attempts.made + 1), due.due_at);
}

static void offer_notices(const struct search *search)
{
	const struct json *owed = json_member(search->answer->plan, "owed");
	for (const struct json *node = json_first(owed); node != NULL; node = json_next(node)) {
		if (json_kind(json_member(node, "told_at")) == JSON_NULL) {
			const char *subject = arena_printf(search->arena, "%s#%s", json_text(json_member(node, "item")),
							   json_text(json_member(node, "to")));
			offer_passed(search, "notice_overdue", subject, instant_of(node, "due_at"));
		}
	}
}

static void offer_appeals(const struct search *search)
{
	const struct json *appeals = json_member(search->answer->plan, "appeals");
	for (const struct json *node = json_first(appeals); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "status")), "open") == 0) {
			const char *id = json_text(json_member(node, "id"));
			struct instant due_at = instant_of(node, "due_at");
			offer_soon(search, "appeal_due_soon", id, instant_of(node, "received_at"), due_at);
			offer_passed(search, "appeal_overdue", id, due_at);
		}
	}
}

/* The last covered day is covered to its end, on the plan's own clocks. */
static void offer_authorization(const struct search *search)
{
	struct civil_date last;
	const struct json *authorization = json_member(search->answer->plan, "authorization");
	const char *number = json_text(json_member(authorization, "number"));
	const char *to = json_text(json_member(authorization, "to"));
	if (number != NULL && to != NULL && civil_parse(to, &last)) {
		offer_passed(search, "authorization_ended", number,
			     zone_end_of_day(search->answer->program->policy->zone, last));
	}
}

bool timers_next(const struct request_answer *answer, struct arena *arena, struct timer *ret_timer)
{
	const struct search search = {answer, arena, ret_timer};
	*ret_timer = (struct timer){.what = NULL};
	if (status_open(answer->evaluation->status)) {
		offer_clocks(&search);
		offer_outreach(&search);
	} else {
		offer_notices(&search);
		offer_appeals(&search);
		offer_authorization(&search);
	}
	return ret_timer->what != NULL;
}

struct instant timers_wake_at(const struct request_answer *answer, struct arena *arena)
{
	struct timer timer = {.what = NULL};
	return timers_next(answer, arena, &timer) ? timer.at : (struct instant){0};
}

void timer_write(struct json_writer *writer, const struct timer *timer, const struct zone *zone, struct instant now)
{
	json_open_object(writer);
	json_member_text(writer, "what", timer->what);
	json_member_text(writer, "subject", timer->subject);
	json_member_instant(writer, "due_at", timer->due_at, zone);
	json_member_instant(writer, "at", now, zone);
	json_close_object(writer);
}
