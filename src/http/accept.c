/* SPDX-License-Identifier: Apache-2.0 */
#include "http/accept.h"

#include "http/state.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* 0: the range does not cover the type; 1: any; 2: its main type; 3: itself. */
static int specificity(const char *range, size_t length, const char *type)
{
	if (length == 3 && strncmp(range, "*/*", 3) == 0) {
		return 1;
	}
	if (length == strlen(type) && strncasecmp(range, type, length) == 0) {
		return 3;
	}
	const size_t main_length = strcspn(type, "/") + 1;
	const bool any_sub = length == main_length + 1 && range[length - 1] == '*';
	return any_sub && strncasecmp(range, type, main_length) == 0 ? 2 : 0;
}

/* "0.85" as 850; a weight that is none counts as 1. */
static int weight(const char *digits, size_t length)
{
	if (length == 0 || length > 5 || (digits[0] != '0' && digits[0] != '1') || (length > 1 && digits[1] != '.')) {
		return 1000;
	}
	int value = (digits[0] - '0') * 1000;
	int unit = 100;
	for (size_t i = 2; i < length; i++, unit /= 10) {
		if (digits[i] < '0' || digits[i] > '9') {
			return 1000;
		}
		value += (digits[i] - '0') * unit;
	}
	return value > 1000 ? 1000 : value;
}

/* The weight among the parameters of one range, LENGTH bytes from its first semicolon. */
static int range_weight(const char *parameters, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (parameters[i] != ';') {
			continue;
		}
		const char *name = parameters + i + 1;
		const size_t left = length - i - 1;
		const size_t blank = strspn(name, " \t");
		if (blank + 2 <= left && (name[blank] | 0x20) == 'q' && name[blank + 1] == '=') {
			const char *digits = name + blank + 2;
			size_t count = strcspn(digits, "; \t,");
			if (count > left - blank - 2) {
				count = left - blank - 2;
			}
			return weight(digits, count);
		}
	}
	return 1000;
}

int accept_quality(const char *accept, const char *media_type)
{
	if (accept == NULL || accept[strspn(accept, " \t,")] == '\0') {
		return 1000;
	}
	int best = 0;
	int quality = 0;
	while (*accept != '\0') {
		accept += strspn(accept, " \t,");
		const size_t length = strcspn(accept, ",");
		size_t range = strcspn(accept, ";, \t");
		const int found = specificity(accept, range, media_type);
		if (found > best) {
			best = found;
			quality = range_weight(accept + range, length - range);
		}
		accept += length;
	}
	return quality;
}

bool exchange_prefers(struct exchange *exchange, const char *media_type)
{
	const char *accept = head_field(&exchange->head, "Accept");
	return accept_quality(accept, media_type) > accept_quality(accept, "application/json");
}

bool accept_any(const char *accept, const char *media_types)
{
	char type[64];
	while (*media_types != '\0') {
		const size_t length = strcspn(media_types, " ");
		assert(length < sizeof(type));
		memcpy(type, media_types, length);
		type[length] = '\0';
		if (accept_quality(accept, type) > 0) {
			return true;
		}
		media_types += length + strspn(media_types + length, " ");
	}
	return false;
}
