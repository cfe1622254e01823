/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/say.h"

#include "policy/bounds.h"

#include <string.h>

enum { LIST_ROOM = 128 };

struct say_list say_list(struct arena *arena, size_t total, const char *joint)
{
	struct say_list list = {.total = total, .joint = joint};
	text_init(&list.text, arena, LIST_ROOM);
	text_puts(&list.text, "");
	return list;
}

void say_add(struct say_list *list, const char *part)
{
	if (list->count > 0) {
		const bool last = list->count + 1 == list->total;
		text_printf(&list->text, last ? " %s " : ", ", list->joint);
	}
	text_puts(&list->text, part);
	list->count++;
}

const char *say_end(struct say_list *list)
{
	return list->text.data;
}

const char *say_amount(struct arena *arena, const struct json *amount)
{
	static const struct {
		const char *name;
		const char *single;
		const char *many;
	} units[] = {
		{"hours", "hour", "hours"},
		{"days", "day", "days"},
		{"years", "year", "years"},
		{"calendar_days", "calendar day", "calendar days"},
		{"business_days", "business day", "business days"},
	};
	const struct json *only =
		amount && json_kind(amount) == JSON_OBJECT && json_count(amount) == 1 ? json_first(amount) : NULL;
	int64_t value = 0;
	for (size_t i = 0; only && json_integer(only, &value) && i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(units[i].name, json_name(only)) == 0) {
			return arena_printf(arena, "%lld %s", (long long)value, value == 1 ? units[i].single : units[i].many);
		}
	}
	return NULL;
}

const char *say_generic(struct arena *arena, const struct json *node)
{
	int64_t integer = 0;
	const char *amount = say_amount(arena, node);
	if (!node || amount) {
		return amount ? amount : "nothing";
	}
	switch (json_kind(node)) {
	case JSON_NULL: return "nothing";
	case JSON_BOOLEAN: return json_boolean(node) ? "yes" : "no";
	case JSON_TEXT: return json_text(node);
	case JSON_NUMBER:
		return json_integer(node, &integer) ? arena_printf(arena, "%lld", (long long)integer)
						    : arena_printf(arena, "%.15g", json_number(node));
	case JSON_ARRAY:
	case JSON_OBJECT: break;
	}
	const bool object = json_kind(node) == JSON_OBJECT;
	struct text text;
	text_init(&text, arena, LIST_ROOM);
	text_puts(&text, "");
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const bool deep = json_kind(one) == JSON_OBJECT && !say_amount(arena, one);
		const char *said = say_generic(arena, one);
		text_puts(&text, text.length > 0 ? (object ? "; " : ", ") : "");
		if (object) {
			text_printf(&text, "%s: ", json_name(one));
		}
		text_printf(&text, deep ? "(%s)" : "%s", said);
	}
	return text.data;
}

const char *say_text_of(const struct json *arguments, const char *member)
{
	const char *text = json_text(json_member(arguments, member));
	return text ? text : "";
}

long long say_number_of(const struct json *arguments, const char *member)
{
	int64_t value = 0;
	(void)json_integer(json_member(arguments, member), &value);
	return value;
}

const char *say_with_article(struct arena *arena, const char *words)
{
	return arena_printf(arena, "%s %s", words[0] != '\0' && strchr("aeioAEIO", words[0]) ? "an" : "a", words);
}

const char *say_plain(struct arena *arena, const char *name)
{
	char *plain = arena_copy(arena, name);
	for (char *at = plain; *at != '\0'; at++) {
		*at = *at == '_' ? ' ' : *at;
	}
	return plain;
}

/* Those that join others have no function: say_joined says them. */
static const struct {
	const char *name;
	say_fn *say;
} sayings[] = {
	{"item", say_item},
	{"applies", say_applies},
	{"present", say_present},
	{"stated", say_stated},
	{"is", say_is},
	{"one_of", say_one_of},
	{"equals", say_equals},
	{"count_at_least", say_count_at_least},
	{"each_has", say_each_has},
	{"occurrences", say_occurrences},
	{"followed", say_followed},
	{"most", say_most},
	{"document", say_document},
	{"sections", say_sections},
	{"section_is", say_section_is},
	{"signed", say_signed},
	{"took_part", say_took_part},
	{"refers", say_refers},
	{"age_below", say_age_below},
	{"age_at_least", say_age_at_least},
	{"aged_at", say_aged_at},
	{"service_dates", say_service_dates},
	{"days", say_days},
	{"whole", say_whole},
	{"hours_cover_units", say_hours_cover_units},
	{"within", say_within},
	{"not_after", say_not_after},
	{"not_older", say_not_older},
	{"in_order", say_in_order},
	{"received", say_received},
	{"day_between", say_day_between},
	{"admitted", say_admitted},
	{"discharged", say_discharged},
	{"table", say_table},
	{"event", say_event},
	{"verified", say_verified},
	{"contradicted", say_contradicted},
};

enum { SAYINGS = sizeof(sayings) / sizeof(sayings[0]) };

const char *say_single(const struct sayer *sayer, const char *name, const struct json *arguments, bool holds)
{
	const char *said = NULL;
	for (size_t i = 0; i < SAYINGS && !said; i++) {
		said = strcmp(sayings[i].name, name) == 0 ? sayings[i].say(sayer, arguments, holds) : NULL;
	}
	/* a version that cannot be loaded yet may hold anything: a comparison tells it as it stands */
	return said ? said
		    : arena_printf(sayer->arena, "%s%s (%s)", holds ? "" : "not ", name, say_generic(sayer->arena, arguments));
}

const char *say_check(const struct sayer *sayer, const struct json *node)
{
	const char *name = NULL;
	return bounds_check(node, &name) ? say_joined(sayer, node, true) : say_generic(sayer->arena, node);
}
