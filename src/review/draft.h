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
	const struct program *program;
	const struct record *record;
	struct instant received_at;
	const char *body; /* the body as compact JSON: what is stored, and what an idempotency key is bound to */
	size_t body_length;
	struct evaluation evaluation;
};

/* Reads BYTES strictly and writes them compactly; false with the outcome a 400 or 413. */
bool draft_parse(struct draft *draft, const char *bytes, size_t length, struct arena *arena, struct outcome *outcome);

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

/* A member's text by pointer, or NULL. */
const char *draft_text(const struct draft *draft, const char *pointer);

/* The answer a draft gives, without identity; clocks start at receipt. */
struct request_answer draft_answer(const struct draft *draft, struct instant now);

#endif
