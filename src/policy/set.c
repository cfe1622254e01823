/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/form.h"
#include "policy/loader.h"

#include <stdlib.h>
#include <string.h>

enum { VERSIONS_MAX = 500 };

static bool is_part(const char *name)
{
	return strcmp(name, "calendars") == 0 || strcmp(name, "overlays") == 0 || strcmp(name, "tables") == 0;
}

static bool named(const struct file_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Reads the files of one version; false when its manifest cannot be used. */
static bool read_version(struct loader *loader, struct version_files *files)
{
	struct arena *arena = loader->arena;
	const char *directory = arena_printf(arena, "%s/%s/%s", loader->directory, files->policy, files->version);
	if (!files_list(arena, directory, FILES_JSON, &files->names)) {
		return false;
	}
	files->files = arena_array(arena, files->names.count + 1, sizeof(const struct json *));
	for (size_t i = 0; i < files->names.count; i++) {
		const char *name = files->names.names[i];
		files->files[i] = files_json(arena, arena_printf(arena, "%s/%s", directory, name),
					     version_file_name(loader, files, name), loader->issues);
		if (strcmp(name, "policy.json") == 0) {
			files->manifest = files->files[i];
		}
	}
	const struct spot spot = spot_file(version_file_name(loader, files, "policy.json"));
	if (!files->manifest) {
		if (!named(&files->names, "policy.json")) { /* else it was told that it cannot be read */
			spot_issue(loader->issues, &spot, "no_file", "a version has a policy.json");
		}
		return false;
	}
	return form_check(loader->set->schemas.policy, files->manifest, &spot, loader->issues) &&
	       load_text(files->manifest, &spot, loader->issues);
}

static bool has_manifest(struct loader *loader, const char *below)
{
	struct file_names names = {NULL, 0};
	const char *directory = arena_printf(loader->arena, "%s%s", loader->directory, below);
	return files_list(loader->arena, directory, FILES_JSON, &names) && named(&names, "policy.json");
}

/* A directory that is one policy, or one version of it, is told once: everything below it would only seem to be wrong. */
static bool too_deep(struct loader *loader, const struct file_names *policies)
{
	if (has_manifest(loader, "")) {
		const struct spot spot = spot_file("policy.json");
		spot_issue(loader->issues, &spot, "wrong_directory",
			   "this is one version of a policy: give the directory two above, which holds the policies");
		return true;
	}
	for (size_t i = 0; i < policies->count; i++) {
		if (!is_part(policies->names[i]) &&
		    has_manifest(loader, arena_printf(loader->arena, "/%s", policies->names[i]))) {
			const struct spot spot = spot_file(arena_printf(loader->arena, "%s/policy.json", policies->names[i]));
			spot_issue(loader->issues, &spot, "wrong_directory",
				   "a policy.json stands in <policy>/<version>: where this is one policy alone, give the "
				   "directory above");
			return true;
		}
	}
	return false;
}

static size_t read_versions(struct loader *loader, struct version_files *versions)
{
	struct file_names policies = {NULL, 0};
	size_t count = 0;
	if (!files_list(loader->arena, loader->directory, FILES_DIRECTORIES, &policies)) {
		const struct spot spot = spot_file(".");
		spot_issue(loader->issues, &spot, "no_directory", "the directory of policies cannot be read");
	}
	if (too_deep(loader, &policies)) {
		return 0;
	}
	for (size_t i = 0; i < policies.count; i++) {
		struct file_names names = {NULL, 0};
		if (is_part(policies.names[i])) {
			continue;
		}
		files_list(loader->arena, arena_printf(loader->arena, "%s/%s", loader->directory, policies.names[i]),
			   FILES_DIRECTORIES, &names);
		for (size_t k = 0; k < names.count && count < VERSIONS_MAX; k++) {
			versions[count] = (struct version_files){.policy = policies.names[i], .version = names.names[k]};
			count += read_version(loader, &versions[count]);
		}
	}
	return count;
}

/* Payers are known by what decides for them. */
static void collect_payers(struct loader *loader, const struct version_files *versions, size_t count)
{
	const char **payers = arena_array(loader->arena, count + 1, sizeof(*payers));
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		const char *payer = json_text(json_member(versions[i].manifest, "payer"));
		bool known = is_draft(versions[i].manifest);
		for (size_t k = 0; k < found; k++) {
			known = known || strcmp(payers[k], payer) == 0;
		}
		if (!known) {
			payers[found++] = payer;
		}
	}
	loader->set->payers = payers;
	loader->set->payer_count = found;
	loader->vocabulary.payers = payers;
	loader->vocabulary.payer_count = found;
}

