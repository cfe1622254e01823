/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of a request, by type, for the checks that ask for papers. */
#ifndef AR_POLICY_PAPERS_H
#define AR_POLICY_PAPERS_H

#include "policy/evaluator.h"

/* Which document types a check looks at. */
struct paper_types {
	const uint16_t *types;
	size_t count;
	const char *phrase; /* of the first: "QMHP assessment" */
	const char *an; /* "a QMHP assessment" */
};

/* Reads the member NAME of ARGUMENTS; false after an issue. */
bool papers_compile(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		    struct paper_types *ret_types);

/* Walks the documents of the types: start with a zeroed struct. */
struct paper_walk {
	size_t type;
	size_t place;
};
const struct record *papers_next(const struct paper_types *types, const struct evaluator *evaluator, struct paper_walk *walk);

/* Adds "no such document". */
void papers_missing(const struct paper_types *types, struct trace *trace, const char *needed);

/* "/documents/1/" followed by the rest. */
const char *paper_pointer(struct arena *arena, const struct record *document, const char *rest);

/* Which date of a paper counts. */
enum paper_dating { DATED_LATEST, DATED_COMPLETED, DATED_COVERS };

/*
 * The date of a paper, or NULL; *ret_pointer is where it stands, or where it is missing. A paper without a date that is part of another
 * has that one's.
 */
const struct value *paper_date(const struct evaluator *evaluator, struct arena *arena, const struct record *document,
			       enum paper_dating dating, const char **ret_pointer);

/* Whether the time that a paper covers, or that of what it is part of, ends before it begins. */
bool paper_covers_reversed(const struct evaluator *evaluator, const struct record *document);

/* The newest of the papers of the types by that date, or NULL; *ret_pointer is where its date stands. */
const struct value *papers_newest(const struct paper_types *types, const struct evaluator *evaluator, struct arena *arena,
				  const char **ret_pointer);

/* Whether a document is of one of the types. */
bool paper_is(const struct paper_types *types, const struct evaluator *evaluator, const struct record *document);

/* The document with that id, or NULL. */
const struct record *paper_by_id(const struct evaluator *evaluator, const char *id);

#endif
