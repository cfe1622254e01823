/* SPDX-License-Identifier: Apache-2.0 */
/* The duties of one obligation in the making. Seen by duty*.c only. */
#ifndef AR_POLICY_DUTY_MAKING_H
#define AR_POLICY_DUTY_MAKING_H

#include "policy/duty.h"
#include "policy/duty_rule.h"

enum {
	DUTIES_FIRST = 16, /* room for so many is there at once; a power of two */
	DUTIES_MAX = 2000, /* of one item: a bound on work, far above what care brings */
	MISSED_MAX = 120 /* of one item: after so many missed periods no further one is owed until something was done */
};

/* The duties of one item in the making. */
struct making {
	struct evaluator *evaluator;
	struct evaluation *evaluation;
	const struct item *item;
	const struct duty_rule *rule;
	struct happening *starts;
	size_t start_count;
	const struct happening *fulfilments;
	size_t fulfilment_count;
	const struct happening *ends;
	size_t end_count;
	struct instant now;
	struct civil_date today;
	size_t first; /* of the item among the duties */
	size_t missed; /* periods */
};

/* What one start leads to. */
struct strand {
	const struct happening *start;
	const struct happening *end; /* or NULL */
	struct happening since; /* from when on something fulfils it: of a planned day the day on which it came up */
};

/* A duty before it is known what became of it. */
struct span_of_duty {
	struct happening begin;
	const char *key;
	bool own; /* it began with an occurrence, which cannot fulfil it */
	bool again; /* it began with what fulfilled the one before */
	bool has_due;
	struct duty_due due;
};

/* Whether no more duties of the item are made. */
bool duties_full(const struct making *making);

/* Whether the item has a duty of that key already. */
bool duty_known(const struct making *making, const char *key);

/* Adds the duty and what became of it; *ret_fulfilment is what fulfilled it, or NULL. */
const struct care_duty *duty_settle(struct making *making, const struct strand *strand, const struct span_of_duty *span,
				    const struct happening **ret_fulfilment);

/* Adds what an obligation that is no attestation owes. */
void duties_care(struct evaluator *evaluator, const struct item *item, struct instant now, struct evaluation *evaluation);

#endif
