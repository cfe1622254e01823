/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a policy set together: what the loading functions share. Seen by load_*.c and set.c only. */
#ifndef AR_POLICY_LOADER_H
#define AR_POLICY_LOADER_H

#include "policy/check.h"
#include "policy/files.h"

/* Schemas of the files of policies. */
struct policy_schemas {
	const struct json *policy, *items, *clauses, *calendar, *overlay, *table, *cases, *request, *information;
};

struct policy_set {
	struct arena *arena;
	struct policy_schemas schemas;
	struct table_list table_list;
	struct policy_tables tables;
	const struct calendar *calendars;
	size_t calendar_count;
	const struct policy_overlay *overlays;
	size_t overlay_count;
	struct zone **zones; /* closed with the set */
	size_t zone_count;
	struct policy *policies;
	size_t policy_count;
	const char *const *payers;
	size_t payer_count;
	const struct shape *request; /* without any policy's declarations */
};

struct loader {
	struct policy_set *set;
	struct arena *arena; /* of the set */
	struct issues *issues;
	const char *directory;
	const char *tables; /* the directory of the plan's own tables, or NULL */
	struct vocabulary_context vocabulary;
};

/* One version as it lies on disk. */
struct version_files {
	const char *policy; /* name of its directory */
	const char *version; /* name of the directory in that */
	const struct json *manifest;
	struct file_names names; /* every *.json but cases */
	const struct json **files; /* parallel */
};

/* Whether a policy.json says that its version is a draft. */
static inline bool is_draft(const struct json *manifest)
{
	const struct json *draft = json_member(manifest, "draft");
	return draft && json_boolean(draft);
}

/* "trillium-isa/2019-03-06/policy.json" */
const char *version_file_name(const struct loader *loader, const struct version_files *files, const char *name);

/* calendars, overlays, tables */
bool load_calendars(struct loader *loader);
bool load_overlays(struct loader *loader);
void load_tables(struct loader *loader); /* adds issues */

/* Every text and every name of a file, at any depth, says something and holds nothing that cannot be printed; false after issues. */
bool load_text(const struct json *json, const struct spot *spot, struct issues *issues);
/* Whether the id of an item, and the names of facts and of their members, can stand where they are written; false after issues. */
bool load_item_name(const char *id, const struct spot *spot, struct issues *issues);
bool load_fact_names(const struct json *properties, const struct spot *spot, struct issues *issues);

/* Compiles one version; false after issues. */
bool load_version(struct loader *loader, const struct version_files *files, struct policy *ret_policy);

/* The index of clauses, whose form is right; SPOT is its file. False after issues. */
bool load_clauses(struct loader *loader, const struct spot *spot, const struct json *clauses);

/* The items of a version and of its overlays; false after issues. */
bool load_items(struct loader *loader, const struct version_files *files, struct policy *policy);

/* What an item says about clocks, attempts, limits, determinations and what follows them; false after issues. */
bool load_rule(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item);

/* What an obligation says of its duties; false after issues. */
bool load_duty(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item);

/* One item, whose form is right; ITEM gets what it says. False after issues. */
bool load_item(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item);

/* What answers each service and review; false after issues. */
bool load_programs(struct loader *loader, const struct version_files *files, struct policy *policy);

/* Whether each service and review for which an overlay speaks is answered by a policy that takes it; false after issues. */
bool load_overlay_patterns(struct loader *loader);

/* Whether what the items name can be there: the items and events that they ask about, whom notices tell; false after issues. */
bool load_refers(struct loader *loader, const struct version_files *files, const struct policy *policy);

/* Versions that overlap, policies that answer the same; false after issues. */
bool load_conflicts(struct loader *loader);

#endif
