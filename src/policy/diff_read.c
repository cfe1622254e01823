/* SPDX-License-Identifier: Apache-2.0 */
/* Versions as they lie on disk, with the calendar and the overlays that lie beside their policy. */
#include "policy/diff.h"

#include "policy/files.h"
#include "policy/vocabulary.h"

#include <stdint.h>
#include <string.h>

static const struct json *read_file(struct arena *arena, const char *directory, const char *name, struct issues *issues)
{
	const char *path = arena_printf(arena, "%s/%s", directory, name);
	return files_json(arena, path, path, issues);
}

/* What may be missing: nothing is said then. */
static const struct json *read_beside(struct arena *arena, const char *directory, const char *part, const char *name)
{
	struct issues ignored;
	issues_init(&ignored, arena);
	return name ? read_file(arena, arena_printf(arena, "%s/../../%s", directory, part),
				arena_printf(arena, "%s.json", name), &ignored)
		    : NULL;
}

static size_t count_items(const struct json **files, size_t count)
{
	size_t items = 0;
	for (size_t i = 0; i < count; i++) {
		items += json_count(json_member(files[i], "items"));
	}
	return items;
}

static bool read_items(struct arena *arena, const char *directory, struct issues *issues, struct diff_version *version)
{
	const struct json *names = json_member(version->manifest, "items");
	const size_t count = json_count(names);
	const struct json **files = arena_array(arena, count + 1, sizeof(const struct json *));
	size_t index = 0;
	bool good = true;
	for (const struct json *one = json_first(names); one; one = json_next(one), index++) {
		files[index] = json_text(one) ? read_file(arena, directory, json_text(one), issues) : NULL;
		good = good && files[index];
	}
	version->items = arena_array(arena, count_items(files, count) + 1, sizeof(*version->items));
	index = 0;
	for (const struct json *one = json_first(names); one; one = json_next(one), index++) {
		const struct json *items = json_member(files[index], "items");
		for (const struct json *item = json_first(items); item; item = json_next(item)) {
			const char *id = json_text(json_member(item, "id"));
			version->items[version->item_count++] = (struct diff_item){id ? id : "", json_text(one), item};
		}
	}
	return good;
}

bool diff_read(struct arena *arena, const char *directory, struct issues *issues, struct diff_version *ret_version)
{
	struct diff_version version = {.directory = directory};
	version.manifest = read_file(arena, directory, "policy.json", issues);
	if (version.manifest && json_kind(version.manifest) != JSON_OBJECT) {
		const struct spot spot = spot_file(arena_printf(arena, "%s/policy.json", directory));
		spot_issue(issues, &spot, "wrong_type", "must be an object");
		return false;
	}
	if (!version.manifest) {
		return false;
	}
	version.clauses = read_file(arena, directory, "clauses.json", issues);
	version.calendar = read_beside(arena, directory, "calendars", json_text(json_member(version.manifest, "calendar")));
	const struct json *overlays = json_member(version.manifest, "overlays");
	version.overlays = arena_array(arena, json_count(overlays) + 1, sizeof(const struct json *));
	for (const struct json *one = json_first(overlays); one; one = json_next(one)) {
		const struct json *overlay = read_beside(arena, directory, "overlays", json_text(one));
		if (overlay) {
			version.overlays[version.overlay_count++] = overlay;
		}
	}
	if (!read_items(arena, directory, issues, &version)) {
		return false;
	}
	*ret_version = version;
	return version.clauses != NULL;
}

/* ---- words ---- */

static enum item_kind kind_named(const char *name)
{
	enum item_kind kind = KIND_INFORMATION;
	for (unsigned i = 0; name && i < KIND_COUNT; i++) {
		kind = strcmp(item_kind_name((enum item_kind)i), name) == 0 ? (enum item_kind)i : kind;
	}
	return kind;
}

/* The event that some check below NODE asks about. */
static const char *event_in(const struct json *node)
{
	const char *found = json_text(json_member(json_member(node, "event"), "name"));
	for (const struct json *one = json_first(node); one && !found; one = json_next(one)) {
		found = event_in(one);
	}
	return found;
}

