/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Duties of running care: what a policy's obligation items owe, given what happened. Pure: computed anew with every evaluation, from the
 * occurrences that count, the waivers and the instant of judging alone. evaluate() leaves them in evaluation.duties and
 * evaluation.attestations; the sentences and numbers are the item's.
 */
#ifndef AR_POLICY_DUTY_H
#define AR_POLICY_DUTY_H

#include "base/civil.h"
#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>

struct item;
struct evaluator;
struct evaluation;

enum duty_state {
	DUTY_OPEN, /* not due yet, or without a due day */
	DUTY_OVERDUE, /* due, and nothing fulfils it */
	DUTY_FULFILLED, /* in time */
	DUTY_LATE, /* fulfilled after it was due */
	DUTY_WAIVED,
	DUTY_ENDED, /* what ends it came before it was due */
	DUTY_STATE_COUNT
};

const char *duty_state_name(enum duty_state state); /* "open" */

/* Staff waived one duty of an item, named by its key. */
struct duty_waiver {
	const char *item;
	const char *key;
};

struct care_duty {
	const struct item *item;
	/* Names it within its item while what began it begins it: the id of that occurrence ("o3"), of later periods "o3.2". */
	const char *key;
	unsigned
		number; /* among the duties of its item by the order in which they began, from 1: for people; it can shift, the key cannot */
	const char *began_with; /* id of that occurrence */
	struct civil_date started_on; /* the day from which it is counted; of a planned day the one on which it came up */
	struct instant started_at; /* its moment; of a bare day its first */
	struct civil_date counted_from; /* as started_on, or the day ahead of which it is due */
	bool has_due; /* else it is owed without a set time */
	bool in_hours; /* due at a moment, not at the end of a day */
	struct instant due_at;
	struct civil_date due_on; /* local day of due_at */
	bool fulfilled;
	const char *fulfilled_by; /* id of the occurrence; NULL unless fulfilled */
	struct civil_date fulfilled_on;
	struct instant fulfilled_at; /* of a bare day its first moment */
	int late_by_days; /* of a late one, or an overdue one so far; 0 within the day on which it was due */
	const struct duty_waiver *waiver; /* or NULL */
	enum duty_state state;
};

enum attestation_state { ATTESTATION_CURRENT, ATTESTATION_EXPIRED, ATTESTATION_MISSING, ATTESTATION_STATE_COUNT };

const char *attestation_state_name(enum attestation_state state); /* "current" */

/* How an item with `attest` stands in a provider's standing record. */
struct attestation {
	const struct item *item;
	enum attestation_state state;
	const char *occurrence; /* id of the newest one that counts; NULL when missing */
	struct civil_date on; /* unless missing */
	bool expires;
	struct civil_date expires_on; /* the last day on which it holds */
	bool shortened; /* which the provider said, and not the policy */
};

/* The open duty that is due first, or NULL: when to judge again. */
const struct care_duty *duties_next(const struct evaluation *evaluation);

/* The duty of that item and key, or with that number where KEY is NULL; NULL when there is none. */
const struct care_duty *duties_find(const struct evaluation *evaluation, const char *item, const char *key, unsigned number);

/* Whether time alone begins another duty when this one is due. */
bool duty_begins_another(const struct care_duty *duty);

/* ---- for evaluate.c ---- */

/* Room for what the items of a program may owe. */
void duties_begin(struct evaluator *evaluator, struct evaluation *evaluation);
/* Adds what one obligation that applies owes. */
void duties_item(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation);

#endif
