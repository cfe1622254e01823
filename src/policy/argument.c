/* SPDX-License-Identifier: Apache-2.0 */
/* How checks read their arguments: strictly, with every problem said at its own spot. */
#include "policy/check.h"

#include "base/text.h"

#include <string.h>

enum { WINDOW_AMOUNT_MAX = 10000, REFERS_FIRST = 16 };

static const char *kind_words(enum json_kind kind)
{
	static const char *const words[] = {
		[JSON_NULL] = "null", [JSON_BOOLEAN] = "true or false", [JSON_NUMBER] = "a number",
		[JSON_TEXT] = "text", [JSON_ARRAY] = "a list",          [JSON_OBJECT] = "an object"};
	return words[kind];
}

static size_t count_names(const char *const *names)
{
	size_t count = 0;
	while (names[count]) {
		count++;
	}
	return count;
}

bool arguments_only(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *const *names)
{
	if (json_kind(arguments) != JSON_OBJECT) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be an object");
		return false;
	}
	bool good = true;
	for (const struct json *one = json_first(arguments); one; one = json_next(one)) {
		bool known = false;
		for (const char *const *name = names; *name; name++) {
			known = known || strcmp(*name, json_name(one)) == 0;
		}
		if (!known) {
			const struct spot here = spot_member(spot, json_name(one));
			const char *near = text_nearest(json_name(one), names, count_names(names));
			spot_issue(compiler->issues, &here, "unknown_member",
				   near ? "the check has no such member; did you mean \"%s\"?"
					: "the check has no such member%s",
				   near ? near : "");
			good = false;
		}
	}
	return good;
}

bool argument_optional(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		       enum json_kind kind, const struct json **ret_node)
{
	*ret_node = json_member(arguments, name);
	if (*ret_node && json_kind(*ret_node) != kind) {
		const struct spot here = spot_member(spot, name);
		spot_issue(compiler->issues, &here, "wrong_type", "must be %s%s", kind_words(kind),
			   kind == JSON_NUMBER ? spot_quoted_number(*ret_node) : "");
		*ret_node = NULL;
		return false;
	}
	return true;
}

const struct json *argument(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
			    enum json_kind kind)
{
	const struct json *node;
	if (argument_optional(compiler, arguments, spot, name, kind, &node) && !node) {
		const struct spot here = spot_member(spot, name);
		spot_issue(compiler->issues, &here, "missing_member", "the check needs it");
	}
	return node;
}

bool argument_count(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		    int least, int most, int *ret_count)
{
	const struct json *node = argument(compiler, arguments, spot, name, JSON_NUMBER);
	int64_t value = 0;
	if (!node) {
		return false;
	}
	if (!json_integer(node, &value) || value < least || value > most) {
		const struct spot here = spot_member(spot, name);
		spot_issue(compiler->issues, &here, "out_of_range", "must be a whole number from %d to %d", least, most);
		return false;
	}
	*ret_count = (int)value;
	return true;
}

bool word_choice(struct compiler *compiler, const struct json *node, const struct spot *spot, const char *const *names,
		 unsigned *ret_place)
{
	const char *text = json_text(node);
	for (unsigned i = 0; text && names[i]; i++) {
		if (strcmp(names[i], text) == 0) {
			*ret_place = i;
			return true;
		}
	}
	struct text list;
	text_init(&list, compiler->arena, 64);
	for (size_t i = 0; names[i]; i++) {
		text_printf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
	}
	spot_issue(compiler->issues, spot, "unknown_word", "must be one of: %s", list.data);
	return false;
}

const char phrase_ambiguous[] = "?";

void phrase_text(const char **phrase, const char *text)
{
	*phrase = !*phrase || strcmp(*phrase, text) == 0 ? text : phrase_ambiguous;
}

void phrase_number(struct compiler *compiler, struct number_phrase *phrase, int number)
{
	phrase->least = !phrase->text || number < phrase->least ? number : phrase->least;
	phrase->most = !phrase->text || number > phrase->most ? number : phrase->most;
	phrase_text(&phrase->text, arena_printf(compiler->arena, "%d", number));
}

static void remember_window(struct compiler *compiler, const struct window *window)
{
	compiler->window = compiler->window ? compiler->window : window;
	phrase_text(&compiler->phrases.window, window->text);
}