static const char *text_or(const struct json *json, const char *member, const char *other)
{
	const char *text = json_text(json_member(json, member));
	return text ? text : other;
}

static enum item_then then_named(enum item_kind kind, const char *name)
{
	static const char *const names[] = {
		[THEN_REVIEW] = "review",
		[THEN_FLAG] = "flag",
		[THEN_RETURN] = "return",
		[THEN_ROUTE] = "route",
		[THEN_NOT_REQUIRED] = "not_required",
		[THEN_WAIT] = "wait",
	};
	enum item_then then = kind == KIND_COMPLETENESS ? THEN_RETURN : THEN_REVIEW;
	for (unsigned i = 0; name && i < sizeof(names) / sizeof(names[0]); i++) {
		then = strcmp(names[i], name) == 0 ? (enum item_then)i : then;
	}
	return then;
}

/* What follows when it is not met. */
static void read_follow(const struct json *json, struct item *item)
{
	int64_t days = 0;
	item->then = then_named(item->kind, json_text(json_member(json, "then")));
	item->flag = json_text(json_member(json, "flag"));
	item->reason = text_or(json, "reason", "no reason given");
	item->owner = text_or(json, "owner", item->kind == KIND_OBLIGATION ? "nobody named" : NULL);
	item->unapprovable = json_text(json_member(json, "unapprovable"));
	item->limit_source = json_text(json_member(json, "source"));
	item->limit_days = json_integer(json_member(json, "days"), &days) && days > 0 && days < INT32_MAX ? (int)days : 0;
	item->at_once = json_member(json, "verified_by") != NULL;
	item->verified_by = json_first(json_member(json, "verified_by")) ? 1 : 0;
}

/* As far as sentences look into items: which they are, what gates wait for, what follows. */
static const struct item *read_item(struct arena *arena, const struct json *json)
{
	struct item *item = arena_alloc(arena, sizeof(*item));
	*item = (struct item){
		.id = text_or(json, "id", ""), .kind = kind_named(json_text(json_member(json, "kind"))), .json = json};
	read_follow(json, item);
	if (item->kind == KIND_GATE) {
		const char *text = json_text(json_member(json, "text"));
		item->text = text ? diff_sentence(arena, item, text) : NULL;
		item->event = event_in(json_member(json, "check"));
		item->certified_as = json_text(json_member(json, "certified_as"));
	}
	return item;
}

/* Those of the version, then those of its overlays, as in one that is loaded. */
static void read_all(struct arena *arena, const struct diff_version *version, struct policy *policy)
{
	size_t count = version->item_count;
	for (size_t i = 0; i < version->overlay_count; i++) {
		count += json_count(json_member(version->overlays[i], "items"));
	}
	const struct item **items = arena_array(arena, count + 1, sizeof(const struct item *));
	count = 0;
	for (size_t i = 0; i < version->item_count; i++) {
		items[count++] = read_item(arena, version->items[i].json);
	}
	for (size_t i = 0; i < version->overlay_count; i++) {
		const struct json *list = json_member(version->overlays[i], "items");
		for (const struct json *one = json_first(list); one; one = json_next(one)) {
			items[count++] = read_item(arena, one);
		}
	}
	policy->items = items;
	policy->item_count = count;
}

struct sayer diff_sayer(struct arena *arena, const struct diff_version *version, const struct json *request_schema)
{
	struct policy *policy = arena_alloc(arena, sizeof(*policy));
	struct vocabulary *vocabulary = arena_alloc(arena, sizeof(*vocabulary));
	*vocabulary = (struct vocabulary){.words = json_member(version->manifest, "words"),
					  .facts = json_member(version->manifest, "facts"),
					  .request_schema = request_schema};
	*policy = (struct policy){.manifest = version->manifest, .vocabulary = vocabulary};
	read_all(arena, version, policy);
	return (struct sayer){.arena = arena, .policy = policy};
}
