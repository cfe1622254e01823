/* SPDX-License-Identifier: Apache-2.0 */
/* Judges bodies beside a bound by the evaluator, and holds what it says against what was counted by hand. */
#ifndef AR_POLICY_BOUNDARY_TRIAL_H
#define AR_POLICY_BOUNDARY_TRIAL_H

#include "policy/boundary.h"
#include "policy/boundary_scene.h"
#include "policy/check.h"

/* How near a bound came to having cases; the reason of the nearest scene is told. */
enum nearness {
	NEAR_NOT, /* no case is of the item's services */
	NEAR_SCENE, /* there is one, without what the bound turns on */
	NEAR_PLACED, /* what it turns on can be moved, and the check says the same on both sides */
	NEAR_ALONE, /* the check turns on it, the item does not */
	NEAR_MADE
};

/* One bound and what became of it so far. */
struct trial {
	struct boundary_result result;
	const struct check *check; /* compiled; NULL for bounds outside checks */
	struct arena *arena; /* of results */
	enum nearness near;
	struct boundary_failure *failures;
	size_t capacity;
};

/* Compiles the check of the bound. */
void trial_init(struct trial *trial, const struct policy_set *set, const struct policy *policy, const struct bound *bound,
		struct arena *arena);

/* Tries the bound in one scene. The kinds of bounds_check, limits and ages. */
void trial_place(struct trial *trial, const struct scene *scene);

/* Clocks, and timers that start with something that people do. */
void trial_clock(struct trial *trial, const struct scene *scene);
void trial_timer(struct trial *trial, const struct scene *scene);
/* Duties: how long the first has, and how they come again. */
void trial_duty(struct trial *trial, const struct scene *scene);
void trial_every(struct trial *trial, const struct scene *scene);
/* Adds the cases around 29 February to a bound that has cases in the scene. */
void trial_leap(struct trial *trial, const struct scene *scene);
/* What is counted back from the end of an authorization. */
void trial_back(struct trial *trial, const struct scene *scene);

/* ---- for the files of trials ---- */

void trial_reason(struct trial *trial, enum nearness near, const char *why);
/* Counts a case; DETAIL NULL when it went as it must. */
void trial_case(struct trial *trial, const char *name, const char *detail);
void trial_forget(struct trial *trial);

/* The same scene, so many days later at the same time of day. */
struct submission scene_later(const struct scene *scene, int days);

/* What the check of the bound says to a body; of a limit whether it is kept. False when it cannot be read. */
bool trial_ask(const struct trial *trial, const struct scene *scene, const struct json *body, enum answer *ret_answer);

/* The evaluation of a body; false when it cannot be read. */
bool trial_evaluate(const struct scene *scene, const struct json *body, struct evaluation *ret_evaluation);

#endif
