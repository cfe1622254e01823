/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes compact JSON into a struct text; commas and escapes are its business, balance is the caller's
 * (asserted).
 */
#ifndef AR_BASE_JSON_WRITE_H
#define AR_BASE_JSON_WRITE_H

#include "base/json.h"
#include "base/text.h"

/* Deeper than json_limits_file, so that any parsed tree fits into an answer. */
enum { JSON_WRITE_DEPTH = 96 };

struct json_writer {
	struct text *out;
	unsigned depth;
	bool wrote[JSON_WRITE_DEPTH]; /* something stands at this depth already */
	bool named; /* a member name waits for its value */
};

void json_writer_init(struct json_writer *writer, struct text *out);

void json_open_object(struct json_writer *writer);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer);
void json_close_array(struct json_writer *writer);

/* The next value belongs to this member. */
void json_put_name(struct json_writer *writer, const char *name);

void json_put_text(struct json_writer *writer, const char *value); /* NULL writes null */
void json_put_integer(struct json_writer *writer, int64_t value);
void json_put_number(struct json_writer *writer, double value); /* shortest form that reads back the same */
void json_put_boolean(struct json_writer *writer, bool value);
void json_put_null(struct json_writer *writer);
void json_put_tree(struct json_writer *writer, const struct json *node);

/* NAME and value in one. */
void json_member_text(struct json_writer *writer, const char *name, const char *value);
void json_member_integer(struct json_writer *writer, const char *name, int64_t value);
void json_member_tree(struct json_writer *writer, const char *name, const struct json *node); /* NULL writes null */
void json_member_boolean(struct json_writer *writer, const char *name, bool value);
void json_member_list(struct json_writer *writer, const char *name, const struct json *node); /* NULL and null write [] */

#endif
