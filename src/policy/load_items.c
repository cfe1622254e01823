/* SPDX-License-Identifier: Apache-2.0 */
/* The items of one version: gathered from its files and overlays, compiled, and tied together. */
#include "policy/loader.h"
#include "policy/sensitivity.h"

#include "base/text.h"
#include "policy/fact_table.h"

#include <string.h>

enum { ITEMS_MAX = 4000 };

/* An item as it is written, and where. */
struct written {
	const struct json *json;
	const char *file; /* in issues */
	size_t index; /* in its list */
	const struct json *clauses; /* that it may cite */
	const char *document; /* the policy or overlay whose clauses they are */
	bool overlay;
};

struct gathering {
	struct loader *loader;
	struct written *items;
	size_t count;
	size_t capacity;
	/* references of item i are edges[edge_from[i]] to edges[edge_from[i + 1]] */
	uint16_t *edges;
	size_t *edge_from;
};

static void gather_list(struct gathering *gathering, const struct json *list, const struct written *from)
{
	size_t index = 0;
	for (const struct json *one = json_first(list); one && gathering->count < gathering->capacity; one = json_next(one)) {
		struct written *written = &gathering->items[gathering->count++];
		*written = *from;
		written->json = one;
		written->index = index++;
	}
}

static const struct json *version_file(const struct version_files *files, const char *name)
{
	for (size_t i = 0; i < files->names.count; i++) {
		if (strcmp(files->names.names[i], name) == 0) {
			return files->files[i];
		}
	}
	return NULL;
}

static const struct policy_overlay *find_overlay(const struct policy_set *set, const char *id)
{
	for (size_t i = 0; i < set->overlay_count; i++) {
		if (strcmp(set->overlays[i].id, id) == 0) {
			return &set->overlays[i];
		}
	}
	return NULL;
}

static const char *near_overlay(const struct loader *loader, const char *given)
{
	const char **names = arena_array(loader->arena, loader->set->overlay_count + 1, sizeof(*names));
	for (size_t i = 0; i < loader->set->overlay_count; i++) {
		names[i] = loader->set->overlays[i].id;
	}
	return spot_near(loader->arena, given, names, loader->set->overlay_count);
}

static bool gather_all(struct gathering *gathering, const struct version_files *files, struct policy *policy)
{
	struct loader *loader = gathering->loader;
	const char *manifest = version_file_name(loader, files, "policy.json");
	const struct spot spot = spot_file(manifest);
	const struct spot at_overlays = spot_member(&spot, "overlays");
	const struct json *clauses = json_member(policy->clauses, "clauses");
	const struct json *taken = json_member(policy->manifest, "overlays");
	const struct policy_overlay **overlays =
		arena_array(loader->arena, json_count(taken) + 1, sizeof(const struct policy_overlay *));
	size_t index = 0;
	bool good = true;
	policy->overlays = overlays;
	for (const struct json *one = json_first(json_member(policy->manifest, "items")); one; one = json_next(one)) {
		const struct written from = {
			.file = version_file_name(loader, files, json_text(one)), .clauses = clauses, .document = policy->id};
		gather_list(gathering, json_member(version_file(files, json_text(one)), "items"), &from);
	}
	for (const struct json *one = json_first(taken); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_overlays, index);
		const struct policy_overlay *overlay = find_overlay(loader->set, json_text(one));
		if (!overlay) {
			spot_issue(loader->issues, &here, "unknown_overlay", "there is no overlay %s%s", json_text(one),
				   near_overlay(loader, json_text(one)));
			good = false;
			continue;
		}
		const struct written from = {.file = overlay->file,
					     .clauses = json_member(overlay->json, "clauses"),
					     .document = overlay->id,
					     .overlay = true};
		overlays[policy->overlay_count++] = overlay;
		if (overlay->sound) {
			gather_list(gathering, json_member(overlay->json, "items"), &from);
		}
	}
	return good;
}

static struct spot list_spot(const struct spot *file)
{
	return spot_member(file, "items");
}

