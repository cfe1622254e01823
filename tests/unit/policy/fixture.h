/* SPDX-License-Identifier: Apache-2.0 */
/* A small policy in memory, against which single checks are compiled and evaluated; and policy sets from directories. */
#ifndef AR_TEST_POLICY_FIXTURE_H
#define AR_TEST_POLICY_FIXTURE_H

#include "policy/evaluator.h"
#include "policy/policy.h"

struct fixture {
	struct arena *arena;
	struct issues issues;
	struct zone *zone;
	struct policy policy;
	struct program program;
	struct table tables[3];
	struct policy_tables given; /* to submissions */
	struct table_list list;     /* to the compiler */
};

/* The schemas of the checkout, for policy_set_load; CONTEXT is an arena. */
const struct json *fixture_schema(void *context, const char *file);

const struct json *fixture_json(struct arena *arena, const char *text);

void fixture_init(struct fixture *fixture);
void fixture_finish(struct fixture *fixture);

/* Compiles a check; NULL with issues. */
const struct check *fixture_compile(struct fixture *fixture, const char *check);

/* How a body is judged. */
struct judging {
	const char *supplement; /* merged over the base body; NULL: the base itself */
	const char *received;   /* NULL: 2026-03-02T10:00:00-08:00 */
	const char *today;      /* NULL: the day of receipt */
	unsigned verified;
	const char *event; /* recorded, or NULL */
	const char *event_at; /* NULL: 2026-03-02T10:00:00-08:00 */
};

enum answer fixture_evaluate(struct fixture *fixture, const struct check *check, const struct judging *judging,
                             struct trace *trace);

/* "stale /documents/0/completed_on; missing /documents/-" */
const char *fixture_entries(struct arena *arena, const struct trace *trace);

/* A policy set from a directory below the checkout's root; aborts the test when it cannot be loaded. */
struct policy_set *fixture_set(struct arena *arena, const char *directory);

#endif
