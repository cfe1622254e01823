/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a licensed person wants to decide, held against the facts and the policy. One set of checks serves the determination, the
 * overturned appeal and the preview. What no body can cure (a criterion that is open, a clock that has not run out) goes to STANDING, what
 * the body lacks to BODY; both may be the same list. Pure.
 */
#ifndef AR_REVIEW_DETERMINATION_H
#define AR_REVIEW_DETERMINATION_H

#include "review/determination_grants.h"

enum verdict { VERDICT_APPROVED, VERDICT_IN_PART, VERDICT_DENIED, VERDICT_COUNT };

const char *verdict_name(enum verdict verdict); /* "approved_in_part" */

/* Why nothing is decided while intake has to look at a proposed return. */
extern const char determination_return_proposed[];

/* The grounds of a denial, in the order of the contract; NULL at BASIS_COUNT. */
enum { BASIS_COUNT = 8 };
const char *basis_name(size_t place);

struct determination {
	const struct determination_facts *facts;
	enum verdict verdict;
	const char *basis; /* or NULL */
	const struct json *input; /* the body; an empty object in a preview */
	const struct json *before; /* the decision whose place it takes, or NULL */
	const char *appeal; /* the overturned appeal, or NULL: what was found does not bar it */
	struct grants grants; /* of an approval */
	struct caps caps;
	const char **criteria; /* on which it is denied */
	size_t criterion_count;
};

/* Reads the members that decide the grants and the criteria; adds an issue for each that cannot be used. */
void determination_read(struct determination *determination, struct issues *body);

/* Takes the criteria that would bear the basis, as a preview does. */
void determination_choose_criteria(struct determination *determination);

/* A text member of the body that is not blank, else NULL. */
const char *determination_text(const struct determination *determination, const char *name);

/* Adds an issue for everything that stands against it: all of the checks below. */
void determination_check(const struct determination *determination, struct issues *standing, struct issues *body);

void determination_check_found(const struct determination *determination, struct issues *standing);
void determination_check_basis(const struct determination *determination, struct issues *standing, struct issues *body);
void determination_check_needs(const struct determination *determination, struct issues *standing, struct issues *body);
void determination_check_late(const struct determination *determination, struct issues *body);

/* Whether a rule of the policy about determinations governs it: what an approval in part refuses counts as denied. */
bool determination_governed(const struct determination *determination, const struct item *item);

/* The rule whose credentials CREDENTIAL (or NULL) is not among, or NULL when it may rule. */
const struct item *determination_not_for(const struct determination *determination, const char *credential);

/*
 * Whether it approves before a provider and the days are known, where the policy lets an approval come first (need `placement`): it grants
 * nothing yet, and the authorization is issued when the placement is recorded.
 */
bool determination_awaits_placement(const struct determination *determination);

/* Whether a rule that governs it needs WORD. */
bool determination_needs(const struct determination *determination, const char *word);

/* The words of what the policy needs of it (JSON array) and what was given for each (JSON object). */
const char *determination_required(const struct determination *determination);
const char *determination_parts(const struct determination *determination);

/* The referral in the policy's own word, or as it was given; NULL when there is none. */
const char *determination_referral(const struct determination *determination);

/* The words that a referral may be, or NULL when the policy has none. */
const struct item_words *facts_referrals(const struct determination_facts *facts);

/* Whether a clock had run out by NOW. */
bool clock_late(const struct clock *clock, struct instant now);

bool determination_late(const struct determination *determination);
const char *determination_late_cause(const struct determination *determination); /* NULL: in time, or not said */

#endif
