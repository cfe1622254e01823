/* SPDX-License-Identifier: Apache-2.0 */
/* An item in words for one day of receipt: what it asks, the dates that decide it, where it comes from and what follows. */
#ifndef AR_POLICY_EXPLAIN_H
#define AR_POLICY_EXPLAIN_H

#include "policy/bounds.h"

/* What a bound means on the day. */
struct explained_bound {
	const struct bound *bound;
	const char *last_passes; /* a date or an instant; NULL where the bound sets none by itself */
	const char *first_fails;
	const char *due_at; /* of clocks */
	const struct skipped_day *skipped; /* days that a clock of business days passes over */
	size_t skipped_count;
	const char *say;
};

struct explained_cite {
	const char *clause;
	const char *title; /* NULL where the index does not know it */
};

struct explanation {
	const struct policy *policy;
	const struct item *item;
	struct civil_date on; /* local day of receipt, taken to be at noon */
	bool in_force; /* the version decides what is received on that day */
	const char *asked_of; /* "PRTS/initial": as written, or "all that the policy answers" */
	const char *sentence; /* "In PRTS/initial: ..." */
	const char *when; /* the condition in words, or NULL */
	const char *check; /* the test in words, or NULL */
	const char *rule; /* what it says besides: its clock, who is told, what a determination needs; or NULL */
	const char *not_met; /* what follows */
	const struct explained_cite *cites;
	size_t cite_count;
	const struct explained_bound *bounds;
	size_t bound_count;
};

void policy_explain_item(const struct policy *policy, const struct item *item, struct civil_date on, struct arena *arena,
			 struct explanation *ret_explanation);

/* ---- for the files of explanations ---- */

/* "PRTS/initial and PDTS/any review" */
const char *explain_asked(const struct item *item, struct arena *arena);

void explain_bound(const struct policy *policy, const struct bound *bound, struct civil_date on, struct arena *arena,
		   struct explained_bound *ret_bound);

/* What follows when the item is not met, or of a rule what it demands: from its kind alone, then with its flag and what to do. */
const char *explain_kind(const struct policy *policy, const struct item *item, struct arena *arena);
const char *explain_consequence(const struct policy *policy, const struct item *item, struct arena *arena);

#endif
