/* SPDX-License-Identifier: Apache-2.0 */
/* Boundary cases of obligations: one occurrence begins a duty, and it is judged, or fulfilled, around the instant at which it is due. */
#include "policy/boundary_happen.h"
#include "policy/boundary_place.h"
#include "policy/boundary_trial.h"
#include "policy/duty.h"

#include <string.h>

enum { NOON = 12 * 3600, SECOND = 1000000, AHEAD_MORE = 30 };

/* A duty that is begun by hand. */
struct beginning {
	const struct trial *trial;
	const struct scene *scene;
	const struct json *item; /* as written */
	bool hours;
	bool ahead;
	struct hand_day day; /* that the clock counts from */
	struct instant at; /* the same of hours */
};

static const struct json *member(const struct beginning *beginning, const char *name)
{
	return json_member(beginning->item, name);
}

/* What fulfils a duty agrees with its start in these members. */
static const struct json *same(const struct beginning *beginning)
{
	return json_member(member(beginning, "fulfilled_by"), "same");
}

static const struct json *date_by(const struct beginning *beginning, const struct json *body, const char *selector,
				  struct hand_day day, struct instant at)
{
	return beginning->hours ? happen_at(beginning->scene, body, member(beginning, selector), at)
				: happen_on(beginning->scene, body, member(beginning, selector), day);
}

/* The last day of a duration, forth or back. */
static struct hand_day counted(const struct beginning *beginning, const struct json *duration, struct hand_day from, bool back)
{
	const struct json *amount = json_first(duration);
	const int sign = back ? -1 : 1;
	int64_t count = 0;
	(void)json_integer(amount, &count);
	if (strcmp(json_name(amount), "years") == 0) {
		return hand_years(from, sign * (int)count);
	}
	return strcmp(json_name(amount), "business_days") == 0
		       ? hand_business(from, sign * (int)count, beginning->scene->policy->calendar)
		       : hand_step(from, sign * (int)count);
}

static bool is_true(const struct json *item, const char *member)
{
	const struct json *node = json_member(item, member);
	return node && json_kind(node) == JSON_BOOLEAN && json_boolean(node);
}

static struct beginning begin(const struct trial *trial, const struct scene *scene)
{
	const struct bound *bound = &trial->result.bound;
	struct beginning beginning = {.trial = trial, .scene = scene, .item = bound->item->json, .day = scene->received};
	beginning.hours = bound->unit == UNIT_HOURS;
	beginning.ahead = is_true(beginning.item, "ahead");
	if (beginning.ahead) {
		beginning.day = hand_step(scene->received, bound->amount + AHEAD_MORE);
	}
	beginning.at = zone_instant(scene->policy->zone, hand_date(beginning.day), NOON);
	return beginning;
}

/* The duty of that key when judged at an instant; NULL when there is none, or the body cannot be read. */
static const struct care_duty *duty_at(const struct beginning *beginning, const struct json *body, struct instant now,
				       const char *key)
{
	struct submission submission = *beginning->scene->submission;
	struct scene scene = *beginning->scene;
	struct evaluation *evaluation = arena_alloc(scene.arena, sizeof(*evaluation));
	submission.now = now;
	scene.submission = &submission;
	return trial_evaluate(&scene, body, evaluation)
		       ? duties_find(evaluation, beginning->trial->result.bound.item->id, key, 0)
		       : NULL;
}

static const char *state_fault(const struct scene *scene, const struct care_duty *duty, enum duty_state wanted)
{
	if (!duty) {
		return "there is no such duty";
	}
	return duty->state == wanted ? NULL
				     : arena_printf(scene->arena, "the duty is %s, wanted %s", duty_state_name(duty->state),
						    duty_state_name(wanted));
}

static const char *time_words(const struct scene *scene, struct instant at)
{
	char buffer[INSTANT_TEXT_SIZE];
	return arena_copy(scene->arena, zone_format(scene->policy->zone, at, buffer));
}

/* Open until the instant at which it is due has passed. */
static void ask_when_due(struct trial *trial, const struct beginning *beginning, const struct json *body, const char *key,
			 struct instant due)
{
	static const enum duty_state wanted[] = {DUTY_OPEN, DUTY_OPEN, DUTY_OVERDUE};
	for (int step = -1; step <= 1; step++) {
		const struct instant now = {due.us + step * (int64_t)SECOND};
		const char *name =
			arena_printf(beginning->scene->arena, "nothing done, asked at %s", time_words(beginning->scene, now));
		trial_case(trial, name, state_fault(beginning->scene, duty_at(beginning, body, now, key), wanted[step + 1]));
	}
}

/* Fulfilled a step before, exactly at, and a step after. */
static void ask_fulfilled(struct trial *trial, const struct beginning *beginning, const struct json *body, struct hand_day due,
			  struct instant due_at)
{
	static const enum duty_state wanted[] = {DUTY_FULFILLED, DUTY_FULFILLED, DUTY_LATE};
	const struct scene *scene = beginning->scene;
	const struct json *done = happen_add(scene, body, member(beginning, "fulfilled_by"), same(beginning), "o2");
	for (int step = -1; step <= 1 && done; step++) {
		const struct hand_day day = hand_step(due, step);
		const struct instant at = instant_add(due_at, span_hours(step));
		const struct scene_moment moment = {.day = hand_step(due, step + 1)};
		const struct instant now = beginning->hours ? instant_add(at, span_hours(1)) : scene_end(scene, &moment);
		char buffer[HAND_TEXT_SIZE];
		const char *when = beginning->hours ? time_words(scene, at) : hand_text(day, buffer);
		const struct json *dated = date_by(beginning, done, "fulfilled_by", day, at);
		trial_case(trial, arena_printf(scene->arena, "fulfilled %s", when),
			   state_fault(scene, dated ? duty_at(beginning, dated, now, "o1") : NULL, wanted[step + 1]));
	}
}