const struct window *argument_window_of(struct compiler *compiler, const struct json *amount, const struct spot *spot)
{
	static const char *const units[] = {[WINDOW_HOURS] = "hours", [WINDOW_DAYS] = "days", [WINDOW_YEARS] = "years", NULL};
	static const char *const single[] = {[WINDOW_HOURS] = "hour", [WINDOW_DAYS] = "day", [WINDOW_YEARS] = "year"};
	const struct spot here = spot_member(spot, json_name(amount));
	int64_t value = 0;
	for (unsigned i = 0; units[i]; i++) {
		if (strcmp(units[i], json_name(amount)) != 0) {
			continue;
		}
		if (!json_integer(amount, &value) || value < 1 || value > WINDOW_AMOUNT_MAX) {
			spot_issue(compiler->issues, &here, "out_of_range", "must be a whole number from 1 to %d%s",
				   WINDOW_AMOUNT_MAX, spot_quoted_number(amount));
			return NULL;
		}
		struct window *window = arena_alloc(compiler->arena, sizeof(*window));
		window->unit = (enum window_unit)i;
		window->amount = (int)value;
		window->text = arena_printf(compiler->arena, "%d %s", window->amount, value == 1 ? single[i] : units[i]);
		remember_window(compiler, window);
		return window;
	}
	spot_issue(compiler->issues, &here, "no_unit", "windows are in hours, days or years");
	return NULL;
}

const struct window *argument_window(struct compiler *compiler, const struct json *node, const struct spot *spot)
{
	if (json_kind(node) != JSON_OBJECT || json_count(node) != 1) {
		spot_issue(compiler->issues, spot, "no_unit", "a window has exactly one unit: {\"days\": 60}");
		return NULL;
	}
	return argument_window_of(compiler, json_first(node), spot);
}

static const char *near_term(struct compiler *compiler, const char *given)
{
	const struct vocabulary *vocabulary = compiler->vocabulary;
	const char **names = arena_array(compiler->arena, vocabulary->type_count + 1, sizeof(*names));
	for (size_t i = 0; i < vocabulary->type_count; i++) {
		names[i] = vocabulary->types[i].name;
	}
	return spot_near(compiler->arena, given, names, vocabulary->type_count);
}

bool argument_types(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		    const uint16_t **ret_types, size_t *ret_count)
{
	const struct json *list = argument(compiler, arguments, spot, name, JSON_ARRAY);
	const struct spot at_list = spot_member(spot, name);
	if (!list) {
		return false;
	}
	if (!json_first(list)) {
		spot_issue(compiler->issues, &at_list, "too_few", "names no document type");
		return false;
	}
	uint16_t *types = arena_array(compiler->arena, json_count(list), sizeof(*types));
	size_t count = 0;
	bool good = true;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_list, count);
		size_t place = 0;
		if (!json_text(one) || !vocabulary_type(compiler->vocabulary, json_text(one), &place)) {
			spot_issue(compiler->issues, &here, "unknown_document", "document type \"%s\" is not declared%s",
				   json_text(one) ? json_text(one) : "?",
				   json_text(one) ? near_term(compiler, json_text(one)) : "");
			good = false;
		}
		types[count++] = (uint16_t)place;
	}
	*ret_types = types;
	*ret_count = count;
	return good;
}

bool check_day_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, enum check_day *ret_day)
{
	static const char *const names[] = {
		[DAY_RECEIPT] = "receipt", [DAY_FIRST] = "first_day", [DAY_LAST] = "last_day", [DAY_ARRIVAL] = "arrival", NULL};
	unsigned place = 0;
	if (!word_choice(compiler, node, spot, names, &place)) {
		return false;
	}
	*ret_day = (enum check_day)place;
	return true;
}

const char *check_day_phrase(enum check_day day)
{
	static const char *const phrases[] = {[DAY_RECEIPT] = "the day on which the request was received",
					      [DAY_FIRST] = "the first day of service",
					      [DAY_LAST] = "the last day of service",
					      [DAY_ARRIVAL] = "the day on which the newest papers came"};
	return phrases[day];
}

void compile_refers(struct compiler *compiler, size_t item)
{
	if (compiler->refers_count == compiler->refers_capacity) {
		const size_t capacity = compiler->refers_capacity ? compiler->refers_capacity * 2 : REFERS_FIRST;
		uint16_t *grown = arena_array(compiler->arena, capacity, sizeof(*grown));
		if (compiler->refers_count > 0) {
			memcpy(grown, compiler->refers, compiler->refers_count * sizeof(*grown));
		}
		compiler->refers = grown;
		compiler->refers_capacity = capacity;
	}
	compiler->refers[compiler->refers_count++] = (uint16_t)item;
}
