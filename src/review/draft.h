/* SPDX-License-Identifier: Apache-2.0 */
/* A request body on its way: read, matched with the policy in force, decoded, evaluated. Submit, check and information share it. */
#ifndef AR_REVIEW_DRAFT_H
#define AR_REVIEW_DRAFT_H

#include "auth/access.h"
#include "policy/evaluate.h"
#include "review/outcome.h"
#include "review/service.h"
#include "wire/answer.h"

struct draft {
	const struct json *root;
	enum policy_match found; /* set by draft_match, as are the program and the receipt; none in force: nothing judges it */
	bool matched;
	const struct program *program;
	const struct record *record;
	struct instant received_at;
	const char *body; /* the body as compact JSON: what is stored, and what an idempotency key is bound to */
	size_t body_length;
	const struct held_days *held; /* what else the member is authorized for (review/held.h) */
	size_t held_count;
	unsigned
		inherited; /* labels of sensitivity that were set before: of the request itself, or of one that it goes on with */
	struct evaluation evaluation;
};

/* Reads BYTES strictly and writes them compactly; false with the outcome a 400 or 413. */
bool draft_parse(struct draft *draft, const char *bytes, size_t length, struct arena *arena, struct outcome *outcome);

/*
 * The first half of draft_judge: finds the receipt and, where the body names one, the program (NULL: none). What is wrong with either becomes
 * an issue.
 */
void draft_match(struct draft *draft, const struct policy_set *set, const struct principal *principal, struct instant now,
		 struct outcome *outcome);

/* Puts another body in the place of the one that was sent: what was carried over is in it. */
void draft_replace(struct draft *draft, const struct json *root, struct arena *arena);

/*
 * Finds the program by payer, service, review and the receipt instant (now, or intake.received_at from staff), decodes with its shape
 * and evaluates. False with the outcome a 422 that lists everything, or a 403 for a payer that is not the caller's.
 */
bool draft_judge(struct draft *draft, const struct policy_set *set, const struct principal *principal, struct instant now,
		 struct arena *arena, struct outcome *outcome);

/*
 * Evaluates a decoded body with what the plan recorded (NULL: nothing yet). Papers may be dated up to the local day of NOW; ARRIVED_AT is
 * when the newest came, us 0 for receipt.
 */
void draft_evaluate(struct draft *draft, const struct policy_set *set, const struct json *plan, struct instant now,
		    struct instant arrived_at, struct arena *arena);

/* Whether its version is in force on the local day of receipt, by the times that the version has now. */
bool draft_in_force(const struct draft *draft);

/* A member's text by pointer, or NULL. */
const char *draft_text(const struct draft *draft, const char *pointer);

/* Its labels of sensitivity: those set before, those that the body names and those that the policy sets. */
unsigned draft_sensitivity(const struct draft *draft);

/* The answer a draft gives, without identity; clocks start at receipt. */
struct request_answer draft_answer(const struct draft *draft, struct instant now);

#endif