/* Runs a body with the spot of one item. */
#define WITH_SPOT(written, here) \
	const struct spot here##_file = spot_file((written)->file); \
	const struct spot here##_list = list_spot(&here##_file); \
	const struct spot here = spot_element(&here##_list, (written)->index)

static bool name_items(struct gathering *gathering, const char **ids)
{
	bool good = true;
	for (size_t i = 0; i < gathering->count; i++) {
		WITH_SPOT(&gathering->items[i], at_item);
		const struct spot at_name = spot_member(&at_item, "id");
		ids[i] = json_text(json_member(gathering->items[i].json, "id"));
		good = load_item_name(ids[i], &at_name, gathering->loader->issues) && good;
		for (size_t k = 0; k < i; k++) {
			if (strcmp(ids[k], ids[i]) == 0) {
				spot_issue(gathering->loader->issues, &at_name, "duplicate_id", "item %s stands there twice",
					   ids[i]);
				good = false;
			}
		}
	}
	return good;
}

static const struct json *find_clause(const struct json *clauses, const char *name)
{
	for (const struct json *one = json_first(clauses); one; one = json_next(one)) {
		if (strcmp(json_text(json_member(one, "clause")), name) == 0) {
			return one;
		}
	}
	return NULL;
}

static const char *near_clause(struct arena *arena, const struct json *clauses, const char *given)
{
	const char **names = arena_array(arena, json_count(clauses) + 1, sizeof(*names));
	size_t count = 0;
	for (const struct json *one = json_first(clauses); one; one = json_next(one)) {
		names[count++] = json_text(json_member(one, "clause"));
	}
	return spot_near(arena, given, names, count);
}

static bool check_cites(struct gathering *gathering, const struct written *written, const struct spot *spot)
{
	const struct spot at_cite = spot_member(spot, "cite");
	size_t index = 0;
	bool good = true;
	for (const struct json *one = json_first(json_member(written->json, "cite")); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_cite, index);
		const struct json *clause = find_clause(written->clauses, json_text(one));
		const struct json *heading = json_member(clause, "heading");
		if (!clause) {
			spot_issue(gathering->loader->issues, &here, "unknown_clause", "there is no clause %s%s",
				   json_text(one), near_clause(gathering->loader->arena, written->clauses, json_text(one)));
			good = false;
		} else if (heading && json_boolean(heading)) {
			spot_issue(gathering->loader->issues, &here, "heading",
				   "clause %s only introduces its parts; cite the part", json_text(one));
			good = false;
		}
	}
	return good;
}

static bool tie_after(struct gathering *gathering, struct compiler *compiler, const struct written *written,
		      const struct spot *spot, struct item *items, struct item *item)
{
	const char *after = json_text(json_member(written->json, "after"));
	const struct spot here = spot_member(spot, "after");
	for (size_t i = 0; after && i < gathering->count; i++) {
		if (strcmp(compiler->item_ids[i], after) == 0) {
			item->after = &items[i];
			compile_refers(compiler, i);
			return true;
		}
	}
	if (after) {
		spot_issue(gathering->loader->issues, &here, "unknown_item", "there is no item \"%s\"%s", after,
			   spot_near(compiler->arena, after, compiler->item_ids, gathering->count));
	}
	return !after;
}

static bool compile_items(struct gathering *gathering, struct compiler *compiler, struct item *items)
{
	bool good = true;
	size_t used = 0;
	gathering->edge_from = arena_array(compiler->arena, gathering->count + 1, sizeof(size_t));
	for (size_t i = 0; i < gathering->count; i++) {
		const struct written *written = &gathering->items[i];
		WITH_SPOT(written, here);
		items[i].index = i;
		items[i].document = written->document;
		gathering->edge_from[i] = used;
		good = load_item(compiler, written->json, &here, &items[i]) && good;
		good = tie_after(gathering, compiler, written, &here, items, &items[i]) && good;
		good = check_cites(gathering, written, &here) && good;
		used = compiler->refers_count;
		if (written->overlay && items[i].kind != KIND_CLOCK) {
			const struct spot at_kind = spot_member(&here, "kind");
			spot_issue(gathering->loader->issues, &at_kind, "wrong_kind", "an overlay holds clocks only");
			good = false;
		}
		if (!written->overlay && strcmp(items[i].basis, "overlay") == 0) {
			const struct spot at_basis = spot_member(&here, "basis");
			spot_issue(gathering->loader->issues, &at_basis, "wrong_kind", "only an item of an overlay is law's");
			good = false;
		}
	}
	gathering->edge_from[gathering->count] = used;
	gathering->edges = compiler->refers;
	return good;
}

