/* SPDX-License-Identifier: Apache-2.0 */
/* Two values, member by member: what differs, told by the name of the nearest member and by what both say. */
#include "policy/diff.h"

#include "policy/say.h"

#include <string.h>

enum { CHANGES_FIRST = 32 };

void diff_add(const struct diff_subject *subject, const char *what, const char *member, const char *from, const char *to,
	      const char *say)
{
	struct changes *changes = subject->changes;
	if (changes->count == changes->capacity) {
		const size_t capacity = changes->capacity > 0 ? changes->capacity * 2 : CHANGES_FIRST;
		struct change *list = arena_array(changes->arena, capacity, sizeof(*list));
		if (changes->count > 0) {
			memcpy(list, changes->list, changes->count * sizeof(*list));
		}
		changes->list = list;
		changes->capacity = capacity;
	}
	const char *separator = subject->label[0] != '\0' ? ": " : "";
	changes->list[changes->count++] =
		(struct change){subject->about,
				subject->id,
				what,
				member,
				from,
				to,
				arena_printf(changes->arena, "%s%s%s", subject->label, separator, say)};
}

bool diff_same(const struct json *a, const struct json *b)
{
	if (!a || !b || json_kind(a) != json_kind(b)) {
		return a == b;
	}
	switch (json_kind(a)) {
	case JSON_NULL: return true;
	case JSON_BOOLEAN: return json_boolean(a) == json_boolean(b);
	case JSON_NUMBER: return json_number(a) == json_number(b);
	case JSON_TEXT: return strcmp(json_text(a), json_text(b)) == 0;
	case JSON_ARRAY:
	case JSON_OBJECT: break;
	}
	if (json_count(a) != json_count(b)) {
		return false;
	}
	const bool object = json_kind(a) == JSON_OBJECT;
	const struct json *other = json_first(b);
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		if (!diff_same(one, object ? json_member(b, json_name(one)) : other)) {
			return false;
		}
		other = other ? json_next(other) : NULL;
	}
	return true;
}

/* ---- members of the declaration of a fact ---- */

static const char *rule_words(struct arena *arena, const char *name)
{
	static const struct {
		const char *name;
		const char *words;
	} rows[] = {
		{"enum", "words"},
		{"type", "kind of value"},
		{"format", "form"},
		{"maxItems", "most elements"},
		{"minItems", "least elements"},
		{"maxLength", "longest text"},
		{"minLength", "shortest text"},
		{"maximum", "largest number"},
		{"minimum", "smallest number"},
		{"additionalProperties", "members of other names"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(name, rows[i].name) == 0) {
			return rows[i].words;
		}
	}
	return say_plain(arena, name);
}

/* The title of what is declared at LENGTH bytes of POINTER below the fact, in the newer version or else in the older one. */
static const char *declared_title(const struct diff_subject *subject, const char *pointer, size_t length)
{
	const struct changes *changes = subject->changes;
	const char *title = NULL;
	for (size_t side = 2; side-- > 0 && !title;) {
		const struct json *fact = json_member(json_member(changes->says[side].policy->manifest, "facts"), subject->id);
		title = json_text(json_at(fact, arena_printf(changes->arena, "%.*s/title", (int)length, pointer)));
	}
	return title;
}

/* "of \"Way of contact\": words": the innermost member by its title, then what changed of it. */
static const char *fact_words(const struct diff_subject *subject, const char *pointer)
{
	static const char properties[] = "/properties/";
	struct arena *arena = subject->changes->arena;
	const char *member = NULL;
	for (const char *at = strstr(pointer, properties); at; at = strstr(at + 1, properties)) {
		member = at + strlen(properties);
	}
	const char *last = strrchr(pointer, '/');
	if (!last || (member && last < member)) {
		return member ? arena_printf(arena, "member %s", say_plain(arena, member)) : NULL;
	}
	const char *rule = rule_words(arena, last + 1);
	if (!member) {
		return rule;
	}
	const size_t length = strcspn(member, "/");
	const char *title = declared_title(subject, pointer, (size_t)(member - pointer) + length);
	return title ? arena_printf(arena, "of \"%s\": %s", title, rule)
		     : arena_printf(arena, "of %s: %s", say_plain(arena, arena_text(arena, member, length)), rule);
}

