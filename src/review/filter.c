/* SPDX-License-Identifier: Apache-2.0 */
#include "review/filter.h"

#include "base/text.h"
#include "wire/worklist.h"

#include <string.h>

static bool among(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], text) == 0) {
			return true;
		}
	}
	return false;
}

bool filter_word(const char *pointer, const char *text, const char *const *words, size_t count, struct outcome *outcome)
{
	struct text known;
	if (text == NULL || among(text, words, count)) {
		return true;
	}
	text_init(&known, outcome->issues.arena, 128);
	for (size_t i = 0; i < count; i++) {
		text_printf(&known, "%s%s", i > 0 ? ", " : "Use one of: ", words[i]);
	}
	issues_add(&outcome->issues, pointer, "unknown_word", known.data, "this filter does not know that word");
	return false;
}

bool filter_review(const char *text, struct outcome *outcome)
{
	static const char *const words[] = {"initial", "concurrent", "continued_stay", "discharge"};
	return filter_word("/review", text, words, sizeof(words) / sizeof(words[0]), outcome);
}

void filter_text(const char *pointer, const char *text, struct outcome *outcome)
{
	if (text != NULL && text_blank(text)) {
		issues_add(&outcome->issues, pointer, "empty", "Leave it out, or say what is looked for.",
			   "this filter is empty");
	}
}

void filter_subject(const struct policy_set *set, const char *payer, const char *service, struct outcome *outcome)
{
	size_t count = 0;
	const char *const *payers = policy_set_payers(set, &count);
	bool known = service == NULL;
	(void)filter_word("/payer", payer, payers, count, outcome);
	for (size_t i = 0; i < count && !known; i++) {
		size_t services;
		const char *const *names = policy_set_services(set, payers[i], &services);
		known = among(service, names, services);
	}
	if (!known) {
		issues_add(&outcome->issues, "/service", "unknown_word", "See /v1/policies for the services.",
			   "this filter does not know that word");
	}
}

void filter_instant(const char *pointer, const char *text, struct instant *ret_instant, struct outcome *outcome)
{
	if (text == NULL) {
		return;
	}
	bool good = instant_parse(text, ret_instant);
	ret_instant->us += good && ret_instant->us == 0; /* 0 is "not given" in a query of the store */
	if (!good) {
		issues_add(&outcome->issues, pointer, "not_an_instant",
			   "Send an instant with its offset, as in 2026-11-27T17:00:00-08:00 (in a URL, + is written %2B).",
			   "%s is not an instant", pointer + 1);
	}
}

const char *filter_number(const char *pointer, const char *text, bool (*valid)(const char *text), struct outcome *outcome)
{
	if (text == NULL) {
		return NULL;
	}
	char *upper = arena_copy(outcome->issues.arena, text);
	for (char *at = upper; *at != '\0'; at++) {
		*at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
	}
	if (!valid(upper)) {
		issues_add(&outcome->issues, pointer, "not_a_number_of_ours",
			   "Send it as it was given out, as in AR-7QK4-M2XC-5.", "this is no number of ours");
	}
	return upper;
}

void filter_not_a_cursor(struct outcome *outcome)
{
	issues_add(&outcome->issues, "/cursor", "not_a_cursor", "Follow `next` of the page before, unchanged.",
		   "the cursor does not belong to this list");
}

void filter_cursor(const char *text, const char *scope, struct instant *ret_at, const char **ret_id, struct outcome *outcome)
{
	struct worklist_cursor cursor;
	if (text == NULL) {
		return;
	}
	if (!worklist_cursor_read(outcome->issues.arena, text, scope, &cursor)) {
		filter_not_a_cursor(outcome);
		return;
	}
	*ret_at = cursor.act_by;
	*ret_id = cursor.id;
}

const char *filter_scope(const struct filter_part *parts, size_t count, struct arena *arena)
{
	struct text scope;
	text_init(&scope, arena, 128);
	text_puts(&scope, "");
	for (size_t i = 0; i < count; i++) {
		if (parts[i].value == NULL) {
			continue;
		}
		text_printf(&scope, "%s=", parts[i].name);
		for (const char *at = parts[i].value; *at != '\0'; at++) {
			bool plain = (*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z') || *at == '-' ||
				     *at == '_' || *at == '.' || *at == ':';
			text_printf(&scope, plain ? "%c" : "%%%02X", (unsigned char)*at);
		}
		text_puts(&scope, "&");
	}
	return scope.data;
}
