/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes of checks and of what is said in checks' words: the smallest part that differs, old and new, as an explanation says it. Of a number
 * or a word list that alone changed only that is told; of parts that came or went those.
 */
#include "policy/diff.h"

#include "policy/bounds.h"
#include "policy/say.h"

#include <string.h>

/* Two checks at one place of an item. */
struct pair {
	const struct diff_subject *subject;
	const char *pointer;
	const char *words; /* "check", "condition" */
	const struct json *a;
	const struct json *b;
	bool holds; /* false below a `not` */
	bool nested; /* one part of several: a number does not say which */
	struct numbers *numbers; /* what is told of such parts, once all are known */
};

/* A number that changed in the same way in one or several parts. */
struct number {
	const char *words;
	const char *from;
	const char *to;
	const char *pointer; /* of the first */
	const char *parts; /* as they read now */
	size_t count;
	struct number *next;
};

struct numbers {
	struct number *first;
	struct number **last;
};

static const struct sayer *says(const struct pair *pair, size_t side)
{
	return &pair->subject->changes->says[side];
}

static const char *said(const struct pair *pair, size_t side, const struct json *node)
{
	const char *ignored = NULL;
	return bounds_check(node, &ignored) ? say_joined(says(pair, side), node, pair->holds)
					    : say_generic(pair->subject->changes->arena, node);
}

static void tell(const struct pair *pair, const char *words, const char *from, const char *to)
{
	struct arena *arena = pair->subject->changes->arena;
	const char *say = !from ? arena_printf(arena, "%s added: %s", words, to)
			  : !to ? arena_printf(arena, "%s removed, was %s", words, from)
				: arena_printf(arena, "%s %s -> %s", words, from, to);
	diff_add(pair->subject, "changed", pair->pointer, from, to, say);
}

static void tell_whole(const struct pair *pair)
{
	const char *colon = pair->a && pair->b ? ":" : "";
	tell(pair, arena_printf(pair->subject->changes->arena, "%s%s", pair->words, colon),
	     pair->a ? said(pair, 0, pair->a) : NULL, pair->b ? said(pair, 1, pair->b) : NULL);
}

/* ---- members of one check ---- */

/* Numbers and word lists, by what they are called. */
static const struct {
	const char *check; /* NULL: any */
	const char *member;
	const char *words;
} small[] = {
	{"document", "within", "window"},
	{"document", "author", "authors"},
	{"document", "types", "papers"},
	{"document", "kinds", "kinds"},
	{"sections", "as_of_within", "window of sections"},
	{"sections", "within", "window"},
	{"sections", "need", "sections"},
	{"sections", "of", "papers"},
	{"signed", "roles", "who signs"},
	{"took_part", "roles", "who takes part"},
	{"one_of", "words", NULL},
	{"not_after", "plus", "time between"},
	{"count_at_least", "count", "number"},
	{"at_least", "count", "number"},
	{"occurrences", "at_least", "least number"},
	{"occurrences", "at_most", "most"},
	{"followed", "within", "window"},
	{"within", "days", "window in days"},
	{"within", "hours", "window in hours"},
	{"within", "years", "window in years"},
	{NULL, "years", "age"},
};

/* What a number or a word list of a check is called, or NULL: the check is told as a whole. */
static const char *small_words(const struct pair *pair, const char *check, const struct json *member)
{
	for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
		if (strcmp(small[i].member, json_name(member)) == 0 &&
		    (!small[i].check || strcmp(small[i].check, check) == 0)) {
			return small[i].words ? small[i].words
					      : say_place(says(pair, 1), say_text_of(json_first(pair->b), "at"));
		}
	}
	return NULL;
}

static bool word_list(const struct json *node)
{
	bool words = node && json_kind(node) == JSON_ARRAY;
	for (const struct json *one = json_first(node); one && words; one = json_next(one)) {
		words = json_text(one) && json_text(one)[0] != '/';
	}
	return words;
}

static bool measured(struct arena *arena, const struct json *node)
{
	return !node || word_list(node) || json_kind(node) == JSON_NUMBER || say_amount(arena, node);
}

