/* SPDX-License-Identifier: Apache-2.0 */
/* The sketch of care (tests/policies/care-sketch) in a directory of its own, histories in short words, and what is owed then. */
#ifndef AR_TEST_POLICY_CARE_H
#define AR_TEST_POLICY_CARE_H

#include "library.h"
#include "policy/duty.h"
#include "policy/evaluate.h"

struct care {
	struct library library;
	struct policy_set *set;
	const struct program *program;
};

/* Writes the sketch with one thing changed. */
void care_write(struct library *library, const struct library_change *change);

void care_init(struct care *care, const char *review);
/* The same with one obligation "r" in place of every item, of which RULE has the members; 'text' stands for "text". */
void care_init_rule(struct care *care, const char *rule);
/* The same with one item of any kind. */
void care_init_item(struct care *care, const char *item);
void care_finish(struct care *care);

/* A list from "referral 2026-03-05; asked 2026-03-05T10:00:00-05:00 number=q; referral - retracts=o1". */
const char *care_list(struct arena *arena, const char *history);

struct evaluation care_judge(const struct care *care, struct arena *arena, const char *list, const char *now,
			     const struct duty_waiver *waivers, size_t waiver_count);

/* "o1#1 2026-03-10 late by o2 +3; o4#2 - open": key, number, due, state, what fulfilled it, days late. */
const char *care_owed(const struct care *care, struct arena *arena, const struct evaluation *evaluation);

/* What one obligation owes. */
struct care_row {
	const char *name;
	const char *rule;
	const char *history;
	const char *now;
	const char *waived; /* keys with spaces between, or NULL */
	const char *owed;
};

void care_try(const struct care_row *row);

#endif
