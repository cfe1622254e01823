/* SPDX-License-Identifier: Apache-2.0 */
#include "base/shape_issue.h"

#include "base/text.h"

#include <string.h>

/* Longer lists are not spelled out in a fix. */
enum { WORDS_SHOWN = 12 };

static const char *const found_names[] = {
	[JSON_NULL] = "Null", [JSON_BOOLEAN] = "True or false", [JSON_NUMBER] = "A number",
	[JSON_TEXT] = "Text", [JSON_ARRAY] = "A list",          [JSON_OBJECT] = "An object",
};
_Static_assert(sizeof(found_names) / sizeof(found_names[0]) == JSON_OBJECT + 1, "every kind has a name");

static const char *const needed_names[] = {
	[RULE_TEXT] = "text",
	[RULE_BOOLEAN] = "true or false",
	[RULE_INTEGER] = "a whole number",
	[RULE_NUMBER] = "a number",
	[RULE_DATE] = "a date such as \"2026-05-14\"",
	[RULE_INSTANT] = "an instant such as \"2026-05-14T09:30:00-07:00\"",
	[RULE_MOMENT] = "a date or an instant such as \"2026-05-14\" or \"2026-05-14T09:30:00-07:00\"",
	[RULE_OBJECT] = "an object",
	[RULE_TEXTS] = "a list of text",
	[RULE_RECORDS] = "a list of objects",
};
_Static_assert(sizeof(needed_names) / sizeof(needed_names[0]) == RULE_KIND_COUNT, "every kind has a name");

/* Past the cap an issue is only counted, so the pointer and the suggestion of one more need not be made. */
static bool full(struct issues *issues)
{
	if (issues->count < ISSUES_MAX) {
		return false;
	}
	issues->omitted++;
	return true;
}

static size_t name_length(const char *name)
{
	size_t length = 0;

	for (; *name != '\0'; name++) {
		length += *name == '~' || *name == '/' ? 2 : 1;
	}
	return length;
}

static size_t number_length(size_t number)
{
	size_t length = 1;

	while (number >= 10) {
		number /= 10;
		length++;
	}
	return length;
}

/* Writes "/name" or "/index" so that it ends before END; returns its first byte. */
static char *put_step(char *end, const struct place *place)
{
	if (place->name == NULL) {
		size_t number = place->index;

		do {
			*--end = (char)('0' + number % 10);
			number /= 10;
		} while (number > 0);
	} else {
		for (size_t at = strlen(place->name); at > 0; at--) {
			const char c = place->name[at - 1];

			*--end = c == '~' ? '0' : c == '/' ? '1' : c;
			if (c == '~' || c == '/') {
				*--end = '~';
			}
		}
	}
	*--end = '/';
	return end;
}

const char *place_pointer(struct arena *arena, const struct place *place)
{
	size_t length = 0;

	for (const struct place *step = place; step->parent != NULL; step = step->parent) {
		length += 1 + (step->name != NULL ? name_length(step->name) : number_length(step->index));
	}
	char *const pointer = arena_alloc(arena, length + 1);
	char *at = pointer + length;
	for (const struct place *step = place; step->parent != NULL; step = step->parent) {
		at = put_step(at, step);
	}
	return pointer;
}

void shape_issue_type(struct issues *issues, const struct place *place, const struct rule *rule, const struct json *node)
{
	if (full(issues)) {
		return;
	}
	const char *needed = needed_names[rule->kind];
	const char *or_null = rule->nullable ? ", or null where it is not known" : "";
	issues_add(issues, place_pointer(issues->arena, place), "wrong_type",
		   arena_printf(issues->arena, "Send %s%s.", needed, or_null), "%s stands where %s is needed.",
		   found_names[json_kind(node)], needed);
}

/* True when TEXT has the outer form of a date: what is wrong with it is then the day itself. */
static bool date_like(const char *text)
{
	static const char form[] = "dddd-dd-dd";

	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		const bool digit = text[i] >= '0' && text[i] <= '9';

		if (form[i] == 'd' ? !digit : text[i] != form[i]) {
			return false;
		}
	}
	return true;
}

static const char *time_fault(struct arena *arena, const struct rule *rule, const char *text)
{
	struct civil_date day;

	if (!date_like(text)) {
		return rule->kind == RULE_INSTANT ? "This is not an instant."
		       : rule->kind == RULE_DATE  ? "This is not a date."
						  : "This is neither a date nor an instant.";
	}
	if (!civil_parse(arena_text(arena, text, CIVIL_TEXT_SIZE - 1), &day)) {
		return "This is not a day of the calendar.";
	}
	if (rule->kind == RULE_DATE) {
		return "This is more than a date.";
	}
	return text[CIVIL_TEXT_SIZE - 1] == '\0' ? "This is a date without a time of day."
						 : "The time of day or its offset from UTC is missing or wrong.";
}

