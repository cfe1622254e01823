/* SPDX-License-Identifier: Apache-2.0 */
/* What is true of which days: covered by the plan, paid first by another insurance, before receipt. Quantified over by check_days.c. */
#ifndef AR_POLICY_DAY_SETS_H
#define AR_POLICY_DAY_SETS_H

#include "policy/papers.h"

/* Days of which something is certainly true, and days of which it may be true: the second holds the first. */
struct two_sets {
	struct day_set sure;
	struct day_set maybe;
};

struct day_spans; /* policy/day_spans.h */

/* What some of the predicates need to know. */
struct day_terms {
	int years; /* after_birthday */
	struct paper_types denied_by; /* paid_first_by_another: what shows that the other insurance refused */
	const char *event; /* before_event */
	const struct day_spans *spans; /* spanned */
	struct item_words services; /* authorized_elsewhere */
};

enum day_need { DAY_NEEDS_NOTHING, DAY_NEEDS_YEARS, DAY_NEEDS_DENIED_BY, DAY_NEEDS_EVENT, DAY_NEEDS_SPANS, DAY_NEEDS_SERVICES };

struct day_predicate {
	const char *name; /* as policies write it */
	const char *phrase; /* "are covered by the plan" */
	const char *denied; /* "are not covered by the plan" */
	const char *subject; /* what an unknown hangs on */
	struct two_sets (*days)(const struct day_terms *terms, struct evaluator *evaluator);
	enum day_need need; /* of its terms */
};

/* Ends with a row without a name. */
extern const struct day_predicate day_predicates[];

/* The days on which the plan covers the member. */
struct two_sets days_covered(const struct evaluator *evaluator);

#endif
