/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened under care: the kinds that a policy declares (`occurrences` of policy.json), the list that holds them
 * (/facts/occurrences), and which of its elements count. One that retracts another does not count, nor does the other.
 */
#ifndef AR_POLICY_OCCURRENCE_H
#define AR_POLICY_OCCURRENCE_H

#include "base/shape.h"
#include "base/zone.h"
#include "policy/policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct occurrence_kind {
	const char *name; /* "referral" */
	const char *title; /* "the referral" */
	const char *phrase; /* inside a sentence: "the referral", of a title without an article too */
	struct item_words by; /* roles that may record it */
	struct item_words needs; /* members that one of the kind must say something in */
	bool needs_approval; /* where the care needs one: it follows from the approval, and is not dated before it */
	bool ends; /* it ends what is owed: taken also of a record that is full */
	bool timed; /* an obligation in hours starts with it or is fulfilled by it: it needs `at` */
};

/* What a version declares, and the slots of the elements of its list. */
struct occurrence_kinds {
	struct occurrence_kind *kinds; /* by word of the member `kind` */
	size_t count;
	size_t most; /* in the list, as the version says */
	uint16_t list; /* in the request */
	uint16_t id, kind, on, at, retracts, reason; /* in an element */
	bool attests; /* it has the members of attestations */
	uint16_t attestation; /* word of `kind` */
	uint16_t item, expires_on;
};

/* Places of a list beyond those that the version declares: for what is retracted, and for what ends something. */
enum { OCCURRENCES_SPARE = 100 };

/* NULL when the version declares none. */
const struct occurrence_kinds *policy_occurrences(const struct policy *policy);

/* The kind of that name, or NULL. */
const struct occurrence_kind *occurrence_kind_find(const struct occurrence_kinds *kinds, const char *name);

/* Whether ROLE may record one of a kind. */
bool occurrence_kind_by(const struct occurrence_kind *kind, const char *role);

/* The kind of attestations and the pointer of the list, for who writes them. */
extern const char occurrence_attestation[]; /* "attestation" */
extern const char occurrence_list[]; /* "/facts/occurrences" */

/* One that counts. */
struct occurrence {
	const struct record *record;
	size_t place; /* in the list */
	const char *id; /* "o3", also where none was given */
	uint16_t kind; /* word */
	bool dated; /* `on` or `at` is given */
	bool timed; /* `at` is given */
	struct civil_date on; /* its local day */
	struct instant at; /* or the first moment of that day */
};

/* Those of the body that count, in the order of the list. */
const struct occurrence *occurrences_counting(const struct occurrence_kinds *kinds, const struct record *body,
					      const struct zone *zone, struct arena *arena, size_t *ret_count);

#endif
