/* SPDX-License-Identifier: Apache-2.0 */
/* Every item of every policy and sketch as it comes, goes and changes its words: told as `explain` tells it, and without the marks of the format. */
#include "policy/diff.h"

#include "../run_suite.h"
#include "base/text.h"
#include "fixture.h"
#include "policy/explain.h"
#include "policy/phrase.h"

#include <check.h>
#include <string.h>

static const char *const roots[] = {"policies", "tests/policies"};

/* One loaded version beside what a comparison reads of it. */
struct both {
	struct arena *arena; /* as long as the test */
	const struct json *schema;
	const struct policy *policy;
	struct diff_version read;
};

static struct both both_of(struct arena *arena, const char *root, const struct policy *policy)
{
	struct issues issues;
	struct both both = {arena, fixture_schema(arena, "request.json"), policy, {0}};
	issues_init(&issues, arena);
	ck_assert(diff_read(arena, arena_printf(arena, "%s/%s/%s/%s", CHECKOUT, root, policy->id, policy->version), &issues,
			    &both.read));
	return both;
}

/* Does something with each version below a root. */
static size_t each_version(const char *root, size_t (*look)(const struct both *both))
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, root);
	size_t seen = 0;
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct both both = both_of(arena, root, policy_set_at(set, i));
		seen += look(&both);
	}
	policy_set_destroy(set);
	arena_destroy(arena);
	return seen;
}

/* No sentence shows the name of a placeholder. */
static void check_sentences(const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->list[i];
		const char *texts[] = {change->say, change->from, change->to};
		for (size_t k = 0; k < 3; k++) {
			ck_assert_msg(!texts[k] || !strpbrk(texts[k], "{}"), "%s: %s", change->id, texts[k]);
		}
	}
}

static struct changes compare(const struct both *both, struct arena *arena, const struct diff_version *a,
			      const struct diff_version *b)
{
	struct changes changes = {.arena = arena};
	diff_versions(a, b, both->schema, &changes);
	check_sentences(&changes);
	return changes;
}

static const struct change *find(const struct changes *changes, const char *about, const char *id, const char *member)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *one = &changes->list[i];
		if (strcmp(one->about, about) == 0 && strcmp(one->id, id) == 0 && strcmp(one->member, member) == 0) {
			return one;
		}
	}
	return NULL;
}

/* A sentence of a loaded item with what only a request would fill in. */
static const char *filled(struct arena *arena, const char *text)
{
	return phrase_dates(arena, phrase_earliest(arena, text, NULL), "the days that are concerned");
}

/* What is told of an item that came or went says its sentence and (of a version's own) what follows, both as the loaded version does. */
static void check_whole(const struct both *both, struct arena *arena, const struct changes *changes,
			const struct change *expected)
{
	const struct item *item = policy_item_find(both->policy, expected->id);
	const struct change *told = find(changes, expected->about, expected->id, "");
	ck_assert_msg(item && told, "%s: not told", expected->id);
	const char *text = strcmp(expected->what, "added") == 0 ? told->to : told->from;
	ck_assert_str_eq(told->what, expected->what);
	ck_assert_uint_eq(changes->count, 1);
	const char *sentence = arena_printf(arena, "\"%s\"", filled(arena, item->text));
	const char *follows = explain_kind(both->policy, item, arena);
	ck_assert_msg(strstr(text, sentence) != NULL, "%s: %s\nin: %s", item->id, sentence, text);
	ck_assert_msg(strcmp(expected->about, "overlay") == 0 || strstr(text, follows) != NULL, "%s: %s\nin: %s", item->id,
		      follows, text);
	ck_assert(strstr(told->say, item->id) != NULL);
}

static void check_both_ways(const struct both *both, const struct diff_version *without, const char *about, const char *id)
{
	struct arena *arena = arena_create();
	const struct change removed = {.about = about, .id = id, .what = "removed"};
	const struct change added = {.about = about, .id = id, .what = "added"};
	const struct changes gone = compare(both, arena, &both->read, without);
	const struct changes came = compare(both, arena, without, &both->read);
	check_whole(both, arena, &gone, &removed);
	check_whole(both, arena, &came, &added);
	arena_destroy(arena);
}