/* What members are called where their own names say too little. */
static const char *member_words(const struct diff_subject *subject, const char *pointer)
{
	struct arena *arena = subject->changes->arena;
	const char *of_fact = strcmp(subject->about, "fact") == 0 ? fact_words(subject, pointer) : NULL;
	static const struct {
		const char *ending;
		const char *words;
	} rows[] = {
		{"/cite", "cited"},
		{"/for", "services and reviews"},
		{"/verified_by", "plan facts that verify it"},
		{"/needs_approval", "an approval before it begins"},
		{"/in_force/from", "in force from"},
		{"/in_force/to", "in force to"},
	};
	const size_t length = strlen(pointer);
	if (of_fact) {
		return of_fact;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t end = strlen(rows[i].ending);
		if (length >= end && strcmp(pointer + length - end, rows[i].ending) == 0) {
			return rows[i].words;
		}
	}
	/* else the path without its numbers */
	struct text text;
	text_init(&text, arena, length + 1);
	text_puts(&text, "");
	for (const char *at = pointer; *at == '/';) {
		const size_t step = strcspn(at + 1, "/");
		if (step == 0 || strspn(at + 1, "0123456789") != step) {
			text_puts(&text, text.length > 0 ? " " : "");
			text_add(&text, at + 1, step);
		}
		at += step + 1;
	}
	return say_plain(arena, text.data);
}

/* A value for people: texts of sentences in quotes, with the numbers of the item. */
static const char *value_words(const struct diff_subject *subject, size_t side, const char *pointer, const struct json *node)
{
	struct arena *arena = subject->changes->arena;
	const char *text = json_text(node);
	if (json_kind(node) == JSON_NULL && strcmp(pointer, "/reviews") == 0) {
		return "every review";
	}
	if (!text || !strchr(text, ' ')) {
		return say_generic(arena, node);
	}
	const struct item *item = strchr(text, '{') ? diff_item_of(subject, side) : NULL;
	return arena_printf(arena, "\"%s\"", item ? diff_sentence(arena, item, text) : text);
}

void diff_tell(const struct diff_subject *subject, const char *pointer, const char *words, const char *from, const char *to)
{
	struct arena *arena = subject->changes->arena;
	const char *say = !from ? arena_printf(arena, "%s added: %s", words, to)
			  : !to ? arena_printf(arena, "%s removed, was %s", words, from)
				: arena_printf(arena, "%s %s -> %s", words, from, to);
	diff_add(subject, "changed", pointer, from, to, say);
}

static void tell(const struct diff_subject *subject, const char *pointer, const struct json *a, const struct json *b)
{
	struct arena *arena = subject->changes->arena;
	static const char *const sentences[] = {"/text", "/ask", "/unmet", "/title", "/note"};
	bool sentence = false;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		sentence = sentence || strcmp(pointer, sentences[i]) == 0;
	}
	const char *from = a ? value_words(subject, 0, pointer, a) : NULL;
	const char *to = b ? value_words(subject, 1, pointer, b) : NULL;
	const char *words = member_words(subject, pointer);
	if (sentence && a && b) {
		diff_add(subject, "reworded", pointer, from, to, arena_printf(arena, "%s %s -> %s", words, from, to));
	} else {
		diff_tell(subject, pointer, words, from, to);
	}
}

static bool plain(const struct json *node)
{
	return json_kind(node) != JSON_ARRAY && json_kind(node) != JSON_OBJECT;
}

static bool plain_list(const struct json *node)
{
	bool all = json_kind(node) == JSON_ARRAY;
	for (const struct json *one = json_first(node); one && all; one = json_next(one)) {
		all = plain(one);
	}
	return all;
}

static void compare_members(const struct diff_subject *subject, const char *pointer, const struct json *a, const struct json *b)
{
	struct arena *arena = subject->changes->arena;
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		diff_nodes(subject, arena_printf(arena, "%s/%s", pointer, json_name(one)), one, json_member(b, json_name(one)));
	}
	for (const struct json *one = json_first(b); one; one = json_next(one)) {
		if (!json_member(a, json_name(one))) {
			diff_nodes(subject, arena_printf(arena, "%s/%s", pointer, json_name(one)), NULL, one);
		}
	}
}

static void compare_elements(const struct diff_subject *subject, const char *pointer, const struct json *a,
			     const struct json *b)
{
	const struct json *other = json_first(b);
	size_t index = 0;
	for (const struct json *one = json_first(a); one; one = json_next(one), index++) {
		diff_nodes(subject, arena_printf(subject->changes->arena, "%s/%zu", pointer, index), one, other);
		other = other ? json_next(other) : NULL;
	}
	for (; other; other = json_next(other), index++) {
		diff_nodes(subject, arena_printf(subject->changes->arena, "%s/%zu", pointer, index), NULL, other);
	}
}

void diff_nodes(const struct diff_subject *subject, const char *pointer, const struct json *a, const struct json *b)
{
	struct arena *arena = subject->changes->arena;
	if (diff_same(a, b) || diff_member(subject, pointer, a, b)) {
		return;
	}
	if (!a || !b || json_kind(a) != json_kind(b) || plain(a) || say_amount(arena, a) || say_amount(arena, b)) {
		tell(subject, pointer, a, b);
	} else if (plain_list(a) && plain_list(b)) {
		diff_words(subject, pointer, member_words(subject, pointer), a, b);
	} else if (json_kind(a) == JSON_OBJECT) {
		compare_members(subject, pointer, a, b);
	} else {
		compare_elements(subject, pointer, a, b);
	}
}