/* Depth first; MARKS: 0 not seen, 1 on the way, 2 done. */
static bool walk(const struct gathering *gathering, size_t item, unsigned char *marks)
{
	if (marks[item] != 0) {
		return marks[item] == 2;
	}
	marks[item] = 1;
	for (size_t i = gathering->edge_from[item]; i < gathering->edge_from[item + 1]; i++) {
		if (!walk(gathering, gathering->edges[i], marks)) {
			return false;
		}
	}
	marks[item] = 2;
	return true;
}

static bool check_circles(const struct gathering *gathering)
{
	unsigned char *marks = arena_array(gathering->loader->arena, gathering->count + 1, 1);
	for (size_t i = 0; i < gathering->count; i++) {
		if (!walk(gathering, i, marks)) {
			WITH_SPOT(&gathering->items[i], here);
			spot_issue(gathering->loader->issues, &here, "circle", "the item refers back to itself through others");
			return false;
		}
	}
	return true;
}

static bool check_unused(struct loader *loader, const struct version_files *files, const struct vocabulary *vocabulary)
{
	const struct spot spot = spot_file(version_file_name(loader, files, "policy.json"));
	const struct spot at_lists = spot_member(&spot, "lists");
	bool good = true;
	for (size_t i = 0; i < vocabulary->list_count; i++) {
		if (!vocabulary->lists_used[i]) {
			const struct spot here = spot_member(&at_lists, vocabulary->lists[i].name);
			spot_issue(loader->issues, &here, "unused_list", "no item uses this list");
			good = false;
		}
	}
	return good;
}

static size_t count_items(const struct loader *loader, const struct version_files *files)
{
	size_t count = 0;
	for (size_t i = 0; i < files->names.count; i++) {
		count += json_count(json_member(files->files[i], "items"));
	}
	for (size_t i = 0; i < loader->set->overlay_count; i++) {
		count += json_count(json_member(loader->set->overlays[i].json, "items"));
	}
	return count;
}

bool load_items(struct loader *loader, const struct version_files *files, struct policy *policy)
{
	struct arena *arena = loader->arena;
	const size_t most = count_items(loader, files);
	const struct spot spot = spot_file(version_file_name(loader, files, "policy.json"));
	if (most > ITEMS_MAX) {
		spot_issue(loader->issues, &spot, "too_many", "a version has at most %d items", ITEMS_MAX);
		return false;
	}
	struct gathering gathering = {.loader = loader, .capacity = most};
	gathering.items = arena_array(arena, most + 1, sizeof(*gathering.items));
	bool good = gather_all(&gathering, files, policy);
	const char **ids = arena_array(arena, gathering.count + 1, sizeof(*ids));
	struct item *items = arena_array(arena, gathering.count + 1, sizeof(*items));
	good = name_items(&gathering, ids) && good;
	struct compiler compiler = {.arena = arena,
				    .issues = loader->issues,
				    .vocabulary = policy->vocabulary,
				    .tables = &loader->set->table_list,
				    .item_ids = ids,
				    .item_count = gathering.count};
	good = compile_items(&gathering, &compiler, items) && good;
	good = fact_tables_compile(&compiler, policy->manifest, &spot, policy) && good;
	good = sensitivity_compile(&compiler, policy->manifest, &spot, policy) && good;
	good = good && check_circles(&gathering) && check_unused(loader, files, policy->vocabulary);
	const struct item **pointers = arena_array(arena, gathering.count + 1, sizeof(const struct item *));
	for (size_t i = 0; i < gathering.count; i++) {
		pointers[i] = &items[i];
	}
	policy->items = pointers;
	policy->item_count = gathering.count;
	return good;
}
