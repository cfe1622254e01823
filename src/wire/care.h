/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer about a service record: what happened, what is owed since, by when and why. The snapshot in the store is exactly these bytes.
 */
#ifndef AR_WIRE_CARE_H
#define AR_WIRE_CARE_H

#include "base/json_write.h"
#include "policy/duty.h"
#include "policy/evaluate.h"

struct care_answer {
	const char *id;
	int64_t version;
	const char *submitter_reference; /* or NULL */
	const char *provider_npi; /* servicing, or NULL */
	const char *continues; /* id of the request whose authorization the care began with, or NULL */
	struct instant received_at;
	struct instant updated_at;
	const struct program *program;
	const struct evaluation *evaluation;
	const struct json *occurrences; /* everything that was recorded, or NULL: nothing yet */
	const struct json *plan; /* waivers, and what time brought about */
	unsigned sensitivity; /* its labels: bits of enum label */
	size_t listed; /* at most so many of its duties, and of the lapses that were raised */
};

/* Writes the whole answer as one object. */
void care_answer_write(struct json_writer *writer, const struct care_answer *answer);

/* The duty that is due first of those that are open or overdue, or NULL. */
const struct care_duty *care_next_due(const struct evaluation *evaluation);

/* "overdue" when something is, else "open" when something is owed or asked for, else "done". */
const char *care_state(const struct evaluation *evaluation);

#endif
