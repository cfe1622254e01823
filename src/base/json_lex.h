/* SPDX-License-Identifier: Apache-2.0 */
/* Texts and numbers of JSON as they are written, for json_scan.c only. */
#ifndef AR_BASE_JSON_LEX_H
#define AR_BASE_JSON_LEX_H

#include <stdbool.h>
#include <stddef.h>

/* What is wrong and at which byte. WHY is a literal; it never holds content. */
struct json_fault {
	const char *where;
	const char *why;
};

/*
 * Reads the text that begins with the quote at AT; returns what follows its closing quote, or NULL with the
 * fault. The length is that of the text with its escapes undone: without escapes it is the number of bytes
 * between the quotes.
 */
const char *json_lex_text(const char *at, const char *end, size_t *ret_length, struct json_fault *fault);

/* Undoes the escapes of a text that json_lex_text has passed; OUT takes the length that it gave. */
void json_lex_unescape(const char *at, char *out);

/*
 * Reads a number within the range and precision that a double keeps; returns what follows it, or NULL with
 * the fault.
 */
const char *json_lex_number(const char *at, const char *end, bool *ret_integer, struct json_fault *fault);

#endif