void shape_issue_time(struct issues *issues, const struct place *place, const struct rule *rule, const char *text)
{
	if (full(issues)) {
		return;
	}
	const bool date = rule->kind == RULE_DATE || (rule->kind == RULE_MOMENT && strlen(text) <= 10);
	issues_add(issues, place_pointer(issues->arena, place), date ? "not_a_date" : "not_an_instant",
		   arena_printf(issues->arena, "Send %s.", needed_names[rule->kind]), "%s",
		   time_fault(issues->arena, rule, text));
}

/* "Use one of: a, b, c." */
static const char *list_words(struct arena *arena, const struct names *words)
{
	struct text list;

	text_init(&list, arena, 128);
	text_puts(&list, "Use one of: ");
	for (size_t i = 0; i < words->count; i++) {
		text_printf(&list, "%s%s", i == 0 ? "" : ", ", words->items[i]);
	}
	text_puts(&list, ".");
	return list.data;
}

void shape_issue_word(struct issues *issues, const struct place *place, const struct rule *rule, const char *text)
{
	if (full(issues)) {
		return;
	}
	struct arena *arena = issues->arena;
	const struct names *words = rule->words;
	const char *nearest = text_nearest(text, words->items, words->count);
	const char *fix = NULL;

	if (nearest != NULL) {
		fix = arena_printf(arena, "Did you mean \"%s\"?", nearest);
	} else if (words->count > 0 && words->count <= WORDS_SHOWN) {
		fix = list_words(arena, words);
	} else if (rule->list != NULL) {
		fix = arena_printf(arena, "Use a word of the list \"%s\" that the policy declares.", rule->list);
	} else {
		fix = "Use a word of the closed list in the schema.";
	}
	issues_add(issues, place_pointer(arena, place), "unknown_word", fix,
		   "This is none of the %zu words that are known here.", words->count);
}

void shape_issue_length(struct issues *issues, const struct place *place, const struct rule *rule, size_t found)
{
	const bool over = found > rule->most;

	if (full(issues)) {
		return;
	}
	issues_add(issues, place_pointer(issues->arena, place), over ? "too_long" : "too_short",
		   over ? "Shorten it." : "Send more.", "The text has %zu characters; %s %zu are allowed.", found,
		   over ? "at most" : "no fewer than", over ? rule->most : rule->least);
}

void shape_issue_count(struct issues *issues, const struct place *place, const struct rule *rule, size_t found)
{
	const bool over = found > rule->most;

	if (full(issues)) {
		return;
	}
	issues_add(issues, place_pointer(issues->arena, place), over ? "too_many" : "too_few",
		   over ? "Send fewer." : "Send more.", "The list has %zu elements; %s %zu are allowed.", found,
		   over ? "at most" : "no fewer than", over ? rule->most : rule->least);
}

void shape_issue_number(struct issues *issues, const struct place *place, const struct rule *rule, double value)
{
	const bool over = value > rule->maximum;
	const double bound = over ? rule->maximum : rule->minimum;

	if (full(issues)) {
		return;
	}
	issues_add(issues, place_pointer(issues->arena, place), over ? "too_large" : "too_small",
		   arena_printf(issues->arena, "Send a number of %s %.15g.", over ? "at most" : "at least", bound),
		   "The number is %s than %.15g.", over ? "larger" : "smaller", bound);
}

void shape_issue_unknown(struct issues *issues, const struct place *place, const struct object *object)
{
	if (full(issues)) {
		return;
	}
	const char *nearest = text_nearest(place->name, object->names.items, object->names.count);
	issues_add(issues, place_pointer(issues->arena, place), "unknown_member",
		   nearest == NULL ? "Leave it out." : arena_printf(issues->arena, "Did you mean \"%s\"?", nearest),
		   "No member of this name is known here.");
}

void shape_issue_missing(struct issues *issues, const struct place *place)
{
	if (full(issues)) {
		return;
	}
	issues_add(issues, place_pointer(issues->arena, place), "missing_member",
		   arena_printf(issues->arena, "Send \"%s\".", place->name), "Without \"%s\" the body cannot be read.",
		   place->name);
}

void shape_issue_duplicate(struct issues *issues, const struct place *place, size_t first)
{
	if (full(issues)) {
		return;
	}
	issues_add(issues, place_pointer(issues->arena, place), "duplicate_id",
		   arena_printf(issues->arena, "Give each element its own \"%s\".", place->name),
		   "Element %zu of the list has the same \"%s\".", first, place->name);
}