static size_t without_each_item(const struct both *both)
{
	const struct diff_version *read = &both->read;
	for (size_t i = 0; i < read->item_count; i++) {
		struct diff_version without = *read;
		without.items = arena_array(both->arena, read->item_count, sizeof(*without.items));
		without.item_count = 0;
		for (size_t k = 0; k < read->item_count; k++) {
			if (k != i) {
				without.items[without.item_count++] = read->items[k];
			}
		}
		check_both_ways(both, &without, "item", read->items[i].id);
	}
	return read->item_count;
}

START_TEST(every_item)
{
	ck_assert_uint_gt(each_version(roots[_i], without_each_item), 20);
}
END_TEST

/* The version with another overlay in the place of one. */
static struct diff_version with_overlay(const struct both *both, size_t place, const struct json *overlay)
{
	struct diff_version other = both->read;
	other.overlays = arena_array(both->arena, other.overlay_count, sizeof(const struct json *));
	memcpy(other.overlays, both->read.overlays, other.overlay_count * sizeof(const struct json *));
	other.overlays[place] = overlay;
	return other;
}

static size_t without_each_of_overlays(const struct both *both)
{
	size_t seen = 0;
	for (size_t i = 0; i < both->read.overlay_count; i++) {
		const struct json *overlay = both->read.overlays[i];
		const struct json *items = json_member(overlay, "items");
		size_t place = 0;
		for (const struct json *one = json_first(items); one; one = json_next(one), place++, seen++) {
			struct err err = {0};
			const struct json *left =
				json_edit(both->arena, overlay, arena_printf(both->arena, "/items/%zu", place), NULL, &err);
			ck_assert(left != NULL);
			const struct diff_version without = with_overlay(both, i, left);
			check_both_ways(both, &without, "overlay", json_text(json_member(one, "id")));
		}
	}
	return seen;
}

START_TEST(every_item_of_overlays)
{
	ck_assert_uint_gt(each_version("policies", without_each_of_overlays), 1);
}
END_TEST

/* JSON with another sentence in the place of each that it has. */
static const struct json *reworded(const struct both *both, const struct json *json)
{
	static const char *const sentences[] = {"/text", "/ask", "/unmet"};
	const struct json *other = fixture_json(both->arena, "\"Said otherwise.\"");
	for (size_t i = 0; i < 3; i++) {
		struct err err = {0};
		json = json_at(json, sentences[i]) ? json_edit(both->arena, json, sentences[i], other, &err) : json;
		ck_assert(json != NULL);
	}
	return json;
}

static void check_reworded(const struct both *both, const struct diff_version *other, const char *about, const char *id)
{
	struct arena *arena = arena_create();
	const struct item *item = policy_item_find(both->policy, id);
	const struct changes changes = compare(both, arena, &both->read, other);
	const struct {
		const char *member;
		const char *text;
	} rows[] = {{"/text", item->text}, {"/ask", item->ask}, {"/unmet", item->unmet}};
	for (size_t i = 0; i < 3; i++) {
		const struct change *told = find(&changes, about, id, rows[i].member);
		ck_assert_msg(!rows[i].text == !told, "%s %s", id, rows[i].member);
		if (told) {
			ck_assert_str_eq(told->what, "reworded");
			ck_assert_str_eq(told->from, arena_printf(arena, "\"%s\"", filled(arena, rows[i].text)));
		}
	}
	arena_destroy(arena);
}

static size_t reword_each_item(const struct both *both)
{
	const struct diff_version *read = &both->read;
	for (size_t i = 0; i < read->item_count; i++) {
		struct diff_version other = *read;
		other.items = arena_array(both->arena, read->item_count, sizeof(*other.items));
		memcpy(other.items, read->items, read->item_count * sizeof(*other.items));
		other.items[i].json = reworded(both, read->items[i].json);
		check_reworded(both, &other, "item", read->items[i].id);
	}
	for (size_t i = 0; i < read->overlay_count; i++) {
		const struct json *items = json_member(read->overlays[i], "items");
		size_t place = 0;
		for (const struct json *one = json_first(items); one; one = json_next(one), place++) {
			struct err err = {0};
			const struct json *overlay =
				json_edit(both->arena, read->overlays[i], arena_printf(both->arena, "/items/%zu", place),
					  reworded(both, one), &err);
			ck_assert(overlay != NULL);
			const struct diff_version other = with_overlay(both, i, overlay);
			check_reworded(both, &other, "overlay", json_text(json_member(one, "id")));
		}
	}
	return read->item_count;
}

