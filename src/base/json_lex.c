/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_lex.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* cJSON reads a number through a buffer of 64 bytes; a longer one would be cut there. */
enum { NUMBER_LENGTH = 40, SIGNIFICANT_DIGITS = 15, EXPONENT = 250 };

static const int64_t largest_integer = (INT64_C(1) << 53) - 1;

static const char *fail(struct json_fault *fault, const char *where, const char *why)
{
	*fault = (struct json_fault){where, why};
	return NULL;
}

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9') {
		return digit - '0';
	}
	if (digit >= 'a' && digit <= 'f') {
		return digit - 'a' + 10;
	}
	return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* The value of four hexadecimal digits, -1 when they are not there. */
static int hex4(const char *at, const char *end)
{
	int value = 0;
	if (end - at < 4) {
		return -1;
	}
	for (unsigned i = 0; i < 4; i++) {
		const int digit = hex_value(at[i]);
		if (digit < 0) {
			return -1;
		}
		value = value * 16 + digit;
	}
	return value;
}

/* AT is behind "\u". Says how many bytes of UTF-8 the escape (or the pair of escapes) stands for. */
static const char *lex_unicode(const char *at, const char *end, size_t *ret_size, struct json_fault *fault)
{
	const int unit = hex4(at, end);
	if (unit < 0) {
		return fail(fault, at - 2, "\\u needs four hexadecimal digits");
	}
	if (unit == 0) {
		return fail(fault, at - 2, "the character U+0000 is not allowed");
	}
	if (unit < 0xD800 || unit > 0xDFFF) {
		*ret_size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
		return at + 4;
	}
	const int low = end - at >= 10 && at[4] == '\\' && at[5] == 'u' ? hex4(at + 6, end) : -1;
	if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
		return fail(fault, at - 2, "half of a surrogate pair");
	}
	*ret_size = 4;
	return at + 10;
}

/* AT is at a backslash. */
static const char *lex_escape(const char *at, const char *end, size_t *ret_size, struct json_fault *fault)
{
	if (end - at < 2) {
		return fail(fault, end, "the text ends too early");
	}
	if (at[1] == 'u') {
		return lex_unicode(at + 2, end, ret_size, fault);
	}
	if (at[1] == '\0' || strchr("\"\\/bfnrt", at[1]) == NULL) {
		return fail(fault, at, "an escape that JSON does not know");
	}
	*ret_size = 1;
	return at + 2;
}

const char *json_lex_text(const char *at, const char *end, size_t *ret_length, struct json_fault *fault)
{
	size_t length = 0;
	at++;
	while (at < end && *at != '"') {
		const unsigned char byte = (unsigned char)*at;
		const char *next = at + 1;
		size_t size = 1;
		if (byte == '\\') {
			next = lex_escape(at, end, &size, fault);
			if (next == NULL) {
				return NULL;
			}
		} else if (byte < 0x20) {
			return fail(fault, at, "a control character in a text must be escaped");
		} else if (byte >= 0x80) {
			size = text_character(at, (size_t)(end - at));
			if (size == 0) {
				return fail(fault, at, "not well-formed UTF-8");
			}
			next = at + size;
		}
		length += size;
		at = next;
	}
	if (at >= end) {
		return fail(fault, end, "the text ends too early");
	}
	*ret_length = length;
	return at + 1;
}

static char *put_utf8(char *out, unsigned point)
{
	if (point < 0x80) {
		*out++ = (char)point;
	} else if (point < 0x800) {
		*out++ = (char)(0xC0 | point >> 6);
		*out++ = (char)(0x80 | (point & 0x3F));
	} else if (point < 0x10000) {
		*out++ = (char)(0xE0 | point >> 12);
		*out++ = (char)(0x80 | (point >> 6 & 0x3F));
		*out++ = (char)(0x80 | (point & 0x3F));
	} else {
		*out++ = (char)(0xF0 | point >> 18);
		*out++ = (char)(0x80 | (point >> 12 & 0x3F));
		*out++ = (char)(0x80 | (point >> 6 & 0x3F));
		*out++ = (char)(0x80 | (point & 0x3F));
	}
	return out;
}

