/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer about a request (design 3): status, whose turn, what is missing and how to cure it, findings, caps, clocks. Submit, check,
 * information and GET all speak it; the snapshot in the store is exactly these bytes.
 */
#ifndef AR_WIRE_ANSWER_H
#define AR_WIRE_ANSWER_H

#include "policy/evaluate.h"
#include "wire/clock_json.h"

struct episode; /* wire/episode.h */

struct request_answer {
	const char *id; /* NULL in a check: nothing was recorded */
	const char *tracking_number; /* NULL in a check */
	int64_t version;
	const char *submitter_reference; /* or NULL */
	const char *urgency;
	struct instant received_at;
	struct instant updated_at;
	const struct program *program;
	const struct evaluation *evaluation;
	struct clock_list clocks;
	int attempts_made;
	unsigned tasks; /* what is to be done now: bits of enum task */
	/*
	 * The answer as it stood, when the request was not judged again: what was found, the clocks and the outreach are
	 * copied from it, and of EVALUATION only status and waiting_on are read. NULL: judged just now.
	 */
	const struct json *stood;
	const struct json *plan; /* what the plan recorded, or NULL: nothing yet */
	unsigned sensitivity; /* its labels: bits of enum label */
	const struct episode *episode; /* what it goes on with, or NULL: it continues nothing */
};

/* Writes the whole answer as one object. */
void answer_write(struct json_writer *writer, const struct request_answer *answer);

/* The answer of POST /v1/checks: the same, preceded by what it is not and what it did not check. */
void answer_write_check(struct json_writer *writer, const struct request_answer *answer);

/* One human sentence or three: where the request stands, whose turn it is, by when. In ARENA. */
const char *answer_summary(struct arena *arena, const struct request_answer *answer);

/* Who does what next. */
struct next_step {
	const char *who; /* "requesting_provider", "plan", "con_reviewer", "nobody" */
	const char *say;
	const char *href; /* or NULL */
};
struct next_step answer_next_step(struct arena *arena, const struct request_answer *answer);

#endif
