/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the closed subset of JSON Schema, one node at a time. Seen by the files of base/shape only. */
#ifndef AR_BASE_SHAPE_SCHEMA_H
#define AR_BASE_SHAPE_SCHEMA_H

#include "base/shape_table.h"

/* What reading a schema needs. */
struct schema_reader {
	struct arena *arena;
	shape_file_fn file;
	void *file_context;
	struct err *err;
};

/* A node of a schema and where it stands. */
struct schema_spot {
	const struct json *node;
	const struct json *document; /* what "#/$defs/x" refers to */
	const char *file; /* for messages */
	const char *at; /* pointer within the file, for messages */
	unsigned depth;
};

/* Records "file#pointer: why"; always returns false. */
bool schema_fail(const struct schema_reader *reader, const struct schema_spot *spot, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The spot of NODE below SPOT: KEYWORD, or KEYWORD/NAME when NAME is not NULL. */
struct schema_spot schema_below(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword,
				const char *name, const struct json *node);

/* Follows $ref until there is none, replacing *SPOT. */
bool schema_resolve(const struct schema_reader *reader, struct schema_spot *spot) AR_MUST_CHECK;

/* What TYPE, FORMAT and the elements of a resolved node ask for. */
bool schema_kind(const struct schema_reader *reader, const struct schema_spot *spot, enum rule_kind *ret_kind,
		 bool *ret_nullable) AR_MUST_CHECK;

/* Fails when a keyword stands there that is unknown, or that says nothing about a value of KIND. */
bool schema_keywords(const struct schema_reader *reader, const struct schema_spot *spot, enum rule_kind kind,
		     bool root) AR_MUST_CHECK;

/* The non-negative integer at KEYWORD, FALLBACK when it is absent. */
bool schema_size(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword, size_t fallback,
		 size_t *ret_size) AR_MUST_CHECK;

/* The number at KEYWORD, FALLBACK when it is absent. */
bool schema_bound(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword, double fallback,
		  double *ret_bound) AR_MUST_CHECK;

/* The text at KEYWORD, NULL when it is absent. */
bool schema_text(const struct schema_reader *reader, const struct schema_spot *spot, const char *keyword,
		 const char **ret_text) AR_MUST_CHECK;

#endif