void json_lex_unescape(const char *at, char *out)
{
	static const char letters[] = "bfnrt";
	static const char meanings[] = "\b\f\n\r\t";
	for (at++; *at != '"'; at++) {
		if (*at != '\\') {
			*out++ = *at;
			continue;
		}
		at++;
		const char *letter = strchr(letters, *at);
		if (*at != 'u') {
			*out++ = letter != NULL ? meanings[letter - letters] : *at;
			continue;
		}
		unsigned point = (unsigned)hex4(at + 1, at + 5);
		at += 4;
		if (point >= 0xD800 && point <= 0xDBFF) {
			point = 0x10000 + ((point - 0xD800) << 10) + ((unsigned)hex4(at + 3, at + 7) - 0xDC00);
			at += 6;
		}
		out = put_utf8(out, point);
	}
}

static const char *skip_digits(const char *at, const char *end)
{
	while (at < end && *at >= '0' && *at <= '9') {
		at++;
	}
	return at;
}

/* At least one digit, or the fault stands where it is missing. */
static const char *need_digits(const char *at, const char *end, struct json_fault *fault)
{
	const char *after = skip_digits(at, end);
	if (after == at) {
		return fail(fault, at, at == end ? "the text ends too early" : "a digit is needed");
	}
	return after;
}

/* -?(0|[1-9][0-9]*) */
static const char *lex_whole(const char *at, const char *end, struct json_fault *fault)
{
	const char *digits = *at == '-' ? at + 1 : at;
	const char *after = need_digits(digits, end, fault);
	if (after != NULL && *digits == '0' && after - digits > 1) {
		return fail(fault, digits, "a number must not begin with 0");
	}
	return after;
}

/* ([eE][+-]?[0-9]+)? at AT; an exponent far beyond what is allowed is not counted to its end. */
static const char *lex_exponent(const char *at, const char *end, int *ret_exponent, struct json_fault *fault)
{
	*ret_exponent = 0;
	if (at >= end || (*at != 'e' && *at != 'E')) {
		return at;
	}
	const bool is_signed = at + 1 < end && (at[1] == '+' || at[1] == '-');
	const char *digits = is_signed ? at + 2 : at + 1;
	const char *after = need_digits(digits, end, fault);
	int exponent = 0;
	for (const char *digit = digits; after != NULL && digit < after; digit++) {
		exponent = exponent > 100 * EXPONENT ? exponent : exponent * 10 + (*digit - '0');
	}
	*ret_exponent = is_signed && at[1] == '-' ? -exponent : exponent;
	return after;
}

/*
 * The power of ten that the first digit other than zero stands for, before the exponent; 0 when all are
 * zero.
 */
static int leading_power(const char *at, const char *whole, const char *mantissa)
{
	for (const char *digit = at; digit < mantissa; digit++) {
		if (*digit >= '1' && *digit <= '9') {
			return (int)(digit < whole ? whole - digit - 1 : whole - digit);
		}
	}
	return 0;
}

/* Digits from the first that is not zero to the last that is not zero: what a double must keep. */
static int significant_digits(const char *at, const char *after)
{
	int seen = 0;
	int significant = 0;
	for (; at < after; at++) {
		if (*at >= '0' && *at <= '9' && (seen > 0 || *at != '0')) {
			seen++;
			significant = *at != '0' ? seen : significant;
		}
	}
	return significant;
}

static bool integer_fits(const char *at, const char *after)
{
	int64_t value = 0;
	for (at += *at == '-'; at < after && value <= largest_integer; at++) {
		value = value * 10 + (*at - '0');
	}
	return value <= largest_integer;
}

const char *json_lex_number(const char *at, const char *end, bool *ret_integer, struct json_fault *fault)
{
	const char *whole = lex_whole(at, end, fault);
	if (whole == NULL) {
		return NULL;
	}
	const bool point = whole < end && *whole == '.';
	const char *mantissa = point ? need_digits(whole + 1, end, fault) : whole;
	int exponent = 0;
	const char *after = mantissa != NULL ? lex_exponent(mantissa, end, &exponent, fault) : NULL;
	if (after == NULL) {
		return NULL;
	}
	const bool integer = after == whole;
	if (integer && !integer_fits(at, whole)) {
		return fail(fault, at, "an integer beyond 9007199254740991");
	}
	if (!integer && significant_digits(at, mantissa) > SIGNIFICANT_DIGITS) {
		return fail(fault, at, "a number with more than 15 significant digits");
	}
	if (after - at > NUMBER_LENGTH) {
		return fail(fault, at, "a number of more than 40 characters");
	}
	exponent += leading_power(at, whole, mantissa);
	if (exponent > EXPONENT || exponent < -EXPONENT) {
		return fail(fault, at, "a number beyond 1e250 or below 1e-250");
	}
	*ret_integer = integer;
	return after;
}