/* Keeps a number of one part; the same change of another part is told with it. */
static void keep_number(const struct pair *pair, const char *words, const char *from, const char *to)
{
	struct arena *arena = pair->subject->changes->arena;
	const char *part = said(pair, 1, pair->b);
	for (struct number *one = pair->numbers->first; one; one = one->next) {
		if (strcmp(one->words, words) == 0 && strcmp(one->from, from) == 0 && strcmp(one->to, to) == 0) {
			one->count++;
			one->parts = arena_printf(arena, one->count == 2 ? "(1) %s; (%zu) %s" : "%s; (%zu) %s", one->parts,
						  one->count, part);
			return;
		}
	}
	struct number *number = arena_alloc(arena, sizeof(*number));
	*number = (struct number){words, from, to, arena_copy(arena, pair->pointer), part, 1, NULL};
	*pair->numbers->last = number;
	pair->numbers->last = &number->next;
}

static void tell_numbers(const struct diff_subject *subject, const struct numbers *numbers)
{
	struct arena *arena = subject->changes->arena;
	for (const struct number *one = numbers->first; one; one = one->next) {
		const char *where =
			one->count == 1 ? "the part now reads" : arena_printf(arena, "%zu parts now read", one->count);
		diff_add(subject, "changed", one->pointer, one->from, one->to,
			 arena_printf(arena, "%s %s -> %s; %s: %s", one->words, one->from, one->to, where, one->parts));
	}
}

static void tell_small(const struct pair *pair, const char *words, const struct json *a, const struct json *b)
{
	struct arena *arena = pair->subject->changes->arena;
	struct pair member = *pair;
	member.pointer = arena_printf(arena, "%s/%s", pair->pointer, json_name(a ? a : b));
	if (a && b && word_list(a) && word_list(b)) {
		diff_words(pair->subject, member.pointer, words, a, b);
		return;
	}
	const char *name = json_name(a ? a : b);
	if (pair->nested && a && b && !word_list(a) && !word_list(b)) {
		keep_number(&member, words, say_generic(arena, a), say_generic(arena, b));
		return;
	}
	tell(&member, words,
	     !a             ? NULL
	     : word_list(a) ? diff_words_of(says(pair, 0), name, a, NULL)
			    : say_generic(arena, a),
	     !b             ? NULL
	     : word_list(b) ? diff_words_of(says(pair, 1), name, b, NULL)
			    : say_generic(arena, b));
}

/* Whether the conditions of A and B ask of the same members, of those that differ only for other words. */
static bool same_conditions(const struct json *a, const struct json *b)
{
	bool same = a && b && json_kind(a) == JSON_OBJECT && json_count(a) == json_count(b);
	for (const struct json *one = json_first(a); one && same; one = json_next(one)) {
		const struct json *other = json_member(b, json_name(one));
		same = other && (diff_same(one, other) || (word_list(one) && word_list(other)));
	}
	return same;
}

static void tell_conditions(const struct pair *pair, const char *list, const struct json *a, const struct json *b)
{
	struct pair inner = *pair;
	inner.pointer = arena_printf(pair->subject->changes->arena, "%s/%s", pair->pointer, json_name(a));
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		const struct json *other = json_member(b, json_name(one));
		if (!diff_same(one, other)) {
			tell_small(&inner, say_member(says(pair, 1), list, json_name(one)), one, other);
		}
	}
}

static bool conditions(const struct json *member)
{
	return strcmp(json_name(member), "where") == 0 || strcmp(json_name(member), "have") == 0;
}

/* Tells members of one kind of check, or only (TELL false) whether all that differs is small enough for that. */
static bool compare_member(const struct pair *pair, const char *check, const struct json *a, const struct json *b, bool tells)
{
	struct arena *arena = pair->subject->changes->arena;
	const struct json *there = a ? a : b;
	if (diff_same(a, b)) {
		return true;
	}
	if (conditions(there)) {
		const char *in = json_text(json_member(json_first(pair->b), "in"));
		if (tells) {
			tell_conditions(pair, in ? in : "/facts/occurrences", a, b);
		}
		return same_conditions(a, b);
	}
	const char *words = small_words(pair, check, there);
	if (tells) {
		tell_small(pair, words, a, b);
	}
	return words && measured(arena, a) && measured(arena, b);
}

