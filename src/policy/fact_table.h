/* SPDX-License-Identifier: Apache-2.0 */
/* Plan facts that one of the plan's own tables answers: `verified_by_table` of policy.json. */
#ifndef AR_POLICY_FACT_TABLE_H
#define AR_POLICY_FACT_TABLE_H

#include "policy/row_match.h"

/* A cell of a row that becomes a member of an element. */
struct laid_column {
	size_t column;
	uint16_t slot; /* in the element */
};

/* A fact that is a word stands in one column; one that is a list is its rows. */
struct fact_table {
	unsigned fact; /* enum plan_fact bit */
	const char *name; /* of the fact */
	size_t table;
	struct row_match match;
	size_t column; /* a word: what the table says */
	struct reach asserted; /* a word: what the request says */
	const struct layout *elements; /* a list: of its elements; NULL: the fact is a word */
	uint16_t list; /* a list: its slot in the request */
	struct laid_column laid[TABLE_COLUMNS_MAX];
	size_t laid_count;
};

/* Names of the facts, by bit; ends with NULL. */
extern const char *const plan_fact_names[];

/* Reads what MANIFEST says into POLICY; false after issues. */
bool fact_tables_compile(struct compiler *compiler, const struct json *manifest, const struct spot *spot,
			 struct policy *policy);

/*
 * Lays rows of the plan's tables over the lists of the request that they answer: where a table has rows for the request, they are the
 * list, and the fact is verified. What staff verified stands, whatever a table says. Before anything else is read of the request.
 */
void fact_tables_lay(struct evaluator *evaluator);

/*
 * Adds what staff verified, and what rows in effect on the first requested day say of words: agreeing rows verify what the request
 * asserts, one that says otherwise contradicts it.
 */
void fact_tables_ask(struct evaluator *evaluator);

#endif
