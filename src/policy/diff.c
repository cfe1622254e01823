/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/diff.h"

#include "policy/say.h"

#include <string.h>

/* Parts of policy.json that name things: each thing is compared on its own. */
static const struct {
	const char *member;
	const char *about;
	const char *label;
} named_parts[] = {
	{"lists", "list", "list"},
	{"facts", "fact", "fact"},
	{"documents", "document", "document type"},
	{"sections", "section", "section"},
	{"words", "word", "word"},
	{"occurrences", "occurrence", "occurrence"},
	{"verified_by_table", "fact_table", "table of the plan fact"},
};

/* Lists of objects, by the member that names each. */
static const struct {
	const char *member;
	const char *about;
	const char *key;
	const char *label;
} keyed_parts[] = {
	{"answers", "service", "service", "service"},
	{"manual", "service", "service", "service by hand"},
	{"sensitivity", "label", "label", "label of sensitivity"},
};

/* What came or went, by its title or its sentence. */
static const char *said_whole(const struct diff_subject *subject, size_t side, const struct json *there)
{
	const struct sayer *sayer = &subject->changes->says[side];
	struct arena *arena = sayer->arena;
	const struct item *item = diff_item_of(subject, side);
	const char *title = json_text(json_member(there, "title"));
	const char *text = json_text(json_member(there, "text"));
	const char *table = json_text(json_member(there, "table"));
	const struct json *when = json_member(there, "when");
	const char *reason = json_text(json_member(there, "reason"));
	if (reason && !when && strcmp(subject->about, "service") == 0) { /* taken by hand */
		const struct json *reviews = json_member(there, "reviews");
		return arena_printf(arena, "%s: \"%s\"",
				    json_first(reviews) ? say_word_list(sayer, reviews, "and") : "every review", reason);
	}
	const char *name = text ? arena_printf(arena, "\"%s\"", item ? diff_sentence(arena, item, text) : text) : title;
	if (when) {
		const char *law = json_text(json_member(there, "law"));
		return arena_printf(arena, "%s%swhere %s",
				    name  ? name
				    : law ? law
					  : "",
				    name || law ? ", " : "", say_check(sayer, when));
	}
	return name                             ? name
	       : table                          ? arena_printf(arena, "the plan's table \"%s\"", table)
	       : json_kind(there) == JSON_ARRAY ? say_word_list(sayer, there, "and")
						: say_generic(arena, there);
}

static void compare_one(struct changes *changes, const char *about, const char *label, const char *id, const struct json *a,
			const struct json *b)
{
	struct arena *arena = changes->arena;
	const struct diff_subject subject = {changes, about, id, arena_printf(arena, "%s %s", label, id)};
	const struct json *there = a ? a : b;
	if (a && b) {
		diff_nodes(&subject, "", a, b);
		return;
	}
	const char *said = said_whole(&subject, a ? 0 : 1, there);
	diff_add(&subject, a ? "removed" : "added", "", a ? said : NULL, b ? said : NULL,
		 arena_printf(arena, "%s%s", a ? "removed, was " : "added: ", said));
}

static bool nameless(const struct json *part)
{
	return part && json_kind(part) != JSON_OBJECT;
}

static void compare_named(struct changes *changes, size_t part, const struct json *a, const struct json *b)
{
	const char *about = named_parts[part].about;
	const char *label = named_parts[part].label;
	if (nameless(a) || nameless(b)) {
		const struct diff_subject subject = {changes, "policy", "", ""};
		diff_nodes(&subject, arena_printf(changes->arena, "/%s", named_parts[part].member), a, b);
		return;
	}
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		compare_one(changes, about, label, json_name(one), one, json_member(b, json_name(one)));
	}
	for (const struct json *one = json_first(b); one; one = json_next(one)) {
		if (!json_member(a, json_name(one))) {
			compare_one(changes, about, label, json_name(one), NULL, one);
		}
	}
}

/* Of several elements with one name the one that stands at the same place among them. */
static const struct json *find_keyed(const struct json *list, const char *key, const char *name, size_t nth)
{
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const char *own = json_text(json_member(one, key));
		if (own && strcmp(own, name) == 0 && nth-- == 0) {
			return one;
		}
	}
	return NULL;
}

