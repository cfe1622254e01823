/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Service records: the running care of a member with a provider. Each change of one is judged as a whole, by the instant at which it is
 * made: what happened stands in the submitter's part of the papers (`facts.occurrences`), what staff waived and what time brought about in
 * the plan's (`waivers`, `raised`).
 */
#ifndef AR_REVIEW_CARE_H
#define AR_REVIEW_CARE_H

#include "review/amend.h"

/* What is recorded of a record: its papers judged by CALL's instant. */
struct care {
	const struct call *call;
	const struct draft *draft; /* judged */
	const struct json *plan;
	const char *id;
	const char *submitter_reference;
	int64_t version;
};

/*
 * Evaluates DRAFT, whose record is decoded, as things stand at NOW: by the version that was in force when the record was made, its papers by
 * the day on which the newest came.
 */
void care_evaluate(struct draft *draft, const struct call *call, const struct json *plan, struct instant now,
		   struct evaluation *ret_evaluation);

/* Judges the papers of an amendment of a service record as they are now. False with the outcome set. */
bool care_judge(struct amendment *amendment, struct outcome *outcome) AR_MUST_CHECK;

/* Fills the row's changing part, what is owed, and the answer, with the event ACTION; the row's identity is the caller's. */
void care_record(struct record_change *record, const struct care *care, const char *action);

/* Prepares the change of a judged amendment; NULL with the outcome set. */
struct record_change *care_seal(struct amendment *amendment, const char *action, struct outcome *outcome) AR_MUST_CHECK;

/* Judges and prepares. */
struct record_change *care_end(struct amendment *amendment, const char *action, struct outcome *outcome) AR_MUST_CHECK;

/* Issues of a body that was looked at as a part of the papers: pointers into PREFIX lose it. */
void care_strip(struct issues *issues, const char *prefix);

#endif
