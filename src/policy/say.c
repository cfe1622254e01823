/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/say.h"

#include "policy/bounds.h"
#include "policy/check.h"
#include "policy/day_sets.h"
#include "policy/titles.h"

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
	if (amount) {
		return amount;
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

const char *say_place(const struct sayer *sayer, const char *path)
{
	const char *title = title_at(sayer->policy->vocabulary, path);
	if (!title) {
		return path;
	}
	return title_asks(title) ? arena_printf(sayer->arena, "the answer to \"%s\"", title)
				 : vocabulary_phrase(sayer->arena, title);
}

static const char *say_word(const struct sayer *sayer, const char *word)
{
	const char *said = json_text(json_member(sayer->policy->vocabulary->words, word));
	return said ? said : word;
}

static const struct json *list_named(const struct sayer *sayer, const char *word)
{
	return word[0] == '@' ? json_member(json_member(sayer->policy->manifest, "lists"), word + 1) : NULL;
}

static size_t count_words(const struct sayer *sayer, const struct json *words)
{
	size_t count = 0;
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *list = json_text(one) ? list_named(sayer, json_text(one)) : NULL;
		count += list ? count_words(sayer, list) : 1;
	}
	return count;
}

static void add_words(const struct sayer *sayer, const struct json *words, struct say_list *list)
{
	for (const struct json *one = json_first(words); one; one = json_next(one)) {
		const struct json *inner = json_text(one) ? list_named(sayer, json_text(one)) : NULL;
		if (inner) {
			add_words(sayer, inner, list);
		} else {
			say_add(list, json_text(one) ? say_word(sayer, json_text(one)) : say_word_list(sayer, one, "or"));
		}
	}
}

const char *say_word_list(const struct sayer *sayer, const struct json *words, const char *joint)
{
	struct say_list list = say_list(sayer->arena, count_words(sayer, words), joint);
	add_words(sayer, words, &list);
	return say_end(&list);
}

const char *say_where(const struct sayer *sayer, const struct json *where)
{
	struct say_list list = say_list(sayer->arena, json_count(where), "and");
	for (const struct json *one = json_first(where); one; one = json_next(one)) {
		const char *said =
			json_kind(one) == JSON_ARRAY ? say_word_list(sayer, one, "or") : say_generic(sayer->arena, one);
		const char *day = json_text(json_member(one, "day"));
		if (day && strcmp(json_name(one), "spans") == 0) {
			say_add(&list, arena_printf(sayer->arena, "days around %s", say_day(day)));
			continue;
		}
		say_add(&list, arena_printf(sayer->arena, "%s: %s", json_name(one), said));
	}
	return say_end(&list);
}

static const char *member_text(const struct json *arguments, const char *name)
{
	return json_text(json_member(arguments, name));
}

static const char *said_place(const struct sayer *sayer, const struct json *arguments, const char *name)
{
	const char *path = member_text(arguments, name);
	return path ? say_place(sayer, path) : "";
}

static long long number_of(const struct json *arguments, const char *name)
{
	int64_t value = 0;
	(void)json_integer(json_member(arguments, name), &value);
	return value;
}

const char *say_day(const char *name)
{
	static const struct {
		const char *name;
		const char *phrase;
	} days[] = {{"receipt", "the day of receipt"},
		    {"first_day", "the first day of service"},
		    {"last_day", "the last day of service"},
		    {"arrival", "the day on which the newest papers arrived"}};
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		if (strcmp(days[i].name, name) == 0) {
			return days[i].phrase;
		}
	}
	return name;
}

/* A named day, a path, or the newest of some papers. */
static const char *say_side(const struct sayer *sayer, const struct json *side)
{
	const char *text = side ? json_text(side) : NULL;
	if (text) {
		return text[0] == '/' ? say_place(sayer, text) : say_day(text);
	}
	const struct json *dated = json_member(side, "dated");
	return dated ? arena_printf(sayer->arena, "the date of the newest %s", say_types(sayer, dated))
		     : say_generic(sayer->arena, side);
}

/* Whether a part of a check asks for something that a complete request has. */
static bool asks_part(const struct sayer *sayer, const struct json *check)
{
	const char *id = json_text(json_member(check, "item"));
	for (size_t i = 0; id && i < sayer->policy->item_count; i++) {
		const struct item *item = sayer->policy->items[i];
		if (strcmp(item->id, id) == 0) {
			return item->kind == KIND_COMPLETENESS;
		}
	}
	return false;
}