START_TEST(every_item_reworded)
{
	ck_assert_uint_gt(each_version(roots[_i], reword_each_item), 20);
}
END_TEST

/* ---- versions that cannot be loaded ---- */

/* What may stand in the place of anything while somebody is writing. */
static const char *const strange[] = {"null", "7", "\"{years}\"", "[]", "{}", "[[7], null]", "{\"x\": {\"days\": []}}"};

enum { STRANGE = sizeof(strange) / sizeof(strange[0]) };

/* An item that is changed again and again. */
struct changing {
	const struct both *both;
	struct arena *arena;
	const struct diff_item *item;
	const struct json *values[STRANGE + 1]; /* the last is NULL: nothing at all */
};

/* The item by itself with VALUE at POINTER, and each way in which that can be told; a name with a slash is no step of a pointer. */
static size_t compare_strange(const struct changing *changing, const char *pointer, const struct json *value)
{
	const struct both *both = changing->both;
	struct arena *arena = arena_create();
	struct diff_item item = *changing->item;
	struct diff_item other = *changing->item;
	struct diff_version versions[3] = {both->read, both->read, both->read};
	struct err err = {0};
	item.json = json_edit(arena, item.json, pointer, value, &err);
	if (!item.json) {
		arena_destroy(arena);
		return 0;
	}
	versions[0].items = &other;
	versions[1].items = &item;
	versions[0].item_count = versions[1].item_count = 1;
	versions[2].item_count = 0;
	static const size_t sides[][2] = {{0, 1}, {1, 0}, {2, 1}};
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
		const struct diff_version *from = &versions[sides[i][0]];
		const struct diff_version *to = &versions[sides[i][1]];
		struct changes changes = {.arena = arena};
		changes.says[0] = diff_sayer(arena, from, both->schema);
		changes.says[1] = diff_sayer(arena, to, both->schema);
		diff_items(from, to, &changes);
	}
	arena_destroy(arena);
	return 1;
}

/* How many were told: each value below NODE of the item is replaced by each of the strange ones. */
static size_t replace_below(const struct changing *changing, const struct json *node, const char *pointer)
{
	size_t told = 0;
	size_t place = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one), place++) {
		const char *here = json_name(one) ? arena_printf(changing->arena, "%s/%s", pointer, json_name(one))
						  : arena_printf(changing->arena, "%s/%zu", pointer, place);
		for (size_t i = 0; i <= STRANGE; i++) {
			told += compare_strange(changing, here, changing->values[i]);
		}
		told += replace_below(changing, one, here);
	}
	return told;
}

static size_t replace_each(const struct both *both)
{
	size_t told = 0;
	for (size_t i = 0; i < both->read.item_count; i++) {
		struct changing changing = {.both = both, .arena = arena_create(), .item = &both->read.items[i]};
		for (size_t k = 0; k < STRANGE; k++) {
			changing.values[k] = fixture_json(changing.arena, strange[k]);
		}
		told += replace_below(&changing, changing.item->json, "");
		arena_destroy(changing.arena);
	}
	return told;
}

START_TEST(anything_in_an_item)
{
	ck_assert_uint_gt(each_version(roots[_i], replace_each), 1000);
}
END_TEST