static bool find_schemas(struct loader *loader, shape_file_fn file, void *context)
{
	struct policy_schemas *schemas = &loader->set->schemas;
	const struct {
		const char *name;
		const struct json **schema;
	} rows[] = {
		{"policy.json", &schemas->policy},
		{"items.json", &schemas->items},
		{"clauses.json", &schemas->clauses},
		{"calendar.json", &schemas->calendar},
		{"overlay.json", &schemas->overlay},
		{"table.json", &schemas->table},
		{"cases.json", &schemas->cases},
		{"request.json", &schemas->request},
		{"information.json", &schemas->information},
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*rows[i].schema = file(context, rows[i].name);
		if (!*rows[i].schema) {
			const struct spot spot = spot_file(rows[i].name);
			spot_issue(loader->issues, &spot, "no_schema", "the schema is not there");
			good = false;
		}
	}
	loader->vocabulary = (struct vocabulary_context){.request_schema = schemas->request,
							 .information_schema = schemas->information,
							 .file = file,
							 .file_context = context};
	return good;
}

static bool compile_plain(struct loader *loader)
{
	struct err err = {0};
	const struct vocabulary_context *context = &loader->vocabulary;
	loader->set->request =
		shape_compile(loader->arena, context->request_schema, NULL, context->file, context->file_context, &err);
	if (!loader->set->request) {
		const struct spot spot = spot_file("request.json");
		spot_issue(loader->issues, &spot, "bad_schema", "%s", err.detail);
	}
	return loader->set->request != NULL;
}

static void load_all(struct loader *loader)
{
	struct policy_set *set = loader->set;
	struct version_files *versions = arena_array(loader->arena, VERSIONS_MAX + 1, sizeof(*versions));
	load_calendars(loader);
	load_overlays(loader);
	load_tables(loader);
	const size_t count = read_versions(loader, versions);
	collect_payers(loader, versions, count);
	set->zones = arena_array(loader->arena, count + 1, sizeof(struct zone *));
	set->policies = arena_array(loader->arena, count + 1, sizeof(*set->policies));
	for (size_t i = 0; i < count; i++) {
		struct policy *policy = &set->policies[set->policy_count];
		if (load_version(loader, &versions[i], policy)) {
			set->policy_count++;
		} else {
			memset(policy, 0, sizeof(*policy));
		}
	}
	if (!issues_any(loader->issues)) {
		load_conflicts(loader);
		load_overlay_patterns(loader);
	}
}

struct policy_set *policy_set_load(const char *directory, const char *tables, shape_file_fn schema, void *schema_context,
				   struct issues *issues)
{
	struct policy_set *set = calloc(1, sizeof(*set));
	if (!set) {
		abort();
	}
	const size_t before = issues->count + issues->omitted;
	set->arena = arena_create();
	struct loader loader = {.set = set, .arena = set->arena, .issues = issues, .directory = directory, .tables = tables};
	if (find_schemas(&loader, schema, schema_context) && compile_plain(&loader)) {
		load_all(&loader);
	}
	if (issues->count + issues->omitted > before) {
		policy_set_destroy(set);
		return NULL;
	}
	return set;
}

void policy_set_destroy(struct policy_set *set)
{
	if (!set) {
		return;
	}
	for (size_t i = 0; i < set->zone_count; i++) {
		zone_close(set->zones[i]);
	}
	arena_destroy(set->arena);
	free(set);
}
