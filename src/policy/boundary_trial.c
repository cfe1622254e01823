/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary_trial.h"

#include "policy/boundary_place.h"
#include "policy/evaluator.h"

#include <string.h>

enum { CASES_FIRST = 8 };

void trial_init(struct trial *trial, const struct policy_set *set, const struct policy *policy, const struct bound *bound,
		struct arena *arena)
{
	const struct policy_tables *tables = policy_set_tables(set);
	const struct table_list list = {tables->tables, tables->count};
	struct issues issues;
	issues_init(&issues, arena);
	struct compiler compiler = {.arena = arena, .issues = &issues, .vocabulary = policy->vocabulary, .tables = &list};
	const struct spot spot = spot_file(bound->item->id);
	*trial = (struct trial){.result = {.policy = policy, .bound = *bound, .why = "no case of its services and reviews"},
				.arena = arena};
	trial->check = bound->node ? check_compile(&compiler, bound->node, &spot) : NULL;
}

void trial_reason(struct trial *trial, enum nearness near, const char *why)
{
	if (near > trial->near) {
		trial->near = near;
		trial->result.why = why ? arena_copy(trial->arena, why) : NULL;
	}
}

void trial_case(struct trial *trial, const char *name, const char *detail)
{
	struct boundary_result *result = &trial->result;
	result->cases++;
	if (!detail) {
		return;
	}
	if (result->failure_count == trial->capacity) {
		const size_t capacity = trial->capacity > 0 ? trial->capacity * 2 : CASES_FIRST;
		struct boundary_failure *failures = arena_array(trial->arena, capacity, sizeof(*failures));
		if (result->failure_count > 0) {
			memcpy(failures, trial->failures, result->failure_count * sizeof(*failures));
		}
		trial->failures = failures;
		trial->capacity = capacity;
		result->failures = failures;
	}
	trial->failures[result->failure_count++] =
		(struct boundary_failure){arena_copy(trial->arena, name), arena_copy(trial->arena, detail)};
}

void trial_forget(struct trial *trial)
{
	trial->result.cases = 0;
	trial->result.failure_count = 0;
}

struct submission scene_later(const struct scene *scene, int days)
{
	struct submission later = *scene->submission;
	const struct zone *zone = scene->policy->zone;
	const int second = zone_second_of_day(zone, later.received_at);
	const struct civil_date day = hand_date(hand_step(scene->received, days));
	const int64_t moved = zone_instant(zone, day, second).us - later.received_at.us;
	later.received_at.us += moved;
	later.received_on = day;
	later.today = hand_date(hand_step(hand_of(later.today), days));
	later.arrived_at.us += later.arrived_at.us != 0 ? moved : 0;
	later.now.us += later.now.us != 0 ? moved : 0;
	return later;
}

static const struct record *decode(const struct scene *scene, const struct json *body)
{
	struct issues issues;
	issues_init(&issues, scene->arena);
	return body ? shape_decode(scene->policy->request, body, scene->arena, &issues) : NULL;
}

bool trial_evaluate(const struct scene *scene, const struct json *body, struct evaluation *ret_evaluation)
{
	struct submission submission = *scene->submission;
	submission.body = decode(scene, body);
	if (submission.body) {
		evaluate(&submission, scene->arena, ret_evaluation);
	}
	return submission.body != NULL;
}

struct verdict {
	enum answer check; /* of the check that holds the bound */
	enum answer item;
};

/* Whether a limit is passed, as an answer. */
static enum answer limit_answer(const struct scene *scene, const struct json *body, const struct item *item)
{
	struct evaluation evaluation;
	if (!trial_evaluate(scene, body, &evaluation)) {
		return ANSWER_UNKNOWN;
	}
	for (size_t i = 0; i < evaluation.limit_count; i++) {
		if (evaluation.limits[i].item == item) {
			return ANSWER_NOT_MET;
		}
	}
	return ANSWER_MET;
}

static bool judge(const struct trial *trial, const struct scene *scene, const struct json *body, struct verdict *ret_verdict)
{
	const struct item *item = trial->result.bound.item;
	struct submission submission = *scene->submission;
	submission.body = decode(scene, body);
	if (!submission.body) {
		return false;
	}
	if (!trial->check) {
		ret_verdict->check = limit_answer(scene, body, item);
		ret_verdict->item = ret_verdict->check;
		return true;
	}
	struct evaluator evaluator;
	struct trace trace;
	evaluator_init(&evaluator, &submission, scene->arena);
	trace_init(&trace, scene->arena);
	ret_verdict->item = evaluator_item(&evaluator, item)->answer;
	ret_verdict->check = check_evaluate(trial->check, &evaluator, &trace);
	return true;
}

bool trial_ask(const struct trial *trial, const struct scene *scene, const struct json *body, enum answer *ret_answer)
{
	struct verdict verdict;
	const bool judged = judge(trial, scene, body, &verdict);
	if (judged) {
		*ret_answer = verdict.check;
	}
	return judged;
}