static bool compare_members(const struct pair *pair, const char *check, const struct json *a, const struct json *b, bool tells)
{
	bool all = json_kind(a) == JSON_OBJECT && json_kind(b) == JSON_OBJECT;
	struct pair inside = *pair;
	inside.pointer = arena_printf(pair->subject->changes->arena, "%s/%s", pair->pointer, check);
	for (const struct json *one = json_first(a); one && all; one = json_next(one)) {
		all = compare_member(&inside, check, one, json_member(b, json_name(one)), tells);
	}
	for (const struct json *one = json_first(b); one && all; one = json_next(one)) {
		all = json_member(a, json_name(one)) || compare_member(&inside, check, NULL, one, tells);
	}
	return all;
}

/* ---- joined checks ---- */

static bool joins(const struct json *node)
{
	const char *name = NULL;
	return bounds_check(node, &name) && (strcmp(name, "all") == 0 || strcmp(name, "any") == 0);
}

/* The parts of NODE that OTHER has not; where neither has a part of the other both are told as a whole. */
struct parts {
	const struct json **list;
	size_t *places;
	size_t count;
	size_t kept;
};

/* A check that stands alone is the only part of a group of the other. */
static const struct json *first_part(const struct json *node)
{
	return joins(node) ? json_first(json_first(node)) : node;
}

static bool stands_in(const struct json *part, const struct json *group)
{
	bool found = false;
	for (const struct json *one = first_part(group); one && !found; one = joins(group) ? json_next(one) : NULL) {
		found = diff_same(one, part);
	}
	return found;
}

static struct parts parts_only_in(struct arena *arena, const struct json *node, const struct json *other)
{
	const size_t most = joins(node) ? json_count(json_first(node)) : 1;
	struct parts parts = {arena_array(arena, most + 1, sizeof(const struct json *)),
			      arena_array(arena, most + 1, sizeof(size_t)), 0, 0};
	size_t place = 0;
	for (const struct json *one = first_part(node); one; one = joins(node) ? json_next(one) : NULL, place++) {
		if (stands_in(one, other)) {
			parts.kept++;
		} else {
			parts.places[parts.count] = place;
			parts.list[parts.count++] = one;
		}
	}
	return parts;
}

static void compare(const struct pair *pair);

static void tell_parts(const struct pair *pair, const struct parts *parts, size_t side, const char *kind)
{
	struct arena *arena = pair->subject->changes->arena;
	const char *words = arena_printf(arena, "%s: %s", pair->words, kind);
	for (size_t i = 0; i < parts->count; i++) {
		const char *text = said(pair, side, parts->list[i]);
		tell(pair, words, side == 0 ? text : NULL, side == 1 ? text : NULL);
	}
}

/* Whether A and B differ, part by part, by numbers alone. */
static bool numbers_alone(const struct json *a, const struct json *b)
{
	if (diff_same(a, b)) {
		return true;
	}
	if (!a || !b || json_kind(a) != json_kind(b) || json_count(a) != json_count(b)) {
		return false;
	}
	bool alone = json_kind(a) == JSON_NUMBER || json_count(a) > 0;
	const struct json *other = json_first(b);
	for (const struct json *one = json_first(a); one && alone; one = json_next(one)) {
		alone = json_kind(a) == JSON_OBJECT ? numbers_alone(one, json_member(b, json_name(one)))
						    : numbers_alone(one, other);
		other = other ? json_next(other) : NULL;
	}
	return alone;
}

static bool tells_small(const struct pair *pair);

/* Whether every number that differs below is one that is told by itself. */
static bool small_below(const struct pair *pair)
{
	const struct json *other = json_first(json_first(pair->b));
	bool small_all = true;
	for (const struct json *one = json_first(json_first(pair->a)); one && small_all; one = json_next(one)) {
		struct pair part = *pair;
		part.a = one;
		part.b = other;
		small_all = diff_same(one, other) || tells_small(&part);
		other = json_next(other);
	}
	return small_all;
}