/* How many elements before ONE have its name. */
static size_t place_among(const struct json *list, const struct json *one, const char *key, const char *name)
{
	size_t count = 0;
	for (const struct json *other = json_first(list); other != one; other = json_next(other)) {
		const char *own = json_text(json_member(other, key));
		count += own && strcmp(own, name) == 0;
	}
	return count;
}

void diff_keyed(struct changes *changes, const char *about, const char *label, const char *key, const struct json *a,
		const struct json *b)
{
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		const char *name = json_text(json_member(one, key));
		if (name) {
			compare_one(changes, about, label, name, one, find_keyed(b, key, name, place_among(a, one, key, name)));
		}
	}
	for (const struct json *one = json_first(b); one; one = json_next(one)) {
		const char *name = json_text(json_member(one, key));
		if (name && !find_keyed(a, key, name, place_among(b, one, key, name))) {
			compare_one(changes, about, label, name, NULL, one);
		}
	}
}

static bool special(const char *name)
{
	if (strcmp(name, "version") == 0 || strcmp(name, "items") == 0) {
		return true; /* what both are called is told first; items are compared on their own */
	}
	for (size_t i = 0; i < sizeof(named_parts) / sizeof(named_parts[0]); i++) {
		if (strcmp(named_parts[i].member, name) == 0) {
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(keyed_parts) / sizeof(keyed_parts[0]); i++) {
		if (strcmp(keyed_parts[i].member, name) == 0) {
			return true;
		}
	}
	return false;
}

static void compare_manifest(const struct json *a, const struct json *b, struct changes *changes)
{
	const struct diff_subject subject = {changes, "policy", "", ""};
	for (const struct json *one = json_first(a); one; one = json_next(one)) {
		if (!special(json_name(one))) {
			diff_nodes(&subject, arena_printf(changes->arena, "/%s", json_name(one)), one,
				   json_member(b, json_name(one)));
		}
	}
	for (const struct json *one = json_first(b); one; one = json_next(one)) {
		if (!special(json_name(one)) && !json_member(a, json_name(one))) {
			diff_nodes(&subject, arena_printf(changes->arena, "/%s", json_name(one)), NULL, one);
		}
	}
	for (size_t i = 0; i < sizeof(keyed_parts) / sizeof(keyed_parts[0]); i++) {
		diff_keyed(changes, keyed_parts[i].about, keyed_parts[i].label, keyed_parts[i].key,
			   json_member(a, keyed_parts[i].member), json_member(b, keyed_parts[i].member));
	}
	for (size_t i = 0; i < sizeof(named_parts) / sizeof(named_parts[0]); i++) {
		compare_named(changes, i, json_member(a, named_parts[i].member), json_member(b, named_parts[i].member));
	}
}

static void compare_clauses(const struct json *a, const struct json *b, struct changes *changes)
{
	const struct diff_subject subject = {changes, "clauses", "", "clauses"};
	diff_keyed(changes, "clause", "clause", "clause", json_member(a, "clauses"), json_member(b, "clauses"));
	diff_nodes(&subject, "/document", json_member(a, "document"), json_member(b, "document"));
	diff_nodes(&subject, "/documents", json_member(a, "documents"), json_member(b, "documents"));
}

static void compare_overlays(const struct diff_version *a, const struct diff_version *b, struct changes *changes)
{
	for (size_t i = 0; i < a->overlay_count; i++) {
		const char *id = json_text(json_member(a->overlays[i], "overlay"));
		for (size_t k = 0; id && k < b->overlay_count; k++) {
			const char *other = json_text(json_member(b->overlays[k], "overlay"));
			if (other && strcmp(id, other) == 0) {
				diff_keyed(changes, "overlay", arena_printf(changes->arena, "overlay %s:", id), "id",
					   json_member(a->overlays[i], "items"), json_member(b->overlays[k], "items"));
			}
		}
	}
}

void diff_versions(const struct diff_version *a, const struct diff_version *b, const struct json *request_schema,
		   struct changes *changes)
{
	changes->says[0] = diff_sayer(changes->arena, a, request_schema);
	changes->says[1] = diff_sayer(changes->arena, b, request_schema);
	compare_manifest(a->manifest, b->manifest, changes);
	diff_items(a, b, changes);
	compare_clauses(a->clauses, b->clauses, changes);
	diff_calendars(a, b, changes);
	compare_overlays(a, b, changes);
}
