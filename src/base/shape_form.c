/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are readable but cannot be right: identifiers with a form of their own. */
#include "base/shape_table.h"

#include <stddef.h>
#include <string.h>

struct form_row {
	const char *name;
	const char *needed;
	bool numeric;
};

static const struct form_row forms[] = {
	[FORM_NONE] = {NULL, NULL, false},
	[FORM_NPI] = {"npi", "a 10-digit NPI whose check digit is right", false},
	[FORM_TAX_ID] = {"tax_id", "a tax id of nine digits", false},
	[FORM_ICD10] = {"icd10", "an ICD-10-CM code such as F33.2", false},
	[FORM_POSITIVE] = {"positive", "a number above zero", true},
};
enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };
_Static_assert(FORM_COUNT == FORM_POSITIVE + 1, "every form has a row");

/* Of ASCII, whatever the locale says. */
static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool all_digits(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_digit(text[i])) {
			return false;
		}
	}
	return text[count] == '\0';
}

/* The Luhn sum of "80840" (the prefix of a health application of the United States) and the ten digits ends in 0. */
static bool npi_possible(const char *text)
{
	int sum = 24; /* what the prefix contributes */

	if (!all_digits(text, 10)) {
		return false;
	}
	for (int i = 0; i < 10; i++) {
		const int digit = text[i] - '0';
		const int doubled = digit * 2;

		if (i % 2 == 0) {
			sum += doubled > 9 ? doubled - 9 : doubled;
		} else {
			sum += digit;
		}
	}
	return sum % 10 == 0;
}

/* A letter, a digit, a letter or digit; then up to four more, with or without the point (claims write F332). */
static bool icd10_possible(const char *text)
{
	size_t at = 3;
	size_t more = 0;

	if (!is_letter(text[0]) || !is_digit(text[1]) || !(is_digit(text[2]) || is_letter(text[2]))) {
		return false;
	}
	if (text[at] == '\0') {
		return true;
	}
	if (text[at] == '.') {
		at++;
	}
	while (is_digit(text[at + more]) || is_letter(text[at + more])) {
		more++;
	}
	return more >= 1 && more <= 4 && text[at + more] == '\0';
}

const char *shape_form_needed(enum shape_form form)
{
	return forms[form].needed;
}

bool shape_form_numeric(enum shape_form form)
{
	return forms[form].numeric;
}

bool shape_form_find(const char *name, enum shape_form *ret_form)
{
	for (int form = FORM_NONE + 1; form < FORM_COUNT; form++) {
		if (strcmp(forms[form].name, name) == 0) {
			*ret_form = (enum shape_form)form;
			return true;
		}
	}
	return false;
}

bool shape_form_text(enum shape_form form, const char *text)
{
	switch (form) {
	case FORM_NPI: return npi_possible(text);
	case FORM_TAX_ID: return all_digits(text, 9);
	case FORM_ICD10: return icd10_possible(text);
	case FORM_NONE:
	case FORM_POSITIVE: break;
	}
	return true;
}
