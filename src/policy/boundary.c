/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/boundary.h"

#include "policy/boundary_trial.h"

#include <string.h>

struct boundary {
	struct arena *arena;
	struct trial *trials;
	size_t count;
};

static size_t count_bounds(const struct policy_set *set, struct arena *arena)
{
	size_t count = 0;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		for (size_t k = 0; k < policy->item_count; k++) {
			struct bounds bounds;
			bounds_find(policy->items[k], arena, &bounds);
			count += bounds.count;
		}
	}
	return count;
}

static void add_item(struct boundary *boundary, const struct policy_set *set, const struct policy *policy,
		     const struct item *item)
{
	struct bounds bounds;
	bounds_find(item, boundary->arena, &bounds);
	for (size_t i = 0; i < bounds.count; i++) {
		trial_init(&boundary->trials[boundary->count++], set, policy, &bounds.list[i], boundary->arena);
	}
}

struct boundary *boundary_start(const struct policy_set *set, struct arena *arena)
{
	struct boundary *boundary = arena_alloc(arena, sizeof(*boundary));
	*boundary = (struct boundary){.arena = arena};
	boundary->trials = arena_array(arena, count_bounds(set, arena) + 1, sizeof(*boundary->trials));
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		for (size_t k = 0; k < policy->item_count; k++) {
			add_item(boundary, set, policy, policy->items[k]);
		}
	}
	return boundary;
}

static bool asks(const struct program *program, const struct item *item)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i] == item) {
			return true;
		}
	}
	return false;
}

static void attempt(struct trial *trial, const struct scene *scene)
{
	switch (trial->result.bound.kind) {
	case BOUND_PAPER:
	case BOUND_COVER:
	case BOUND_PAPER_AGE:
	case BOUND_SECTION:
	case BOUND_SECTION_PAPER:
	case BOUND_MOMENT:
	case BOUND_AGE:
	case BOUND_AGED_AT:
	case BOUND_AGED:
	case BOUND_BIRTHDAY:
	case BOUND_ORDER:
	case BOUND_AFTER:
	case BOUND_FOLLOWED:
	case BOUND_LIMIT:
	case BOUND_LIMIT_BIRTHDAY: trial_place(trial, scene); break;
	case BOUND_CLOCK: trial_clock(trial, scene); break;
	case BOUND_TIMER: trial_timer(trial, scene); break;
	case BOUND_ASK_AGAIN: trial_back(trial, scene); break;
	case BOUND_DUTY: trial_duty(trial, scene); break;
	case BOUND_DUTY_EVERY: trial_every(trial, scene); break;
	case BOUND_OTHER: trial_reason(trial, NEAR_SCENE, "nothing here knows this number"); break;
	}
}

void boundary_offer(struct boundary *boundary, const char *file, const char *name, const struct submission *submission,
		    const struct json *body)
{
	struct arena *arena = arena_create();
	for (size_t i = 0; i < boundary->count; i++) {
		struct trial *trial = &boundary->trials[i];
		if (trial->near == NEAR_MADE || trial->result.policy != submission->program->policy ||
		    !asks(submission->program, trial->result.bound.item)) {
			continue;
		}
		const struct scene scene = scene_of(submission, body, arena);
		const size_t before = trial->result.cases;
		attempt(trial, &scene);
		if (trial->result.cases != before || trial->near == NEAR_MADE) {
			trial->result.file = arena_copy(boundary->arena, file);
			trial->result.from = arena_copy(boundary->arena, name);
		}
		arena_reset(arena);
	}
	arena_destroy(arena);
}

const struct boundary_result *boundary_finish(struct boundary *boundary, size_t *ret_count, struct boundary_totals *ret_totals)
{
	struct boundary_result *results = arena_array(boundary->arena, boundary->count + 1, sizeof(*results));
	struct boundary_totals totals = {.bounds = boundary->count};
	for (size_t i = 0; i < boundary->count; i++) {
		results[i] = boundary->trials[i].result;
		totals.cases += results[i].cases;
		totals.failed += results[i].failure_count;
		results[i].alone = boundary->trials[i].near == NEAR_ALONE;
		totals.without += results[i].cases == 0;
		totals.alone += results[i].alone;
	}
	*ret_count = boundary->count;
	*ret_totals = totals;
	return results;
}