/* The version with VALUE at POINTER of its policy.json is told, whatever the value is. */
static void compare_manifest(const struct both *both, const char *pointer, const struct json *value)
{
	struct arena *arena = arena_create();
	struct diff_version other = both->read;
	struct err err = {0};
	other.manifest = json_edit(arena, both->read.manifest, pointer, value, &err);
	ck_assert(other.manifest != NULL);
	for (size_t side = 0; side < 2; side++) {
		struct changes changes = {.arena = arena};
		diff_versions(side == 0 ? &both->read : &other, side == 0 ? &other : &both->read, both->schema, &changes);
		ck_assert_msg(changes.count > 0 || diff_same(both->read.manifest, other.manifest) ||
				      strcmp(pointer, "/version") == 0 || strcmp(pointer, "/items") == 0 ||
				      json_count(json_at(both->read.manifest, pointer)) == 0,
			      "%s: nothing is told", pointer);
	}
	arena_destroy(arena);
}

static size_t replace_members(const struct both *both)
{
	size_t told = 0;
	for (const struct json *one = json_first(both->read.manifest); one; one = json_next(one)) {
		for (size_t i = 0; i < STRANGE; i++, told++) {
			compare_manifest(both, arena_printf(both->arena, "/%s", json_name(one)),
					 fixture_json(both->arena, strange[i]));
		}
	}
	return told;
}

START_TEST(anything_in_a_manifest)
{
	ck_assert_uint_gt(each_version("tests/policies", replace_members), 100);
}
END_TEST

static size_t list_of_itself(const struct both *both)
{
	struct arena *arena = both->arena;
	struct err err = {0};
	struct diff_version other = both->read;
	struct diff_item item = both->read.items[0];
	other.manifest =
		json_edit(arena, both->read.manifest, "/lists", fixture_json(arena, "{\"round\": [\"@round\"]}"), &err);
	item.json = json_edit(arena, item.json, "/check",
			      fixture_json(arena, "{\"one_of\": {\"at\": \"/service\", \"words\": [\"@round\"]}}"), &err);
	other.items = &item;
	other.item_count = 1;
	struct changes changes = {.arena = arena};
	diff_versions(&both->read, &other, both->schema, &changes);
	const struct change *told = find(&changes, "item", item.id, "/check");
	ck_assert(told && strstr(told->to, "@round") != NULL);
	return 1;
}

START_TEST(list_that_names_itself)
{
	ck_assert_uint_gt(each_version("tests/policies", list_of_itself), 1);
}
END_TEST

/* Every version against every other one, whatever the two have in common: each item of only one of them is told. */
static void check_pair(const struct both *a, const struct both *b)
{
	struct arena *arena = arena_create();
	const struct changes changes = compare(a, arena, &a->read, &b->read);
	const struct both *sides[] = {a, b};
	for (size_t side = 0; side < 2; side++) {
		const struct policy *other = sides[1 - side]->policy;
		for (size_t i = 0; i < sides[side]->read.item_count; i++) {
			const char *id = sides[side]->read.items[i].id;
			ck_assert_msg(policy_item_find(other, id) || find(&changes, "item", id, ""), "%s", id);
		}
	}
	arena_destroy(arena);
}

START_TEST(every_pair)
{
	struct arena *arena = arena_create();
	struct policy_set *set = fixture_set(arena, roots[_i]);
	const size_t count = policy_set_count(set);
	struct both *versions = arena_array(arena, count, sizeof(*versions));
	size_t pairs = 0;
	for (size_t i = 0; i < count; i++) {
		versions[i] = both_of(arena, roots[_i], policy_set_at(set, i));
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < count; k++) {
			if (i != k) {
				check_pair(&versions[i], &versions[k]);
				pairs++;
			}
		}
	}
	ck_assert_uint_ge(pairs, 12);
	policy_set_destroy(set);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("diff");
	TCase *tests = tcase_create("diff");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, every_item, 0, sizeof(roots) / sizeof(roots[0]));
	tcase_add_test(tests, every_item_of_overlays);
	tcase_add_loop_test(tests, every_item_reworded, 0, sizeof(roots) / sizeof(roots[0]));
	tcase_add_loop_test(tests, anything_in_an_item, 0, sizeof(roots) / sizeof(roots[0]));
	tcase_add_test(tests, anything_in_a_manifest);
	tcase_add_test(tests, list_that_names_itself);
	tcase_add_loop_test(tests, every_pair, 0, sizeof(roots) / sizeof(roots[0]));
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
