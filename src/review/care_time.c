/* SPDX-License-Identifier: Apache-2.0 */
#include "review/care_time.h"

#include "base/text.h"
#include "policy/duty.h"
#include "review/timers.h"

#include <stdlib.h>
#include <string.h>

/* What is due is due until the end of its second. */
static const struct span second_after = {1000000};

static const char overdue[] = "obligation_overdue";
static const char began[] = "obligation_began";

static const struct instant never = {INT64_MAX};

static const char *subject_of(struct arena *arena, const struct care_duty *duty)
{
	return arena_printf(arena, "%s#%s", duty->item->id, duty->key);
}

/* The duties whose lapse was raised, in the order of their names: there may be thousands, and each duty is looked for. */
struct lapses {
	const char **subjects;
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct lapses lapses_raised(const struct care *care)
{
	const struct json *list = json_member(care->plan, "raised");
	struct lapses lapses = {arena_array(care->call->arena, json_count(list) + 1, sizeof(const char *)), 0};
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "what")), overdue) == 0) {
			lapses.subjects[lapses.count++] = json_text(json_member(node, "subject"));
		}
	}
	qsort(lapses.subjects, lapses.count, sizeof(*lapses.subjects), by_name);
	return lapses;
}

static bool raised(const struct lapses *lapses, const char *subject)
{
	return bsearch(&subject, lapses->subjects, lapses->count, sizeof(*lapses->subjects), by_name) != NULL;
}

static bool waits(const struct care_duty *duty)
{
	return duty->has_due && (duty->state == DUTY_OPEN || duty->state == DUTY_OVERDUE);
}

/* The duty that is due first and whose lapse was not raised. */
static const struct care_duty *first_unraised(const struct care *care)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	const struct lapses lapses = lapses_raised(care);
	const struct care_duty *first = NULL;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		if (waits(duty) && (first == NULL || instant_compare(duty->due_at, first->due_at) < 0) &&
		    !raised(&lapses, subject_of(care->call->arena, duty))) {
			first = duty;
		}
	}
	return first;
}

/* When the next duty after AFTER that can begin another by time is over, or BOUND if that comes first. */
static struct instant next_over(const struct evaluation *evaluation, struct instant after, struct instant bound)
{
	struct instant best = bound;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		const bool settled = duty->state == DUTY_FULFILLED || duty->state == DUTY_WAIVED;
		if (settled && duty->has_due && duty_begins_another(duty)) {
			const struct instant at = instant_add(duty->due_at, second_after);
			best = instant_compare(at, after) > 0 && instant_compare(at, best) < 0 ? at : best;
		}
	}
	return best;
}

/*
 * When time itself begins another duty, before BOUND: of a duty in periods that was done early, the next begins when it was due. Whether one does is
 * asked of the policy, by judging at that instant: each instant once, and none after the first at which one does.
 */
static struct instant next_beginning(const struct care *care, struct instant bound)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	struct instant at = next_over(evaluation, care->call->now, bound);
	while (instant_compare(at, bound) < 0) {
		struct evaluation then;
		struct draft draft = *care->draft;
		care_evaluate(&draft, care->call, care->plan, at, &then);
		if (then.duty_count > evaluation->duty_count) {
			return at;
		}
		at = next_over(evaluation, at, bound);
	}
	return bound;
}

struct instant care_wake_at(const struct care *care)
{
	const struct care_duty *first = first_unraised(care);
	return next_beginning(care, first != NULL ? instant_add(first->due_at, second_after) : never);
}

static bool lapsed(const struct care *care, const struct care_duty *duty)
{
	return waits(duty) && instant_compare(instant_add(duty->due_at, second_after), care->call->now) <= 0;
}

/* The duties whose lapse is to be raised, by when they were due. */
static const struct care_duty **take_lapsed(const struct care *care, size_t *ret_count)
{
	const struct evaluation *evaluation = &care->draft->evaluation;
	struct arena *arena = care->call->arena;
	const struct care_duty **list = arena_array(arena, evaluation->duty_count + 1, sizeof(const struct care_duty *));
	const struct lapses lapses = lapses_raised(care);
	*ret_count = 0;
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		if (lapsed(care, duty) && !raised(&lapses, subject_of(arena, duty))) {
			size_t place = (*ret_count)++;
			for (; place > 0 && instant_compare(list[place - 1]->due_at, duty->due_at) > 0; place--) {
				list[place] = list[place - 1];
			}
			list[place] = duty;
		}
	}
	return list;
}

static void put_raised(struct json_writer *writer, const struct care *care, const struct care_duty *duty)
{
	const struct timer timer = {.what = overdue, .subject = subject_of(care->call->arena, duty), .due_at = duty->due_at};
	timer_write(writer, &timer, care->draft->program->policy->zone, care->call->now);
}

/* What was raised before, and the lapses after it. */
static const char *raised_json(const struct care *care, const struct care_duty *const *duties, size_t count)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, care->call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (const struct json *node = json_first(json_member(care->plan, "raised")); node != NULL; node = json_next(node)) {
		json_put_tree(&writer, node);
	}
	for (size_t i = 0; i < count; i++) {
		put_raised(&writer, care, duties[i]);
	}
	json_close_array(&writer);
	return out.data;
}

struct record_change *care_raise(struct amendment *amendment, struct instant *ret_later, struct outcome *outcome)
{
	if (!care_judge(amendment, outcome)) {
		return NULL;
	}
	const struct care care = {.call = amendment->call, .draft = &amendment->draft, .plan = amendment->papers.plan};
	const size_t known = json_count(json_member(amendment->before, "obligations"));
	size_t count = 0;
	const struct care_duty **duties = take_lapsed(&care, &count);
	if (count > 0) {
		/* one event for all of them: each carries the whole answer */
		amendment->papers.plan = papers_set(amendment->call->arena, amendment->papers.plan, "raised",
						    raised_json(&care, (const struct care_duty *const *)duties, count));
		return care_seal(amendment, overdue, outcome);
	}
	if (amendment->draft.evaluation.duty_count > known) {
		return care_seal(amendment, began, outcome);
	}
	*ret_later = care_wake_at(&care);
	return NULL;
}
