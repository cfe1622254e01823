/* SPDX-License-Identifier: Apache-2.0 */
/* One version of one policy: identity, vocabulary, clauses, items, programs, and its text as it is kept. */
#include "base/json_write.h"
#include "policy/form.h"
#include "policy/loader.h"

#include <string.h>

const char *version_file_name(const struct loader *loader, const struct version_files *files, const char *name)
{
	return arena_printf(loader->arena, "%s/%s/%s", files->policy, files->version, name);
}

static const struct json *file_named(const struct version_files *files, const char *name)
{
	for (size_t i = 0; i < files->names.count; i++) {
		if (strcmp(files->names.names[i], name) == 0) {
			return files->files[i];
		}
	}
	return NULL;
}

/* Whether the file is there, also when it cannot be read: that is told of the file itself, once. */
static bool has_file(const struct version_files *files, const char *name)
{
	for (size_t i = 0; i < files->names.count; i++) {
		if (strcmp(files->names.names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static bool listed(const struct json *manifest, const char *name)
{
	for (const struct json *one = json_first(json_member(manifest, "items")); one; one = json_next(one)) {
		if (strcmp(json_text(one), name) == 0) {
			return true;
		}
	}
	return false;
}

/* Every file is the manifest, the clauses or listed, and has its form. */
static bool check_files(struct loader *loader, const struct version_files *files)
{
	const struct policy_schemas *schemas = &loader->set->schemas;
	bool good = true;
	for (size_t i = 0; i < files->names.count; i++) {
		const char *name = files->names.names[i];
		const struct spot spot = spot_file(version_file_name(loader, files, name));
		const bool clauses = strcmp(name, "clauses.json") == 0;
		if (strcmp(name, "policy.json") == 0 || !files->files[i]) {
			good = good && files->files[i];
			continue;
		}
		if (!clauses && !listed(files->manifest, name)) {
			spot_issue(loader->issues, &spot, "unlisted_file", "policy.json does not list this file");
			good = false;
			continue;
		}
		good = form_check(clauses ? schemas->clauses : schemas->items, files->files[i], &spot, loader->issues) &&
		       load_text(files->files[i], &spot, loader->issues) && good;
	}
	const struct spot manifest = spot_file(version_file_name(loader, files, "policy.json"));
	const struct spot at_items = spot_member(&manifest, "items");
	size_t index = 0;
	for (const struct json *one = json_first(json_member(files->manifest, "items")); one; one = json_next(one), index++) {
		if (!has_file(files, json_text(one))) {
			const struct spot here = spot_element(&at_items, index);
			spot_issue(loader->issues, &here, "no_file", "there is no file %s", json_text(one));
			good = false;
		}
	}
	if (!has_file(files, "clauses.json")) {
		const struct spot spot = spot_file(version_file_name(loader, files, "clauses.json"));
		spot_issue(loader->issues, &spot, "no_file", "a version has an index of the clauses of its source");
		good = false;
	}
	return good;
}

static struct civil_date read_date(const struct json *json, int year, int month, int day)
{
	struct civil_date date = {0};
	if (json_text(json) && civil_parse(json_text(json), &date)) {
		return date;
	}
	return civil_from_parts(year, month, day, &date) ? date : (struct civil_date){0};
}

static const struct zone *find_zone(struct loader *loader, const char *name, const struct spot *spot)
{
	struct policy_set *set = loader->set;
	for (size_t i = 0; i < set->zone_count; i++) {
		if (strcmp(zone_name(set->zones[i]), name) == 0) {
			return set->zones[i];
		}
	}
	struct err err = {0};
	struct zone *zone = zone_open(name, &err);
	if (!zone) {
		const struct spot here = spot_member(spot, "zone");
		spot_issue(loader->issues, &here, "unknown_zone", "%s", err.detail);
		return NULL;
	}
	set->zones[set->zone_count++] = zone;
	return zone;
}

static const struct calendar *find_calendar(struct loader *loader, const char *name, const struct spot *spot)
{
	for (size_t i = 0; i < loader->set->calendar_count; i++) {
		if (strcmp(loader->set->calendars[i].id, name) == 0) {
			return &loader->set->calendars[i];
		}
	}
	const struct spot here = spot_member(spot, "calendar");
	const char **names = arena_array(loader->arena, loader->set->calendar_count + 1, sizeof(*names));
	for (size_t i = 0; i < loader->set->calendar_count; i++) {
		names[i] = loader->set->calendars[i].id;
	}
	spot_issue(loader->issues, &here, "unknown_calendar", "there is no calendar %s%s", name,
		   spot_near(loader->arena, name, names, loader->set->calendar_count));
	return NULL;
}

static bool check_name(struct loader *loader, const struct spot *spot, const char *member, const char *said,
		       const char *directory)
{
	if (strcmp(said, directory) == 0) {
		return true;
	}
	const struct spot here = spot_member(spot, member);
	spot_issue(loader->issues, &here, "wrong_name", "must be \"%s\", the name of the directory", directory);
	return false;
}

/* A day that the list does not know counts as open if it is a holiday: from the first receipt on it has to know each. How long it goes on is looked after in time. */
static bool check_calendar(struct loader *loader, const struct spot *spot, const struct policy *policy)
{
	const struct calendar *calendar = policy->calendar;
	const struct spot here = spot_member(spot, "calendar");
	char day[CIVIL_TEXT_SIZE];
	if (policy->draft) {
		return true; /* its days are nobody's yet */
	}
	if (civil_compare(calendar->from, calendar->to) > 0) {
		return false; /* refused itself */
	}
	if (civil_compare(calendar->from, policy->in_force_from) > 0) {
		spot_issue(loader->issues, &here, "not_covered", "the calendar begins %s, after the version comes into force",
			   civil_format(calendar->from, day));
		return false;
	}
	if (civil_compare(calendar->to, policy->in_force_from) < 0) {
		spot_issue(loader->issues, &here, "not_covered", "the calendar ends %s, before the version comes into force",
			   civil_format(calendar->to, day));
		return false;
	}
	return true;
}

static bool load_identity(struct loader *loader, const struct version_files *files, const struct spot *spot,
			  struct policy *policy)
{
	const struct json *manifest = files->manifest;
	const struct json *in_force = json_member(manifest, "in_force");
	policy->manifest = manifest;
	policy->clauses = file_named(files, "clauses.json");
	policy->id = json_text(json_member(manifest, "policy"));
	policy->version = json_text(json_member(manifest, "version"));
	policy->title = json_text(json_member(manifest, "title"));
	policy->payer = json_text(json_member(manifest, "payer"));
	policy->in_force_from = read_date(json_member(in_force, "from"), 1, 1, 1);
	policy->in_force_to = read_date(json_member(in_force, "to"), 9999, 12, 31);
	policy->review_due = read_date(json_member(manifest, "review_due"), 1, 1, 1);
	policy->draft = is_draft(manifest);
	policy->zone = find_zone(loader, json_text(json_member(manifest, "zone")), spot);
	policy->calendar = find_calendar(loader, json_text(json_member(manifest, "calendar")), spot);
	bool good = policy->zone && policy->calendar;
	good = check_name(loader, spot, "policy", policy->id, files->policy) && good;
	good = check_name(loader, spot, "version", policy->version, files->version) && good;
	good = policy->calendar && check_calendar(loader, spot, policy) && good;
	if (civil_compare(policy->in_force_from, policy->in_force_to) > 0) {
		const struct spot at_force = spot_member(spot, "in_force");
		const struct spot here = spot_member(&at_force, "to");
		spot_issue(loader->issues, &here, "out_of_range", "the version ends before it begins");
		good = false;
	}
	return good;
}

/* A version that is given an end judges as it did: the day on which it ends is no part of its text. */
static const struct json *without_end(struct arena *arena, const struct json *manifest)
{
	struct err err = {0};
	const struct json *none = json_parse(arena, "null", strlen("null"), &json_limits_file, &err);
	const struct json *endless = none ? json_edit(arena, manifest, "/in_force/to", none, &err) : NULL;
	return endless ? endless : manifest;
}

/* One object of every file by name, in the order of the names: what is kept by its digest. */
static void write_text(struct loader *loader, const struct version_files *files, struct policy *policy)
{
	struct arena *scratch = arena_create(); /* it grows by doubling */
	struct text text;
	struct json_writer writer;
	text_init(&text, scratch, 65536);
	json_writer_init(&writer, &text);
	json_open_object(&writer);
	for (size_t i = 0; i < files->names.count; i++) {
		json_put_name(&writer, files->names.names[i]);
		const bool manifest = files->files[i] == files->manifest;
		json_put_tree(&writer, manifest ? without_end(scratch, files->manifest) : files->files[i]);
	}
	json_close_object(&writer);
	policy->text = arena_text(loader->arena, text.data, text.length);
	policy->text_length = text.length;
	policy->digest = digest_of(text.data, text.length);
	digest_hex(&policy->digest, policy->digest_hex);
	arena_destroy(scratch);
}

/* A draft may be the first that knows its payer, whom nobody else knows then. */
static struct vocabulary_context version_vocabulary(const struct loader *loader, const struct json *manifest)
{
	struct vocabulary_context context = loader->vocabulary;
	const char *payer = json_text(json_member(manifest, "payer"));
	const char **payers = arena_array(loader->arena, context.payer_count + 2, sizeof(*payers));
	bool known = false;
	for (size_t i = 0; i < context.payer_count; i++) {
		payers[i] = context.payers[i];
		known = known || strcmp(payers[i], payer) == 0;
	}
	if (!known) {
		payers[context.payer_count++] = payer;
	}
	context.payers = payers;
	return context;
}

bool load_version(struct loader *loader, const struct version_files *files, struct policy *policy)
{
	const struct spot spot = spot_file(version_file_name(loader, files, "policy.json"));
	const struct spot at_clauses = spot_file(version_file_name(loader, files, "clauses.json"));
	const struct spot at_facts = spot_member(&spot, "facts");
	if (!load_fact_names(json_member(files->manifest, "facts"), &at_facts, loader->issues)) {
		return false;
	}
	const bool formed = check_files(loader, files);
	const bool known = load_identity(loader, files, &spot, policy);
	const struct vocabulary_context vocabulary = version_vocabulary(loader, files->manifest);
	policy->vocabulary = vocabulary_load(loader->arena, files->manifest, &spot, &vocabulary, loader->issues);
	if (!formed || !policy->vocabulary || !load_clauses(loader, &at_clauses, policy->clauses)) {
		return false;
	}
	policy->request = policy->vocabulary->request;
	policy->information = policy->vocabulary->information;
	const bool items = load_items(loader, files, policy);
	if (!items || !load_programs(loader, files, policy) || !load_refers(loader, files, policy) || !known) {
		return false;
	}
	write_text(loader, files, policy);
	return true;
}
