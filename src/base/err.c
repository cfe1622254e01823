/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct err_row {
	int status;
	const char *type;
	const char *title;
	const char *help;
};

static const struct err_row rows[] = {
#define X(code, status, type, title, help) [code] = {status, type, title, help},
	ERR_CODES(X)
#undef X
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) == ERR_CODE_COUNT, "one row for every error code");

static const struct err_row *row_of(enum err_code code)
{
	assert(code >= 0 && code < ERR_CODE_COUNT);
	return &rows[code];
}

/* A detail cut by its buffer must not end inside a UTF-8 character: it goes out as JSON. */
static void trim_partial_character(char *text, size_t length)
{
	size_t start = length;
	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
		start--;
	}
	if (start == 0 || (unsigned char)text[start - 1] < 0xC0) {
		return;
	}
	const unsigned char lead = (unsigned char)text[start - 1];
	const size_t needed = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
	if (length - start < needed) {
		text[start - 1] = '\0';
	}
}

static void write_detail(struct err *err, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static void write_detail(struct err *err, const char *format, va_list arguments)
{
	char detail[sizeof(err->detail)]; /* the arguments may point into the old detail */
	const int length = vsnprintf(detail, sizeof(detail), format, arguments);
	if (length >= (int)sizeof(detail)) {
		trim_partial_character(detail, sizeof(detail) - 1);
	}
	memcpy(err->detail, detail, sizeof(detail));
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_detail(err, format, arguments);
	va_end(arguments);
	err->code = code;
	return false;
}

bool err_wrap(struct err *err, const char *format, ...)
{
	const struct err inner = *err;
	va_list arguments;
	va_start(arguments, format);
	write_detail(err, format, arguments);
	va_end(arguments);
	return err_set(err, inner.code, "%s: %s", err->detail, inner.detail);
}

int err_http_status(enum err_code code)
{
	return row_of(code)->status;
}

const char *err_type(enum err_code code)
{
	return row_of(code)->type;
}

const char *err_title(enum err_code code)
{
	return row_of(code)->title;
}

const char *err_help(enum err_code code)
{
	return row_of(code)->help;
}
