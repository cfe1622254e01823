/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The papers of a request, as they are stored: the body as the submitter sent and supplemented it, and beside it what the plan recorded
 * (`plan`: outreach, verified facts, items asked for, events, return, ...; see review/plan.h). The plan's part never changes the submitter's.
 */
#ifndef AR_REVIEW_PAPERS_H
#define AR_REVIEW_PAPERS_H

#include "base/json_write.h"
#include "review/outcome.h"
#include "store/records.h"

struct papers {
	const struct json *body;
	const struct json *plan; /* an object, perhaps empty */
	int64_t version; /* of the request that they belong to; 0: not said by an older version of the program */
};

/* Reads the papers of a recorded request; false with the outcome set. */
bool papers_read(struct store_reader *reader, const char *id, struct arena *arena, struct papers *ret_papers,
		 struct outcome *outcome);

/* The papers as one JSON text in ARENA. */
const char *papers_write(const struct papers *papers, struct arena *arena, size_t *ret_length);

/* The plan's part when a request arrives at AT; REPLACES is JSON text about the earlier request, or NULL. */
const struct json *papers_plan(struct arena *arena, struct instant at, const char *replaces);

/* The papers of a request that has just arrived, from its body as JSON text. */
const char *papers_start(const char *body, size_t length, const struct json *plan, struct arena *arena, size_t *ret_length);

/* Appends an element to the list called NAME of the plan's part (made when it is absent); ELEMENT is JSON text. */
const struct json *papers_append(struct arena *arena, const struct json *plan, const char *name, const char *element);

/* Takes the elements of the list called NAME away whose MEMBER is TEXT; there may be none, and no list. */
const struct json *papers_drop(struct arena *arena, const struct json *plan, const char *name, const char *member,
			       const char *text);

/* Sets the member called NAME of the plan's part, or one below it ("questions/0/answer"); VALUE is JSON text. */
const struct json *papers_set(struct arena *arena, const struct json *plan, const char *name, const char *value);

#endif
