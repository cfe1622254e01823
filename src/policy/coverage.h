/* SPDX-License-Identifier: Apache-2.0 */
/* What became of every clause of a source: ruled by items, or said not to be, and why. None may be forgotten. */
#ifndef AR_POLICY_COVERAGE_H
#define AR_POLICY_COVERAGE_H

#include "policy/policy.h"

enum coverage_state {
	COVERAGE_HEADING, /* only introduces its parts */
	COVERAGE_RULED, /* an item cites it */
	COVERAGE_NOT_AUTOMATED, /* it says why not */
	COVERAGE_PLANNED, /* it says for when */
	COVERAGE_FORGOTTEN, /* neither: a fault */
	COVERAGE_BOTH, /* ruled and said not to be: a fault */
	COVERAGE_STATE_COUNT
};

const char *coverage_state_name(enum coverage_state state);

struct coverage_row {
	const char *document; /* the name of the one in which it stands, or NULL when the version has a single one */
	const char *clause;
	const char *title;
	enum coverage_state state;
	const char *why; /* of not_automated and planned */
	const struct item *const *items;
	size_t item_count;
};

/* One of the documents that a version is made from. */
struct coverage_document {
	const char *name; /* NULL when there is a single one */
	const char *title;
	size_t counts[COVERAGE_STATE_COUNT];
};

struct coverage {
	const struct coverage_row *rows; /* in the order of the source */
	size_t count;
	size_t counts[COVERAGE_STATE_COUNT];
	const struct coverage_document *documents;
	size_t document_count;
};

/* Citations that point nowhere cannot occur: they were refused at load. */
void policy_coverage(const struct policy *policy, struct arena *arena, struct coverage *ret_coverage);

/* True when no clause is forgotten and none is both. */
bool coverage_complete(const struct coverage *coverage);

/* Clauses that say something. */
size_t coverage_leaves(const size_t counts[COVERAGE_STATE_COUNT]);

#endif
