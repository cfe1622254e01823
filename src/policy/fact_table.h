/* SPDX-License-Identifier: Apache-2.0 */
/* Plan facts that one of the plan's own tables answers: `verified_by_table` of policy.json. */
#ifndef AR_POLICY_FACT_TABLE_H
#define AR_POLICY_FACT_TABLE_H

#include "policy/row_match.h"

struct fact_table {
	unsigned fact; /* enum plan_fact bit */
	size_t table;
	struct row_match match;
	size_t column; /* what the table says */
	struct reach asserted; /* what the request says */
};

/* Names of the facts, by bit; ends with NULL. */
extern const char *const plan_fact_names[];

/* Reads what MANIFEST says into POLICY; false after issues. */
bool fact_tables_compile(struct compiler *compiler, const struct json *manifest, const struct spot *spot,
			 struct policy *policy);

/*
 * What staff verified, and what rows in effect on the first requested day say: agreeing rows verify what the request asserts, one that
 * says otherwise contradicts it. What staff verified stands, whatever a table says.
 */
struct known_facts fact_tables_read(const struct evaluator *evaluator);

#endif
