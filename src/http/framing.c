/* SPDX-License-Identifier: Apache-2.0 */
#include "http/framing.h"

#include <string.h>

bool framing_known(const char *library_version)
{
	static const char series[] = "0.9.7";
	return strncmp(library_version, series, sizeof(series) - 1) == 0 && library_version[sizeof(series) - 1] >= '5';
}

/*
 * The parser has put zeros over the colon and over CR and LF; between colon and value only white space may
 * stand.
 */
static bool field_whole(const struct field *field)
{
	const char *name_end = field->name + field->name_length;
	if ((uintptr_t)field->value <= (uintptr_t)name_end || *name_end != '\0') {
		return false;
	}
	for (const char *at = name_end + 1; at < field->value; at++) {
		if (*at != ' ' && *at != '\t') {
			return false;
		}
	}
	return true;
}

bool framing_whole(const struct head *head, const struct framing *framing)
{
	const uintptr_t method = (uintptr_t)head->method;
	const uintptr_t version = (uintptr_t)head->version;
	if (framing->target != method + strlen(head->method) + 1 || version != framing->target + framing->target_length + 1) {
		return false;
	}
	uintptr_t expected = version + strlen(head->version) + 2;
	for (size_t i = 0; i < head->count; i++) {
		const struct field *field = &head->fields[i];
		if ((uintptr_t)field->name != expected || !field_whole(field)) {
			return false;
		}
		expected = (uintptr_t)field->value + field->value_length + 2;
	}
	return expected + 2 == method + framing->head_length;
}