static const char *say_parts(const struct sayer *sayer, const struct json *list, const char *joint)
{
	size_t needed = 0;
	for (const struct json *one = json_first(list); one && strcmp(joint, "and") == 0; one = json_next(one)) {
		needed += asks_part(sayer, one);
	}
	const bool together = needed > 1;
	bool told = false;
	struct say_list said = say_list(sayer->arena, json_count(list) - (together ? needed - 1 : 0), joint);
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const char *name = NULL;
		const struct json *arguments = bounds_check(one, &name);
		if (together && asks_part(sayer, one)) {
			if (!told) {
				say_add(&said,
					arena_printf(sayer->arena, "all %zu parts that make it complete are there", needed));
			}
			told = true;
			continue;
		}
		const bool joins =
			arguments && (strcmp(name, "all") == 0 || strcmp(name, "any") == 0) && json_count(arguments) > 1;
		const char *part = say_check(sayer, one);
		say_add(&said, joins ? arena_printf(sayer->arena, "(%s)", part) : part);
	}
	return say_end(&said);
}

static const char *say_present(const struct sayer *sayer, const struct json *arguments, const char *negation)
{
	const struct json *at = json_member(arguments, "at");
	struct say_list list = say_list(sayer->arena, json_count(at), "and");
	for (const struct json *one = json_first(at); one; one = json_next(one)) {
		say_add(&list, say_place(sayer, json_text(one)));
	}
	return arena_printf(sayer->arena, "%s %s%s given", say_end(&list), json_count(at) == 1 ? "is" : "are", negation);
}

static const char *say_logic(const struct sayer *sayer, const char *name, const struct json *arguments)
{
	if (strcmp(name, "all") == 0) {
		return say_parts(sayer, arguments, "and");
	}
	if (strcmp(name, "any") == 0) {
		return say_parts(sayer, arguments, "or");
	}
	if (strcmp(name, "not") == 0) {
		const struct json *present = json_member(arguments, "present");
		if (present) {
			return say_present(sayer, present, " not");
		}
		return arena_printf(sayer->arena, "it is not so that %s", say_check(sayer, arguments));
	}
	if (strcmp(name, "at_least") == 0) {
		return arena_printf(sayer->arena, "at least %lld of these: %s", number_of(arguments, "count"),
				    say_parts(sayer, json_member(arguments, "of"), "and"));
	}
	if (strcmp(name, "item") == 0 || strcmp(name, "applies") == 0) {
		return arena_printf(sayer->arena, "%s %s", json_text(arguments),
				    strcmp(name, "item") == 0 ? "is met" : "applies");
	}
	return NULL;
}

static const char *say_value_check(const struct sayer *sayer, const char *name, const struct json *arguments)
{
	struct arena *arena = sayer->arena;
	const struct json *value = json_member(arguments, "value");
	if (strcmp(name, "present") == 0) {
		return say_present(sayer, arguments, "");
	}
	if (strcmp(name, "is") == 0) {
		return arena_printf(arena, "\"%s\" is answered %s", said_place(sayer, arguments, "at"),
				    value ? say_generic(arena, value) : "");
	}
	if (strcmp(name, "one_of") == 0) {
		return arena_printf(arena, "%s is %s", said_place(sayer, arguments, "at"),
				    say_word_list(sayer, json_member(arguments, "words"), "or"));
	}
	if (strcmp(name, "equals") == 0) {
		return arena_printf(arena, "%s is the same as %s", said_place(sayer, arguments, "at"),
				    said_place(sayer, arguments, "other"));
	}
	if (strcmp(name, "count_at_least") == 0) {
		return arena_printf(arena, "of %s there is at least %lld with %s", said_place(sayer, arguments, "in"),
				    number_of(arguments, "count"), say_where(sayer, json_member(arguments, "where")));
	}
	if (strcmp(name, "each_has") == 0) {
		return arena_printf(arena, "each of %s has %s", said_place(sayer, arguments, "in"),
				    say_where(sayer, json_member(arguments, "where")));
	}
	return NULL;
}

static const char *say_age(const struct sayer *sayer, const char *name, const struct json *arguments)
{
	const bool aged_at = strcmp(name, "aged_at") == 0;
	const struct json *below = json_member(arguments, "below");
	const bool under = aged_at ? below && json_boolean(below) : strcmp(name, "age_below") == 0;
	const char *when = NULL;
	if (aged_at) {
		const struct json *of = json_member(arguments, "of");
		when = of ? arena_printf(sayer->arena, "the date of the newest %s", say_types(sayer, of))
			  : said_place(sayer, arguments, "at");
	} else {
		const struct json *on = json_member(arguments, "on");
		struct say_list list = say_list(sayer->arena, json_count(on), "and");
		for (const struct json *one = json_first(on); one; one = json_next(one)) {
			say_add(&list, say_side(sayer, one));
		}
		when = say_end(&list);
	}
	return arena_printf(sayer->arena,
			    under ? "the member is under %lld years old on %s" : "the member is at least %lld years old on %s",
			    number_of(arguments, "years"), when);
}

