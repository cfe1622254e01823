/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A licensed person approves, approves in part or denies, or corrects what was recorded wrongly. The program adds nothing of its own to
 * that decision: it holds it against what was found, what the policy needs and what one authorization may hold, and records it.
 */
#ifndef AR_REVIEW_DETERMINE_H
#define AR_REVIEW_DETERMINE_H

#include "review/amend.h"

/* POST …/determination: the prepared change; NULL with the outcome set. */
struct record_change *determine_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

/* Why nothing is determined (STEP_DETERMINE) or corrected (STEP_CORRECT) about a request in this status now, or NULL. It was judged. */
bool determine_waits(const struct evaluation *evaluation); /* what is missing never sends the request back */
const char *determine_refusal(const struct amendment *amendment, enum status status, enum step step);

/*
 * What an overturned appeal approves, from the members that the call's body shares with a determination (rationale, grants, basis,
 * criteria, documents_reviewed, interqual, alternative, referral, interim_level_of_care): everything as asked when there are no grants,
 * else what they say, in part when that is less, and never less than was granted before. What one authorization may hold, days that
 * cannot be approved and what the policy needs of an approval hold as for any other. What was found about criteria stays recorded and
 * does not bar it; who may decide an appeal is the caller's business. AMENDMENT was judged; APPEAL is the appeal's id.
 *
 * Sets decision, superseded, authorization and owed of the plan's part, and amendment->decision. False with the outcome set: all that
 * is wrong with the body, with the issues that the caller added to the outcome before.
 */
bool determination_grant(struct amendment *amendment, const char *appeal, struct outcome *outcome);

#endif
