/* SPDX-License-Identifier: Apache-2.0 */
/* Which occurrences are meant: {"occurrence": ["contact"], "where": {...}, "day": "planned_on", ...}. */
#ifndef AR_POLICY_SELECTOR_H
#define AR_POLICY_SELECTOR_H

#include "policy/condition.h"
#include "policy/occurrence.h"

/* Members that only some selectors may have. */
enum selector_part {
	SELECTOR_WHICH = 1 << 0, /* of several the first or the latest */
	SELECTOR_EARLIER = 1 << 1, /* also one from before the start */
	SELECTOR_SAME = 1 << 2 /* that agrees with the starting one in these members */
};

struct selector {
	const struct word_set *kinds;
	const struct word_set *others; /* meant too, whatever `where` and `same` ask; or NULL */
	const uint16_t *meant; /* the words of both */
	size_t meant_count;
	const char *phrase; /* "the contact or the visit" */
	const struct condition *conditions;
	size_t condition_count;
	bool has_day;
	uint16_t day; /* member that holds its date, in place of `on` and `at` */
	bool latest;
	bool earlier;
	const uint16_t *same;
	size_t same_count;
};

/* One that is meant, and when. */
struct happening {
	const struct occurrence *occurrence;
	struct civil_date on;
	struct instant at; /* of a bare day its first moment */
	bool timed;
};

/* Reads the object NODE; PARTS are the enum selector_part bits it may have. False after an issue. */
bool selector_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, unsigned parts,
		      struct selector *ret_selector);

/* Numbers of the occurrences of the kinds that it names, whatever else it asks, in the order of the list. */
const uint32_t *selector_candidates(const struct selector *selector, const struct evaluator *evaluator, size_t *ret_count);

/* Met, not met, or unknown where a member that it asks for is not given: *ret_open is the condition then. */
enum answer selector_judge(const struct selector *selector, const struct evaluator *evaluator,
			   const struct occurrence *occurrence, const struct condition **ret_open);

/* Those that are certainly meant and dated, by day and then as they were recorded; TIMED: those with a moment only, by moment. */
struct happening *selector_take(const struct selector *selector, const struct evaluator *evaluator, bool timed,
				size_t *ret_count);

/* When an occurrence was, as the selector reads it; false when that is not given. */
bool selector_when(const struct selector *selector, const struct evaluator *evaluator, const struct occurrence *occurrence,
		   struct happening *ret_happening);

/* By moment where both have one, else by day, and on the same day as they were recorded. */
bool happening_later(const struct happening *a, const struct happening *b);

/* The same one on the day on which it was recorded to have happened, whatever day it speaks of. */
struct happening happening_came_up(const struct happening *happening);

/* Whether both have the same, and given, value in each member of `same`. */
bool selector_same(const struct selector *selector, const struct occurrence *a, const struct occurrence *b);

#endif
