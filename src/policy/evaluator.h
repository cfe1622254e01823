/* SPDX-License-Identifier: Apache-2.0 */
/* One evaluation in progress: what checks read, computed once. Seen by the files of the policy room only. */
#ifndef AR_POLICY_EVALUATOR_H
#define AR_POLICY_EVALUATOR_H

#include "policy/check.h"

/* What became of one item; each is evaluated once. */
struct item_state {
	bool done;
	bool unworded; /* its entries, words and days are not made yet */
	enum answer answer;
	struct entry *entries;
	size_t entry_count;
	const char *why; /* one sentence, or NULL when met */
	const char *fix; /* what to do, or NULL */
	const char *pointer; /* where, or NULL */
	struct day_set days;
};

/* Plan facts (enum plan_fact bits) as staff or the plan's tables know them. */
struct known_facts {
	unsigned verified;
	unsigned contradicted; /* a table says otherwise than the request */
	struct told_fact told[TOLD_FACTS_MAX]; /* by tables alone */
	size_t told_count;
	bool coverage; /* its list is rows of a table */
};

/* Numbers of the elements of a list, grouped by a word that each has, in the order of the list. */
struct groups {
	const uint32_t *order;
	const uint32_t *from; /* where the group of a word begins in order; one more than there are words */
};

struct evaluator {
	const struct submission *submission;
	const struct policy *policy;
	const struct vocabulary *vocabulary;
	const struct places *places;
	const struct record *body;
	struct arena *arena;
	const struct policy_tables *tables;
	struct item_state *states; /* by index of the item in its version */
	struct window_anchor anchor; /* of papers; counts back from the first requested day where that lies before receipt */
	struct day_set requested;
	struct known_facts facts;
	const struct record *const *documents;
	size_t document_count;
	struct groups by_type; /* of documents */
	const struct occurrence *occurrences; /* those that count */
	size_t occurrence_count;
	struct groups by_kind; /* of occurrences */
};

void evaluator_init(struct evaluator *evaluator, const struct submission *submission, struct arena *arena);

/* The state of an item, evaluated when asked for the first time: its answer alone. */
const struct item_state *evaluator_item(struct evaluator *evaluator, const struct item *item);

/*
 * The whole of it: what somebody reads is judged a second time, with its entries, words and days. Most items are met, or of a kind that
 * lists nothing, and words cost more than judging.
 */
const struct item_state *evaluator_worded(struct evaluator *evaluator, const struct item *item);

/* What a check answers, where nobody reads why. */
enum answer evaluator_answer(struct evaluator *evaluator, const struct check *check);

/* The requested days: of every line that has both ends (its own or the period's), else of the period. */
struct day_set requested_days(struct evaluator *evaluator);

/* The newest recorded event of that name, or NULL. */
const struct recorded_event *evaluator_event(const struct evaluator *evaluator, const char *name);

/* A named day; false when no days are requested. */
bool evaluator_day(const struct evaluator *evaluator, enum check_day day, struct civil_date *ret_date);

/* When the member came, or NULL when that is not said. */
const struct value *admission_moment(const struct evaluator *evaluator);

static inline const struct value *body_value(const struct evaluator *evaluator, uint16_t slot)
{
	return &evaluator->body->values[slot];
}

/* The elements of an array of the root; NULL when it is absent or null. */
static inline const struct record *const *body_records(const struct evaluator *evaluator, uint16_t slot, size_t *ret_count)
{
	const struct value *list = &evaluator->body->values[slot];
	*ret_count = value_given(list) ? list->count : 0;
	return value_given(list) ? list->records : NULL;
}

static inline const struct record *const *inner_records(const struct record *record, uint16_t slot, size_t *ret_count)
{
	const struct value *list = &record->values[slot];
	*ret_count = value_given(list) ? list->count : 0;
	return value_given(list) ? list->records : NULL;
}

#endif