static const char *say_days(const struct sayer *sayer, const struct json *arguments)
{
	static const char *const quantities[][2] = {
		{"any", "some requested days"}, {"every", "all requested days"}, {"no", "no requested days"}};
	for (size_t i = 0; i < sizeof(quantities) / sizeof(quantities[0]); i++) {
		const char *predicate = member_text(arguments, quantities[i][0]);
		for (const struct day_predicate *row = day_predicates; predicate && row->name; row++) {
			if (strcmp(row->name, predicate) == 0) {
				const char *years = row->need == DAY_NEEDS_YEARS ? arena_printf(sayer->arena, " of %lld years",
												number_of(arguments, "years"))
										 : "";
				return arena_printf(sayer->arena, "%s %s%s", quantities[i][1], row->phrase, years);
			}
		}
	}
	return NULL;
}

static const char *say_pairs(const struct sayer *sayer, const struct json *pairs)
{
	struct say_list list = say_list(sayer->arena, json_count(pairs), "and");
	for (const struct json *one = json_first(pairs); one; one = json_next(one)) {
		const struct json *then = json_next(json_first(one));
		say_add(&list, arena_printf(sayer->arena, "%s does not lie before %s", say_side(sayer, then),
					    say_side(sayer, json_first(one))));
	}
	return say_end(&list);
}

static const char *say_time_check(const struct sayer *sayer, const char *name, const struct json *arguments)
{
	struct arena *arena = sayer->arena;
	if (strcmp(name, "age_below") == 0 || strcmp(name, "age_at_least") == 0 || strcmp(name, "aged_at") == 0) {
		return say_age(sayer, name, arguments);
	}
	if (strcmp(name, "days") == 0) {
		return say_days(sayer, arguments);
	}
	if (strcmp(name, "in_order") == 0) {
		return say_pairs(sayer, json_member(arguments, "pairs"));
	}
	if (strcmp(name, "service_dates") == 0) {
		return "every line has its first and its last day, in order";
	}
	if (strcmp(name, "not_after") == 0) {
		const struct json *plus = json_member(arguments, "plus");
		const char *first = say_side(sayer, json_member(arguments, "first"));
		const char *then = say_side(sayer, json_member(arguments, "then"));
		return plus ? arena_printf(arena, "%s lies no more than %s after %s", first, say_generic(arena, plus), then)
			    : arena_printf(arena, "%s does not lie after %s", first, then);
	}
	if (strcmp(name, "admitted") == 0 || strcmp(name, "discharged") == 0) {
		const struct json *by = json_member(arguments, "by");
		return arena_printf(arena, "the member was %s by %s", name,
				    by && json_text(by) ? say_day(json_text(by))
				    : by                ? say_generic(arena, by)
							: "then");
	}
	if (strcmp(name, "event") == 0) {
		return arena_printf(arena, "\"%s\" was recorded", member_text(arguments, "name"));
	}
	if (strcmp(name, "verified") == 0 || strcmp(name, "contradicted") == 0) {
		return arena_printf(arena, "%s is %s", member_text(arguments, "fact"), name);
	}
	return NULL;
}

/* {"at": path, "days": 60} */
static const char *say_within(const struct sayer *sayer, const struct json *arguments)
{
	for (const struct json *one = json_first(arguments); one; one = json_next(one)) {
		int64_t amount = 0;
		if (json_integer(one, &amount)) {
			return arena_printf(sayer->arena, "%s lies at most %lld %s before receipt",
					    said_place(sayer, arguments, "at"), (long long)amount, json_name(one));
		}
	}
	return NULL;
}

const char *say_check(const struct sayer *sayer, const struct json *node)
{
	const char *name = NULL;
	const struct json *arguments = bounds_check(node, &name);
	if (!arguments) {
		return say_generic(sayer->arena, node);
	}
	const char *said = say_logic(sayer, name, arguments);
	said = said ? said : say_value_check(sayer, name, arguments);
	said = said ? said : say_time_check(sayer, name, arguments);
	said = said ? said : say_paper_check(sayer, name, arguments);
	said = said ? said : say_happen_check(sayer, name, arguments);
	said = said || strcmp(name, "within") != 0 ? said : say_within(sayer, arguments);
	return said ? said : arena_printf(sayer->arena, "%s (%s)", name, say_generic(sayer->arena, arguments));
}