static const struct json *cleared(struct trial *trial, const struct scene *scene)
{
	const struct json *body = boundary_clear_way(scene, &trial->result.bound, scene->body);
	return body ? scene_put(scene, body, "/facts/occurrences", "[]") : NULL;
}

void trial_duty(struct trial *trial, const struct scene *scene)
{
	const struct beginning beginning = begin(trial, scene);
	const struct json *body = cleared(trial, scene);
	body = body ? happen_add(scene, body, member(&beginning, "starts"), same(&beginning), "o1") : NULL;
	body = body ? date_by(&beginning, body, "starts", beginning.day, beginning.at) : NULL;
	if (!body || !duty_at(&beginning, body, beginning.at, "o1")) {
		trial_reason(trial, NEAR_SCENE, "no duty begins in any case with one occurrence");
		return;
	}
	const struct json *within = json_member(beginning.item, "within");
	struct scene_moment due = {.day = beginning.day};
	if (beginning.hours) {
		const int64_t hours = beginning.ahead ? -trial->result.bound.amount : trial->result.bound.amount;
		due = scene_instant(scene, instant_add(beginning.at, span_hours(hours)));
	} else {
		due.day = counted(&beginning, within, beginning.day, beginning.ahead);
	}
	const struct instant due_at = scene_end(scene, &due);
	ask_when_due(trial, &beginning, body, "o1", due_at);
	ask_fulfilled(trial, &beginning, body, due.day, due_at);
	trial_reason(trial, NEAR_MADE, NULL);
}

/* Current up to its last day. */
static void ask_attested(struct trial *trial, const struct scene *scene, const struct beginning *beginning,
			 const struct json *body)
{
	char day[HAND_TEXT_SIZE];
	const struct item *item = trial->result.bound.item;
	body = scene_put(scene, body, "/facts/occurrences/-",
			 arena_printf(scene->arena,
				      "{\"id\": \"o1\", \"kind\": \"attestation\", \"item\": \"%s\", \"on\": \"%s\"}", item->id,
				      hand_text(beginning->day, day)));
	const struct hand_day last = counted(beginning, json_member(beginning->item, "every"), beginning->day, false);
	for (int step = -1; step <= 1 && body; step++) {
		struct submission submission = *scene->submission;
		struct scene later = *scene;
		struct evaluation evaluation;
		enum attestation_state found = ATTESTATION_MISSING;
		const enum attestation_state wanted = step > 0 ? ATTESTATION_EXPIRED : ATTESTATION_CURRENT;
		submission.now = zone_instant(scene->policy->zone, hand_date(hand_step(last, step)), NOON);
		later.submission = &submission;
		const bool read = trial_evaluate(&later, body, &evaluation);
		for (size_t i = 0; read && i < evaluation.attestation_count; i++) {
			found = evaluation.attestations[i].item == item ? evaluation.attestations[i].state : found;
		}
		trial_case(trial, arena_printf(scene->arena, "attested, asked on %s", hand_text(hand_step(last, step), day)),
			   found == wanted ? NULL
					   : arena_printf(scene->arena, "it is %s, wanted %s", attestation_state_name(found),
							  attestation_state_name(wanted)));
	}
	trial_reason(trial, body ? NEAR_MADE : NEAR_SCENE, body ? NULL : "no case can hold what is attested");
}

/* The second duty: it begins with what fulfils the first one, or, with periods, when that is due. */
void trial_every(struct trial *trial, const struct scene *scene)
{
	const struct beginning beginning = begin(trial, scene);
	const struct json *every = json_member(beginning.item, "every");
	const struct json *within = json_member(beginning.item, "within");
	const struct json *body = cleared(trial, scene);
	const bool periods = is_true(beginning.item, "periods");
	if (body && is_true(beginning.item, "attest")) {
		ask_attested(trial, scene, &beginning, body);
		return;
	}
	body = body ? happen_add(scene, body, member(&beginning, "starts"), same(&beginning), "o1") : NULL;
	body = body ? date_by(&beginning, body, "starts", beginning.day, beginning.at) : NULL;
	struct hand_day again = hand_step(beginning.day, 1);
	if (periods) {
		again = counted(&beginning, within ? within : every, beginning.day, false);
	} else {
		body = body ? happen_add(scene, body, member(&beginning, "fulfilled_by"), same(&beginning), "o2") : NULL;
		body = body ? date_by(&beginning, body, "fulfilled_by", again, beginning.at) : NULL;
	}
	const struct scene_moment due = {.day = counted(&beginning, every, again, false)};
	const struct instant due_at = scene_end(scene, &due);
	const char *key = periods ? "o1.2" : "o2";
	if (!body || !duty_at(&beginning, body, due_at, key)) {
		trial_reason(trial, NEAR_SCENE, "no second duty begins in any case with two occurrences");
		return;
	}
	ask_when_due(trial, &beginning, body, key, due_at);
	trial_reason(trial, NEAR_MADE, NULL);
}