/* How far from the bound the check is asked first, to see whether it turns on it at all. */
static const int far_steps[] = {40, 10, 3, 2};

/* An item may turn on other things as well that move along; on this bound it turns when it does so this near, each time alike. */
enum { NEAR_STEP = 3, NEARER_STEP = 2 };

struct sides {
	struct verdict inside;
	struct verdict outside;
};

/* Puts the bound so far inside and outside; whether the check turns on it. */
static bool turns(struct trial *trial, const struct scene *scene, int far, struct sides *ret_sides)
{
	const char *where = NULL;
	const char *why = NULL;
	const struct json *in = boundary_place(scene, &trial->result.bound, far, &where, &why);
	const struct json *out = in ? boundary_place(scene, &trial->result.bound, -far, &where, &why) : NULL;
	if (!out) {
		trial_reason(trial, NEAR_SCENE, why);
		return false;
	}
	struct sides sides = {{ANSWER_UNKNOWN, ANSWER_UNKNOWN}, {ANSWER_UNKNOWN, ANSWER_UNKNOWN}};
	if (!judge(trial, scene, in, &sides.inside) || !judge(trial, scene, out, &sides.outside) ||
	    sides.inside.check != ANSWER_MET || sides.outside.check != ANSWER_NOT_MET) {
		trial_reason(trial, NEAR_PLACED, "in every case the check says the same on both sides of it");
		return false;
	}
	*ret_sides = sides;
	return true;
}

static bool item_turns(struct trial *trial, const struct scene *scene, struct sides *ret_sides)
{
	struct sides near;
	struct sides nearer;
	if (!turns(trial, scene, NEAR_STEP, &near) || !turns(trial, scene, NEARER_STEP, &nearer)) {
		return false;
	}
	*ret_sides = nearer;
	return near.inside.item != near.outside.item && near.inside.item == nearer.inside.item &&
	       near.outside.item == nearer.outside.item;
}

static const char *compare(const struct scene *scene, const struct verdict *found, const struct verdict *wanted, bool alone)
{
	if (found->check != wanted->check) {
		return arena_printf(scene->arena, "the check is %s, wanted %s", answer_name(found->check),
				    answer_name(wanted->check));
	}
	if (!alone && found->item != wanted->item) {
		return arena_printf(scene->arena, "the item is %s, wanted %s", answer_name(found->item),
				    answer_name(wanted->item));
	}
	return NULL;
}

/* One step inside, exactly at, one step outside. */
static void make(struct trial *trial, const struct scene *scene, const struct sides *sides, bool alone)
{
	const struct bound_manner manner = boundary_manner(scene, &trial->result.bound);
	for (int distance = 1; distance >= -1; distance--) {
		const char *where = NULL;
		const char *why = NULL;
		const bool met = distance > 0 || (distance == 0 && manner.met_at);
		const struct verdict wanted = met ? (struct verdict){ANSWER_MET, sides->inside.item}
						  : (struct verdict){ANSWER_NOT_MET, sides->outside.item};
		struct verdict found = {ANSWER_UNKNOWN, ANSWER_UNKNOWN};
		const struct json *body = boundary_place(scene, &trial->result.bound, distance, &where, &why);
		const char *name = distance == 0 ? arena_printf(scene->arena, "exactly at: %s", where)
						 : arena_printf(scene->arena, "one %s %s: %s", manner.step,
								distance > 0 ? "inside" : "outside", where);
		const bool read = body && judge(trial, scene, body, &found);
		trial_case(trial, name, read ? compare(scene, &found, &wanted, alone) : "it cannot be judged");
	}
	trial_leap(trial, scene);
}

static bool try_body(struct trial *trial, const struct scene *scene)
{
	struct sides sides;
	if (item_turns(trial, scene, &sides)) {
		trial_forget(trial);
		trial_reason(trial, NEAR_MADE, NULL);
		make(trial, scene, &sides, false);
		return true;
	}
	for (size_t i = 0; i < sizeof(far_steps) / sizeof(far_steps[0]) && trial->near < NEAR_ALONE; i++) {
		if (turns(trial, scene, far_steps[i], &sides)) {
			trial_reason(trial, NEAR_ALONE, "the check alone: no case in which the item turns on it");
			make(trial, scene, &sides, true);
		}
	}
	return false;
}

void trial_place(struct trial *trial, const struct scene *scene)
{
	struct scene other = *scene;
	if (try_body(trial, scene)) {
		return;
	}
	other.body = boundary_clear_way(scene, &trial->result.bound, scene->body);
	if (!other.body || try_body(trial, &other)) {
		return;
	}
	other.body = boundary_supply(&other, &trial->result.bound);
	if (other.body) {
		(void)try_body(trial, &other);
	}
}