static bool tells_small(const struct pair *pair)
{
	const char *name = NULL;
	const char *other = NULL;
	const struct json *a = bounds_check(pair->a, &name);
	const struct json *b = bounds_check(pair->b, &other);
	if (!a || !b || strcmp(name, other) != 0) {
		return false;
	}
	if (strcmp(name, "not") == 0) {
		const struct pair inner = {pair->subject, pair->pointer, pair->words, a, b, !pair->holds, true, pair->numbers};
		return tells_small(&inner);
	}
	return joins(pair->a) ? small_below(pair) : compare_members(pair, name, a, b, false);
}

/* Groups of the same parts in which only numbers differ: each part is compared with the one in its place. */
static bool compare_numbers(const struct pair *pair)
{
	const char *name = json_name(json_first(pair->a));
	if (!joins(pair->a) || !joins(pair->b) || !numbers_alone(pair->a, pair->b) || !small_below(pair)) {
		return false;
	}
	const struct json *other = json_first(json_first(pair->b));
	size_t place = 0;
	for (const struct json *one = json_first(json_first(pair->a)); one; one = json_next(one), place++) {
		struct pair part = *pair;
		part.pointer = arena_printf(pair->subject->changes->arena, "%s/%s/%zu", pair->pointer, name, place);
		part.nested = true;
		part.a = one;
		part.b = other;
		if (!diff_same(one, other)) {
			compare(&part);
		}
		other = json_next(other);
	}
	return true;
}

/* One part in place of another is compared with it; else each that went and came is told. */
static bool compare_groups(const struct pair *pair)
{
	struct arena *arena = pair->subject->changes->arena;
	const struct json *group = joins(pair->b) ? pair->b : pair->a;
	const char *name = json_name(json_first(group));
	const struct parts went = parts_only_in(arena, pair->a, pair->b);
	const struct parts came = parts_only_in(arena, pair->b, pair->a);
	const bool alike = joins(pair->a) && joins(pair->b) && strcmp(json_name(json_first(pair->a)), name) == 0;
	if ((joins(pair->a) && joins(pair->b) && !alike) ||
	    (went.kept == 0 && (went.count != 1 || came.count != 1 || !alike))) {
		return false;
	}
	if (went.count == 0 && came.count == 0) {
		diff_add(pair->subject, "moved", pair->pointer, NULL, NULL,
			 arena_printf(arena, "%s: its parts stand in another order", pair->words));
	} else if (went.count == 1 && came.count == 1) {
		struct pair part = *pair;
		part.pointer = arena_printf(arena, "%s/%s/%zu", pair->pointer, name, came.places[0]);
		part.nested = true;
		part.a = went.list[0];
		part.b = came.list[0];
		compare(&part);
	} else {
		const char *kind = (strcmp(name, "all") == 0) == pair->holds ? "part" : "alternative";
		tell_parts(pair, &went, 0, kind);
		tell_parts(pair, &came, 1, kind);
	}
	return true;
}

static void compare(const struct pair *pair)
{
	const char *names[2] = {NULL, NULL};
	const struct json *a = bounds_check(pair->a, &names[0]);
	const struct json *b = bounds_check(pair->b, &names[1]);
	if (a && b && (joins(pair->a) || joins(pair->b)) && (compare_numbers(pair) || compare_groups(pair))) {
		return;
	}
	if (!a || !b || strcmp(names[0], names[1]) != 0) {
		tell_whole(pair);
	} else if (strcmp(names[0], "not") == 0) {
		struct pair inner = *pair;
		inner.pointer = arena_printf(pair->subject->changes->arena, "%s/not", pair->pointer);
		inner.a = a;
		inner.b = b;
		inner.holds = !pair->holds;
		compare(&inner);
	} else if (compare_members(pair, names[0], a, b, false)) {
		(void)compare_members(pair, names[0], a, b, true);
	} else {
		tell_whole(pair);
	}
}

void diff_checks(const struct diff_subject *subject, const char *pointer, const char *words, const struct json *a,
		 const struct json *b)
{
	struct numbers numbers = {NULL, NULL};
	const struct pair pair = {subject, pointer, words, a, b, true, false, &numbers};
	numbers.last = &numbers.first;
	if (a && b) {
		compare(&pair);
	} else {
		tell_whole(&pair);
	}
	tell_numbers(subject, &numbers);
}
